"""What is told about warnings: whom one can be about, how one stands, what is to be answered."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from dialogs import facts
from dialogs.errors import Refused
from dialogs.rules import warning as rules
from dialogs.rules.access import Action
from dialogs.rules.jurisdiction import ABOVE_US
from dialogs.speech import Phrase
from dialogs.vocabulary import ReplyPart, WarningMove, WarningPaper
from storage import people, warnings
from storage.appointments import in_force
from storage.briefing.telling import identity, tells
from storage.occasion import Occasion
from storage.tables import Appointment, Person, Post, Unit

OF_UNIT, ON_POST = "u", "p"  # what a subject's code begins with


@tells(Action.DRAFT_WARNING)
def to_draft(session: Session, occasion: Occasion, subject: str) -> facts.WarningToDraft:
    """Tell whom a warning can be about; with one chosen, what was issued to it within a year."""
    subjects = [one for one in subjects_of(session, occasion) if not subject or one.code == subject]
    if not subject:
        return facts.WarningToDraft(occasion.today, subjects)
    if not subjects:
        raise Refused("warning_no_holder")
    (chosen,) = subjects
    whole = chosen.post is None
    if occasion.person in warnings.near(
        session, chosen.unit, chosen.person, whole=whole, today=occasion.today
    ):
        raise Refused("warning_aside")
    issued = warnings.issued_within(session, chosen.unit, chosen.person)
    return facts.WarningToDraft(
        occasion.today,
        subject=chosen,
        issued=rules.tally(issued, today=occasion.today),
        reached=rules.reached(issued, today=occasion.today),
    )


def subjects_of(session: Session, occasion: Occasion) -> Sequence[facts.SubjectNamed]:
    """Name every unit, and everybody on a post of it who is ours to warn."""
    rows = session.execute(
        sa.select(Appointment, Post, Person)
        .join(Post, col(Post.id) == col(Appointment.post_id))
        .join(Person, col(Person.id) == col(Appointment.person_id))
        .where(in_force(occasion.today))
        .order_by(col(Post.code), col(Person.code))
    ).all()
    roles = people.roles_of(session, [person.id for _, _, person in rows])
    ours = [
        (held, post, person)
        for held, post, person in rows
        if not roles.get(person.id, frozenset()) & ABOVE_US and person.id != occasion.person
    ]
    return [
        one
        for unit in people.units(session)
        for one in (
            *as_a_whole(session, unit, occasion),
            *(on_post(unit, *row) for row in ours if row[1].unit_id == unit.id),
        )
    ]


def as_a_whole(session: Session, unit: Unit, occasion: Occasion) -> Sequence[facts.SubjectNamed]:
    """Name a unit as a whole, unless the county supervises it."""
    if warnings.is_the_countys(session, unit.id, today=occasion.today):
        return ()
    return (facts.SubjectNamed(f"{OF_UNIT}{unit.id.hex}", unit.id, unit.name),)


def on_post(unit: Unit, held: Appointment, post: Post, person: Person) -> facts.SubjectNamed:
    """Name somebody on a post."""
    return facts.SubjectNamed(
        f"{ON_POST}{held.id.hex}", unit.id, unit.name, post.id, post.title, person.id, person.name
    )


@tells(Action.HANDLE_WARNING)
def at_hand(session: Session, occasion: Occasion, subject: str) -> facts.WarningAtHand:
    """Tell how a warning stands, and the steps of it that are somebody's own."""
    warning = warnings.find(session, identity(subject))
    seen = warnings.warned(session, warning, today=occasion.today)
    found = rules.possible(
        seen, actor=occasion.person, standing=occasion.standing, today=occasion.today
    )
    moves = [move for move in found if move in rules.BY_THE_COMMISSION]
    withheld = [
        *rules.withheld(
            seen, actor=occasion.person, standing=occasion.standing, today=occasion.today
        )
    ]
    if not moves:
        must_say_why(seen, occasion, withheld)
    return facts.WarningAtHand(
        named=warnings.named(session, warning),
        state=warning.state,
        seen=warnings.taken(session, warning.id),
        moves=moves,
        today=occasion.today,
        again=rules.reply_due(occasion.today, level=warning.level),
        demand=warnings.demand(warning, keys=occasion.keys),
        asked_until=warning.asked_until,
        withheld=withheld,
    )


def must_say_why(seen: rules.Warned, occasion: Occasion, withheld: Sequence[Phrase]) -> None:
    """Raise Refused with why there is nothing to do here."""
    if occasion.person == seen.addressee:
        raise Refused("own_warning")
    if occasion.person in seen.aside:
        raise Refused("warning_aside")
    for why in withheld:
        raise Refused("warning_left_to_another", why=why)
    raise Refused("warning_nothing_to_do", state=seen.state)


@tells(Action.ANSWER_WARNING)
def to_answer(session: Session, occasion: Occasion, subject: str) -> facts.WarningToAnswer:
    """Tell its addressee what a warning asks, and what was said of the last reply."""
    return answering(session, occasion, subject, WarningMove.REPLY)


@tells(Action.ASK_FOR_TIME)
def to_put_off(session: Session, occasion: Occasion, subject: str) -> facts.WarningToAnswer:
    """Tell its addressee until when a reply may be put off."""
    return answering(session, occasion, subject, WarningMove.ASK_EXTENSION)


def answering(
    session: Session, occasion: Occasion, subject: str, move: WarningMove
) -> facts.WarningToAnswer:
    """Tell a warning to its addressee, or who writes it down for them, for a step they may take."""
    warning = warnings.find(session, identity(subject))
    named = warnings.named(session, warning)
    rules.take(
        move,
        warnings.warned(session, warning, today=occasion.today),
        actor=occasion.person,
        standing=occasion.standing,
        today=occasion.today,
    )
    due = warning.due_on or occasion.today
    return facts.WarningToAnswer(
        named=named,
        today=occasion.today,
        due=due,
        latest=warnings.latest_day(session, warning) or due,
        demand=warnings.demand(warning, keys=occasion.keys),
        before=told_before(session, warning.id, occasion),
        on_paper=named.name if occasion.person != warning.person_id else "",
    )


def told_before(session: Session, warning: UUID, occasion: Occasion) -> facts.ReplyTold | None:
    """Tell the last reply to a warning and what was said of it."""
    last = warnings.last_reply(session, warning)
    if last is None:
        return None
    before = warnings.open_reply(session, last, keys=occasion.keys)
    comments = [(part, before.comments[part]) for part in ReplyPart if part in before.comments]
    return facts.ReplyTold(
        *(before.cause, before.correction, before.correct_by, before.pledge),
        comments=comments,
        files=before.files,
    )


@tells(Action.WARNING_PAPER)
def papers_of(session: Session, occasion: Occasion, subject: str) -> facts.WarningPapers:
    """Tell which papers there are of a warning that somebody may read."""
    warning = warnings.to_read(session, identity(subject), occasion)
    replied = warnings.last_reply(session, warning.id) is not None
    papers = [
        *([WarningPaper.NOTICE] if warning.number else []),
        *([WarningPaper.REPLY] if replied else []),
        *([WarningPaper.LIFTING] if warning.lifted_on else []),
    ]
    if not papers:
        raise Refused("warning_without_papers")
    return facts.WarningPapers(warnings.named(session, warning), papers)
