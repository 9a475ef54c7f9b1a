"""What a dialogue is told before it begins, read from what we remember."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from dialogs import facts
from dialogs.errors import Refused
from dialogs.rules.access import Action
from dialogs.rules.jurisdiction import ABOVE_US
from storage import broadcasts, people, vault
from storage.occasion import Occasion
from storage.tables import Appointment, Post, Unit

Brief: TypeAlias = Callable[[Session, Occasion, str], object]


def brief(session: Session, action: Action, subject: str, *, occasion: Occasion) -> Any:
    """Tell the dialogue of an action what it needs; raise Refused if it cannot begin."""
    return BRIEFS[action](session, occasion, subject)


def nothing(_: Session, occasion: Occasion, subject: str) -> facts.Nothing:
    """Tell nothing."""
    return facts.Nothing()


def about(_: Session, occasion: Occasion, subject: str) -> facts.About:
    """Tell what the button was about."""
    return facts.About(identity(subject))


def identity(subject: str) -> UUID:
    """Read an id off a button; raise Refused if it is none."""
    try:
        return UUID(subject)
    except ValueError:
        raise Refused("unknown_action") from None


def invitation(session: Session, occasion: Occasion, subject: str) -> facts.Invited:
    """Tell whom an invitation is for."""
    if not subject:
        return facts.Invited()
    _, person = people.invited(session, occasion.keys.lookup(subject), now=occasion.now)
    held = people.posts_held(session, person.id, today=occasion.today)
    return facts.Invited(subject, person.name, [f"{post.unit_name} {post.title}" for post in held])


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


def questionnaire(_: Session, occasion: Occasion, subject: str) -> facts.FormToAnswer:
    """Tell which questionnaire is answered, and on which day."""
    return facts.FormToAnswer(subject, occasion.today)


def township(session: Session, occasion: Occasion, subject: str) -> facts.Township:
    """Tell the units of the township, and which are those of its leaders or its commission."""
    above = people.units_of(session, ABOVE_US, today=occasion.today)
    return facts.Township(
        [
            facts.UnitNamed(unit.id, unit.name, unit.id not in above)
            for unit in people.units(session)
        ]
    )


def cases_at_hand(session: Session, _: Occasion, subject: str) -> facts.CasesAtHand:
    """Tell the open cases, without anything that was written."""
    return facts.CasesAtHand(
        [
            facts.CaseListed(case.id, case.number, case.kind, case.unit, case.state, case.due_on)
            for case in vault.open_cases(session)
        ]
    )


def case_at_hand(session: Session, _: Occasion, subject: str) -> facts.CaseAtHand:
    """Tell which case is to be answered."""
    case = vault.open_case(session, identity(subject))
    return facts.CaseAtHand(case.id, case.number, case.state)


def audience(session: Session, occasion: Occasion, subject: str) -> facts.Audience:
    """Tell whom a broadcast could reach."""
    heard = broadcasts.listeners(session, today=occasion.today)
    units = [facts.UnitNamed(unit.id, unit.name) for unit in people.units(session)]
    return facts.Audience(units, [listener for _, listener in heard])


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


def not_joined(session: Session, occasion: Occasion, subject: str) -> facts.NotJoined:
    """Tell who may be invited."""
    waiting = people.not_joined(session)
    posts = people.posts_of(session, [person.id for person in waiting], today=occasion.today)
    return facts.NotJoined(
        [
            facts.Waiting(
                person.id, person.name, posts[person.id][0].unit_name if person.id in posts else ""
            )
            for person in waiting
        ]
    )


BRIEFS: Mapping[Action, Brief] = MappingProxyType(
    {
        Action.LODGE: township,
        Action.ASK_AFTER: nothing,
        Action.QUESTIONNAIRE: questionnaire,
        Action.SELF_CHECK: post_to_check,
        Action.CASES: cases_at_hand,
        Action.ANSWER_CASE: case_at_hand,
        Action.BROADCAST: audience,
        Action.UNREACHED: about,
        Action.ACKNOWLEDGE: about,
        Action.CALL_SELF_CHECK: holders,
        Action.WHO_IS_LATE: nothing,
        Action.INVITE: not_joined,
        Action.JOIN: invitation,
        Action.LANGUAGE: nothing,
    }
)
