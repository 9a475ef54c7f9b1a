"""Risk points as they stand in a declaration: how they show, their grades, what is said of them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.facts import DeclarationLine, NoneTold, PointTold, Source, Way
from dialogs.rules import grading
from dialogs.vocabulary import Aspect, FindingState, Grade
from storage.tables import (
    AspectAnswer,
    Declaration,
    Finding,
    GradeDecision,
    ItemComment,
    Measure,
    Person,
    Post,
    RiskPoint,
    SelfCheck,
    StepTaken,
    Unit,
)


def points_of(
    session: Session, declaration: Declaration, *, version: int | None = None
) -> Sequence[PointTold]:
    """Tell the points of a declaration, with the grade fixed last and the last comment on each."""
    rows = session.exec(
        select(RiskPoint)
        .join(SelfCheck, col(SelfCheck.id) == RiskPoint.self_check_id)
        .where(
            SelfCheck.declaration_id == declaration.id,
            SelfCheck.version == (declaration.version if version is None else version),
        )
    ).all()
    return told(session, rows)


def told(session: Session, rows: Sequence[RiskPoint]) -> Sequence[PointTold]:
    """Tell points in the order of their aspects."""
    ids = [row.id for row in rows]
    fixed, comments = fixed_grades(session, ids), last_comments(session, ids)
    also = also_found(session, [row.lineage for row in rows])
    ways: dict[UUID, list[Way]] = defaultdict(list)
    for one in session.exec(
        select(Measure).where(col(Measure.risk_point_id).in_(ids)).order_by(col(Measure.ordinal))
    ):
        ways[one.risk_point_id].append(Way(one.manifestation, one.text, one.indicator))
    order = {aspect: place for place, aspect in enumerate(type(rows[0].aspect))} if rows else {}
    return [
        PointTold(
            point=row.id,
            lineage=row.lineage,
            aspect=row.aspect,
            name=row.name,
            ways=tuple(ways[row.id]),
            likelihood=row.likelihood,
            severity=row.severity,
            declared=row.declared_grade,
            grade=fixed[row.id][0] if row.id in fixed else row.declared_grade,
            reason=(fixed[row.id][1] if row.id in fixed else None) or row.grade_reason,
            comment=comments.get(row.id),
            method=row.method,
            channel=row.channel,
            also=also.get(row.lineage, ()),
        )
        for row in sorted(rows, key=lambda row: (order[row.aspect], row.ordinal))
    ]


def also_found(session: Session, lineages: Collection[UUID]) -> Mapping[UUID, Sequence[Source]]:
    """Find by whom else points were found: what was merged into them, the oldest first."""
    also: dict[UUID, list[Source]] = defaultdict(list)
    rows = session.execute(
        sa.select(col(Finding.merged_into), col(Finding.method), col(Finding.channel))
        .where(col(Finding.merged_into).in_(lineages), col(Finding.state) == FindingState.MERGED)
        .order_by(col(Finding.found_on), col(Finding.id))
    )
    for lineage, method, channel in rows:
        also[lineage].append(channel or method)
    return also


def fixed_grades(
    session: Session, points: Collection[UUID]
) -> Mapping[UUID, tuple[Grade, str | None]]:
    """Find the grade fixed last for points, and why where it departed."""
    rows = session.execute(
        sa.select(
            col(GradeDecision.risk_point_id), col(GradeDecision.grade), col(GradeDecision.reason)
        )
        .join(StepTaken, col(StepTaken.id) == col(GradeDecision.step_id))
        .where(col(GradeDecision.risk_point_id).in_(points))
        .order_by(col(StepTaken.ordinal))
    )
    fixed: dict[UUID, tuple[Grade, str | None]] = {}
    for point, grade, reason in rows:
        earlier = fixed.get(point)
        kept = earlier[1] if earlier and earlier[0] == grade else None
        fixed[point] = (grade, reason or kept)
    return fixed


def last_comments(session: Session, points: Collection[UUID]) -> Mapping[UUID, str]:
    """Find what was last said of points by somebody who sent them back."""
    rows = session.execute(
        sa.select(col(ItemComment.risk_point_id), col(ItemComment.text))
        .join(StepTaken, col(StepTaken.id) == col(ItemComment.step_id))
        .where(col(ItemComment.risk_point_id).in_(points))
        .order_by(col(StepTaken.ordinal))
    )
    return dict(rows.all())


def none_of(session: Session, declaration: Declaration) -> Sequence[NoneTold]:
    """Tell the aspects without points, and why."""
    rows = session.execute(
        sa.select(col(AspectAnswer.aspect), col(AspectAnswer.none_because))
        .join(SelfCheck, col(SelfCheck.id) == col(AspectAnswer.self_check_id))
        .where(
            col(SelfCheck.declaration_id) == declaration.id,
            col(SelfCheck.version) == declaration.version,
            col(AspectAnswer.none_because).is_not(None),
        )
    )
    told = [NoneTold(aspect, reason) for aspect, reason in rows]
    return sorted(told, key=lambda one: list(Aspect).index(one.aspect))


def lines(session: Session, declarations: Sequence[Declaration]) -> Sequence[DeclarationLine]:
    """Tell declarations a line each, by unit and post."""
    if not declarations:
        return []
    ids = [one.id for one in declarations]
    points = session.execute(
        sa.select(col(SelfCheck.declaration_id), col(RiskPoint.id), col(RiskPoint.declared_grade))
        .join(SelfCheck, col(SelfCheck.id) == col(RiskPoint.self_check_id))
        .join(Declaration, col(Declaration.id) == col(SelfCheck.declaration_id))
        .where(col(Declaration.id).in_(ids), col(SelfCheck.version) == col(Declaration.version))
    ).all()
    fixed = fixed_grades(session, [point for _, point, _ in points])
    grades: dict[UUID, list[Grade]] = defaultdict(list)
    for declaration, point, declared in points:
        grades[declaration].append(fixed[point][0] if point in fixed else declared)
    rows = session.execute(
        sa.select(
            col(Declaration.id),
            col(Declaration.version),
            col(Post.title),
            col(Unit.name).label("unit"),
            col(Person.name),
        )
        .join(Post, col(Post.id) == col(Declaration.post_id))
        .join(Unit, col(Unit.id) == col(Post.unit_id))
        .join(Person, col(Person.id) == col(Declaration.person_id))
        .where(col(Declaration.id).in_(ids))
        .order_by(col(Unit.kind), col(Unit.code), col(Post.code), col(Person.code))
    )
    return [
        DeclarationLine(
            declaration=id_,
            version=version,
            post=title,
            unit=unit,
            holder=name,
            points=len(grades[id_]),
            grade=grading.of_post(grades[id_]),
        )
        for id_, version, title, unit, name in rows
    ]
