"""效能監察: lapses recorded against the work, and what is counted by unit and month; no person."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.catalogue.policy import number
from dialogs.errors import Refused
from dialogs.events import LapseRecorded
from dialogs.rules.months import month_after, month_of, was_late
from dialogs.vocabulary import CaseKind, CaseState, LapseKind
from storage.matters import find, steps
from storage.sealing import Keyring
from storage.tables import Case, Lapse, Matter, Process, ProcessStep


@dataclass(frozen=True)
class Counts:
    """What is counted of a unit in a month; None where it is too few to be told, or too early.

    Complaints are told once the month is over: counted as they come, each would be noticed on its
    day.

    A matter counts as late in every month in which it was, as in time in the month of its end.
    """

    late: int | None
    in_time: int | None
    lapses: int | None
    complaints: int | None


@dataclass(frozen=True)
class Recorded:
    """A lapse as those who look after the unit read it; `step` is empty for the whole."""

    kind: LapseKind
    process: str
    step: str
    number: str
    found_on: date
    text: str = field(repr=False)


def small(count: int, *, zero: bool = True) -> int | None:
    """Give a count unless it is so small that it may tell of somebody; `zero` may be told."""
    told = count >= number("small_cell") or (zero and count == 0)
    return count if told else None


def record(
    session: Session,
    said: LapseRecorded,
    *,
    by: UUID,
    now: datetime,
    keys: Keyring,
) -> Lapse:
    """Write a lapse down; raise Refused if it is about a step that is not there."""
    process = session.get(Process, said.process)
    if process is None:
        raise Refused("unknown_action")
    if said.matter and find(session, said.matter).process_id != process.id:
        raise Refused("unknown_action")
    if not 0 <= said.step <= len(step_names(session, process.id, said.matter)):
        raise Refused("unknown_action")
    id_ = uuid4()
    lapse = Lapse(
        id=id_,
        unit_id=process.unit_id,
        process_id=process.id,
        matter_id=said.matter,
        step=said.step,
        kind=said.kind,
        found_on=said.found_on,
        recorded_by=by,
        recorded_at=now,
        text=keys.seal(said.text.encode(), f"lapse:{id_}"),
    )
    session.add(lapse)
    session.flush()
    return lapse


def step_names(session: Session, process: UUID, matter: UUID | None) -> Sequence[str]:
    """List the steps of a matter, or of a process."""
    if matter is not None:
        return [step.name for step in steps(session, matter)]
    return session.exec(
        select(ProcessStep.name)
        .where(ProcessStep.process_id == process)
        .order_by(col(ProcessStep.ordinal))
    ).all()


def lapses(session: Session, unit: UUID, month: date, *, keys: Keyring) -> Sequence[Recorded]:
    """List the lapses of a unit in a month, the oldest first."""
    rows = session.execute(
        sa.select(Lapse, Process, col(Matter.number))
        .join(Process, col(Process.id) == col(Lapse.process_id))
        .join(Matter, col(Matter.id) == col(Lapse.matter_id), isouter=True)
        .where(col(Lapse.unit_id) == unit, within(col(Lapse.found_on), month))
        .order_by(col(Lapse.found_on), col(Lapse.recorded_at))
    )
    return [
        Recorded(
            lapse.kind,
            process.name,
            step_names(session, process.id, lapse.matter_id)[lapse.step - 1] if lapse.step else "",
            matter or "",
            lapse.found_on,
            keys.unseal(lapse.text, f"lapse:{lapse.id}").decode(),
        )
        for lapse, process, matter in rows
    ]


def counted(
    session: Session, units: Collection[UUID], month: date, *, today: date
) -> Mapping[UUID, Counts]:
    """Count by unit what happened in a month; complaints come from the vault as numbers alone."""
    late, in_time = ended_and_late(session, units, month, today=today)
    found = lapses_counted(session, units, month)
    over = month < month_of(today)
    complaints = service_complaints(session, units, month) if over else Counter[UUID]()
    return {
        unit: Counts(
            late=small(late[unit]),
            in_time=small(in_time[unit]),
            lapses=small(found[unit]),
            complaints=small(complaints[unit], zero=False),
        )
        for unit in units
    }


def ended_and_late(
    session: Session, units: Collection[UUID], month: date, *, today: date
) -> tuple[Counter[UUID], Counter[UUID]]:
    """Count by unit the matters that were late in a month, and those that ended in time in it."""
    late: Counter[UUID] = Counter()
    in_time: Counter[UUID] = Counter()
    rows = session.execute(
        sa.select(
            col(Matter.unit_id), col(Matter.due_on), col(Matter.ended_on), col(Matter.stopped_on)
        ).where(
            col(Matter.unit_id).in_(units),
            sa.or_(col(Matter.ended_on).is_(None), col(Matter.ended_on) >= month),
        )
    )
    for unit, due_on, ended_on, stopped_on in rows:
        until = ended_on or stopped_on or today
        late[unit] += was_late(due_on, until=until, month=month)
        ended = ended_on is not None and month_of(ended_on) == month
        in_time[unit] += ended and until <= due_on
    return late, in_time


def lapses_counted(session: Session, units: Collection[UUID], month: date) -> Counter[UUID]:
    """Count the lapses of a month by unit."""
    rows = session.execute(
        sa.select(col(Lapse.unit_id), sa.func.count())
        .where(col(Lapse.unit_id).in_(units), within(col(Lapse.found_on), month))
        .group_by(col(Lapse.unit_id))
    )
    return Counter(dict(rows.all()))


def service_complaints(session: Session, units: Collection[UUID], month: date) -> Counter[UUID]:
    """Count complaints about service by unit; nothing else of a case is read."""
    rows = session.execute(
        sa.select(col(Case.unit_id), sa.func.count())
        .where(
            col(Case.unit_id).in_(units),
            col(Case.kind) == CaseKind.SERVICE,
            col(Case.state) != CaseState.QUARANTINED,
            within(col(Case.received_on), month),
        )
        .group_by(col(Case.unit_id))
    )
    return Counter(dict(rows.all()))


def with_lapses(session: Session, units: Collection[UUID], month: date) -> frozenset[UUID]:
    """Find the units of which something was recorded in a month."""
    return frozenset(lapses_counted(session, units, month))


def within(day: Any, month: date) -> sa.ColumnElement[bool]:
    """Limit a day to a month."""
    return sa.and_(day >= month, day < month_after(month))
