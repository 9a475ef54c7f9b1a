"""Who has charge of the step a matter is at owes it by its day: deadlines kept as matters move."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from dialogs.vocabulary import DeadlineKind, MatterState, Role
from storage import owing
from storage.appointments import in_force
from storage.owing import Due
from storage.tables import Appointment, Deadline, Matter, MatterStep, Post, RoleHeld


def keep_due(session: Session, matter: UUID | None = None, *, now: datetime, today: date) -> None:
    """Let whoever has charge of a step owe it, and nobody else; of one matter, or of all.

    A clock that stands still, a step that is complete and a post that has changed hands end what
    was owed.
    """
    among = sa.and_(
        col(Deadline.kind) == DeadlineKind.MATTER_STEP,
        col(Deadline.subject) == matter if matter else sa.true(),
    )
    owing.keep(session, charges(session, matter, today=today), among=among, now=now)


def charges(session: Session, matter: UUID | None, *, today: date) -> Mapping[Due, UUID]:
    """Find who has charge of the steps whose clock runs, each with the post they have it by.

    Where nobody holds a step's post, or it has none, the heads of its unit have charge of it.
    """
    rows = session.execute(
        sa.select(
            col(Matter.id),
            col(MatterStep.due_on),
            col(MatterStep.post_id),
            sa.func.coalesce(col(Post.unit_id), col(Matter.unit_id)),
            col(Appointment.person_id),
        )
        .join(MatterStep, col(MatterStep.matter_id) == col(Matter.id))
        .join(Post, col(Post.id) == col(MatterStep.post_id), isouter=True)
        .join(
            Appointment,
            sa.and_(col(Appointment.post_id) == col(MatterStep.post_id), in_force(today)),
            isouter=True,
        )
        .where(
            col(Matter.state) == MatterState.UNDER_WAY,
            col(MatterStep.due_on).is_not(None),
            col(MatterStep.done_on).is_(None),
            col(Matter.id) == matter if matter else sa.true(),
        )
    ).all()
    leading = posts_of_heads(
        session, {unit for *_, unit, holder in rows if not holder}, today=today
    )
    found: dict[Due, UUID] = {}
    for id_, day, post, unit, holder in rows:
        if holder:
            found[DeadlineKind.MATTER_STEP, holder, id_, day] = post
            continue
        for head, at in leading.get(unit, {}).items():
            found[DeadlineKind.MATTER_STEP, head, id_, day] = at
    return found


def posts_of_heads(
    session: Session, units: Collection[UUID], *, today: date
) -> Mapping[UUID, Mapping[UUID, UUID]]:
    """Find the heads of units, each with a post they hold there."""
    rows = session.execute(
        sa.select(col(Post.unit_id), col(Appointment.person_id), col(Post.id))
        .join(Appointment, col(Appointment.post_id) == col(Post.id))
        .join(RoleHeld, col(RoleHeld.person_id) == col(Appointment.person_id))
        .where(col(Post.unit_id).in_(units), col(RoleHeld.role) == Role.UNIT_HEAD, in_force(today))
    )
    found: dict[UUID, dict[UUID, UUID]] = {}
    for unit, head, post in rows:
        found.setdefault(unit, {})[head] = post
    return found
