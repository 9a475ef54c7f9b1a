"""Papers: what is on file about posts and units, gathered for the official forms and the ledger."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, tzinfo
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.documents import wording
from dialogs.documents.on_file import (
    Chain,
    Guarded,
    NodeOnFile,
    PointOnFile,
    PostOnFile,
    UnitOnFile,
)
from dialogs.documents.search_form import NoRisk, Opinion, Signature
from dialogs.rules.signatures import standing
from dialogs.vocabulary import DeclarationState, Move
from storage.appointments import in_force
from storage.catalogues import Node, nodes_of, powers_of
from storage.catalogues.reviewing import heads
from storage.points import also_found, none_of
from storage.tables import (
    Appointment,
    Declaration,
    GradeDecision,
    Measure,
    Person,
    Post,
    Recusal,
    RiskPoint,
    SelfCheck,
    StepTaken,
    Unit,
)

AGREED = "同意"


def of_units(
    session: Session, units: Collection[UUID], *, reader: UUID, today: date, zone: tzinfo = UTC
) -> Sequence[UnitOnFile]:
    """Gather units with all their posts; of whom the reader stands aside from, only the post."""
    leading = heads(session, units, today=today)
    rows = session.exec(
        select(Unit).where(col(Unit.id).in_(units)).order_by(col(Unit.kind), col(Unit.code))
    ).all()
    people = {one for unit in rows for one in (*leading.get(unit.id, ()), unit.leader_id) if one}
    names = names_of(session, people)
    gathered = []
    for unit in rows:
        posts = session.exec(
            select(Post).where(Post.unit_id == unit.id).order_by(col(Post.code))
        ).all()
        files = [
            one
            for post in posts
            for one in of_post(session, post, reader=reader, today=today, unit=unit, zone=zone)
        ]
        head = "、".join(names[one] for one in leading.get(unit.id, ()))
        leader = names[unit.leader_id] if unit.leader_id else ""
        nodes = unanswered(nodes_of(session, [post.id for post in posts]), files)
        gathered.append(UnitOnFile(unit.name, head, leader, len(posts), files, nodes))
    return gathered


def of_post(
    session: Session,
    post: Post,
    *,
    reader: UUID,
    today: date,
    unit: Unit | None = None,
    zone: tzinfo = UTC,
) -> Sequence[PostOnFile]:
    """Gather what each holder declared of a post; of a vacant one, what was declared last."""
    unit = unit or session.get_one(Unit, post.unit_id)
    powers = powers_of(session, post.id)
    bare = PostOnFile(unit=unit.name, post=post.title, duty=post.duty, powers=powers)
    holders = session.exec(
        select(Person)
        .join(Appointment, col(Appointment.person_id) == col(Person.id))
        .where(Appointment.post_id == post.id, in_force(today))
        .order_by(col(Person.code))
        .distinct()
    ).all()
    declared = newest(session, post.id)
    if not holders:
        holders = [session.get_one(Person, person) for person in list(declared)[:1]]
    aside = set(session.exec(select(Recusal.holder_id).where(Recusal.person_id == reader)).all())
    files = []
    for holder in holders:
        named = replace(bare, person=holder.id, holder=holder.name)
        if holder.id in aside:
            files.append(replace(named, withheld=True))
        elif holder.id in declared:
            files.append(
                filled(session, named, declared[holder.id], leader=unit.leader_id, zone=zone)
            )
        else:
            files.append(named)
    return files or [bare]


def unanswered(
    nodes: Mapping[UUID, Sequence[Node]], files: Sequence[PostOnFile]
) -> Sequence[NodeOnFile]:
    """Keep the steps at risk that no point answers to, of posts that are not withheld."""
    answered = [node for post in files for point in post.points for node in point.nodes]
    hidden = {post.post for post in files if post.withheld}
    return [
        node.shown
        for of_post in nodes.values()
        for node in of_post
        if node.shown not in answered and node.shown.post not in hidden
    ]


def newest(session: Session, post: UUID) -> Mapping[UUID, Declaration]:
    """Find what each person declared of a post last, the newest first."""
    found: dict[UUID, Declaration] = {}
    for one in session.exec(
        select(Declaration)
        .where(Declaration.post_id == post, Declaration.state != DeclarationState.SUPERSEDED)
        .order_by(col(Declaration.declared_on).desc(), col(Declaration.filed_on).is_(None).desc())
    ):
        found.setdefault(one.person_id, one)
    return found


def filled(
    session: Session,
    bare: PostOnFile,
    declaration: Declaration,
    *,
    leader: UUID | None,
    zone: tzinfo,
) -> PostOnFile:
    """Fill in what a declaration says: its points and measures, its chain, its number."""
    steps = session.exec(
        select(StepTaken)
        .where(StepTaken.declaration_id == declaration.id)
        .order_by(col(StepTaken.ordinal))
    ).all()
    held = standing(steps)
    points = session.exec(
        select(RiskPoint)
        .join(SelfCheck, col(SelfCheck.id) == RiskPoint.self_check_id)
        .where(
            SelfCheck.declaration_id == declaration.id,
            SelfCheck.version == declaration.version,
        )
    ).all()
    return replace(
        bare,
        declared_on=declaration.declared_on,
        state=declaration.state,
        points=told(session, points, settled=held.get(Move.SETTLE)),
        none=[NoRisk(one.aspect, one.reason) for one in none_of(session, declaration)],
        chain=chain(session, held, points, holder=declaration.person_id, leader=leader, zone=zone),
        filing_number=declaration.filing_number or "",
        review_due_on=declaration.review_due_on,
    )


def told(
    session: Session, points: Sequence[RiskPoint], *, settled: StepTaken | None
) -> Sequence[PointOnFile]:
    """Tell points in the order of their aspects, with the grade the party committee settled."""
    ids = [one.id for one in points]
    measures: dict[UUID, list[Measure]] = defaultdict(list)
    for one in session.exec(
        select(Measure).where(col(Measure.risk_point_id).in_(ids)).order_by(col(Measure.ordinal))
    ):
        measures[one.risk_point_id].append(one)
    owners = names_of(
        session, {one.owner_id for ways in measures.values() for one in ways if one.owner_id}
    )
    grades = decided(session, settled) if settled else {}
    nodes = nodes_of(session, {one.post_id for one in points})
    also = also_found(session, [one.lineage for one in points])
    order = list(wording.ASPECTS)
    return [
        PointOnFile(
            aspect=point.aspect,
            name=point.name,
            ways=[
                Guarded(
                    one.manifestation,
                    one.text,
                    owners[one.owner_id] if one.owner_id else "",
                    one.due_on,
                    one.indicator,
                    one.state,
                )
                for one in measures[point.id]
            ],
            likelihood=point.likelihood,
            severity=point.severity,
            declared=point.declared_grade,
            reason=point.grade_reason or "",
            settled=grades[point.id].grade if point.id in grades else None,
            method=point.method,
            channel=point.channel,
            also=also.get(point.lineage, ()),
            nodes=[node.shown for node in nodes.get(point.post_id, ()) if node.refers_to(point)],
        )
        for point in sorted(points, key=lambda one: (order.index(one.aspect), one.ordinal))
    ]


def decided(session: Session, step: StepTaken) -> Mapping[UUID, GradeDecision]:
    """Find the grades a step fixed."""
    rows = session.exec(select(GradeDecision).where(GradeDecision.step_id == step.id))
    return {one.risk_point_id: one for one in rows}


def chain(
    session: Session,
    held: Mapping[Move, StepTaken],
    points: Sequence[RiskPoint],
    *,
    holder: UUID,
    leader: UUID | None,
    zone: tzinfo,
) -> Chain:
    """Tell the steps that stand; who endorses as leader in charge signs in the leader's place."""

    def signed_on(step: StepTaken) -> date:
        return step.taken_at.astimezone(zone).date()

    names = names_of(session, {holder, *(step.person_id for step in held.values())})

    def opinion(move: Move) -> Opinion | None:
        step = held.get(move)
        if step is None:
            return None
        said = [step.note or AGREED, *departures(session, step, points)]
        who = step.meeting if move is Move.SETTLE and step.meeting else names[step.person_id]
        return Opinion("\n".join(said), who, signed_on(step))

    def signature(step: StepTaken) -> Signature:
        writer = "" if step.person_id == holder else names[step.person_id]
        return Signature(names[holder], signed_on(step), writer)

    declared, endorsed = held.get(Move.DECLARE), held.get(Move.ENDORSE)
    by_leader = endorsed is not None and endorsed.person_id == leader
    return Chain(
        signed=signature(declared) if declared else None,
        unit_head=None if by_leader else opinion(Move.ENDORSE),
        leader=opinion(Move.ENDORSE) if by_leader else None,
        commission=opinion(Move.DEFINE),
        party_committee=opinion(Move.SETTLE),
    )


def departures(session: Session, step: StepTaken, points: Sequence[RiskPoint]) -> Sequence[str]:
    """Say which grades a step fixed otherwise than they were declared, and why."""
    decisions = decided(session, step)
    return [
        f"「{point.name}」定為{wording.grade(one.grade)}{f'：{one.reason}' if one.reason else ''}"
        for point in points
        if (one := decisions.get(point.id)) and one.grade != point.declared_grade
    ]


def names_of(session: Session, people: Collection[UUID]) -> Mapping[UUID, str]:
    """Name people."""
    rows = session.execute(
        sa.select(col(Person.id), col(Person.name)).where(col(Person.id).in_(people))
    )
    return dict(rows.all())
