"""A day at the commission: what is late in the township, and what was done by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.vocabulary import BroadcastState, DeadlineKind, MatterState, ReminderStage
from storage.tables import (
    AuditRoot,
    Broadcast,
    Deadline,
    GradedWarning,
    Matter,
    Post,
    Reminder,
    Signal,
)

CLIMBS = (ReminderStage.TO_UNIT_HEAD, ReminderStage.TO_LEADER, ReminderStage.TO_COMMISSION)


@dataclass(frozen=True)
class Late:
    """How much of a kind is late, and in how many units."""

    kind: DeadlineKind
    count: int
    units: int


@dataclass(frozen=True)
class ByItself:
    """What the sweeps did: whom they reminded, what climbed, what they saw and drafted.

    `root` is up to which entry the audit log was sealed; None where it was not.
    """

    reminded: int = 0
    climbed: int = 0
    signals: int = 0
    drafts: int = 0
    root: int | None = None

    @property
    def nothing(self) -> bool:
        """Whether nothing was done."""
        return self == ByItself()


def late(session: Session, *, today: date) -> Sequence[Late]:
    """Count what is late, by kind."""
    rows = session.execute(
        sa.select(
            col(Deadline.kind),
            sa.func.count(),
            sa.func.count(sa.distinct(col(Post.unit_id))),
        )
        .select_from(Deadline)
        .join(Post, col(Post.id) == col(Deadline.post_id))
        .where(col(Deadline.done_at).is_(None), col(Deadline.due_on) < today)
        .group_by(col(Deadline.kind))
    ).all()
    counted = {kind: Late(kind, count, units) for kind, count, units in rows}
    return [counted[kind] for kind in DeadlineKind if kind in counted]


def late_matters(session: Session, *, today: date) -> int:
    """Count the matters that should have been finished."""
    return counted(
        session,
        sa.select(sa.func.count())
        .select_from(Matter)
        .where(col(Matter.state) == MatterState.UNDER_WAY, col(Matter.due_on) < today),
    )


def to_approve(session: Session, person: UUID) -> Sequence[Broadcast]:
    """List the broadcasts that wait for somebody else than who drew them up."""
    return session.exec(
        select(Broadcast)
        .where(Broadcast.state == BroadcastState.ASKED, Broadcast.ordered_by != person)
        .order_by(col(Broadcast.ordered_at))
    ).all()


def by_itself(session: Session, *, since: date) -> ByItself:
    """Say what the sweeps did from a day on."""
    said = sa.select(sa.func.count(sa.distinct(col(Reminder.person_id)))).where(
        col(Reminder.on_day) >= since
    )
    climbed = (
        sa.select(sa.func.count())
        .select_from(Reminder)
        .where(col(Reminder.on_day) >= since, col(Reminder.stage).in_(CLIMBS))
    )
    seen = sa.select(sa.func.count()).select_from(Signal).where(col(Signal.seen_on) >= since)
    drafted = (
        sa.select(sa.func.count())
        .select_from(GradedWarning)
        .where(col(GradedWarning.rule) != "", col(GradedWarning.drafted_on) >= since)
    )
    root = sa.select(sa.func.max(col(AuditRoot.ordinal))).where(col(AuditRoot.day) >= since)
    return ByItself(
        reminded=counted(session, said),
        climbed=counted(session, climbed),
        signals=counted(session, seen),
        drafts=counted(session, drafted),
        root=session.execute(root).scalar_one(),
    )


def counted(session: Session, statement: sa.Select[int]) -> int:
    """Give the one number a statement comes to."""
    return int(session.execute(statement).scalar_one())
