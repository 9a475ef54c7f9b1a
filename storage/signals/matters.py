"""Matters that were not done by their day, and what monitoring found about how units work."""

from collections.abc import Iterator, Mapping
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.acceptance import written
from dialogs.rules.signals import Fact
from dialogs.rules.signals.procedure import touches_money_or_land
from dialogs.vocabulary import (
    ENDED,
    Grade,
    LapseKind,
    MatterState,
    WarningSource,
)
from storage.signals.noting import Place, Seen, Watch, going_on, unseen
from storage.tables import Lapse, Matter, Power, Process, ProcessPower, ProcessStep


def late(session: Session, watch: Watch) -> Iterator[Seen]:
    """Find the matters that are late by now, and those that ended late since the last look."""
    open_late = sa.and_(
        col(Matter.state) == MatterState.UNDER_WAY, col(Matter.due_on) < watch.today
    )
    ended_late = sa.and_(
        col(Matter.due_on) >= watch.since, col(Matter.ended_on) > col(Matter.due_on)
    )
    rows = session.exec(select(Matter).where(sa.or_(open_late, ended_late))).all()
    fresh = unseen(session, WarningSource.LATE_MATTER, [one.id.hex for one in rows])
    for one in rows:
        if one.id.hex in fresh:
            about = Place(one.unit_id)
            facts = {"number": written(one.number)}
            source, origin = WarningSource.LATE_MATTER, one.id.hex
            yield Seen(source, origin, one.due_on, one.ended_on, about, facts)


def close(session: Session, watch: Watch) -> None:
    """Note of late matters that they are over, or that their clock stands still."""
    signals = going_on(session, WarningSource.LATE_MATTER)
    if not signals:
        return
    wanted = [UUID(one.origin) for one in signals]
    rows = {one.id: one for one in session.exec(select(Matter).where(col(Matter.id).in_(wanted)))}
    for signal in signals:
        matter = rows[UUID(signal.origin)]
        if matter.state in ENDED or matter.stopped_on:
            signal.until = matter.ended_on or matter.stopped_on
            session.add(signal)


def lapses(session: Session, watch: Watch) -> Iterator[Seen]:
    """Find what monitoring recorded since the last look; never what it says."""
    rows = session.exec(select(Lapse).where(Lapse.recorded_at >= watch.since_moment))
    for one in rows:
        about, origin = Place(one.unit_id), one.id.hex
        if one.kind is LapseKind.SKIPPED:
            facts = {"grave": grave(session, one)}
            source = WarningSource.SKIPPED_STEP
            yield Seen(source, origin, one.found_on, one.found_on, about, facts)
        else:
            source = WarningSource.MONITORING
            yield Seen(source, origin, one.found_on, one.found_on, about, told(session, one))


def told(session: Session, lapse: Lapse) -> Mapping[str, Fact]:
    """Tell the kind of a lapse; of one that says a matter is late, which matter."""
    if lapse.kind is not LapseKind.OVERDUE or lapse.matter_id is None:
        return {"lapse": lapse.kind.value}
    matter = session.get_one(Matter, lapse.matter_id)
    return {"lapse": lapse.kind.value, "number": written(matter.number)}


def grave(session: Session, lapse: Lapse) -> bool:
    """Say whether a lapse touches money, land, or a step of high risk.

    One about the whole of a process touches every step of it.
    """
    powers = session.execute(
        sa.select(col(Power.category), col(Power.name))
        .join(ProcessPower, col(ProcessPower.power_code) == col(Power.code))
        .where(col(ProcessPower.process_id) == lapse.process_id)
    ).all()
    steps = session.exec(
        select(ProcessStep).where(
            ProcessStep.process_id == lapse.process_id,
            col(ProcessStep.ordinal) == lapse.step if lapse.step else sa.true(),
        )
    ).all()
    process = session.get_one(Process, lapse.process_id)
    names = [process.name, *(name for _, name in powers), *(one.name for one in steps)]
    high = any(one.grade is Grade.HIGH for one in steps)
    return high or touches_money_or_land([category for category, _ in powers], names)
