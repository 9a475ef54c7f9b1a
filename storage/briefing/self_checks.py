"""What is told about posts to check."""

import sqlalchemy as sa
from sqlmodel import Session, col

from dialogs import facts
from dialogs.errors import Refused
from dialogs.rules.access import Action
from storage import people
from storage.briefing.telling import identity, tells
from storage.occasion import Occasion
from storage.tables import Appointment, Post, Unit


@tells(Action.SELF_CHECK)
def post_to_check(session: Session, occasion: Occasion, subject: str) -> facts.PostToCheck:
    """Tell which post is to be checked; it must be one's own."""
    held = people.posts_held(session, occasion.person, today=occasion.today)
    if not held:
        raise Refused("which_post")
    wanted = identity(subject) if subject else held[0].post
    for post in held:
        if post.post == wanted:
            kind = session.get_one(Unit, post.unit).kind
            duty = session.get_one(Post, post.post).duty
            return facts.PostToCheck(post.post, post.title, post.unit_name, kind, duty)
    raise Refused("not_your_post")


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
    )
