"""What goes on from one version of a declaration to the next: measures with owners and reports."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from dialogs.facts import Way
from dialogs.vocabulary import MeasureState
from storage import appointments
from storage.tables import Deadline, Declaration, Measure, MeasureReport, RiskPoint, SelfCheck


def current_measures(session: Session, declaration: Declaration) -> Mapping[Any, Measure]:
    """Find the measures of a declaration by lineage and what they say."""
    rows = session.execute(
        sa.select(col(RiskPoint.lineage), Measure)
        .join(Measure, col(Measure.risk_point_id) == col(RiskPoint.id))
        .join(SelfCheck, col(SelfCheck.id) == col(RiskPoint.self_check_id))
        .where(
            col(SelfCheck.post_id) == declaration.post_id,
            col(SelfCheck.person_id) == declaration.person_id,
        )
        .order_by(col(SelfCheck.done_at), col(SelfCheck.version))
    )
    return {(lineage, one.manifestation, one.text): one for lineage, one in rows}


def write_measures(
    session: Session, point: RiskPoint, ways: Sequence[Way], *, before: Mapping[Any, Measure]
) -> None:
    """Write the measures of a point; one that stays as it was keeps its owner, day and reports."""
    for ordinal, way in enumerate(ways, 1):
        measure = Measure(
            risk_point_id=point.id,
            ordinal=ordinal,
            manifestation=way.manifestation,
            text=way.measure,
            indicator=way.indicator,
        )
        former = before.get((point.lineage, way.manifestation, way.measure))
        if former and former.state is not MeasureState.REPLACED:
            measure.owner_id, measure.due_on = former.owner_id, former.due_on
            measure.indicator, measure.state = former.indicator, former.state
            session.add(measure)
            session.flush()
            hand_over(session, former, measure)
        session.add(measure)


def hand_over(session: Session, former: Measure, measure: Measure) -> None:
    """Let a measure that goes on take its reports and its deadline with it."""
    session.execute(
        sa.update(MeasureReport)
        .where(col(MeasureReport.measure_id) == former.id)
        .values(measure_id=measure.id)
    )
    session.execute(
        sa.update(Deadline).where(col(Deadline.subject) == former.id).values(subject=measure.id)
    )


def replace_measures(session: Session, declaration: Declaration, *, before: int) -> None:
    """Let the measures of a declaration's versions before one count no more."""
    points = (
        sa.select(col(RiskPoint.id))
        .join(SelfCheck, col(SelfCheck.id) == col(RiskPoint.self_check_id))
        .where(col(SelfCheck.declaration_id) == declaration.id, col(SelfCheck.version) < before)
    )
    gone = sa.select(col(Measure.id)).where(col(Measure.risk_point_id).in_(points))
    open_ones = sa.and_(col(Deadline.subject).in_(gone), col(Deadline.done_at).is_(None))
    appointments.forget(session, sa.select(col(Deadline.id)).where(open_ones))
    session.execute(
        sa.update(Measure)
        .where(col(Measure.risk_point_id).in_(points))
        .values(state=MeasureState.REPLACED)
    )
