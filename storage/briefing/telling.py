"""Who tells the dialogue of an action what it needs, and how a button's subject is read."""

from collections.abc import Callable
from functools import singledispatch
from typing import Any, TypeAlias, TypeVar
from uuid import UUID

from sqlmodel import Session

from dialogs.errors import Refused
from dialogs.rules.access import Action
from storage.occasion import Occasion

Brief: TypeAlias = Callable[[Session, Occasion, str], object]
B = TypeVar("B", bound=Brief)

BRIEFS: dict[Action, Brief] = {}


def tells(*actions: Action) -> Callable[[B], B]:
    """Mark who tells the dialogues of some actions; each has one."""

    def mark(brief: B) -> B:
        for action in actions:
            if BRIEFS.setdefault(action, brief) is not brief:
                raise ValueError(f"two tell the dialogue of {action}")
        return brief

    return mark


def brief(session: Session, action: Action, subject: str, *, occasion: Occasion) -> Any:
    """Tell the dialogue of an action what it needs; raise Refused if it cannot begin."""
    return BRIEFS[action](session, occasion, subject)


@singledispatch
def recall(told: object, session: Session) -> Any:
    """Turn what is kept with a draft into what its dialogue takes; mostly it is that already.

    What is large and never changes is not kept with each draft but found again by its id.
    """
    return told


def identity(subject: str) -> UUID:
    """Read an id off a button; raise Refused if it is none."""
    try:
        return UUID(subject)
    except ValueError:
        raise Refused("unknown_action") from None
