"""Rounds: which stage a unit has reached, and what is missing before the next one opens."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.errors import Refused
from dialogs.facts import Lacking
from dialogs.flows.round import listed
from dialogs.vocabulary import (
    Aspect,
    DeclarationState,
    FindingState,
    MeasureState,
    Shortfall,
    Stage,
    UnitKind,
    aspects_of,
)
from storage import catalogues
from storage.appointments import in_force
from storage.people import held
from storage.tables import (
    Appointment,
    AspectAnswer,
    Declaration,
    Finding,
    Measure,
    Mobilisation,
    MutualCheck,
    Person,
    Post,
    RiskPoint,
    Round,
    RoundStage,
    SelfCheck,
    Unit,
)

WAITING = {
    DeclarationState.RETURNED: Shortfall.RETURNED,
    DeclarationState.DECLARED: Shortfall.NOT_ENDORSED,
}


def open_round(session: Session) -> Round | None:
    """Find the round the township is in."""
    return session.exec(select(Round).where(col(Round.closed_on).is_(None))).first()


def days_of(session: Session, round_id: UUID) -> Mapping[Stage, date]:
    """Find the day of each stage of a round."""
    rows = session.execute(
        sa.select(col(RoundStage.stage), col(RoundStage.due_on)).where(
            col(RoundStage.round_id) == round_id
        )
    )
    return dict(rows.all())


def mobilised(session: Session, round_id: UUID, units: Collection[UUID]) -> set[UUID]:
    """Find which of some units have begun a round with their meeting."""
    rows = session.execute(
        sa.select(col(Mobilisation.unit_id)).where(
            col(Mobilisation.round_id) == round_id, col(Mobilisation.unit_id).in_(units)
        )
    )
    return set(rows.scalars())


def missing(
    session: Session, current: Round, stage: Stage, unit: Unit, *, today: date
) -> Sequence[Lacking]:
    """List what a unit lacks for a stage to be complete: no post left out, no item left out."""
    match stage:
        case Stage.MOBILISE:
            begun = mobilised(session, current.id, [unit.id])
            return [] if begun else [Lacking(Shortfall.MOBILISATION)]
        case Stage.SEARCH:
            return [
                *undeclared(session, current, unit, today=today),
                *unanswered(session, current, unit, today=today),
                *unsettled(session, unit, today=today),
            ]
        case Stage.CONTROL:
            return [
                *unplanned(session, current, unit, today=today),
                *unfiled(session, current, unit, today=today),
            ]
        case Stage.SYSTEMS:
            return [
                Lacking(Shortfall.CATALOGUE, about=one.phrase)
                for one in catalogues.missing(session, unit.id)
            ]


def reached(
    session: Session, current: Round, unit: Unit, *, today: date
) -> tuple[Stage | None, Sequence[Lacking]]:
    """Find the stage a unit is in and what it lacks there; None when all are complete."""
    for stage in Stage:
        if lacking := missing(session, current, stage, unit, today=today):
            return stage, lacking
    return None, []


def behind(session: Session, current: Round, *, today: date) -> int:
    """Count the units that have not completed a round."""
    units = session.exec(select(Unit)).all()
    return sum(reached(session, current, unit, today=today)[0] is not None for unit in units)


def before(
    session: Session, stage: Stage, unit: UUID, *, today: date
) -> tuple[Stage, Sequence[Lacking]] | None:
    """Find what keeps a stage closed for a unit; None when it is open, or no round is."""
    current = open_round(session)
    if current is None:
        return None
    one = session.get_one(Unit, unit)
    for earlier in Stage:
        if earlier is stage:
            return None
        if lacking := missing(session, current, earlier, one, today=today):
            return earlier, lacking
    return None


def must_be_open(session: Session, stage: Stage, unit: UUID, *, today: date) -> None:
    """Raise Refused while a stage is closed for a unit, naming what is missing before it."""
    closed = before(session, stage, unit, today=today)
    if closed:
        earlier, lacking = closed
        raise Refused("stage_closed", stage=stage, earlier=earlier, lacking=listed(lacking))


def holders(unit: Unit, today: date) -> sa.Select[UUID, UUID, str, str]:
    """Select who holds which post of a unit."""
    return (
        sa.select(
            col(Appointment.post_id), col(Appointment.person_id), col(Post.title), col(Person.name)
        )
        .join(Post, col(Post.id) == col(Appointment.post_id))
        .join(Person, col(Person.id) == col(Appointment.person_id))
        .where(col(Post.unit_id) == unit.id, in_force(today))
        .order_by(col(Post.code), col(Person.code))
    )


def undeclared(session: Session, current: Round, unit: Unit, *, today: date) -> Sequence[Lacking]:
    """List the posts whose holders have not declared in this round, or are not endorsed yet."""
    states = declared_states(session, current, unit)
    lacking = []
    for post, person, title, name in session.execute(holders(unit, today)):
        state = states.get((post, person))
        if state is None:
            lacking.append(Lacking(Shortfall.NOT_DECLARED, post=title, holder=name))
        elif state in WAITING:
            lacking.append(Lacking(WAITING[state], post=title, holder=name))
    return lacking


def declared_states(
    session: Session, current: Round, unit: Unit
) -> Mapping[tuple[UUID, UUID], DeclarationState]:
    """Find how the declarations of this round stand in a unit, by post and person."""
    rows = session.execute(
        sa.select(col(Declaration.post_id), col(Declaration.person_id), col(Declaration.state))
        .join(Post, col(Post.id) == col(Declaration.post_id))
        .where(col(Post.unit_id) == unit.id, col(Declaration.round_id) == current.id)
    )
    return {(post, person): state for post, person, state in rows}


def unanswered(session: Session, current: Round, unit: Unit, *, today: date) -> Sequence[Lacking]:
    """List the aspects that a declaration of this round leaves out."""
    answered: dict[tuple[UUID, str], set[Aspect]] = defaultdict(set)
    rows = session.execute(
        sa.select(col(Declaration.id), col(Post.title), col(AspectAnswer.aspect))
        .select_from(Declaration)
        .join(Post, col(Post.id) == col(Declaration.post_id))
        .join(SelfCheck, col(SelfCheck.declaration_id) == col(Declaration.id))
        .join(AspectAnswer, col(AspectAnswer.self_check_id) == col(SelfCheck.id))
        .where(
            col(Post.unit_id) == unit.id,
            col(Declaration.round_id) == current.id,
            held(col(Declaration.post_id), col(Declaration.person_id), today=today),
            col(SelfCheck.version) == col(Declaration.version),
        )
        .order_by(col(Post.code))
    )
    for declaration, title, aspect in rows:
        answered[declaration, title].add(aspect)
    return [
        Lacking(Shortfall.ASPECT, post=title, aspect=aspect)
        for (_, title), given in answered.items()
        for aspect in aspects_of(UnitKind(unit.kind))
        if aspect not in given
    ]


def unsettled(session: Session, unit: Unit, *, today: date) -> Sequence[Lacking]:
    """List what others found and nobody took up, and the mutual checks that are not made.

    What was found on a vacant post waits for whoever holds it next, and keeps nobody else waiting.
    """
    taken_up = sa.exists().where(col(Appointment.post_id) == col(Finding.post_id), in_force(today))
    found = session.execute(
        sa.select(col(Post.title), col(Finding.name))
        .select_from(Finding)
        .join(Post, col(Post.id) == col(Finding.post_id))
        .where(col(Post.unit_id) == unit.id, col(Finding.state) == FindingState.OPEN, taken_up)
        .order_by(col(Post.code), col(Finding.found_on))
    )
    checks = session.execute(
        sa.select(col(Post.title), col(Person.name))
        .select_from(MutualCheck)
        .join(Post, col(Post.id) == col(MutualCheck.post_id))
        .join(Person, col(Person.id) == col(MutualCheck.checker_id))
        .where(col(Post.unit_id) == unit.id, col(MutualCheck.done_at).is_(None))
        .order_by(col(Post.code), col(Person.code))
    )
    return [
        *(Lacking(Shortfall.FINDING, post=title, about=name) for title, name in found),
        *(Lacking(Shortfall.MUTUAL_CHECK, post=title, holder=name) for title, name in checks),
    ]


def unplanned(session: Session, current: Round, unit: Unit, *, today: date) -> Sequence[Lacking]:
    """List the risk points of this round with a measure that has no owner and day."""
    rows = session.execute(
        sa.select(col(Post.title), col(RiskPoint.name))
        .select_from(Post)
        .join(Declaration, col(Declaration.post_id) == col(Post.id))
        .join(SelfCheck, col(SelfCheck.declaration_id) == col(Declaration.id))
        .join(RiskPoint, col(RiskPoint.self_check_id) == col(SelfCheck.id))
        .join(Measure, col(Measure.risk_point_id) == col(RiskPoint.id))
        .where(
            col(Post.unit_id) == unit.id,
            col(Declaration.round_id) == current.id,
            held(col(Declaration.post_id), col(Declaration.person_id), today=today),
            col(SelfCheck.version) == col(Declaration.version),
            col(Measure.state) == MeasureState.UNPLANNED,
        )
        .group_by(col(Post.code), col(Post.title), col(RiskPoint.ordinal), col(RiskPoint.name))
        .order_by(col(Post.code), col(RiskPoint.ordinal))
    )
    return [Lacking(Shortfall.UNPLANNED, post=title, about=name) for title, name in rows]


def unfiled(session: Session, current: Round, unit: Unit, *, today: date) -> Sequence[Lacking]:
    """List the declarations of this round whose grades are not filed."""
    rows = session.execute(
        sa.select(col(Post.title), col(Person.name))
        .select_from(Post)
        .join(Declaration, col(Declaration.post_id) == col(Post.id))
        .join(Person, col(Person.id) == col(Declaration.person_id))
        .where(
            col(Post.unit_id) == unit.id,
            col(Declaration.round_id) == current.id,
            held(col(Declaration.post_id), col(Declaration.person_id), today=today),
            col(Declaration.state).not_in((DeclarationState.FILED, DeclarationState.SUPERSEDED)),
        )
        .order_by(col(Post.code), col(Person.code))
    )
    return [Lacking(Shortfall.NOT_FILED, post=title, holder=name) for title, name in rows]
