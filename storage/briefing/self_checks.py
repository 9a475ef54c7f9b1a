"""What is told about posts to check."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from dialogs import facts
from dialogs.errors import Refused
from dialogs.flows.self_check_call import LONGEST
from dialogs.rules import workflow
from dialogs.rules.access import Action
from dialogs.vocabulary import Move, Stage
from storage import declarations, measures, people, rounds, self_checks
from storage.appointments import in_force
from storage.briefing.grading import post_told
from storage.briefing.telling import identity, tells
from storage.occasion import Occasion
from storage.tables import Appointment, Person, Post, Unit


@tells(Action.SELF_CHECK)
def post_to_check(session: Session, occasion: Occasion, subject: str) -> facts.PostToCheck:
    """Tell which post is to be checked; it must be one's own."""
    held = people.posts_held(session, occasion.person, today=occasion.today)
    if not held:
        raise Refused("which_post")
    wanted = identity(subject) if subject else held[0].post
    post = next((one for one in held if one.post == wanted), None)
    if post is None:
        raise Refused("not_your_post")
    return checkable(session, post.post, post.unit, holder=occasion.person, today=occasion.today)


def checkable(
    session: Session, post: UUID, unit: UUID, *, holder: UUID, today: date
) -> facts.PostToCheck:
    """Tell a post that may be checked now, with what its holder declared of it before."""
    rounds.must_be_open(session, Stage.SEARCH, unit, today=today)
    under_way = declarations.open_one(session, post, holder)
    if under_way and not workflow.steps_from(under_way.state, Move.AMEND):
        raise Refused("not_its_turn", state=under_way.state)
    before = under_way or declarations.filed_one(session, post, holder)
    return post_told(session, post, before)


@tells(Action.FILL_IN)
def to_fill_in(session: Session, occasion: Occasion, subject: str) -> facts.SelfCheckToFillIn:
    """Tell for whom a self-check may be filled in, or the post of the one who was chosen."""
    holders = holders_named(session, today=occasion.today)
    others = [one for one in holders if one.person != occasion.person]
    if not subject:
        return facts.SelfCheckToFillIn(others)
    wanted = identity(subject)
    chosen = next((one for one in others if one.appointment == wanted), None)
    if chosen is None:
        raise Refused("holds_it_no_more")
    post = session.get_one(Post, session.get_one(Appointment, wanted).post_id)
    to_plan, to_report = measures_of(session, chosen, post.id, occasion)
    try:
        told = checkable(session, post.id, post.unit_id, holder=chosen.person, today=occasion.today)
    except Refused:
        if not to_plan and not to_report:
            raise
        told = None
    back = declarations.open_one(session, post.id, chosen.person)
    note = declarations.sent_back_with(session, back) if back else ""
    return facts.SelfCheckToFillIn((), chosen, told, note, to_plan, to_report)


def measures_of(
    session: Session, chosen: facts.HolderNamed, post: UUID, occasion: Occasion
) -> tuple[int, Sequence[facts.MeasureTold]]:
    """Count the measures of one who has not joined that have no day yet, and tell the others."""
    if chosen.joined:
        return 0, ()
    unplanned = [of for _, of in measures.unplanned(session, chosen.person) if of == post]
    owned = [one.id for one in measures.owned(session, chosen.person)]
    return len(unplanned), measures.told(session, owned, zone=occasion.zone)


def holders_named(session: Session, *, today: date) -> Sequence[facts.HolderNamed]:
    """Name everybody who holds a post on a day, by unit and post."""
    rows = session.execute(
        sa.select(Appointment, Person, Post, Unit)
        .join(Person, col(Person.id) == col(Appointment.person_id))
        .join(Post, col(Post.id) == col(Appointment.post_id))
        .join(Unit, col(Unit.id) == col(Post.unit_id))
        .where(in_force(today))
        .order_by(col(Unit.kind), col(Unit.code), col(Post.code), col(Person.code))
    )
    return [
        facts.HolderNamed(
            held.id, person.id, person.name, unit.name, post.title, person.account is not None
        )
        for held, person, post, unit in rows
    ]


@tells(Action.CALL_SELF_CHECK)
def holders(session: Session, occasion: Occasion, subject: str) -> facts.Holders:
    """Tell how many hold a post today."""
    held = session.execute(
        sa.select(col(Appointment.person_id)).where(in_force(occasion.today))
    ).scalars()
    persons = list(held)
    if not persons:
        raise Refused("nothing_called")
    waiting = {person.id for person in people.not_joined(session)}
    return facts.Holders(
        today=occasion.today,
        posts=len(persons),
        people=len(set(persons)),
        not_joined=len(set(persons) & waiting),
        running=self_checks.running(session, today=occasion.today),
        free=occasion.calendar.free_days(occasion.today, occasion.today + LONGEST),
    )
