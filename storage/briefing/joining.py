"""What is told about people who are to join."""

from sqlmodel import Session

from dialogs import facts
from dialogs.rules.access import Action
from storage import people
from storage.briefing.telling import tells
from storage.occasion import Occasion


@tells(Action.JOIN)
def invitation(session: Session, occasion: Occasion, subject: str) -> facts.Invited:
    """Tell whom an invitation is for."""
    if not subject:
        return facts.Invited()
    _, person = people.invited(session, occasion.keys.lookup(subject), now=occasion.now)
    held = people.posts_held(session, person.id, today=occasion.today)
    return facts.Invited(subject, person.name, [f"{post.unit_name} {post.title}" for post in held])


@tells(Action.INVITE)
def not_joined(session: Session, occasion: Occasion, subject: str) -> facts.NotJoined:
    """Tell who may be invited."""
    waiting = people.not_joined(session)
    here = people.belonging(session, [person.id for person in waiting], today=occasion.today)
    waiting = [person for person in waiting if person.id in here]
    posts = people.posts_of(session, [person.id for person in waiting], today=occasion.today)
    return facts.NotJoined(
        [
            facts.Waiting(
                person.id, person.name, posts[person.id][0].unit_name if person.id in posts else ""
            )
            for person in waiting
        ]
    )
