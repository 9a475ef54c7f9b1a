"""Who stands aside from a case, so that its key is never sealed to them."""

from collections.abc import Collection, Container, Sequence
from typing import TypeVar
from uuid import UUID

from dialogs.facts import Handler
from dialogs.prompts import plain

FEWEST = 2  # handlers a case needs; with fewer it goes up to the county


H = TypeVar("H", bound=Handler)


def stands_aside(
    handler: Handler, *, accused: Container[UUID], named: Container[UUID], unit: UUID | None
) -> bool:
    """Say whether a handler must not see a case.

    The person it is about, their declared relatives, who works in the unit it is about, and
    whoever the writer asks to stand aside (信訪工作條例 §28, 監察法 §67).
    """
    return (
        handler.person in accused
        or handler.person in named
        or any(relative in accused for relative in handler.kin)
        or unit in handler.units
    )


def speaks_of_person(text: str, name: str) -> bool:
    """Say whether a person's name stands in a text, whatever is put between its letters."""
    return letters_of(name) in letters_of(text)


def letters_of(text: str) -> str:
    """Take letters and digits out of a text, as they are however they were typed."""
    return "".join(sign for sign in plain(text).casefold() if sign.isalnum())


def readers(
    handlers: Collection[H],
    *,
    accused: Container[UUID],
    named: Container[UUID],
    unit: UUID | None,
) -> Sequence[H]:
    """List who may read a case; nobody when they would be too few, for then it goes up."""
    left = [
        one for one in handlers if not stands_aside(one, accused=accused, named=named, unit=unit)
    ]
    return left if len(left) >= FEWEST else []
