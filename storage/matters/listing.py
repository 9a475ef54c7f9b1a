"""The matters at hand: of the units somebody looks after, and those that wait for their post."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from dialogs.rules.access import Action, Standing, reaches
from dialogs.rules.matters import is_late
from dialogs.vocabulary import ENDED, MatterState, Role
from storage.appointments import in_force
from storage.people import units
from storage.tables import Appointment, Matter, MatterStep, Post, Process, Unit


@dataclass(frozen=True)
class Told:
    """A matter in a list: at which step of how many it is, and whether anything is late."""

    matter: Matter
    process: str
    unit: str
    step: MatterStep
    steps: int
    late: bool


def open_steps() -> sa.Select[Matter, str, str, MatterStep]:
    """Join the matters that are not over with the step they are at."""
    return (
        sa.select(Matter, col(Process.name), col(Unit.name), MatterStep)
        .join(Process, col(Process.id) == col(Matter.process_id))
        .join(Unit, col(Unit.id) == col(Matter.unit_id))
        .join(MatterStep, col(MatterStep.matter_id) == col(Matter.id))
        .join(Post, col(Post.id) == col(MatterStep.post_id), isouter=True)
        .where(
            col(Matter.state).not_in(ENDED),
            col(MatterStep.begun_on).is_not(None),
            col(MatterStep.done_on).is_(None),
        )
    )


def told(session: Session, *which: sa.ColumnElement[bool], today: date) -> Sequence[Told]:
    """Tell matters at hand: those that are late first, then the soonest due."""
    rows = session.execute(open_steps().where(*which)).all()
    counts = steps_counted(session, [matter.id for matter, _, _, _ in rows])
    found = [
        Told(matter, process, unit, step, counts[matter.id], late(matter, step, today=today))
        for matter, process, unit, step in rows
    ]
    return sorted(found, key=lambda one: (not one.late, one.matter.due_on, one.matter.number))


def steps_counted(session: Session, matters: Sequence[UUID]) -> dict[UUID, int]:
    """Count the steps of matters."""
    if not matters:
        return {}
    rows = session.execute(
        sa.select(col(MatterStep.matter_id), sa.func.count())
        .where(col(MatterStep.matter_id).in_(matters))
        .group_by(col(MatterStep.matter_id))
    )
    return dict(rows.all())


def late(matter: Matter, step: MatterStep, *, today: date) -> bool:
    """Say whether a matter, or the step it is at, is late."""
    days = [matter.due_on, *([step.due_on] if step.due_on else [])]
    return any(
        is_late(day, ended=matter.ended_on, stopped=matter.stopped_on, today=today) for day in days
    )


def at_hand(session: Session, person: UUID, standing: Standing, *, today: date) -> Sequence[Told]:
    """List the matters of somebody's units, at a step of their post, or accepted by them."""
    within = [one.id for one in units(session) if reaches(standing, Action.MATTERS, one.id)]
    mine = sa.or_(
        col(Matter.unit_id).in_(within),
        col(MatterStep.post_id).in_(standing.posts),
        col(Matter.accepted_by) == person,
    )
    return told(session, mine, today=today)


def for_the_day(session: Session, standing: Standing, *, today: date) -> Sequence[Told]:
    """List what waits: steps of one's post, and what is late in the units one heads or leads."""
    waiting = told(
        session, col(Matter.state) == MatterState.UNDER_WAY, theirs(standing, today), today=today
    )
    listed = {one.matter.id for one in waiting}
    watched = standing.units if Role.UNIT_HEAD in standing.roles else frozenset()
    watched |= standing.led if Role.LEADER in standing.roles else frozenset()
    if not watched:
        return waiting
    others = told(session, col(Matter.unit_id).in_(watched), today=today)
    return [*waiting, *(one for one in others if one.late and one.matter.id not in listed)]


def theirs(standing: Standing, today: date) -> sa.ColumnElement[bool]:
    """Limit steps to those of somebody's posts, and in their unit those without anybody."""
    vacant = ~sa.exists().where(
        col(Appointment.post_id) == col(MatterStep.post_id), in_force(today)
    )
    unit = sa.func.coalesce(col(Post.unit_id), col(Matter.unit_id))
    return sa.or_(
        col(MatterStep.post_id).in_(standing.posts), sa.and_(unit.in_(standing.units), vacant)
    )
