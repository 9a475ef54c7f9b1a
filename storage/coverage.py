"""Coverage: how much of what the plan asks for is there, in the whole township or a unit."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from dialogs.vocabulary import DeclarationState, MeasureState
from storage.appointments import in_force
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
    declared = sa.select(
        sa.func.count(),
        sa.func.count().filter(col(Declaration.state) == DeclarationState.SUPERSEDED),
        sa.func.count().filter(col(Declaration.state) == DeclarationState.FILED),
    ).select_from(Declaration)
    measures = sa.select(
        sa.func.count(),
        sa.func.count().filter(col(Measure.state) == MeasureState.REPLACED),
        sa.func.count().filter(col(Measure.state) == MeasureState.UNPLANNED),
    ).select_from(Measure)
    if unit is not None:
        posts = sa.select(col(Post.id)).where(col(Post.unit_id) == unit)
        points = sa.select(col(RiskPoint.id)).where(col(RiskPoint.post_id).in_(posts))
        held = held.where(col(Appointment.post_id).in_(posts))
        declared = declared.where(col(Declaration.post_id).in_(posts))
        measures = measures.where(col(Measure.risk_point_id).in_(points))
    written, superseded, filed = session.execute(declared).one()
    all_, replaced, unplanned = session.execute(measures).one()
    return Coverage(
        held=session.execute(held).scalar_one(),
        declared=written - superseded,
        filed=filed,
        measures=all_ - replaced,
        planned=all_ - replaced - unplanned,
    )
