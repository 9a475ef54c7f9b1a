"""What waits for somebody: everything that is theirs to do now, each with a button."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.catalogue.reminders import ladders
from dialogs.rules import workflow
from dialogs.rules.access import Action, Standing, may
from dialogs.rules.workflow import Declared
from dialogs.speech import Go
from dialogs.vocabulary import DeadlineKind, DeclarationState, FindingState, Move, Role, Stage
from storage import catalogues, declarations, matters, measures, notices, rounds
from storage import warnings as graded
from storage.matters import Told
from storage.occasion import Occasion
from storage.people import appointment_of, held, posts_held
from storage.tables import (
    Deadline,
    Declaration,
    Finding,
    Measure,
    MutualCheck,
    Notice,
    Objection,
    Person,
    Post,
    StepTaken,
    Unit,
)
from storage.vault import admission, cases, keys, recovery


@dataclass(frozen=True)
class Review:
    """Declarations of a unit that wait for the same step of somebody."""

    unit: Unit
    move: Move
    waiting: Sequence[Declaration]


@dataclass(frozen=True)
class Work:
    """What waits for a person."""

    checks: Sequence[tuple[Post, date]] = ()
    returned: Sequence[tuple[Declaration, Post]] = ()
    to_fill_in: Sequence[tuple[UUID, Post, Person]] = ()
    findings: Sequence[tuple[Post, int, Go]] = ()
    mutual: Sequence[tuple[MutualCheck, Post]] = ()
    to_plan: Sequence[tuple[Post, int, Stage | None]] = ()
    measures: Sequence[Measure] = ()
    to_verify: Sequence[Measure] = ()
    reviews: Sequence[Review] = ()
    to_publish: int = 0
    objections: Sequence[Objection] = ()
    to_close: Sequence[Notice] = field(default=())
    matters: Sequence[Told] = ()
    warnings: Sequence[graded.Told] = ()
    letters: int = 0
    letters_late: int = 0
    letters_aside: int = 0
    letters_stranded: int = 0
    letters_lost: int = 0
    lacks_key: bool = False
    entries: int = 0

    @property
    def nothing(self) -> bool:
        """Whether nothing waits."""
        return self == Work()


def waiting_for(session: Session, occasion: Occasion) -> Work:
    """Gather what waits for whoever asks."""
    person, standing, today = occasion.person, occasion.standing, occasion.today
    commission = may(standing.roles, Action.PUBLISH)
    key = keys.current(session, person) if commission else None
    letters, aside = (
        admission.to_read(session, find(session, key.id), occasion) if key else ()
        for find in (cases.readable, cases.set_aside)
    )
    stranded = admission.stranded(session, occasion) if commission else ()
    told = admission.to_read(session, stranded, occasion)
    by_shares = recovery.opens(session, told)
    return Work(
        checks=due_checks(session, person, today=today),
        returned=returned(session, person),
        to_fill_in=tuple(to_fill_in_again(session, person, today=today)),
        findings=found_on_own(session, person, today=today),
        mutual=mutual_checks(session, person),
        to_plan=posts_to_plan(session, person, today=today),
        measures=measures.owned(session, person),
        to_verify=to_verify(session, person, standing),
        reviews=tuple(reviews(session, person, standing, today=today)),
        to_publish=len(publishable(session, person, standing, today=today)) if commission else 0,
        objections=notices.open_objections(session) if commission else (),
        to_close=closable(session, person, standing, today=today) if commission else (),
        matters=tuple(matters.for_the_day(session, standing, today=today)),
        entries=len(catalogues.waiting_for(session, person, standing, today=today)),
        warnings=tuple(graded.for_the_day(session, person, standing, today=today)),
        letters=len(letters),
        letters_late=sum(one.due_on < today for one in letters),
        letters_aside=len(aside),
        letters_stranded=len(by_shares),
        letters_lost=len(told) - len(by_shares),
        lacks_key=key is None and bool(recovery.opens(session, stranded)),
    )


def due_checks(session: Session, person: UUID, *, today: date) -> Sequence[tuple[Post, date]]:
    """List the posts somebody owes a self-check of, and by when.

    A grade filed for years is to be looked at again only once its first notice is due.
    """
    far = ladders()[DeadlineKind.REGRADE].rungs[0].days or 0
    rows = session.execute(
        sa.select(Post, col(Deadline.due_on))
        .join(Post, col(Post.id) == col(Deadline.post_id))
        .where(
            col(Deadline.person_id) == person,
            col(Deadline.subject) == col(Deadline.post_id),
            col(Deadline.done_at).is_(None),
            (col(Deadline.kind) != DeadlineKind.REGRADE)
            | (col(Deadline.due_on) <= today - timedelta(days=far)),
        )
        .order_by(col(Deadline.due_on), col(Post.code))
    )
    return [(post, due) for post, due in rows]


def returned(session: Session, person: UUID) -> Sequence[tuple[Declaration, Post]]:
    """List the declarations that were sent back to somebody."""
    rows = session.execute(
        sa.select(Declaration, Post)
        .join(Post, col(Post.id) == col(Declaration.post_id))
        .where(
            col(Declaration.person_id) == person,
            col(Declaration.state) == DeclarationState.RETURNED,
        )
        .order_by(col(Post.code))
    )
    return [(declaration, post) for declaration, post in rows]


def to_fill_in_again(
    session: Session, clerk: UUID, *, today: date
) -> Iterator[tuple[UUID, Post, Person]]:
    """List what a clerk filled in for others and was sent back: the appointment, post, holder."""
    rows = session.execute(
        sa.select(Declaration, Post, Person)
        .join(Post, col(Post.id) == col(Declaration.post_id))
        .join(Person, col(Person.id) == col(Declaration.person_id))
        .where(
            col(Declaration.state) == DeclarationState.RETURNED,
            sa.exists().where(
                col(StepTaken.declaration_id) == col(Declaration.id),
                col(StepTaken.person_id) == clerk,
                col(StepTaken.person_id) != col(Declaration.person_id),
                col(StepTaken.move).in_(workflow.OWN),
            ),
        )
        .order_by(col(Post.code))
    )
    for declaration, post, holder in rows:
        held = appointment_of(session, holder.id, post.id, today=today)
        if held and declarations.filled_in_by(session, declaration) == clerk:
            yield held, post, holder


def found_on_own(session: Session, person: UUID, *, today: date) -> Sequence[tuple[Post, int, Go]]:
    """Count what others found on the posts somebody holds."""
    held = [post.post for post in posts_held(session, person, today=today)]
    rows = session.execute(
        sa.select(Post, sa.func.count(col(Finding.id)))
        .join(Finding, col(Finding.post_id) == col(Post.id))
        .where(col(Post.id).in_(held), col(Finding.state) == FindingState.OPEN)
        .group_by(*sa.inspect(Post).columns)
        .order_by(col(Post.code))
    )
    return [
        (post, count, declarations.way_to_change(session, post.id, person)) for post, count in rows
    ]


def mutual_checks(session: Session, person: UUID) -> Sequence[tuple[MutualCheck, Post]]:
    """List the checks of colleagues' posts that somebody is asked to make."""
    rows = session.execute(
        sa.select(MutualCheck, Post)
        .join(Post, col(Post.id) == col(MutualCheck.post_id))
        .where(col(MutualCheck.checker_id) == person, col(MutualCheck.done_at).is_(None))
        .order_by(col(MutualCheck.due_on), col(Post.code))
    )
    return [(check, post) for check, post in rows]


def posts_to_plan(
    session: Session, person: UUID, *, today: date
) -> Sequence[tuple[Post, int, Stage | None]]:
    """Count the measures without owner and day, by post, with the stage that comes first."""
    counted: Counter[UUID] = Counter()
    for _, post in measures.unplanned(session, person):
        counted[post] += 1
    if not counted:
        return []
    posts = session.exec(select(Post).where(col(Post.id).in_(counted)).order_by(col(Post.code)))
    return [(post, counted[post.id], first_of(session, post, today=today)) for post in posts]


def first_of(session: Session, post: Post, *, today: date) -> Stage | None:
    """Find the stage a post's unit must complete before measures are planned; None if it has."""
    closed = rounds.before(session, Stage.CONTROL, post.unit_id, today=today)
    return closed[0] if closed else None


def to_verify(session: Session, person: UUID, standing: Standing) -> Sequence[Measure]:
    """List the measures of the units somebody looks after that were reported as done."""
    units = looked_after(standing, Action.VERIFY_MEASURE)
    reported = measures.reported(session, units)
    return [one for one in reported if not measures.is_own(session, one, person)]


def looked_after(standing: Standing, action: Action) -> frozenset[UUID]:
    """List the units about which somebody may do something."""
    if not may(standing.roles, action):
        return frozenset()
    own = standing.units if Role.UNIT_HEAD in standing.roles else frozenset()
    return own | (standing.led if Role.LEADER in standing.roles else frozenset())


def reviews(session: Session, person: UUID, standing: Standing, *, today: date) -> Iterator[Review]:
    """Group by unit and step the declarations that wait for somebody's review."""
    grouped: dict[tuple[UUID, Move], list[Declaration]] = defaultdict(list)
    for declaration, declared in waiting(session, person, standing, today=today):
        step = workflow.onward(declared.state)
        if step and step.move in workflow.REVIEWS:
            grouped[declared.unit, step.move].append(declaration)
    if not grouped:
        return
    units = {
        unit.id: unit
        for unit in session.exec(
            select(Unit)
            .where(col(Unit.id).in_([unit for unit, _ in grouped]))
            .order_by(col(Unit.kind), col(Unit.code))
        )
    }
    for unit in units.values():
        for move in workflow.REVIEWS:
            if (unit.id, move) in grouped:
                yield Review(unit, move, grouped[unit.id, move])


def waiting(
    session: Session, person: UUID, standing: Standing, *, today: date
) -> Sequence[tuple[Declaration, Declared]]:
    """Find the declarations whose next step somebody may take; those of who has left rest."""
    states = [
        step.start
        for step in workflow.WAY
        if step.move in workflow.ONWARD and not step.by.keys().isdisjoint(standing.roles)
    ]
    if not states:
        return []
    mine = held(col(Declaration.post_id), col(Declaration.person_id), today=today)
    found = session.exec(select(Declaration).where(col(Declaration.state).in_(states), mine)).all()
    declared: Mapping[UUID, Declared] = declarations.all_as_declared(session, found)
    return [
        (one, declared[one.id])
        for one in found
        if (step := workflow.onward(one.state))
        and workflow.may_take(step.move, declared[one.id], actor=person, standing=standing)
    ]


def publishable(
    session: Session, person: UUID, standing: Standing, *, today: date
) -> Sequence[Declaration]:
    """List the declarations that somebody may publish."""
    return [
        one
        for one, declared in waiting(session, person, standing, today=today)
        if declared.state is DeclarationState.PROVISIONAL
    ]


def closable(
    session: Session, person: UUID, standing: Standing, *, today: date
) -> Sequence[Notice]:
    """List the notices that somebody may close, be it in part: days over, objections answered."""
    return [
        notice
        for notice in notices.open_ones(session, frozenset(Role))
        if notice.closes_on < today and not notices.open_objections(session, notice.id)
        if may_close(session, notice, person, standing)
    ]


def may_close(session: Session, notice: Notice, person: UUID, standing: Standing) -> bool:
    """Whether somebody may take the step of a declaration a notice still shows, if it shows any."""
    shown = notices.shown(session, notice.id)
    return not shown or bool(to_close(session, shown, person, standing))


def to_close(
    session: Session, shown: Sequence[Declaration], person: UUID, standing: Standing
) -> Sequence[Declaration]:
    """List the declarations of a notice whose days may be ended by somebody."""
    declared = declarations.all_as_declared(session, shown)
    return [
        one
        for one in shown
        if workflow.may_take(Move.CLOSE, declared[one.id], actor=person, standing=standing)
    ]
