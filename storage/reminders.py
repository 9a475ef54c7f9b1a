"""What is to be said of deadlines, to whom, and what has been said."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.catalogue.reminders import ladders
from dialogs.facts import Snoozable
from dialogs.rules.access import COMMISSION
from dialogs.rules.calendar import Calendar
from dialogs.rules.reminding import digest_time, latest_pause
from dialogs.vocabulary import DeadlineKind, ReminderStage, Role
from storage import appointments
from storage.appointments import in_force
from storage.database import table_of
from storage.people import with_role
from storage.tables import (
    Appointment,
    Deadline,
    Person,
    Post,
    Reminder,
    ReminderHour,
    RoleHeld,
    Snooze,
    Unit,
)
from storage.tables.deadlines import AT_NEXT_SWEEP

T = TypeVar("T")
AT_A_TIME = 500  # ids in one statement
OPEN = col(Deadline.done_at).is_(None)


@dataclass(frozen=True)
class Owed:
    """A deadline, whose it is, and about which post of which unit."""

    deadline: Deadline
    holder: Person
    post: Post
    unit: Unit


@dataclass(frozen=True)
class Overseers:
    """Who looks after units: their heads, the leaders in charge, the commission."""

    heads: Mapping[UUID, Sequence[Person]] = field(default_factory=dict)
    leaders: Mapping[UUID, Sequence[Person]] = field(default_factory=dict)
    commission: Sequence[Person] = ()

    def hear(self, stage: ReminderStage, unit: UUID) -> Sequence[Person]:
        """List who hears of what climbed to a stage."""
        match stage:
            case ReminderStage.TO_UNIT_HEAD:
                return self.heads.get(unit, ())
            case ReminderStage.TO_LEADER:
                return self.leaders.get(unit, ())
            case ReminderStage.TO_COMMISSION:
                return self.commission
            case _:
                return ()


def some_of(many: Collection[T]) -> Iterator[Sequence[T]]:
    """Take some at a time, as many as go into one statement."""
    listed = list(many)
    for start in range(0, len(listed), AT_A_TIME):
        yield listed[start : start + AT_A_TIME]


def unplanned(session: Session) -> Sequence[tuple[UUID, DeadlineKind, date]]:
    """Find some of the deadlines nobody has looked at since they were set, moved or put off."""
    rows = session.execute(
        sa.select(col(Deadline.id), col(Deadline.kind), col(Deadline.due_on))
        .where(OPEN, col(Deadline.speaks_at) == AT_NEXT_SWEEP)
        .limit(AT_A_TIME)
    )
    return [(id_, kind, due) for id_, kind, due in rows]


def anything(session: Session, *, now: datetime) -> bool:
    """Say whether any deadline is to be looked at by now."""
    found = sa.select(col(Deadline.id)).where(OPEN, col(Deadline.speaks_at) <= now).limit(1)
    return session.execute(found).first() is not None


def owed(session: Session, *, until: datetime) -> Sequence[Owed]:
    """Find the open deadlines to be looked at before a moment, the first due first."""
    rows = session.execute(
        sa.select(Deadline, Person, Post, Unit)
        .join(Person, col(Person.id) == col(Deadline.person_id))
        .join(Post, col(Post.id) == col(Deadline.post_id))
        .join(Unit, col(Unit.id) == col(Post.unit_id))
        .where(OPEN, col(Deadline.speaks_at) < until)
        .order_by(col(Deadline.due_on), col(Unit.code), col(Post.code), col(Person.code))
    )
    return [Owed(*row) for row in rows]


def said(
    session: Session, deadlines: Collection[UUID]
) -> Mapping[tuple[UUID, UUID], Collection[ReminderStage]]:
    """Find what was said of deadlines, as they are due now, to whom."""
    found: dict[tuple[UUID, UUID], set[ReminderStage]] = defaultdict(set)
    for some in some_of(deadlines):
        rows = session.execute(
            sa.select(col(Reminder.deadline_id), col(Reminder.person_id), col(Reminder.stage))
            .join(Deadline, col(Deadline.id) == col(Reminder.deadline_id))
            .where(
                col(Reminder.deadline_id).in_(some), col(Reminder.due_on) == col(Deadline.due_on)
            )
        )
        for deadline, person, stage in rows:
            found[deadline, person].add(stage)
    return found


def note_called(session: Session, subject: UUID, *, today: date) -> None:
    """Note that a person has told whose it is that something is due: no sweep says it again."""
    rows = session.exec(select(Deadline).where(Deadline.subject == subject, OPEN))
    session.add_all(
        Reminder(
            deadline_id=one.id,
            stage=ReminderStage.CALLED,
            person_id=one.person_id,
            due_on=one.due_on,
            on_day=today,
        )
        for one in rows
    )
    session.flush()


def former(session: Session, deadlines: Collection[UUID], *, today: date) -> Collection[UUID]:
    """Find which deadlines are of people who hold the post no more."""
    found: set[UUID] = set()
    for some in some_of(deadlines):
        found.update(appointments.former(session, some, today=today))
    return found


def pauses(session: Session, deadlines: Collection[UUID]) -> Mapping[UUID, Sequence[Snooze]]:
    """Find how deadlines, as they are due now, were put off, the first first."""
    found: dict[UUID, list[Snooze]] = defaultdict(list)
    for some in some_of(deadlines):
        rows = session.exec(
            select(Snooze)
            .join(Deadline, col(Deadline.id) == col(Snooze.deadline_id))
            .where(col(Snooze.deadline_id).in_(some), Snooze.due_on == Deadline.due_on)
            .order_by(col(Snooze.asked_at))
        )
        for one in rows:
            found[one.deadline_id].append(one)
    return found


def overseers(session: Session, units: Collection[UUID], *, today: date) -> Overseers:
    """Find who of those that have joined looks after units."""
    heads: dict[UUID, list[Person]] = defaultdict(list)
    leaders: dict[UUID, list[Person]] = defaultdict(list)
    for unit, person in session.execute(
        sa.select(col(Post.unit_id), Person)
        .join(Appointment, col(Appointment.post_id) == col(Post.id))
        .join(Person, col(Person.id) == col(Appointment.person_id))
        .join(RoleHeld, col(RoleHeld.person_id) == col(Person.id))
        .where(
            col(Post.unit_id).in_(units),
            col(RoleHeld.role) == Role.UNIT_HEAD,
            col(Person.account).is_not(None),
            in_force(today),
        )
        .order_by(col(Person.code))
    ):
        if person not in heads[unit]:
            heads[unit].append(person)
    for unit, person in session.execute(
        sa.select(col(Unit.id), Person)
        .join(Person, col(Person.id) == col(Unit.leader_id))
        .where(col(Unit.id).in_(units), col(Person.account).is_not(None))
    ):
        leaders[unit].append(person)
    return Overseers(heads, leaders, with_role(session, tuple(COMMISSION)))


def hours(session: Session, people: Collection[UUID]) -> Mapping[UUID, int]:
    """Find the hours people chose for their digest."""
    found: dict[UUID, int] = {}
    for some in some_of(people):
        rows = session.execute(
            sa.select(col(ReminderHour.person_id), col(ReminderHour.hour)).where(
                col(ReminderHour.person_id).in_(some)
            )
        )
        found.update(dict(rows.all()))
    return found


def whose_hour_came(
    session: Session, people: Collection[UUID], clock: time, *, calendar: Calendar
) -> frozenset[UUID]:
    """Find who of some people may have their digest by a time of day."""
    chosen = hours(session, people)
    return frozenset(
        one for one in people if clock >= digest_time(chosen.get(one), calendar=calendar)
    )


def look_again(session: Session, when: Mapping[UUID, datetime | None]) -> None:
    """Keep when deadlines are to be looked at next; None for never."""
    table = table_of(Deadline)
    update = (
        sa.update(table)
        .where(table.c.id == sa.bindparam("deadline"))
        .values(speaks_at=sa.bindparam("moment"))
    )
    for some in some_of(when.items()):
        session.connection().execute(
            update, [{"deadline": deadline, "moment": moment} for deadline, moment in some]
        )


def look_at_next_sweep(session: Session, which: sa.ColumnElement[bool]) -> None:
    """Have open deadlines looked at by the next sweep."""
    session.execute(sa.update(Deadline).where(OPEN, which).values(speaks_at=AT_NEXT_SWEEP))


def snoozable(
    session: Session, person: UUID, *, today: date, calendar: Calendar
) -> Sequence[Snoozable]:
    """List what somebody has heard of and may have said again later, the first due first."""
    heard = sa.select(col(Reminder.deadline_id)).where(col(Reminder.person_id) == person)
    rows = session.execute(
        sa.select(Deadline, Post)
        .join(Post, col(Post.id) == col(Deadline.post_id))
        .where(OPEN, col(Deadline.person_id) == person, col(Deadline.id).in_(heard))
        .order_by(col(Deadline.due_on), col(Post.code))
    )
    return [
        Snoozable(one.id, one.kind, post.title, one.due_on, latest)
        for one, post in rows
        if ladders()[one.kind].snooze
        and (latest := latest_pause(one.due_on, today=today, calendar=calendar))
    ]
