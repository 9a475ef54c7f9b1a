"""Appointments: who begins and ends on which post, and what is owed because of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from dialogs.rules.deadlines import refill_due
from dialogs.vocabulary import DeadlineKind, DeclarationState, MeasureState
from storage.tables import (
    Appointment,
    Deadline,
    Declaration,
    Invitation,
    Measure,
    MutualCheck,
    Person,
    Post,
    Reminder,
    RiskPoint,
    RoleHeld,
    SeatHeld,
    SelfCheck,
    Snooze,
    Unit,
)
from storage.tables.deadlines import AT_NEXT_SWEEP

OF_THE_POST = (DeadlineKind.SELF_CHECK, DeadlineKind.REGRADE)  # owed by whoever holds the post


@dataclass(frozen=True)
class Begun:
    """An appointment new to us; `due` is by when its post is to be checked for it, if it is.

    One that is `altered` is not new, but the duties of its post are.
    """

    person: UUID
    post: UUID
    since: date
    deadline: UUID | None = None
    due: date | None = None
    altered: bool = False


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
    if due < today and not ended:
        take_up(session, person, post)
    if ended or due < today or owes(session, person, post, due):
        return Begun(person, post, since)
    return Begun(person, post, since, owe(session, person, post, due), due)


def alter(session: Session, posts: Collection[UUID], *, today: date) -> Sequence[Begun]:
    """Let whoever holds posts whose duties have changed check them anew, as new holders do.

    Nothing more is owed where a self-check of the post is open already.
    """
    due = refill_due(today)
    held = sa.select(col(Appointment.person_id), col(Appointment.post_id)).where(
        col(Appointment.post_id).in_(posts), in_force(today)
    )
    found = []
    for person, post in session.execute(held.distinct()).all():
        if not owes(session, person, post, due):
            deadline = owe(session, person, post, due)
            found.append(Begun(person, post, today, deadline, due, altered=True))
    return found


def owe(session: Session, person: UUID, post: UUID, due: date) -> UUID:
    """Let somebody owe a self-check of a post by a day."""
    deadline = Deadline(
        kind=DeadlineKind.SELF_CHECK, person_id=person, post_id=post, subject=post, due_on=due
    )
    session.add(deadline)
    session.flush()
    return deadline.id


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
    hand_back(session, open_of(person.id))
    forget(session, sa.select(col(Deadline.id)).where(open_of(person.id)))
    person.account_hash, person.account, person.joined_at = None, None, None
    session.add(person)
    session.flush()
    return over


def open_of(person: UUID) -> sa.ColumnElement[bool]:
    """Limit deadlines to the open ones of a person."""
    return sa.and_(col(Deadline.person_id) == person, col(Deadline.done_at).is_(None))


def lapse(session: Session, *, today: date) -> None:
    """Let what people owe because of a post they hold no more end with it.

    A grade to be looked at again is then owed by whoever holds the post. A self-check ends, and a
    new holder owes one of their own; so does a check for a colleague, once they are none. What
    they were to do against a colleague's risk is for that colleague to plan anew.
    """
    still_open = col(Deadline.done_at).is_(None)
    hand_on(session, today=today)
    hand_back(session, ~is_colleague(today))
    gone = sa.and_(col(Deadline.kind).in_(OF_THE_POST), ~holds(today))
    left = sa.and_(col(Deadline.kind) == DeadlineKind.MUTUAL_CHECK, ~is_colleague(today))
    forget(session, sa.select(col(Deadline.id)).where(still_open, sa.or_(gone, left)))


def in_force(today: date) -> sa.ColumnElement[bool]:
    """Limit appointments to those in force on a day."""
    return sa.and_(col(Appointment.since) <= today, lasts(today))


def lasts(today: date) -> sa.ColumnElement[bool]:
    """Limit appointments to those that are not over."""
    return sa.or_(col(Appointment.until).is_(None), col(Appointment.until) >= today)


def holds(today: date) -> sa.ColumnElement[bool]:
    """Tell whether whose a deadline is holds its post, or will."""
    return (
        sa.select(col(Appointment.id))
        .where(
            col(Appointment.person_id) == col(Deadline.person_id),
            col(Appointment.post_id) == col(Deadline.post_id),
            lasts(today),
        )
        .exists()
    )


def is_colleague(today: date) -> sa.ColumnElement[bool]:
    """Tell whether whose a deadline is holds a post of the unit it is about, or will."""
    theirs, checked = aliased(Post), aliased(Post)
    return (
        sa.select(col(Appointment.id))
        .join(theirs, col(theirs.id) == col(Appointment.post_id))
        .join(checked, col(checked.unit_id) == col(theirs.unit_id))
        .where(
            col(Appointment.person_id) == col(Deadline.person_id),
            col(checked.id) == col(Deadline.post_id),
            lasts(today),
        )
        .exists()
    )


def hand_on(session: Session, *, today: date) -> None:
    """Let the new holder of a post look at its grade again, by the same day."""
    orphaned = session.exec(
        select(Deadline).where(
            Deadline.kind == DeadlineKind.REGRADE, col(Deadline.done_at).is_(None), ~holds(today)
        )
    ).all()
    for one in orphaned:
        heir = session.exec(
            select(Appointment.person_id)
            .where(Appointment.post_id == one.post_id, lasts(today), Appointment.since <= today)
            .order_by(col(Appointment.since))
        ).first()
        if heir is not None and not is_looked_at(session, one.post_id, heir):
            for table in (Reminder, Snooze):
                session.execute(sa.delete(table).where(col(table.deadline_id) == one.id))
            one.person_id, one.speaks_at = heir, AT_NEXT_SWEEP
            session.add(one)
            session.flush()


def hand_back(session: Session, away: sa.ColumnElement[bool]) -> None:
    """Let measures of others be planned anew by these, where whoever was to do them is away."""
    away = sa.and_(col(Deadline.kind) == DeadlineKind.MEASURE, away)
    theirs = (
        sa.select(col(Measure.id))
        .join(RiskPoint, col(RiskPoint.id) == col(Measure.risk_point_id))
        .join(SelfCheck, col(SelfCheck.id) == col(RiskPoint.self_check_id))
        .join(Deadline, sa.and_(col(Deadline.subject) == col(Measure.id), away))
        .where(
            col(Measure.state) == MeasureState.UNDER_WAY,
            col(SelfCheck.person_id) != col(Measure.owner_id),
        )
    )
    for measure in session.exec(select(Measure).where(col(Measure.id).in_(theirs))).all():
        measure.owner_id, measure.due_on, measure.state = None, None, MeasureState.UNPLANNED
        session.add(measure)
        forget(session, sa.select(col(Deadline.id)).where(col(Deadline.subject) == measure.id))


def take_up(session: Session, person: UUID, post: UUID) -> None:
    """Let a new holder look at a grade that was filed, where nobody was left to do it."""
    filed: date | None = session.execute(
        sa.select(sa.func.max(col(Declaration.review_due_on))).where(
            col(Declaration.post_id) == post,
            col(Declaration.state) != DeclarationState.SUPERSEDED,
        )
    ).scalar_one()
    if filed is not None and not is_looked_at(session, post, due=filed):
        anew = Deadline(
            kind=DeadlineKind.REGRADE, person_id=person, post_id=post, subject=post, due_on=filed
        )
        session.add(anew)
        session.flush()


def is_looked_at(
    session: Session, post: UUID, person: UUID | None = None, due: date | None = None
) -> bool:
    """Say whether somebody, or anybody, looks at the grade of a post again, or did by a day."""
    found = select(Deadline.id).where(
        Deadline.kind == DeadlineKind.REGRADE,
        Deadline.subject == post,
        sa.true() if person is None else col(Deadline.person_id) == person,
        sa.or_(col(Deadline.done_at).is_(None), col(Deadline.due_on) == due),
    )
    return session.exec(found).first() is not None


def former(session: Session, deadlines: Collection[UUID], *, today: date) -> Collection[UUID]:
    """Find which deadlines are of people whose days on the post are over; they soon lapse."""
    over = (
        sa.select(col(Appointment.id))
        .where(
            col(Appointment.person_id) == col(Deadline.person_id),
            col(Appointment.post_id) == col(Deadline.post_id),
            col(Appointment.until) < today,
        )
        .exists()
    )
    found = sa.select(col(Deadline.id)).where(
        col(Deadline.id).in_(deadlines), col(Deadline.kind).in_(OF_THE_POST), over, ~holds(today)
    )
    return set(session.execute(found).scalars())


def forget(session: Session, deadlines: sa.Select[Any]) -> None:
    """Forget deadlines and what was said about them, and the checks for others they were about."""
    gone = list(session.execute(deadlines).scalars())
    if gone:
        checks = sa.select(col(Deadline.subject)).where(col(Deadline.id).in_(gone))
        session.execute(
            sa.delete(MutualCheck).where(
                col(MutualCheck.id).in_(checks), col(MutualCheck.done_at).is_(None)
            )
        )
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
