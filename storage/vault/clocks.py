"""Who is to hear of new letters and of the days of a case, and who has heard already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.rules.calendar import Calendar
from dialogs.rules.case_clocks import LATE, ONCE, Clock, running, stage
from dialogs.vocabulary import CLOSED, CaseClock, CaseMove, CaseState, ReminderStage
from storage.tables import Case, CaseReminder, CaseStep, HandlerKey, WrappedKey
from storage.vault import results

Due = tuple[Case, Clock, ReminderStage]


def holders(session: Session, which: sa.ColumnElement[bool]) -> Sequence[tuple[Case, UUID]]:
    """List some cases with each handler whose key in force opens them."""
    rows = session.execute(
        sa.select(Case, col(HandlerKey.person_id))
        .join(WrappedKey, col(WrappedKey.case_id) == col(Case.id))
        .join(HandlerKey, col(HandlerKey.id) == col(WrappedKey.key_id))
        .where(col(HandlerKey.retired_on).is_(None), which)
        .order_by(col(Case.due_on), col(Case.number))
    )
    return [(case, person) for case, person in rows]


def untold(session: Session, states: Sequence[CaseState]) -> Mapping[UUID, Sequence[Case]]:
    """List, for each handler, the cases in some states they have not been told of."""
    rows = session.execute(
        sa.select(col(CaseReminder.case_id), col(CaseReminder.person_id)).where(
            col(CaseReminder.stage) == ReminderStage.CALLED
        )
    )
    told = {(case, person) for case, person in rows}
    found: dict[UUID, list[Case]] = defaultdict(list)
    for case, person in holders(session, col(Case.state).in_(states)):
        if (case.id, person) not in told:
            found[person].append(case)
    return found


def messages(session: Session, *, today: date) -> Mapping[UUID, int]:
    """Say how often each handler was told of new letters today."""
    rows = session.execute(
        sa.select(col(CaseReminder.person_id), sa.func.max(col(CaseReminder.ordinal)))
        .where(col(CaseReminder.on_day) == today)
        .group_by(col(CaseReminder.person_id))
    )
    return {person: ordinal for person, ordinal in rows}  # noqa: C416 - a row is no pair to mypy


def reminded(session: Session, *, today: date) -> frozenset[UUID]:
    """List who has had today's message about days."""
    rows = session.exec(
        select(CaseReminder.person_id).where(
            CaseReminder.on_day == today, CaseReminder.ordinal == ONCE
        )
    )
    return frozenset(rows.all())


def owed(session: Session, *, today: date, calendar: Calendar) -> Mapping[UUID, Sequence[Due]]:
    """List, for each handler, the days of cases they have yet to hear of as things stand today."""
    spoken = {
        (one.case_id, one.person_id, one.clock, one.due_on, one.stage)
        for one in session.exec(select(CaseReminder)).all()
    }
    given = given_on(session)
    found: dict[UUID, list[Due]] = defaultdict(list)
    rows = holders(session, sa.or_(col(Case.state).not_in(CLOSED), results.owed()))
    readers = {(case.id, person) for case, person in rows}
    for case, person in rows:
        assigned_reads = (case.id, case.assigned_to) in readers
        for clock, due_stage in stages(case, given.get(case.id), today=today, calendar=calendar):
            if not concerns(case, clock, due_stage, person, assigned_reads=assigned_reads):
                continue
            if (case.id, person, clock.which, clock.due, due_stage) not in spoken:
                found[person].append((case, clock, due_stage))
    return found


def stages(
    case: Case, given: date | None, *, today: date, calendar: Calendar
) -> Iterator[tuple[Clock, ReminderStage]]:
    """List the days of a case that are to be spoken of today."""
    clocks = running(
        case.state,
        due=case.due_on,
        extended=case.extended,
        given_on=given,
        calendar=calendar,
        accepted=case.accepted_on is not None,
        owes_result=case.state in CLOSED,  # of those that are closed only these are looked at
    )
    for clock in clocks:
        if due_stage := stage(clock, today=today, calendar=calendar):
            yield clock, due_stage


def concerns(
    case: Case, clock: Clock, due_stage: ReminderStage, person: UUID, *, assigned_reads: bool
) -> bool:
    """Say whether a handler hears of a day: who has the case, and once it is late, everybody."""
    if case.assigned_to is None or not assigned_reads:
        return clock.which is not CaseClock.HAND_BACK
    late = due_stage in LATE and clock.which is not CaseClock.HAND_BACK
    return late or person == case.assigned_to


def given_on(session: Session, case: UUID | None = None) -> Mapping[UUID, date]:
    """Say of each case, or of one, when whoever has it was given it, or took it."""
    which = sa.true() if case is None else col(Case.id) == case
    rows = session.execute(
        sa.select(col(CaseStep.case_id), col(CaseStep.taken_on))
        .join(Case, col(Case.id) == col(CaseStep.case_id))
        .where(
            which,
            col(CaseStep.move).in_((CaseMove.ASSIGN, CaseMove.ACCEPT)),
            col(Case.assigned_to).is_not(None),
            col(Case.state).not_in(CLOSED),
        )
        .order_by(col(CaseStep.ordinal))
    )
    return {case: day for case, day in rows}  # noqa: C416 - a row is no pair to mypy


def note(
    session: Session,
    case: Case,
    person: UUID,
    clock: Clock,
    due_stage: ReminderStage,
    *,
    today: date,
    ordinal: int = ONCE,
) -> None:
    """Note that a handler is told, so that they are not told again."""
    session.add(
        CaseReminder(
            case_id=case.id,
            person_id=person,
            clock=clock.which,
            due_on=clock.due,
            stage=due_stage,
            on_day=today,
            ordinal=ordinal,
        )
    )
