"""The township's own days: entered by its clerk, added to the calendar of its land."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.errors import Refused
from dialogs.facts import OwnSpan
from dialogs.rules.calendar import Calendar, days_of
from storage.tables import CalendarEnd, Deadline, OwnDay
from storage.tables.deadlines import AT_NEXT_SWEEP

NEAR = timedelta(days=60)  # further from its day no reminder counts working days


def own(session: Session, calendar: Calendar) -> Calendar:
    """Add the township's own days to a calendar."""
    rows = session.execute(sa.select(col(OwnDay.day), col(OwnDay.worked))).all()
    return calendar.with_own(
        free=(day for day, worked in rows if not worked),
        worked=(day for day, worked in rows if worked),
    )


def enter(session: Session, span: OwnSpan, *, by: UUID, now: datetime) -> None:
    """Write a span down; raise Refused where a day of it is entered already."""
    days = days_of(span.first, span.last)
    taken = session.exec(
        select(OwnDay).where(col(OwnDay.day).in_(days)).order_by(col(OwnDay.day))
    ).first()
    if taken is not None:
        raise Refused("own_day_taken", day=taken.day, reason=taken.reason)
    session.add_all(
        OwnDay(day=day, worked=span.worked, reason=span.reason, entered_by=by, entered_at=now)
        for day in days
    )
    session.flush()
    count_anew(session, span)


def take_back(session: Session, span: OwnSpan) -> None:
    """Forget a span; raise Refused if it is not there as it was shown."""
    if span not in coming(session, since=span.first):
        raise Refused("own_days_gone")
    session.execute(sa.delete(OwnDay).where(col(OwnDay.day).between(span.first, span.last)))
    count_anew(session, span)


def count_anew(session: Session, span: OwnSpan) -> None:
    """Have the open deadlines looked at whose reminders count days near a span."""
    session.execute(
        sa.update(Deadline)
        .where(
            col(Deadline.done_at).is_(None),
            col(Deadline.due_on).between(span.first - NEAR, span.last + NEAR),
        )
        .values(speaks_at=AT_NEXT_SWEEP)
    )


def coming(session: Session, *, since: date) -> Sequence[OwnSpan]:
    """List the own days from a day on; days on end with one reason are one span."""
    rows = session.exec(select(OwnDay).where(OwnDay.day >= since).order_by(col(OwnDay.day))).all()
    if not rows:
        return []
    breaks = [n for n, (one, next_) in enumerate(pairwise(rows), 1) if not goes_on(one, next_)]
    return [
        OwnSpan(rows[start].day, rows[end - 1].day, rows[start].worked, rows[start].reason)
        for start, end in pairwise([0, *breaks, len(rows)])
    ]


def goes_on(one: OwnDay, following: OwnDay) -> bool:
    """Say whether a day goes on with what the one before was entered for."""
    same = (one.worked, one.reason) == (following.worked, following.reason)
    return same and (following.day - one.day).days == 1


def is_told(session: Session, calendar: Calendar) -> bool:
    """Say whether clerks were told how far a calendar is known."""
    return session.get(CalendarEnd, (calendar.land, calendar.known_until)) is not None


def told(session: Session, calendar: Calendar, *, today: date) -> None:
    """Keep that clerks were told how far a calendar is known."""
    session.add(CalendarEnd(land=calendar.land, until=calendar.known_until, told_on=today))


def beyond(session: Session, calendar: Calendar) -> int:
    """Count the open deadlines past the last day whose holidays are known."""
    counted: int = session.execute(
        sa.select(sa.func.count())
        .select_from(Deadline)
        .where(col(Deadline.done_at).is_(None), col(Deadline.due_on) > calendar.known_until)
    ).scalar_one()
    return counted
