"""Who approves an entry, and what waits for somebody's approval."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from dialogs.rules.access import Action, Standing, reaches
from dialogs.rules.entries import may_approve
from dialogs.vocabulary import EntryState, Role
from storage.appointments import in_force
from storage.catalogues.reading import Row, gathered
from storage.catalogues.versions import TABLES
from storage.tables import Appointment, Post, RoleHeld, Unit


def heads(
    session: Session, units: Collection[UUID], *, today: date
) -> Mapping[UUID, Sequence[UUID]]:
    """Find the heads of units."""
    return gathered(
        session.execute(
            sa.select(col(Post.unit_id), col(Appointment.person_id))
            .join(Appointment, col(Appointment.post_id) == col(Post.id))
            .join(RoleHeld, col(RoleHeld.person_id) == col(Appointment.person_id))
            .where(
                col(Post.unit_id).in_(units),
                col(RoleHeld.role) == Role.UNIT_HEAD,
                in_force(today),
            )
            .distinct()
        )
    )


def approvers(session: Session, row: Row, *, today: date) -> frozenset[UUID]:
    """Find who may approve a version."""
    leading = heads(session, [row.unit_id], today=today).get(row.unit_id, ())
    leader = session.get_one(Unit, row.unit_id).leader_id
    return frozenset(
        one
        for one in {*leading, *([leader] if leader else [])}
        if may_approve(one, row.written_by, heads=leading, leads=one == leader)
    )


def waiting_for(
    session: Session, person: UUID, standing: Standing, *, today: date
) -> Sequence[Row]:
    """List the versions that wait for somebody's approval, the oldest first."""
    within = [
        unit
        for unit in standing.units | standing.led
        if reaches(standing, Action.DECIDE_ENTRY, unit)
    ]
    if not within:
        return []
    leading = heads(session, within, today=today)
    waiting: list[Row] = []
    for table in TABLES.values():
        waiting += session.execute(
            sa.select(table).where(
                col(table.unit_id).in_(within), col(table.state) == EntryState.DRAFT
            )
        ).scalars()
    return sorted(
        (
            row
            for row in waiting
            if may_approve(
                person,
                row.written_by,
                heads=leading.get(row.unit_id, ()),
                leads=row.unit_id in standing.led,
            )
        ),
        key=lambda row: (row.written_at, row.code),
    )
