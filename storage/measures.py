"""Measures: who does what by when, and how far it is."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.errors import Refused
from dialogs.events import MeasurePlanned, MeasureReported, MeasureVerified
from dialogs.facts import MeasureTold, ReportTold
from dialogs.rules.access import Action, may
from dialogs.vocabulary import DeadlineKind, DeclarationState, MeasureState
from storage.occasion import Occasion
from storage.points import fixed_grades
from storage.tables import (
    Deadline,
    Declaration,
    Measure,
    MeasureReport,
    Person,
    Post,
    RiskPoint,
    SelfCheck,
)


def joined() -> sa.Select[Measure, RiskPoint, Declaration]:
    """Join measures with the points and declarations they belong to."""
    return (
        sa.select(Measure, RiskPoint, Declaration)
        .join(RiskPoint, col(RiskPoint.id) == col(Measure.risk_point_id))
        .join(SelfCheck, col(SelfCheck.id) == col(RiskPoint.self_check_id))
        .join(Declaration, col(Declaration.id) == col(SelfCheck.declaration_id))
        .where(col(Measure.state) != MeasureState.REPLACED)
        .order_by(col(RiskPoint.aspect), col(RiskPoint.ordinal), col(Measure.ordinal))
    )


def unplanned(session: Session, person: UUID) -> Sequence[tuple[Measure, UUID]]:
    """List the measures of what somebody declared, without owner and day yet, with their posts."""
    rows = session.execute(
        joined().where(
            col(Declaration.person_id) == person,
            col(Measure.state) == MeasureState.UNPLANNED,
            col(Declaration.state) != DeclarationState.RETURNED,
        )
    )
    return [(measure, declaration.post_id) for measure, _, declaration in rows]


def owned(session: Session, person: UUID) -> Sequence[Measure]:
    """List the measures somebody is to do, the most urgent first."""
    rows = session.execute(
        joined()
        .where(col(Measure.owner_id) == person, col(Measure.state) == MeasureState.UNDER_WAY)
        .order_by(None)
        .order_by(col(Measure.due_on), col(Measure.id))
    )
    return [measure for measure, _, _ in rows]


def reported(session: Session, units: frozenset[UUID]) -> Sequence[Measure]:
    """List the measures of units that were reported as done and nobody has looked at."""
    if not units:
        return []
    rows = session.execute(
        joined()
        .join(Post, col(Post.id) == col(Declaration.post_id))
        .where(col(Post.unit_id).in_(units), col(Measure.state) == MeasureState.REPORTED)
    )
    return [measure for measure, _, _ in rows]


def get(session: Session, measure: UUID) -> tuple[Measure, RiskPoint, Declaration]:
    """Find a measure that counts; raise Refused if there is none."""
    row = session.execute(joined().where(col(Measure.id) == measure)).first()
    if row is None:
        raise Refused("measure_gone")
    found: tuple[Measure, RiskPoint, Declaration] = tuple(row)
    return found


def told(session: Session, measures: Sequence[UUID], *, zone: tzinfo) -> Sequence[MeasureTold]:
    """Tell measures with what they answer to and what was reported, in days of a zone."""
    rows = list(session.execute(joined().where(col(Measure.id).in_(measures))))
    fixed = fixed_grades(session, [point.id for _, point, _ in rows])
    names = dict(
        session.execute(
            sa.select(col(Person.id), col(Person.name)).where(
                col(Person.id).in_([one.owner_id for one, _, _ in rows if one.owner_id])
            )
        ).all()
    )
    posts = dict(
        session.execute(
            sa.select(col(Post.id), col(Post.title)).where(
                col(Post.id).in_([declaration.post_id for _, _, declaration in rows])
            )
        ).all()
    )
    return [
        MeasureTold(
            measure=one.id,
            post=posts[declaration.post_id],
            point=point.name,
            grade=fixed[point.id][0] if point.id in fixed else point.declared_grade,
            manifestation=one.manifestation,
            text=one.text,
            indicator=one.indicator,
            owner=names.get(one.owner_id, "") if one.owner_id else "",
            due=one.due_on,
            state=one.state,
            reports=reports(session, one.id, zone=zone),
        )
        for one, point, declaration in rows
    ]


def reports(session: Session, measure: UUID, *, zone: tzinfo) -> Sequence[ReportTold]:
    """Tell what was reported of a measure, the oldest first."""
    rows = session.execute(
        sa.select(MeasureReport, col(Person.name))
        .join(Person, col(Person.id) == col(MeasureReport.person_id))
        .where(col(MeasureReport.measure_id) == measure)
        .order_by(col(MeasureReport.written_at))
    )
    return [report_told(report, name, zone=zone) for report, name in rows]


def report_told(report: MeasureReport, name: str, *, zone: tzinfo) -> ReportTold:
    """Tell a report, with the file that came with it."""
    return ReportTold(
        day=report.written_at.astimezone(zone).date(),
        by=name,
        text=report.text,
        file=report.file,
        name=report.file_name,
        picture=report.file_kind == "photo",
    )


def evidence(
    session: Session, declaration: UUID, *, zone: tzinfo
) -> Sequence[tuple[str, ReportTold]]:
    """List the reports of a declaration's measures that came with a file, and of which point."""
    rows = session.execute(
        sa.select(col(RiskPoint.name), MeasureReport, col(Person.name))
        .join(Measure, col(Measure.id) == col(MeasureReport.measure_id))
        .join(RiskPoint, col(RiskPoint.id) == col(Measure.risk_point_id))
        .join(SelfCheck, col(SelfCheck.id) == col(RiskPoint.self_check_id))
        .join(Person, col(Person.id) == col(MeasureReport.person_id))
        .where(col(SelfCheck.declaration_id) == declaration, col(MeasureReport.file) != "")
        .order_by(col(MeasureReport.written_at))
    )
    return [(point, report_told(report, name, zone=zone)) for point, report, name in rows]


def must_be_of(session: Session, person: UUID | None, occasion: Occasion) -> None:
    """Raise Refused unless somebody is who acts, or has not joined and a clerk acts for them."""
    if person == occasion.person:
        return
    found = session.get(Person, person) if person else None
    for_another = may(occasion.standing.roles, Action.FILL_IN)
    if found is None or found.account is not None or not for_another:
        raise Refused("not_your_measure")


def plan(session: Session, planned: MeasurePlanned, *, post: UUID) -> None:
    """Give a measure its owner, day and indicator; its deadline is set."""
    measure, _, _ = get(session, planned.measure)
    if measure.state is not MeasureState.UNPLANNED:
        raise Refused("measure_planned_already")
    measure.owner_id, measure.due_on = planned.owner, planned.due
    measure.indicator, measure.state = planned.indicator, MeasureState.UNDER_WAY
    session.add(measure)
    session.add(
        Deadline(
            kind=DeadlineKind.MEASURE,
            person_id=planned.owner,
            post_id=post,
            subject=measure.id,
            due_on=planned.due,
        )
    )


def report(session: Session, said: MeasureReported, *, person: UUID, now: datetime) -> Measure:
    """Write down how far a measure is, and who says so; raise Refused unless it is under way."""
    measure, _, _ = get(session, said.measure)
    if measure.state is not MeasureState.UNDER_WAY:
        raise Refused("measure_not_under_way")
    if said.finished:
        measure.state = MeasureState.REPORTED
        close(session, measure.id, now=now)
    file = said.file
    session.add(measure)
    session.add(
        MeasureReport(
            measure_id=measure.id,
            person_id=person,
            written_at=now,
            text=said.text,
            state=measure.state,
            file=file.file if file else "",
            file_name=file.name if file else "",
            file_kind=file.kind if file else "",
        )
    )
    return measure


def verify(session: Session, said: MeasureVerified, *, person: UUID, now: datetime) -> Measure:
    """Write down what was found when a measure was looked at, by another than who reported it."""
    measure, _, _ = get(session, said.measure)
    if measure.state is not MeasureState.REPORTED:
        raise Refused("measure_not_reported")
    if is_own(session, measure, person):
        raise Refused("own_measure")
    measure.state = MeasureState.VERIFIED if said.passed else MeasureState.UNDER_WAY
    if not said.passed:
        measure.due_on = said.due or measure.due_on
        owe_again(session, measure, said.due)
    session.add(measure)
    session.add(
        MeasureReport(
            measure_id=measure.id,
            person_id=person,
            written_at=now,
            text=said.text,
            state=measure.state,
        )
    )
    return measure


def is_own(session: Session, measure: Measure, person: UUID) -> bool:
    """Say whether a measure is somebody's own, or they reported on it last for its owner."""
    last = last_reports(session, [measure.id]).get(measure.id)
    return person in (measure.owner_id, last.person_id if last else None)


def last_reports(session: Session, measures: Sequence[UUID]) -> Mapping[UUID, MeasureReport]:
    """Find what was reported last of measures; of what nobody reported on there is none."""
    rows = session.exec(
        select(MeasureReport)
        .where(col(MeasureReport.measure_id).in_(measures))
        .order_by(col(MeasureReport.written_at))
    )
    return {report.measure_id: report for report in rows}


def owe_again(session: Session, measure: Measure, due: date | None) -> None:
    """Open the deadline of a measure again, for another day if there is one."""
    of_it = select(Deadline).where(
        Deadline.kind == DeadlineKind.MEASURE, Deadline.subject == measure.id
    )
    for deadline in session.exec(of_it).all():
        deadline.done_at = None
        if due:
            deadline.move(due)
        session.add(deadline)


def close(session: Session, subject: UUID, *, now: datetime) -> None:
    """Close the deadline of a measure."""
    session.execute(
        sa.update(Deadline)
        .where(
            col(Deadline.kind) == DeadlineKind.MEASURE,
            col(Deadline.subject) == subject,
            col(Deadline.done_at).is_(None),
        )
        .values(done_at=now)
    )


def latest_day(today: date) -> date:
    """Say the last day for which a measure may be planned."""
    return date(today.year + 3, 12, 31)
