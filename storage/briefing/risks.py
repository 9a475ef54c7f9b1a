"""What is told about posts and people: to those who point out, check, plan and report."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs import facts
from dialogs.catalogue.policy import number
from dialogs.errors import Refused
from dialogs.rules.access import COMMISSION, Action, reaches
from dialogs.vocabulary import FindingMethod, Role, Stage
from storage import declarations, findings, measures, rounds, work
from storage.appointments import in_force, lasts
from storage.briefing.grading import post_told
from storage.briefing.telling import identity, tells
from storage.occasion import Occasion
from storage.tables import Appointment, Person, Post, Unit


def posts_named(
    session: Session, occasion: Occasion, *, units: Iterable[UUID] | None = None
) -> Sequence[facts.PostNamed]:
    """Name posts with who holds them, of some units or of all."""
    holders: dict[UUID, list[str]] = defaultdict(list)
    for post, name in session.execute(
        sa.select(col(Appointment.post_id), col(Person.name))
        .join(Person, col(Person.id) == col(Appointment.person_id))
        .where(in_force(occasion.today))
        .order_by(col(Person.code))
    ):
        holders[post].append(name)
    statement = sa.select(Post, Unit).join(Unit, col(Unit.id) == col(Post.unit_id))
    if units is not None:
        statement = statement.where(col(Unit.id).in_(list(units)))
    rows = session.execute(statement.order_by(col(Unit.kind), col(Unit.code), col(Post.code)))
    return [
        facts.PostNamed(post.id, post.title, unit.id, unit.name, unit.kind, tuple(holders[post.id]))
        for post, unit in rows
    ]


def within_reach(session: Session, occasion: Occasion, action: Action) -> Sequence[facts.PostNamed]:
    """Name the posts about which the person may do something."""
    named = posts_named(session, occasion)
    return [post for post in named if reaches(occasion.standing, action, post.unit)]


@tells(Action.SUGGEST)
def every_post(session: Session, occasion: Occasion, subject: str) -> facts.PostsNamed:
    """Tell every post, and nobody's name."""
    named = posts_named(session, occasion)
    return facts.PostsNamed(
        [facts.PostNamed(one.post, one.title, one.unit, one.unit_name, one.kind) for one in named]
    )


@tells(Action.ARCHIVE)
def archived(session: Session, occasion: Occasion, subject: str) -> facts.PostsNamed:
    """Tell the posts whose file the person may read."""
    return facts.PostsNamed(within_reach(session, occasion, Action.ARCHIVE))


@tells(Action.POINT_OUT)
def to_point_at(session: Session, occasion: Occasion, subject: str) -> facts.PostsToPointAt:
    """Tell on which posts a leader or the commission may point out a risk."""
    methods = []
    if Role.LEADER in occasion.roles:
        methods.append(FindingMethod.LEADER)
    if not occasion.roles.isdisjoint(COMMISSION):
        methods.append(FindingMethod.ORGANISATION)
    return facts.PostsToPointAt(within_reach(session, occasion, Action.POINT_OUT), methods)


@tells(Action.ASSIGN_CHECKS)
def to_assign(session: Session, occasion: Occasion, subject: str) -> facts.MutualChecksToAssign:
    """Tell the posts and people of the unit somebody heads."""
    units = work.looked_after(occasion.standing, Action.ASSIGN_CHECKS)
    posts = [post for post in within_reach(session, occasion, Action.ASSIGN_CHECKS) if post.holders]
    names = session.exec(select(Unit.name).where(col(Unit.id).in_(units))).all()
    return facts.MutualChecksToAssign(
        unit="、".join(names),
        posts=posts,
        people=colleagues(session, occasion, units),
        today=occasion.today,
        due=occasion.calendar.add_working_days(occasion.today, number("mutual_check_days")),
    )


def colleagues(
    session: Session, occasion: Occasion, units: Iterable[UUID]
) -> Sequence[facts.Colleague]:
    """Tell the people who hold a post in some units, tomorrow too, and which."""
    today, tomorrow = occasion.today, occasion.today + timedelta(days=1)
    held: dict[tuple[UUID, str], list[UUID]] = defaultdict(list)
    for person, name, post in session.execute(
        sa.select(col(Person.id), col(Person.name), col(Post.id))
        .join(Appointment, col(Appointment.person_id) == col(Person.id))
        .join(Post, col(Post.id) == col(Appointment.post_id))
        .where(col(Post.unit_id).in_(list(units)), in_force(today), lasts(tomorrow))
        .order_by(col(Person.code))
    ):
        held[person, name].append(post)
    return [facts.Colleague(person, name, tuple(posts)) for (person, name), posts in held.items()]


@tells(Action.CHECK_FOR_ANOTHER)
def check_told(session: Session, occasion: Occasion, subject: str) -> facts.PostToCheckForAnother:
    """Tell a colleague's post to whoever is asked to check it."""
    check = findings.open_check(session, identity(subject), checker=occasion.person)
    (post,) = [one for one in posts_named(session, occasion) if one.post == check.post_id]
    declared = declarations.latest_one(session, check.post_id)
    told = post_told(session, check.post_id, declared)
    return facts.PostToCheckForAnother(check.id, told, "、".join(post.holders))


@tells(Action.PLAN_MEASURES)
def to_plan(session: Session, occasion: Occasion, subject: str) -> facts.MeasuresToPlan:
    """Tell the measures of a post that have no owner and day yet; of another holder to a clerk."""
    held = session.get(Appointment, identity(subject))
    post = session.get(Post, held.post_id if held else identity(subject))
    if post is None:
        raise Refused("unknown_action")
    holder = held.person_id if held else occasion.person
    measures.must_be_of(session, holder, occasion)
    occasion.must_reach(Action.PLAN_MEASURES, post.unit_id)
    rounds.must_be_open(session, Stage.CONTROL, post.unit_id, today=occasion.today)
    waiting = [one.id for one, of in measures.unplanned(session, holder) if of == post.id]
    return facts.MeasuresToPlan(
        post=post.title,
        measures=measures.told(session, waiting, zone=occasion.zone),
        people=colleagues(session, occasion, [post.unit_id]),
        today=occasion.today,
        latest=measures.latest_day(occasion.today),
    )


def at_hand(told: facts.MeasureTold, occasion: Occasion) -> facts.MeasureAtHand:
    """Tell a measure with the days there are."""
    return facts.MeasureAtHand(told, occasion.today, measures.latest_day(occasion.today))


@tells(Action.REPORT_MEASURE)
def to_report(session: Session, occasion: Occasion, subject: str) -> facts.MeasureAtHand:
    """Tell a measure to its owner, or to the clerk for one who has not joined."""
    measure, _, _ = measures.get(session, identity(subject))
    measures.must_be_of(session, measure.owner_id, occasion)
    (told,) = measures.told(session, [measure.id], zone=occasion.zone)
    return at_hand(told, occasion)


@tells(Action.VERIFY_MEASURE)
def to_verify(session: Session, occasion: Occasion, subject: str) -> facts.MeasureAtHand:
    """Tell a measure that was reported as done to whoever looks at it."""
    measure, _, declaration = measures.get(session, identity(subject))
    post = session.get_one(Post, declaration.post_id)
    occasion.must_reach(Action.VERIFY_MEASURE, post.unit_id)
    if measures.is_own(session, measure, occasion.person):
        raise Refused("own_measure")
    (told,) = measures.told(session, [measure.id], zone=occasion.zone)
    return at_hand(told, occasion)


@tells(Action.STAGES)
def unit_in_round(session: Session, occasion: Occasion, subject: str) -> facts.UnitPicked:
    """Tell which unit the button was about, if it was about one."""
    if not subject:
        return facts.UnitPicked()
    occasion.must_reach(Action.STAGES, identity(subject))
    return facts.UnitPicked(identity(subject))


@tells(Action.OPEN_ROUND)
def round_to_open(session: Session, occasion: Occasion, subject: str) -> facts.RoundToOpen:
    """Tell which round is still open, and how many units have not completed it."""
    current = rounds.open_round(session)
    if current is None:
        return facts.RoundToOpen(occasion.today)
    behind = rounds.behind(session, current, today=occasion.today)
    return facts.RoundToOpen(occasion.today, current.id, current.name, behind)


@tells(Action.MOBILISE)
def to_mobilise(session: Session, occasion: Occasion, subject: str) -> facts.UnitToMobilise:
    """Tell the unit whose head reports its meeting: the first that has not begun.

    A meeting held shortly before the round was opened counts, as a fresh self-check does.
    """
    current = rounds.open_round(session)
    if current is None:
        raise Refused("no_round")
    own = work.looked_after(occasion.standing, Action.MOBILISE)
    begun = rounds.mobilised(session, current.id, own)
    units = session.exec(
        select(Unit).where(col(Unit.id).in_(own)).order_by(col(Unit.kind), col(Unit.code))
    )
    unit = next((one for one in units if one.id not in begun), None)
    if unit is None:
        raise Refused("mobilised_already")
    since = current.opened_on - timedelta(days=number("still_fresh"))
    return facts.UnitToMobilise(unit.id, unit.name, current.id, current.name, since, occasion.today)
