"""What the versions of entries say, read back as they were written."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from dialogs.facts import Entry, PowerEntry, ProcessEntry, RuleEntry, StepEntry
from dialogs.vocabulary import EntryState
from storage.tables import (
    Post,
    Power,
    PowerPost,
    Process,
    ProcessPower,
    ProcessStep,
    Rule,
    RuleFile,
    Unit,
)

Row: TypeAlias = Power | Process | Rule
Table: TypeAlias = type[Power] | type[Process] | type[Rule]
Condition: TypeAlias = sa.ColumnElement[bool]


@dataclass(frozen=True)
class Kept:
    """A version of an entry, and what it says."""

    row: Row
    entry: Entry


def read(session: Session, table: Table, *which: Condition) -> Sequence[Kept]:
    """Read the versions of a table that fulfil some conditions: offices first, by their codes."""
    rows = session.execute(
        sa.select(table, col(Unit.code))
        .join(Unit, col(Unit.id) == col(table.unit_id))
        .where(*which)
        .order_by(col(Unit.kind), col(table.code), col(table.version))
    ).all()
    chosen = sa.select(col(table.id)).where(*which).scalar_subquery()
    entry_of = READERS[table](session, chosen)
    return [Kept(row, entry_of(row, unit)) for row, unit in rows]


def read_powers(session: Session, chosen: Any) -> Callable[[Any, str], PowerEntry]:
    """Read the posts of powers; give what turns a row into its entry."""
    posts = gathered(
        session.execute(
            sa.select(col(PowerPost.power_id), col(Post.code))
            .join(Post, col(Post.id) == col(PowerPost.post_id))
            .where(col(PowerPost.power_id).in_(chosen))
            .order_by(col(Post.code))
        )
    )

    def entry(row: Power, unit: str) -> PowerEntry:
        return PowerEntry(
            unit=unit,
            code=row.code,
            name=row.name,
            category=row.category,
            posts=tuple(posts.get(row.id, ())),
            basis=row.basis,
            subject=row.subject,
            commitment=row.commitment,
            discipline=row.discipline,
            public=row.public,
            ground=row.ground,
        )

    return entry


def read_processes(session: Session, chosen: Any) -> Callable[[Any, str], ProcessEntry]:
    """Read the powers and steps of processes; give what turns a row into its entry."""
    powers = gathered(
        session.execute(
            sa.select(col(ProcessPower.process_id), col(ProcessPower.power_code))
            .where(col(ProcessPower.process_id).in_(chosen))
            .order_by(col(ProcessPower.power_code))
        )
    )
    steps = gathered(
        (step.process_id, entry_of_step(step, post))
        for step, post in session.execute(
            sa.select(ProcessStep, col(Post.code))
            .join(Post, col(Post.id) == col(ProcessStep.post_id))
            .where(col(ProcessStep.process_id).in_(chosen))
            .order_by(col(ProcessStep.ordinal))
        )
    )

    def entry(row: Process, unit: str) -> ProcessEntry:
        return ProcessEntry(
            unit=unit,
            code=row.code,
            name=row.name,
            powers=tuple(powers.get(row.id, ())),
            conditions=row.conditions,
            supervision=row.supervision,
            rights=row.rights,
            complaint=row.complaint,
            steps=tuple(steps.get(row.id, ())),
        )

    return entry


def entry_of_step(step: ProcessStep, post: str) -> StepEntry:
    """Say what a step says."""
    return StepEntry(
        name=step.name,
        post=post,
        days=step.days,
        deed=step.deed,
        supervision=step.supervision,
        risk=step.risk,
        grade=step.grade,
    )


def read_rules(session: Session, chosen: Any) -> Callable[[Any, str], RuleEntry]:
    """Give what turns a row into its entry."""

    def entry(row: Rule, unit: str) -> RuleEntry:
        return RuleEntry(unit, row.system, row.title, row.number, row.in_force, row.text)

    return entry


READERS: Mapping[Table, Callable[[Session, Any], Callable[[Any, str], Entry]]] = {
    Power: read_powers,
    Process: read_processes,
    Rule: read_rules,
}


def gathered(pairs: Iterable[Any]) -> Mapping[UUID, Sequence[Any]]:
    """Gather the second of each pair under the first, in their order."""
    together: dict[UUID, list[Any]] = {}
    for one, other in pairs:
        together.setdefault(one, []).append(other)
    return together


def latest(table: Table) -> Condition:
    """Limit versions to the newest of each entry."""
    other = aliased(table)
    newest = sa.select(sa.func.max(other.version)).where(col(other.code) == col(table.code))
    return col(table.version) == newest.correlate(table).scalar_subquery()


def approved(table: Table) -> Condition:
    """Limit versions to those in force."""
    return col(table.state) == EntryState.APPROVED


def powers_of(session: Session, post: UUID) -> Sequence[str]:
    """Name the powers of its unit in force that a post exercises."""
    unit = sa.select(col(Post.unit_id)).where(col(Post.id) == post).scalar_subquery()
    return session.exec(
        select(Power.name)
        .join(PowerPost, col(PowerPost.power_id) == col(Power.id))
        .where(col(Power.unit_id) == unit, PowerPost.post_id == post, approved(Power))
        .order_by(col(Power.code))
    ).all()


def published(table: type[Power] | type[Process]) -> Condition:
    """Limit versions to those anybody may read: in force, and of a public power."""
    public = col(Power.public).is_(True)
    if table is Power:
        return sa.and_(approved(Power), public)
    served = (
        sa.select(col(ProcessPower.process_id))
        .join(Power, col(Power.code) == col(ProcessPower.power_code))
        .where(col(ProcessPower.process_id) == col(Process.id), approved(Power), public)
        .correlate(Process)
    )
    return sa.and_(approved(Process), served.exists())


def file_of(session: Session, row: Row) -> RuleFile | None:
    """Find the document of a rule, if it has one."""
    if not isinstance(row, Rule) or row.file_id is None:
        return None
    return session.get(RuleFile, row.file_id)


def is_public(session: Session, row: Row) -> bool:
    """Say whether anybody may read a version."""
    if isinstance(row, Rule):
        return False
    table = type(row)
    which = sa.select(col(table.id)).where(col(table.id) == row.id, published(table))
    return session.execute(which).first() is not None


def units_published(session: Session) -> Sequence[Unit]:
    """List the units that have anything public, offices first."""
    tables: tuple[type[Power] | type[Process], ...] = (Power, Process)
    public = [
        sa.select(col(table.id))
        .where(col(table.unit_id) == col(Unit.id), published(table))
        .correlate(Unit)
        .exists()
        for table in tables
    ]
    listed = select(Unit).where(sa.or_(*public)).order_by(col(Unit.kind), col(Unit.code))
    return session.exec(listed).all()
