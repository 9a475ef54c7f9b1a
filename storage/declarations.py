"""Declarations: what the holder of a post declares, version by version, and every step of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.errors import Refused
from dialogs.events import AspectChecked, FindingSettled, FoundPoint, PointCommented, PointGraded
from dialogs.rules import workflow
from dialogs.rules.access import Action
from dialogs.rules.workflow import Declared
from dialogs.speech import Go
from dialogs.vocabulary import (
    DeclarationState,
    FindingMethod,
    FindingState,
    Move,
)
from storage import continuity
from storage.points import points_of
from storage.tables import (
    AspectAnswer,
    Declaration,
    Finding,
    GradeDecision,
    ItemComment,
    Post,
    Recusal,
    RiskPoint,
    SelfCheck,
    StepTaken,
)


@dataclass(frozen=True)
class Taken:
    """A step somebody takes: what moves, from where to where, and what is said with it."""

    move: Move
    start: DeclarationState | None
    leads: DeclarationState
    person: UUID
    note: str | None = None
    meeting: str | None = None


def open_one(session: Session, post: UUID, person: UUID) -> Declaration | None:
    """Find the declaration of a post by a person that is not filed yet."""
    return session.exec(
        select(Declaration).where(
            Declaration.post_id == post,
            Declaration.person_id == person,
            col(Declaration.state).not_in(workflow.FINAL),
        )
    ).first()


def filed_one(session: Session, post: UUID, person: UUID) -> Declaration | None:
    """Find what a person has on file about a post."""
    return session.exec(
        select(Declaration).where(
            Declaration.post_id == post,
            Declaration.person_id == person,
            Declaration.state == DeclarationState.FILED,
        )
    ).first()


def way_to_change(session: Session, post: UUID, holder: UUID) -> Go:
    """Say how a holder changes what they declared: what is under way is changed, else anew."""
    under_way = open_one(session, post, holder)
    if under_way:
        return Go(Action.REVISE, under_way.id.hex)
    return Go(Action.SELF_CHECK, post.hex)


def latest_one(session: Session, post: UUID) -> Declaration | None:
    """Find what was declared of a post last, filed or under way."""
    return session.exec(
        select(Declaration)
        .where(Declaration.post_id == post, Declaration.state != DeclarationState.SUPERSEDED)
        .order_by(col(Declaration.declared_on).desc(), col(Declaration.id))
    ).first()


def get(session: Session, declaration: UUID) -> Declaration:
    """Find a declaration; raise Refused if there is none."""
    found = session.get(Declaration, declaration)
    if found is None:
        raise Refused("unknown_action")
    return found


def seen(session: Session, declaration: UUID, version: int) -> Declaration:
    """Find a declaration somebody has seen; raise Refused if it has changed since."""
    found = get(session, declaration)
    if found.version != version:
        raise Refused("declaration_changed")
    return found


def steps(session: Session, declaration: UUID) -> Sequence[StepTaken]:
    """List the steps of a declaration, the oldest first."""
    return session.exec(
        select(StepTaken)
        .where(StepTaken.declaration_id == declaration)
        .order_by(col(StepTaken.ordinal))
    ).all()


def as_declared(session: Session, declaration: Declaration) -> Declared:
    """Say how a declaration stands, as the rules of the way see it."""
    return all_as_declared(session, [declaration])[declaration.id]


def all_as_declared(
    session: Session, declarations: Sequence[Declaration]
) -> Mapping[UUID, Declared]:
    """Say how declarations stand, as the rules of the way see them."""
    ids = [one.id for one in declarations]
    units = dict(
        session.execute(
            sa.select(col(Post.id), col(Post.unit_id)).where(
                col(Post.id).in_([one.post_id for one in declarations])
            )
        ).all()
    )
    holders = {one.id: one.person_id for one in declarations}
    filled: dict[UUID, set[UUID]] = defaultdict(set)
    last: dict[UUID, StepTaken] = {}
    back: dict[UUID, StepTaken] = {}
    for step in session.exec(
        select(StepTaken)
        .where(col(StepTaken.declaration_id).in_(ids))
        .order_by(col(StepTaken.ordinal))
    ):
        last[step.declaration_id] = step
        if step.move is Move.SEND_BACK:
            back[step.declaration_id] = step
        if step.move in workflow.OWN and step.person_id != holders[step.declaration_id]:
            filled[step.declaration_id].add(step.person_id)
    aside: dict[UUID, set[UUID]] = defaultdict(set)
    for recusal in session.exec(
        select(Recusal).where(col(Recusal.holder_id).in_([one.person_id for one in declarations]))
    ):
        aside[recusal.holder_id].add(recusal.person_id)
    return {
        one.id: Declared(
            state=one.state,
            unit=units[one.post_id],
            holder=one.person_id,
            last_by=last[one.id].person_id if one.id in last else None,
            sent_back_from=back[one.id].start if one.id in back else None,
            aside=frozenset(aside[one.person_id]),
            filled_in_by=frozenset(filled[one.id]),
        )
        for one in declarations
    }


def filled_in_by(session: Session, declaration: Declaration) -> UUID | None:
    """Find who filled in what is declared now for its holder; None if these did it themselves."""
    writers = [
        step.person_id
        for step in steps(session, declaration.id)
        if step.move in (Move.DECLARE, Move.AMEND)
    ]
    return writers[-1] if writers and writers[-1] != declaration.person_id else None


def sent_back_with(session: Session, declaration: Declaration) -> str:
    """Find what was said of the whole of a declaration that has been sent back."""
    if declaration.state is not DeclarationState.RETURNED:
        return ""
    notes = [step.note for step in steps(session, declaration.id) if step.move is Move.SEND_BACK]
    return notes[-1] or "" if notes else ""


def recused(session: Session, holder: UUID, officer: UUID) -> bool:
    """Say whether an officer stands aside from everything about a holder."""
    return session.get(Recusal, (officer, holder)) is not None


def declare(
    session: Session,
    person: UUID,
    post: UUID,
    aspects: Sequence[AspectChecked],
    *,
    round_id: UUID | None,
    now: datetime,
    today: date,
    by: UUID | None = None,
) -> Declaration:
    """Write down what the holder of a post declares; raise Refused while it is being published.

    What is declared anew while it is under way begins the way again: every approval is void.
    `by` is who filled it in, where that was not the holder.
    """
    found = open_one(session, post, person)
    if found is None:
        found = Declaration(
            post_id=post,
            person_id=person,
            round_id=round_id,
            state=DeclarationState.DECLARED,
            version=0,
            declared_on=today,
        )
        session.add(found)
        session.flush()
        taken = Taken(Move.DECLARE, None, DeclarationState.DECLARED, by or person)
    else:
        if not workflow.steps_from(found.state, Move.AMEND):
            raise Refused("not_its_turn", state=found.state)
        taken = Taken(Move.AMEND, found.state, DeclarationState.DECLARED, by or person)
    found.round_id = round_id or found.round_id
    write_version(session, found, aspects, now=now)
    note_step(session, found, taken, now=now)
    return found


def write_version(
    session: Session, declaration: Declaration, aspects: Sequence[AspectChecked], *, now: datetime
) -> None:
    """Write a new version down: a self-check with its aspects, points and measures."""
    before = continuity.current_measures(session, declaration)
    declaration.version += 1
    session.add(declaration)
    check = SelfCheck(
        declaration_id=declaration.id,
        version=declaration.version,
        person_id=declaration.person_id,
        post_id=declaration.post_id,
        done_at=now,
    )
    session.add(check)
    session.flush()
    for aspect in aspects:
        session.add(
            AspectAnswer(
                self_check_id=check.id, aspect=aspect.aspect, none_because=aspect.none_because
            )
        )
        for ordinal, point in enumerate(aspect.points, 1):
            row = risk_point(session, check, aspect, ordinal, point)
            session.add(row)
            session.flush()
            continuity.write_measures(session, row, point.ways, before=before)
    continuity.replace_measures(session, declaration, before=declaration.version)


def risk_point(
    session: Session, check: SelfCheck, aspect: AspectChecked, ordinal: int, point: FoundPoint
) -> RiskPoint:
    """Lay a point out as a row; it keeps its source from version to version."""
    method, channel, finding = FindingMethod.SELF, None, point.finding
    if finding and (found := session.get(Finding, finding)):
        method, channel = found.method, found.channel
    elif point.lineage and (former := former_of(session, point.lineage)):
        method, channel, finding = former.method, former.channel, former.finding_id
    return RiskPoint(
        lineage=point.lineage or uuid4(),
        post_id=check.post_id,
        self_check_id=check.id,
        method=method,
        channel=channel,
        finding_id=finding,
        aspect=aspect.aspect,
        ordinal=ordinal,
        name=point.name,
        likelihood=point.likelihood,
        severity=point.severity,
        declared_grade=point.grade,
        grade_reason=point.reason,
        library_code=point.library,
    )


def former_of(session: Session, lineage: UUID) -> RiskPoint | None:
    """Find a row of a lineage, whichever; its source is the same in all."""
    return session.exec(select(RiskPoint).where(RiskPoint.lineage == lineage)).first()


def note_step(
    session: Session, declaration: Declaration, taken: Taken, *, now: datetime
) -> StepTaken:
    """Write a step down and let the declaration stand where it leads."""
    before = session.execute(
        sa.select(sa.func.count()).where(col(StepTaken.declaration_id) == declaration.id)
    ).scalar_one()
    step = StepTaken(
        declaration_id=declaration.id,
        ordinal=before + 1,
        version=declaration.version,
        move=taken.move,
        start=taken.start,
        leads=taken.leads,
        person_id=taken.person,
        note=taken.note,
        meeting=taken.meeting,
        taken_at=now,
    )
    declaration.state = taken.leads
    session.add_all([step, declaration])
    session.flush()
    return step


def fix_grades(
    session: Session, declaration: Declaration, step: StepTaken, grades: Sequence[PointGraded]
) -> None:
    """Write down the grades a step fixes; raise Refused unless it is all of them, with reasons."""
    points = {one.point: one for one in points_of(session, declaration)}
    if {given.point for given in grades} != points.keys():
        raise Refused("declaration_changed")
    for given in grades:
        if given.grade != points[given.point].grade and not given.reason:
            raise Refused("reason_missing", name=points[given.point].name)
        session.add(
            GradeDecision(
                step_id=step.id,
                risk_point_id=given.point,
                grade=given.grade,
                reason=given.reason,
            )
        )


def comment(session: Session, step: StepTaken, comments: Sequence[PointCommented]) -> None:
    """Write down what is to be changed about points."""
    session.add_all(
        ItemComment(step_id=step.id, risk_point_id=one.point, text=one.text) for one in comments
    )


def settle_findings(
    session: Session, settled: Sequence[FindingSettled], *, person: UUID, now: datetime
) -> None:
    """Write down what became of what others found, once the points that came of it are."""
    for one in settled:
        into = lineage_of(session, one.beside) if one.beside else one.into
        session.execute(
            sa.update(Finding)
            .where(col(Finding.id) == one.finding, col(Finding.state) == FindingState.OPEN)
            .values(
                state=one.state,
                reason=one.reason,
                merged_into=into,
                settled_by=person,
                settled_at=now,
            )
        )


def lineage_of(session: Session, finding: UUID) -> UUID | None:
    """Find the lineage of the point that came of a finding."""
    return session.exec(select(RiskPoint.lineage).where(RiskPoint.finding_id == finding)).first()
