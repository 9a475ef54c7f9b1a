"""Disclosure and what people said to it: late notices, late answers, grades voted too low."""

from collections.abc import Iterator
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from dialogs.rules.access import COMMISSION
from dialogs.vocabulary import DeclarationState, ObjectionState, Opinion, Role, WarningSource
from storage.notices import tallies, unpublished
from storage.people import units_of
from storage.signals.noting import Place, Seen, Watch, first_unit, going_on, placed, unseen
from storage.tables import Declaration, Notice, NoticeItem, Objection, StepTaken


def late_answers(session: Session, watch: Watch) -> Iterator[Seen]:
    """Find the objections that wait past their day, or did; it is the unit of who published."""
    waits = sa.and_(
        col(Objection.state) == ObjectionState.OPEN, col(Objection.due_on) < watch.today
    )
    waited = sa.and_(
        col(Objection.due_on) >= watch.since, col(Objection.answered_on) > col(Objection.due_on)
    )
    rows = session.execute(
        sa.select(Objection, col(Notice.published_by))
        .join(Notice, col(Notice.id) == col(Objection.notice_id))
        .where(sa.or_(waits, waited))
    ).all()
    source = WarningSource.LATE_ANSWER
    fresh = unseen(session, source, [one.id.hex for one, _ in rows])
    for one, by in rows:
        about = placed(session, {by: None}, today=watch.today).get(by)
        if about and one.id.hex in fresh:
            yield Seen(source, one.id.hex, one.due_on, one.answered_on, Place(about.unit))


def late_notices(session: Session, watch: Watch) -> Iterator[Seen]:
    """Find the grades that were preset and not put on notice in time; it is the commission's."""
    found = unpublished(session, zone=watch.zone, calendar=watch.calendar)
    late = [(step, due) for _, step, due in found if due < watch.today]
    if not late:
        return
    own = units_of(session, {Role.COMMISSION_SECRETARY}, today=watch.today)
    unit = first_unit(session, own or units_of(session, COMMISSION, today=watch.today))
    for step, due in late:
        if unit:
            yield Seen(WarningSource.LATE_DISCLOSURE, step.id.hex, due, None, Place(unit))


def close(session: Session, watch: Watch) -> None:
    """Note of what was late that it is answered, or on notice, or waits for it no longer."""
    for signal in going_on(session, WarningSource.LATE_ANSWER):
        objection = session.get_one(Objection, UUID(signal.origin))
        if objection.state is not ObjectionState.OPEN:
            signal.until = objection.answered_on or watch.today
            session.add(signal)
    for signal in going_on(session, WarningSource.LATE_DISCLOSURE):
        step = session.get_one(StepTaken, UUID(signal.origin))
        declaration = session.get_one(Declaration, step.declaration_id)
        if declaration.state is not DeclarationState.PROVISIONAL:
            signal.until = watch.today
            session.add(signal)


def votes(session: Session, watch: Watch) -> Iterator[Seen]:
    """Find the grades that a group, on a notice closed since the last look, mostly finds low."""
    rows = session.execute(
        sa.select(Notice, Declaration)
        .join(NoticeItem, col(NoticeItem.notice_id) == col(Notice.id))
        .join(Declaration, col(Declaration.id) == col(NoticeItem.declaration_id))
        .where(col(Notice.closed_on) >= watch.since)
    )
    for notice, declaration in rows:
        voices = mostly_too_low(session, declaration.id)
        places = placed(session, {declaration.person_id: declaration.post_id}, today=watch.today)
        about = places.get(declaration.person_id)
        if voices and about:
            origin, day = f"{notice.id.hex}:{declaration.id.hex}", notice.closed_on
            yield Seen(WarningSource.VOTE, origin, day, day, about, {"voices": voices})


def mostly_too_low(session: Session, declaration: UUID) -> int:
    """Count the voices of groups most of which find a grade too low; small counts are not told."""
    told = tallies(session, declaration)
    found = 0
    for group in {one.voters for one in told}:
        counts = {one.opinion: one.count for one in told if one.voters is group}
        known = [count for count in counts.values() if count is not None]
        low = counts.get(Opinion.TOO_LOW)
        if low and len(known) == len(counts) and low * 2 > sum(known):
            found += low
    return found
