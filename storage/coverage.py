"""Coverage: how much of what the plan asks for is there, in the whole township or a unit."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from dialogs.vocabulary import DeclarationState, MeasureState
from storage.people import in_force
from storage.tables import Appointment, Declaration, Measure, Post, RiskPoint


@dataclass(frozen=True)
class Coverage:
    """Counts: appointments in force, declarations, those filed; measures, those planned."""

    held: int
    declared: int
    filed: int
    measures: int
    planned: int


def of(session: Session, *, today: date, unit: UUID | None = None) -> Coverage:
    """Count what there is; what has been replaced by something newer does not count."""
    held = sa.select(sa.func.count()).select_from(Appointment).where(in_force(today))
    declared = sa.select(col(Declaration.state), sa.func.count()).group_by(col(Declaration.state))
    measures = sa.select(col(Measure.state), sa.func.count()).group_by(col(Measure.state))
    if unit is not None:
        posts = sa.select(col(Post.id)).where(col(Post.unit_id) == unit)
        points = sa.select(col(RiskPoint.id)).where(col(RiskPoint.post_id).in_(posts))
        held = held.where(col(Appointment.post_id).in_(posts))
        declared = declared.where(col(Declaration.post_id).in_(posts))
        measures = measures.where(col(Measure.risk_point_id).in_(points))
    states = dict(session.execute(declared).all())
    kinds = dict(session.execute(measures).all())
    states.pop(DeclarationState.SUPERSEDED, None)
    kinds.pop(MeasureState.REPLACED, None)
    total = sum(kinds.values())
    return Coverage(
        held=session.execute(held).scalar_one(),
        declared=sum(states.values()),
        filed=states.get(DeclarationState.FILED, 0),
        measures=total,
        planned=total - kinds.get(MeasureState.UNPLANNED, 0),
    )
