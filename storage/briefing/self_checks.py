"""What is told about posts to check."""

import sqlalchemy as sa
from sqlmodel import Session, col

from dialogs import facts
from dialogs.errors import Refused
from dialogs.rules import workflow
from dialogs.rules.access import Action
from dialogs.vocabulary import Move, Stage
from storage import declarations, people, rounds, self_checks
from storage.briefing.grading import post_told
from storage.briefing.telling import identity, tells
from storage.occasion import Occasion
from storage.tables import Appointment


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
    rounds.must_be_open(session, Stage.SEARCH, post.unit, today=occasion.today)
    under_way = declarations.open_one(session, post.post, occasion.person)
    if under_way and not workflow.steps_from(under_way.state, Move.AMEND):
        raise Refused("not_its_turn", state=under_way.state)
    before = under_way or declarations.filed_one(session, post.post, occasion.person)
    return post_told(session, post.post, before)


@tells(Action.CALL_SELF_CHECK)
def holders(session: Session, occasion: Occasion, subject: str) -> facts.Holders:
    """Tell how many hold a post today."""
    held = session.execute(
        sa.select(col(Appointment.person_id)).where(people.in_force(occasion.today))
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
    )
