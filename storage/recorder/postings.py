"""Postings written down: who ends and begins on which post, and who is told so at once."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, col, select

from dialogs import events
from dialogs.errors import Refused
from dialogs.rules.access import Action
from dialogs.speech import Button, Go, Listing, Phrase, Reply, Sayable, say
from dialogs.vocabulary import Posting, ReminderStage, Role
from storage import appointments, letters, organisation, people
from storage.appointments import Begun, Over
from storage.occasion import Occasion
from storage.recorder.outcome import Outcome, record
from storage.sealing import Keyring
from storage.tables import Appointment, Person, Post, Reminder, Unit
from storage.vault.keys import close_for_others

KEPT = frozenset({Role.VILLAGER, Role.CADRE})  # roles that come and go with posts, not by choice


@record.register
def posting_changed(
    event: events.PostingChanged, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Change what somebody holds, close what they hold no more, and tell them."""
    person = session.get_one(Person, event.person)
    if Role.OFFICE_CLERK not in event.roles:
        people.must_leave_a_clerk(session, without={person.id})
    if event.posting is Posting.LEAVE:
        return let_go(session, person, event, occasion)
    over = [relieve(session, person, event, occasion)] if event.ended else []
    begun = [appoint(session, person, event, occasion)] if event.post else []
    kept = people.roles_of(session, [person.id]).get(person.id, frozenset()) & KEPT
    organisation.grant(session, {person.id: kept | {*event.roles}})
    close_for_others(session, today=occasion.today)
    tell(session, begun, over, keys=occasion.keys, now=occasion.now, today=occasion.today)
    told = Phrase("posting.told" if person.account else "posting.not_told", {"name": person.name})
    changed = Reply([Phrase("posting.changed", {"name": person.name}), told])
    return Outcome([changed], about=person.id.hex)


def let_go(
    session: Session, person: Person, event: events.PostingChanged, occasion: Occasion
) -> Outcome:
    """Let a person go; the last they hear is that they have no access any more."""
    last_day = event.last_day or occasion.today
    farewell = say("posting.left", last_day=last_day)
    letters.write(session, [(person, farewell)], keys=occasion.keys, now=occasion.now)
    led = session.exec(select(Unit.name).where(Unit.leader_id == person.id)).all()
    appointments.leave(session, person, last_day=last_day)
    close_for_others(session, today=occasion.today)
    done = [Phrase("posting.gone", {"name": person.name})]
    if led:
        done.append(Phrase("posting.unled", {"units": Listing(led, inline=True)}))
    return Outcome([Reply(done)], about=person.id.hex)


def relieve(
    session: Session, person: Person, event: events.PostingChanged, occasion: Occasion
) -> Over:
    """End an appointment; raise Refused if it is no more, or would end before it began."""
    held = session.get(Appointment, event.ended)
    if held is None or held.person_id != person.id or event.last_day is None:
        raise Refused("posting_gone", name=person.name)
    if held.until is not None and held.until < occasion.today:
        raise Refused("posting_gone", name=person.name)
    if event.last_day < held.since:
        raise Refused("day_too_early", earliest=held.since)
    return appointments.end(session, held, until=event.last_day, today=occasion.today)


def appoint(
    session: Session, person: Person, event: events.PostingChanged, occasion: Occasion
) -> Begun:
    """Make an appointment; raise Refused if the person holds that post then already."""
    post, first_day = session.get(Post, event.post), event.first_day
    if post is None or first_day is None:
        raise Refused("not_offered")
    held = appointments.overlapping(session, person.id, post.id, since=first_day)
    if held is not None:
        raise Refused("held_already", name=person.name, post=post.title, since=held.since)
    fresh = Appointment(person_id=person.id, post_id=post.id, since=first_day)
    return appointments.begin(session, fresh, today=occasion.today)


def tell(
    session: Session,
    begun: Sequence[Begun],
    over: Sequence[Over],
    *,
    keys: Keyring,
    now: datetime,
    today: date,
) -> None:
    """Tell people who have joined which posts they hold no more, and which anew.

    One whose re-fill has begun is told with a button to begin, in place of the first reminder.
    """
    fresh = [one for one in begun if one.due is not None]
    concerned: list[Begun | Over] = [*over, *fresh]
    found = session.exec(
        select(Person).where(col(Person.id).in_([one.person for one in concerned]))
    ).all()
    who = {person.id: person for person in found}
    titles = titles_of(session, [one.post for one in concerned])
    news = [(who[one.person], ending(one, titles[one.post])) for one in over]
    news += [(who[one.person], beginning(one, titles[one.post], today=today)) for one in fresh]
    letters.write(session, news, keys=keys, now=now)
    session.add_all(
        Reminder(
            deadline_id=one.deadline,
            stage=ReminderStage.CALLED,
            person_id=one.person,
            due_on=one.due,
            on_day=today,
        )
        for one in fresh
        if one.deadline and one.due and one.since <= today and who[one.person].account
    )


def ending(over: Over, post: Sayable) -> Reply:
    """Say that an appointment ends."""
    return say("posting.ended", post=post, until=over.until)


def beginning(begun: Begun, post: Sayable, *, today: date) -> Reply:
    """Say that an appointment begins, or is altered, and by when its post is to be checked."""
    values = {"post": post, "since": begun.since, "due": begun.due or begun.since}
    says = Phrase("posting.altered" if begun.altered else "posting.begun", values)
    if begun.since > today:
        return Reply([says])
    go = Go(Action.SELF_CHECK, begun.post.hex)
    return Reply([says], [[Button(Phrase("reminder.begin"), go)]])


def titles_of(session: Session, posts: Sequence[UUID]) -> Mapping[UUID, Sayable]:
    """Name posts with their units."""
    rows = session.exec(
        select(Post, Unit).join(Unit, col(Unit.id) == Post.unit_id).where(col(Post.id).in_(posts))
    ).all()
    return {
        post.id: Phrase("posting.title", {"unit": unit.name, "post": post.title})
        for post, unit in rows
    }
