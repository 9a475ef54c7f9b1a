"""Whoever is to review what was handed in, or reported as done, owes that by a day.

Of a unit its head owes it; where no head may, the leader in charge. What the commission or the
party committee is to decide each of them owes until one has.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import TypeAlias
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.catalogue.policy import number
from dialogs.rules import workflow
from dialogs.rules.access import COMMISSION, COMMITTEE, Action, Standing, permits, reaches
from dialogs.rules.calendar import Calendar
from dialogs.vocabulary import DeadlineKind, MeasureState, Move, Role
from storage import declarations, measures, owing, people
from storage.owing import Due
from storage.tables import Deadline, Declaration, Measure, Post, RiskPoint, StepTaken

DAYS: Mapping[DeadlineKind, int] = {  # working days
    DeadlineKind.UNIT_REVIEW: number("review_days"),
    DeadlineKind.GRADE_REVIEW: number("decision_days"),
    DeadlineKind.MEASURE_CHECK: number("review_days"),
}
REVIEWERS = (*workflow.HEAD, *COMMISSION, *COMMITTEE)
Officers: TypeAlias = Mapping[UUID, Standing]


@dataclass(frozen=True)
class Waiting:
    """A review that waits: of what, about which post, since when, and whose it is."""

    kind: DeadlineKind
    subject: UUID
    post: UUID
    since: datetime
    whose: Collection[UUID]


def keep_due(session: Session, *, now: datetime, zone: tzinfo, calendar: Calendar) -> None:
    """Let whoever is to review something owe it, and nobody else; done is what another has done."""
    today = now.astimezone(zone).date()
    wanted: dict[Due, UUID] = {}
    for one in waiting(session, today=today):
        due = calendar.add_working_days(one.since.astimezone(zone).date(), DAYS[one.kind])
        wanted.update({(one.kind, person, one.subject, due): one.post for person in one.whose})
    owing.keep(session, wanted, among=col(Deadline.kind).in_(DAYS), now=now)


def waiting(session: Session, *, today: date) -> Iterator[Waiting]:
    """Find the reviews that wait."""
    states = [step.start for step in workflow.WAY if step.move in workflow.REVIEWS]
    holds = people.held(col(Declaration.post_id), col(Declaration.person_id), today=today)
    handed_in = session.exec(
        select(Declaration).where(col(Declaration.state).in_(states), holds)
    ).all()
    reported = session.execute(
        measures.joined()
        .add_columns(col(Post.id), col(Post.unit_id))
        .join(Post, col(Post.id) == col(Declaration.post_id))
        .where(col(Measure.state) == MeasureState.REPORTED)
    ).all()
    if not handed_in and not reported:
        return
    joined = {one.id for one in people.with_role(session, REVIEWERS)}
    officers = people.standings(session, people.roles_of(session, joined), today=today)
    yield from of_declarations(session, handed_in, officers)
    yield from of_measures(session, reported, officers)


def of_declarations(
    session: Session, found: Sequence[Declaration], officers: Officers
) -> Iterator[Waiting]:
    """Say of declarations that wait for a review since when they do, and whose it is."""
    declared = declarations.all_as_declared(session, found)
    came = dict(
        session.execute(
            sa.select(col(StepTaken.declaration_id), sa.func.max(col(StepTaken.taken_at)))
            .where(col(StepTaken.declaration_id).in_([one.id for one in found]))
            .group_by(col(StepTaken.declaration_id))
        ).all()
    )
    permitted: dict[tuple[Move, UUID], Sequence[UUID]] = {}
    for one in found:
        step, unit = workflow.onward(one.state), declared[one.id].unit
        if step is None or one.id not in came:
            continue
        if (step.move, unit) not in permitted:
            permitted[step.move, unit] = [
                person for person, standing in officers.items() if permits(step.by, standing, unit)
            ]
        able: Sequence[UUID] = [
            person
            for person in permitted[step.move, unit]
            if workflow.may_take(
                step.move, declared[one.id], actor=person, standing=officers[person]
            )
        ]
        kind = DeadlineKind.GRADE_REVIEW
        if step.move is Move.ENDORSE:
            kind = DeadlineKind.UNIT_REVIEW
            able = nearest(able, officers, unit)
        yield Waiting(kind, one.id, one.post_id, came[one.id], able)


def of_measures(
    session: Session,
    rows: Sequence[sa.Row[Measure, RiskPoint, Declaration, UUID, UUID]],
    officers: Officers,
) -> Iterator[Waiting]:
    """Say of measures that were reported as done, each with its post and unit, who is to see it."""
    last = measures.last_reports(session, [measure.id for measure, *_ in rows])
    for measure, _, _, post, unit in rows:
        report = last[measure.id]
        able = [
            person
            for person, standing in officers.items()
            if person not in (measure.owner_id, report.person_id)
            and reaches(standing, Action.VERIFY_MEASURE, unit)
        ]
        theirs = nearest(able, officers, unit)
        yield Waiting(DeadlineKind.MEASURE_CHECK, measure.id, post, report.written_at, theirs)


def nearest(able: Sequence[UUID], officers: Officers, unit: UUID) -> Sequence[UUID]:
    """Choose the heads of a unit among those who may review something of it, if there are any."""
    heads = [
        one for one in able if Role.UNIT_HEAD in officers[one].roles and unit in officers[one].units
    ]
    return heads or able
