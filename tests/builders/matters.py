"""A township whose catalogues are in force, and matters accepted in it."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, col, select

from dialogs.events import MatterAccepted, MatterMoved
from dialogs.rules.access import Standing
from dialogs.rules.calendar import Calendar
from dialogs.vocabulary import MatterMove
from storage import catalogues, matters, organisation, people
from storage.matters import Mover
from storage.sealing import Keyring
from storage.tables import Appointment, Matter, Person, Post, Process, Unit
from tests.builders.catalogues import example_catalogues
from tests.builders.people import LONG_AGO, NOON, TODAY
from tests.builders.township import example_township

CALENDAR = Calendar()
SUBSIDY, LOW_INCOME, HOMESTEAD = "Z05-L01", "Z06-L01", "C01-L01"


def found_township(session: Session) -> None:
    """Write the example township down, with everything in its catalogues in force."""
    organisation.take_over(session, example_township(), today=TODAY)
    for change in catalogues.take_over(session, example_catalogues(), by=None, now=NOON):
        catalogues.decide(session, change.row, by=None, now=NOON)


def person(session: Session, name: str) -> UUID:
    return session.exec(select(Person.id).where(Person.name == name)).one()


def unit(session: Session, name: str) -> UUID:
    return session.exec(select(Unit.id).where(Unit.name == name)).one()


def standing(session: Session, name: str, *, today: date = TODAY) -> Standing:
    """Find in what capacities somebody of the roster acts."""
    who = person(session, name)
    held = people.places_held(session, [who], today=today).get(who, {})
    granted = people.roles_of(session, [who]).get(who, frozenset())
    led = people.units_led(session, [who]).get(who, frozenset())
    return Standing(
        people.standing(granted, holds=bool(held)),
        units=frozenset(held.values()),
        posts=frozenset(held),
        led=led,
    )


def mover(session: Session, name: str, *, today: date = TODAY) -> Mover:
    """Let somebody of the roster act on a day."""
    now = datetime.combine(today, NOON.timetz())
    return Mover(person(session, name), standing(session, name, today=today), now, today, CALENDAR)


def accepted(
    session: Session,
    code: str,
    by: str,
    *,
    keys: Keyring,
    met: Sequence[int] = (1, 2, 3, 4, 5),
    number: str = "",
    today: date = TODAY,
) -> Matter:
    """Accept a matter for a process by its code."""
    process = session.exec(select(Process).where(col(Process.code) == code)).one()
    return matters.accept(
        session,
        MatterAccepted(process.id, met, "補貼漏發兩畝", "王大娘", "村東頭"),
        number=number or matters.new_number(),
        by=person(session, by),
        now=datetime.combine(today, NOON.timetz()),
        today=today,
        calendar=CALENDAR,
        keys=keys,
    )


def moved(
    session: Session,
    matter: Matter,
    move: MatterMove,
    by: str,
    *,
    keys: Keyring,
    step: int | None = None,
    note: str = "已核對",
    missing: Sequence[int] = (),
    today: date = TODAY,
) -> Matter:
    """Let somebody take a move of a matter, at the step it is at or another."""
    at = matters.running(session, matter, today=today).at if step is None else step
    return matters.move(
        session,
        MatterMoved(matter.id, at, move, note, missing),
        mover(session, by, today=today),
        keys=keys,
    )


def vacate(session: Session, title: str) -> None:
    """Leave a post without anybody, since some time ago."""
    held = session.exec(
        select(Appointment)
        .join(Post, col(Post.id) == col(Appointment.post_id))
        .where(col(Post.title) == title)
    )
    for one in held.all():
        one.until = LONG_AGO
        session.add(one)
    session.flush()
