"""Who stands aside from a case, so that its key is never sealed to them."""

from collections.abc import Collection, Container, Iterable, Sequence
from functools import lru_cache
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


def names_in(text: str, names: Iterable[str]) -> frozenset[str]:
    """Find which names stand in a text, whatever is put between their letters."""
    letters = letters_of(text)
    return frozenset(name for name in names if letters_of_name(name) in letters)


@lru_cache(maxsize=8192)
def letters_of_name(name: str) -> str:
    """Take the letters of a name; every text is searched for every name of the roster."""
    return letters_of(name)


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
