"""Appointments: who begins and ends on which post, and what is owed because of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.rules.deadlines import refill_due
from dialogs.vocabulary import DeadlineKind
from storage.tables import (
    Appointment,
    Deadline,
    Invitation,
    Person,
    Reminder,
    RoleHeld,
    SeatHeld,
    Snooze,
    Unit,
)


@dataclass(frozen=True)
class Begun:
    """An appointment new to us; `due` is by when its post is to be checked for it, if it is."""

    person: UUID
    post: UUID
    since: date
    deadline: UUID | None = None
    due: date | None = None


@dataclass(frozen=True)
class Over:
    """An appointment that ends, with its last day."""

    person: UUID
    post: UUID
    until: date


@dataclass(frozen=True)
class Refill:
    """A self-check that is owed because of a new appointment, from its first day on."""

    person: UUID
    post: UUID
    since: date


def begin(session: Session, appointment: Appointment, *, today: date) -> Begun:
    """Write a new appointment down; if it is a fresh one, its post's forms are to be filled anew.

    Nothing more is owed where a self-check of the post is open already.
    """
    session.add(appointment)
    session.flush()
    person, post, since = appointment.person_id, appointment.post_id, appointment.since
    due = refill_due(since)
    ended = appointment.until is not None and appointment.until < today
    if ended or due < today or owes(session, person, post, due):
        return Begun(person, post, since)
    deadline = Deadline(
        kind=DeadlineKind.SELF_CHECK, person_id=person, post_id=post, subject=post, due_on=due
    )
    session.add(deadline)
    session.flush()
    return Begun(person, post, since, deadline.id, due)


def owes(session: Session, person: UUID, post: UUID, due: date) -> bool:
    """Say whether somebody owes a self-check of a post, or did the one due on a day."""
    found = session.exec(
        select(Deadline.id).where(
            Deadline.kind == DeadlineKind.SELF_CHECK,
            Deadline.person_id == person,
            Deadline.post_id == post,
            sa.or_(col(Deadline.done_at).is_(None), col(Deadline.due_on) == due),
        )
    )
    return found.first() is not None


def end(session: Session, appointment: Appointment, *, until: date, today: date) -> Over:
    """End an appointment with a day (included); what it owed goes with it, and is not late."""
    appointment.until = until
    session.add(appointment)
    session.flush()
    lapse(session, today=today)
    return Over(appointment.person_id, appointment.post_id, until)


def overlapping(session: Session, person: UUID, post: UUID, *, since: date) -> Appointment | None:
    """Find an appointment of somebody to a post that lasts into one from a day on."""
    return session.exec(
        select(Appointment).where(
            Appointment.person_id == person,
            Appointment.post_id == post,
            sa.or_(col(Appointment.until).is_(None), col(Appointment.until) >= since),
        )
    ).first()


def leave(session: Session, person: Person, *, last_day: date) -> Sequence[Over]:
    """Let a person go: posts, roles, seat and units led end, and their account is theirs no more.

    An appointment that would have begun later never was. They may be invited anew once they hold
    something again.
    """
    over = []
    for one in session.exec(select(Appointment).where(Appointment.person_id == person.id)).all():
        if one.since > last_day:
            session.delete(one)
        elif one.until is None or one.until > last_day:
            one.until = last_day
            session.add(one)
            over.append(Over(person.id, one.post_id, last_day))
    for table in (RoleHeld, SeatHeld):
        session.execute(sa.delete(table).where(col(table.person_id) == person.id))
    session.execute(
        sa.delete(Invitation).where(
            col(Invitation.person_id) == person.id, col(Invitation.used_at).is_(None)
        )
    )
    session.execute(sa.update(Unit).where(col(Unit.leader_id) == person.id).values(leader_id=None))
    forget(session, sa.select(col(Deadline.id)).where(open_of(person.id)))
    person.account_hash, person.account, person.joined_at = None, None, None
    session.add(person)
    session.flush()
    return over


def open_of(person: UUID) -> sa.ColumnElement[bool]:
    """Limit deadlines to the open ones of a person."""
    return sa.and_(col(Deadline.person_id) == person, col(Deadline.done_at).is_(None))


def lapse(session: Session, *, today: date) -> None:
    """Forget the open self-checks of people who do not hold the post any more."""
    holds = (
        sa.select(col(Appointment.id))
        .where(
            col(Appointment.person_id) == col(Deadline.person_id),
            col(Appointment.post_id) == col(Deadline.post_id),
            sa.or_(col(Appointment.until).is_(None), col(Appointment.until) >= today),
        )
        .exists()
    )
    forget(
        session,
        sa.select(col(Deadline.id)).where(
            col(Deadline.kind) == DeadlineKind.SELF_CHECK,
            col(Deadline.done_at).is_(None),
            ~holds,
        ),
    )


def forget(session: Session, deadlines: sa.Select[Any]) -> None:
    """Forget deadlines and what was said about them."""
    gone = list(session.execute(deadlines).scalars())
    if gone:
        for table in (Reminder, Snooze):
            session.execute(sa.delete(table).where(col(table.deadline_id).in_(gone)))
        session.execute(sa.delete(Deadline).where(col(Deadline.id).in_(gone)))


def refills(session: Session, among: Collection[UUID] | None = None) -> Mapping[UUID, Refill]:
    """Find the open deadlines that come of a new appointment, each with that appointment.

    They are looked for `among` some, or among all.
    """
    rows = session.execute(
        sa.select(
            col(Deadline.id),
            col(Deadline.due_on),
            col(Deadline.person_id),
            col(Deadline.post_id),
            col(Appointment.since),
        )
        .join(
            Appointment,
            sa.and_(
                col(Appointment.person_id) == col(Deadline.person_id),
                col(Appointment.post_id) == col(Deadline.post_id),
            ),
        )
        .where(
            col(Deadline.kind) == DeadlineKind.SELF_CHECK,
            col(Deadline.done_at).is_(None),
            sa.true() if among is None else col(Deadline.id).in_(among),
        )
    )
    return {
        deadline: Refill(person, post, since)
        for deadline, due, person, post, since in rows
        if due == refill_due(since)
    }
