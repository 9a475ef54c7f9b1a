"""Public notices written down: published, objected to, voted on, answered, closed."""

from collections.abc import Sequence
from datetime import timedelta

from sqlmodel import Session

from dialogs import events
from dialogs.catalogue.policy import number
from dialogs.errors import Refused
from dialogs.messages import SOURCE, render
from dialogs.rules import workflow
from dialogs.rules.access import Action
from dialogs.speech import Button, Go, Listing, Phrase, Reply, Sayable, say
from dialogs.vocabulary import Move, NoticeScope, ObjectionState, Role
from storage import declarations, notices, outbox, work
from storage.declarations import Taken
from storage.occasion import Occasion
from storage.outbox import Letter
from storage.points import lines, points_of
from storage.recorder.outcome import Outcome, record
from storage.tables import Declaration, Notice

AT_ONCE = 10  # posts of a notice in one message


@record.register
def notice_published(
    event: events.NoticePublished, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Publish declarations, each a step of its own."""
    shown = [declarations.seen(session, id_, version) for id_, version in event.declarations]
    for declaration in shown:
        step_on(session, declaration, Move.PUBLISH, occasion=occasion)
    ordinal = notices.count_of_year(session, occasion.today.year) + 1
    notice = notices.publish(
        session,
        [one.id for one in shown],
        title=f"{occasion.today.year}-{ordinal:02d}",
        scope=event.scope,
        days=event.days,
        by=occasion.person,
        today=occasion.today,
    )
    if event.scope is NoticeScope.CHANNEL:
        post_to_channel(session, notice, occasion=occasion)
    told = say("notices.published", title=notice.title, posts=len(shown), until=notice.closes_on)
    return Outcome([told])


def post_to_channel(session: Session, notice: Notice, *, occasion: Occasion) -> None:
    """Post a notice to the township's public channel, in the language of the township."""
    if occasion.channel is None:
        raise Refused("no_channel")
    outbox.post(
        session,
        [
            outbox.draft(
                Letter(occasion.channel, render(page, SOURCE)),
                keys=occasion.keys,
                due_at=occasion.now,
            )
            for page in pages(session, notice, notices.shown(session, notice.id))
        ],
    )


def step_on(
    session: Session,
    declaration: Declaration,
    move: Move,
    *,
    occasion: Occasion,
    note: str | None = None,
) -> None:
    """Take a step of a declaration if it is somebody's to take."""
    declared = declarations.as_declared(session, declaration)
    step = workflow.take(move, declared, actor=occasion.person, standing=occasion.standing)
    taken = Taken(move, step.start, step.leads, occasion.person, note=note)
    declarations.note_step(session, declaration, taken, now=occasion.now)


@record.register
def notices_asked(
    event: events.NoticesAsked, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Show what is public, with the buttons to object and to vote, and what was answered lately."""
    since = occasion.today - timedelta(days=number("answers_shown"))
    replies = [
        page
        for notice in notices.open_ones(session, occasion.roles)
        for page in to_speak_about(session, notice, occasion=occasion)
    ]
    closed = notices.lately_closed(session, occasion.roles, since=since)
    answers = [Reply([head(one), said]) for one in closed if (said := answers_to(session, one))]
    return Outcome([*(replies or [say("notices.none")]), *answers])


def to_speak_about(session: Session, notice: Notice, *, occasion: Occasion) -> Sequence[Reply]:
    """Lay an open notice out, with what may be done about it."""
    shown = notices.shown(session, notice.id)
    *before, last = pages(session, notice, shown)
    row = [
        Button(action, Go(action, notice.id.hex))
        for action in deeds(session, notice, shown, occasion=occasion)
    ]
    return [*before, Reply(last.phrases, [row] if row else [])]


def deeds(
    session: Session, notice: Notice, shown: Sequence[Declaration], *, occasion: Occasion
) -> Sequence[Action]:
    """List what may be done about an open notice: spoken up, and closed once its days are over."""
    if occasion.today <= notice.closes_on:
        return (Action.VOTE, Action.OBJECT) if shown else ()
    if occasion.known and work.to_close(session, shown, occasion.person, occasion.standing):
        return (Action.CLOSE_NOTICE,)
    return ()


def pages(session: Session, notice: Notice, shown: Sequence[Declaration]) -> Sequence[Reply]:
    """Lay a notice out in messages: every post with its points and their grades."""
    posts = [post_page(session, one) for one in shown]
    groups = [posts[start : start + AT_ONCE] for start in range(0, len(posts), AT_ONCE)] or [[]]
    replies = [Reply([Listing(group)] if group else []) for group in groups]
    replies[0] = Reply([head(notice), *replies[0].phrases])
    if answers := answers_to(session, notice):
        replies[-1] = Reply([*replies[-1].phrases, answers])
    return replies


def head(notice: Notice) -> Phrase:
    """Say which notice it is, for whom and till when."""
    values: dict[str, Sayable] = {
        "title": notice.title,
        "scope": notice.scope,
        "published": notice.published_on,
        "until": notice.closes_on,
    }
    return Phrase("notices.head" if notice.closed_on is None else "notices.head_closed", values)


def answers_to(session: Session, notice: Notice) -> Listing | None:
    """Say what was answered to the objections to a notice; None if nothing was."""
    lines = [
        Phrase("notices.answered", {"post": post, "state": one.state, "answer": one.answer})
        for post, one in notices.answered_in(session, notice.id)
    ]
    return Listing(lines) if lines else None


def post_page(session: Session, declaration: Declaration) -> Phrase:
    """Say a post of a notice: its grade, and each of its points with its grade."""
    (line,) = lines(session, [declaration])
    points: list[Sayable] = [
        Phrase("notices.point", {"name": point.name, "grade": point.grade})
        for point in points_of(session, declaration)
    ]
    values: dict[str, Sayable] = {
        "unit": line.unit,
        "post": line.post,
        "grade": line.grade or Phrase("notices.no_points"),
    }
    if not points:
        return Phrase("notices.post_without_points", values)
    return Phrase("notices.post", {**values, "points": Listing(points)})


@record.register
def notice_closed(
    event: events.NoticeClosed, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Close a notice; raise Refused before its days are over or while an objection is open.

    Posts about which somebody may not take the step, being their own, stay for a colleague.
    """
    notice = notices.get(session, event.notice)
    if notice.closed_on is not None:
        raise Refused("notice_closed_already")
    if occasion.today <= notice.closes_on:
        raise Refused("notice_still_open", until=notice.closes_on)
    if waiting := notices.open_objections(session, notice.id):
        raise Refused("objections_open", count=len(waiting))
    shown = notices.shown(session, notice.id)
    theirs = work.to_close(session, shown, occasion.person, occasion.standing)
    for declaration in theirs or shown:
        step_on(session, declaration, Move.CLOSE, occasion=occasion)
    if left := len(shown) - len(theirs):
        said = say("notices.closed_in_part", title=notice.title, posts=len(theirs), left=left)
        return Outcome([said])
    notice.closed_on = occasion.today
    session.add(notice)
    return Outcome([say("notices.closed", title=notice.title, posts=len(shown))])


@record.register
def objected(
    event: events.Objected, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Write an objection down, not whose it is."""
    notice = notices.speak_up(session, event.notice, roles=occasion.roles, today=occasion.today)
    must_be_shown(session, notice, [event.declaration])
    objection = notices.object_to(
        session,
        notice.id,
        event.declaration,
        event.text,
        keys=occasion.keys,
        today=occasion.today,
        calendar=occasion.calendar,
    )
    return Outcome([say("objection.recorded", due=objection.due_on, title=notice.title)])


def must_be_shown(session: Session, notice: Notice, declarations: Sequence[object]) -> None:
    """Raise Refused unless each declaration is shown in a notice now."""
    if not set(declarations) <= {one.id for one in notices.shown(session, notice.id)}:
        raise Refused("not_in_notice")


@record.register
def voted(event: events.Voted, session: Session, occasion: Occasion, prepared: None) -> Outcome:
    """Count what somebody thinks; that they have spoken is kept apart from what they said."""
    notice = notices.speak_up(session, event.notice, roles=occasion.roles, today=occasion.today)
    must_be_shown(session, notice, [voice.declaration for voice in event.voices])
    notices.vote(
        session,
        notice.id,
        event.voices,
        voters=Role.VILLAGER if occasion.known is None else Role.CADRE,
        voter_hash=occasion.keys.lookup(f"vote:{notice.id.hex}:{occasion.chat}"),
        keys=occasion.keys,
    )
    return Outcome([say("vote.recorded", posts=len(event.voices))])


@record.register
def objection_answered(
    event: events.ObjectionAnswered, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Answer an objection; one that is upheld sends the grades back to be fixed anew."""
    objection = notices.get_objection(session, event.objection)
    declaration = declarations.get(session, objection.declaration_id)
    if declaration.person_id == occasion.person:
        raise Refused("own_declaration")
    again = event.state is ObjectionState.UPHELD and declaration in notices.shown(
        session, objection.notice_id
    )
    objection.state, objection.answer = event.state, event.answer
    objection.answered_by, objection.answered_on = occasion.person, occasion.today
    session.add(objection)
    if again:
        step_on(session, declaration, Move.UPHOLD, occasion=occasion, note=event.answer)
    said = say(
        "objection.was_answered", post=notices.about(session, declaration.id), state=event.state
    )
    return Outcome([Reply([*said.phrases, Phrase("objection.graded_anew")]) if again else said])
