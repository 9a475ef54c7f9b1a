"""What is missing in the catalogues, unit by unit: only what has been approved counts."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from dialogs.facts import Missing
from dialogs.vocabulary import EntryState, Lack, RuleSystem
from storage.catalogues.reading import Table, approved, gathered
from storage.tables import Power, Process, ProcessPower, ProcessStep, Rule


def missing(session: Session, unit_id: UUID) -> Sequence[Missing]:
    """List what is missing in the catalogues of a unit, then what waits for approval."""
    return missing_by_unit(session, [unit_id])[unit_id]


def missing_by_unit(session: Session, units: Collection[UUID]) -> Mapping[UUID, Sequence[Missing]]:
    """List what is missing in the catalogues of units."""
    powers = powers_without_process(session, units)
    processes, rules = unfinished_processes(session, units), rules_in_force(session, units)
    waiting = entries_waiting(session, units)
    return {
        unit: [
            *powers.get(unit, [Missing(Lack.POWERS)]),
            *processes.get(unit, ()),
            *missing_rules(rules.get(unit, {})),
            *waiting.get(unit, ()),
        ]
        for unit in units
    }


def powers_without_process(
    session: Session, units: Collection[UUID]
) -> Mapping[UUID, Sequence[Missing]]:
    """Find the powers no process serves; a unit without any power is left out."""
    served = (
        sa.select(col(ProcessPower.power_code))
        .join(Process, col(Process.id) == col(ProcessPower.process_id))
        .where(col(ProcessPower.power_code) == col(Power.code), approved(Process))
        .correlate(Power)
    )
    rows = session.execute(
        sa.select(col(Power.unit_id), col(Power.name), served.exists())
        .where(col(Power.unit_id).in_(units), approved(Power))
        .order_by(col(Power.code))
    ).all()
    lacking: dict[UUID, list[Missing]] = {unit: [] for unit, _, _ in rows}
    for unit, name, has_process in rows:
        if not has_process:
            lacking[unit].append(Missing(Lack.PROCESS, name))
    return lacking


def unfinished_processes(
    session: Session, units: Collection[UUID]
) -> Mapping[UUID, Sequence[Missing]]:
    """Find the processes without steps, or without conditions."""
    stepped = (
        sa.select(col(ProcessStep.ordinal))
        .where(col(ProcessStep.process_id) == col(Process.id))
        .correlate(Process)
    )
    rows = session.execute(
        sa.select(
            col(Process.unit_id),
            col(Process.name),
            stepped.exists(),
            col(Process.conditions),
        )
        .where(col(Process.unit_id).in_(units), approved(Process))
        .order_by(col(Process.code))
    ).all()
    return gathered(
        (unit, Missing(what, name))
        for unit, name, has_steps, conditions in rows
        for what, there in ((Lack.STEPS, has_steps), (Lack.CONDITIONS, conditions))
        if not there
    )


def rules_in_force(
    session: Session, units: Collection[UUID]
) -> Mapping[UUID, Mapping[RuleSystem, bool]]:
    """Say which systems units have a rule of, and whether its document is there."""
    rows = session.execute(
        sa.select(
            col(Rule.unit_id),
            col(Rule.system),
            sa.or_(col(Rule.text) != "", col(Rule.file_id).is_not(None)),
        ).where(col(Rule.unit_id).in_(units), approved(Rule))
    )
    found: dict[UUID, dict[RuleSystem, bool]] = {}
    for unit, system, documented in rows:
        found.setdefault(unit, {})[system] = bool(documented)
    return found


def missing_rules(found: Mapping[RuleSystem, bool]) -> Sequence[Missing]:
    """List the systems without a rule, and the rules without a document."""
    return [
        Missing(Lack.DOCUMENT if system in found else Lack.RULE, system)
        for system in RuleSystem
        if not found.get(system)
    ]


def entries_waiting(session: Session, units: Collection[UUID]) -> Mapping[UUID, Sequence[Missing]]:
    """List the entries that wait for approval."""
    named: list[tuple[Table, Any]] = [
        (Power, col(Power.name)),
        (Process, col(Process.name)),
        (Rule, col(Rule.title)),
    ]
    return gathered(
        (unit, Missing(Lack.REVIEW, name))
        for table, called in named
        for unit, name in session.execute(
            sa.select(col(table.unit_id), called)
            .where(col(table.unit_id).in_(units), col(table.state) == EntryState.DRAFT)
            .order_by(col(table.code))
        )
    )
