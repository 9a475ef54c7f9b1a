"""A warning is issued: it gets its number, somebody to answer it, and the day by which."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.errors import Refused
from dialogs.rules.jurisdiction import ABOVE_US
from dialogs.rules.warning import reply_due
from dialogs.vocabulary import DeadlineKind, Role, Seat
from storage.appointments import in_force
from storage.catalogues.reviewing import heads
from storage.people import held, places_held, roles_of
from storage.tables import Appointment, Deadline, GradedWarning, Post, RoleHeld, SeatHeld, Unit

REPLY, CORRECTION = DeadlineKind.WARNING_REPLY, DeadlineKind.CORRECTION


def issue(
    session: Session, warning: GradedWarning, *, by: UUID, now: datetime, today: date
) -> date:
    """Issue a warning; give the day by which it is to be answered.

    Raises Refused where nobody is there to answer it any more.
    """
    person, post = answerer(session, warning, today=today)
    if person == by:
        raise Refused("own_warning")
    warning.person_id, warning.number = person, next_number(session, today=today)
    warning.issued_on = today
    due = warning.due_on = reply_due(today, level=warning.level)
    owe(session, warning, REPLY, post=post, due=due)
    return due


def answerer(session: Session, warning: GradedWarning, *, today: date) -> tuple[UUID, UUID]:
    """Find who answers a warning today, and on which post: its holder, or the head of the unit."""
    if warning.post_id and warning.person_id:
        on_it = session.execute(
            sa.select(held(warning.post_id, warning.person_id, today=today))
        ).scalar_one()
        if not on_it and warning.person_id not in warned_before(
            session, warning.raised_from, today=today
        ):
            raise Refused("warning_no_holder")
        return warning.person_id, warning.post_id
    leading = heads(session, [warning.unit_id] if warning.unit_id else [], today=today)
    found = sorted(one for of_unit in leading.values() for one in of_unit)
    roles = roles_of(session, found)
    ours = [one for one in found if not roles.get(one, frozenset()) & ABOVE_US]
    if not ours:
        raise Refused("warning_no_head")
    post = session.exec(
        select(Appointment.post_id)
        .join(Post, col(Post.id) == col(Appointment.post_id))
        .where(
            col(Post.unit_id) == warning.unit_id,
            Appointment.person_id == ours[0],
            in_force(today),
        )
        .order_by(col(Post.code))
    ).first()
    if post is None:
        raise Refused("warning_no_head")
    return ours[0], post


def warned_before(session: Session, lower: UUID | None, *, today: date) -> Sequence[UUID]:
    """Find who answers the lower warning a draft is bound to: they do, on another post too."""
    found = session.get(GradedWarning, lower) if lower else None
    person = found.person_id if found else None
    return [person] if person and places_held(session, [person], today=today).get(person) else []


def next_number(session: Session, *, today: date) -> str:
    """Give the next number of the year."""
    year = f"{today.year}-"
    last = session.exec(
        select(GradedWarning.number)
        .where(col(GradedWarning.number).startswith(year))
        .order_by(col(GradedWarning.number).desc())
    ).first()
    return f"{year}{int(last.removeprefix(year)) + 1 if last else 1:04d}"


def owe(
    session: Session, warning: GradedWarning, kind: DeadlineKind, *, post: UUID, due: date
) -> None:
    """Open a deadline of a warning's addressee; the same day opens it again."""
    if warning.person_id is None:
        return
    there = session.exec(
        select(Deadline).where(
            Deadline.kind == kind, Deadline.subject == warning.id, Deadline.due_on == due
        )
    ).first()
    if there is not None:
        there.done_at, there.person_id, there.post_id = None, warning.person_id, post
        session.add(there)
        return
    session.add(
        Deadline(
            kind=kind, person_id=warning.person_id, post_id=post, subject=warning.id, due_on=due
        )
    )
    session.flush()


def open_correction(session: Session, warning: GradedWarning, due: date) -> None:
    """Open the deadline by which what was promised in a reply is put right."""
    post = answered_on(session, warning)
    if post is not None:
        owe(session, warning, CORRECTION, post=post, due=due)


def answered_on(session: Session, warning: GradedWarning) -> UUID | None:
    """Find the post on which a warning is answered: that of the reply which was owed last."""
    return session.exec(
        select(Deadline.post_id)
        .where(Deadline.kind == REPLY, Deadline.subject == warning.id)
        .order_by(col(Deadline.due_on).desc())
    ).first()


def close_days(session: Session, warning: UUID, *, now: datetime) -> None:
    """Close what is owed because of a warning: a reply, or a correction."""
    session.execute(
        sa.update(Deadline)
        .where(col(Deadline.subject) == warning, col(Deadline.done_at).is_(None))
        .values(done_at=now)
    )


def due_again(
    session: Session, warning: GradedWarning, due: date, *, now: datetime | None = None
) -> date:
    """Give a reply another day; `now` closes the day it had."""
    post = answered_on(session, warning)
    if now is not None:
        close_days(session, warning.id, now=now)
    warning.due_on = due
    if post is not None:
        owe(session, warning, REPLY, post=post, due=due)
    return due


def to_inform(session: Session) -> frozenset[UUID]:
    """Find who of the party committee is told of a 一級: who heads the leading group, or all."""
    committee = frozenset(
        session.exec(select(RoleHeld.person_id).where(RoleHeld.role == Role.PARTY_COMMITTEE))
    )
    heading = frozenset(session.exec(select(SeatHeld.person_id).where(SeatHeld.seat == Seat.HEAD)))
    return committee & heading or committee


def to_ping(session: Session, warning: GradedWarning, *, today: date) -> frozenset[UUID]:
    """Find who hears that a warning was issued, by its number and day alone: heads and leader."""
    if warning.unit_id is None:
        return frozenset()
    leader = session.get_one(Unit, warning.unit_id).leader_id
    leading = heads(session, [warning.unit_id], today=today).get(warning.unit_id, ())
    return frozenset({*leading, *([leader] if leader else [])}) - {warning.person_id}
