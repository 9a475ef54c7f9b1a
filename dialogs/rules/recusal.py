"""Who stands aside from a case, so that its key is never sealed to them."""

from collections.abc import Collection, Container, Iterable, Sequence
from functools import lru_cache
from typing import TypeAlias, TypeVar
from uuid import UUID

from dialogs.facts import Handler
from dialogs.prompts import plain
from dialogs.rules.scripts import simplified

FEWEST = 2  # handlers a case needs; with fewer it goes up to the county
OFFICE = 2  # signs at the end of a title by which its holder is called: 書記, 主任
DEPUTY = "副"  # left out when a deputy is addressed
LONGEST_OF_ONE = 3  # signs of a name whose surname is one sign

Worker: TypeAlias = tuple[UUID, str, str]  # somebody, their name, the title of a post they hold

H = TypeVar("H", bound=Handler)


def stands_aside(
    handler: Handler, *, accused: Container[UUID], named: Container[UUID], unit: UUID | None
) -> bool:
    """Say whether a handler must not see a case.

    The person it is about, whoever the writer names or asks to stand aside, the declared
    relatives of either, and who works in the unit it is about or is the leader in charge of it
    (信訪工作條例 §28, 監察法 §67).
    """
    touched = (handler.person, *handler.kin)
    return any(one in accused or one in named for one in touched) or unit in handler.units


def people_in(text: str, people: Iterable[tuple[UUID, str]]) -> Sequence[UUID]:
    """List the people whose names stand in a text, each once."""
    letters = letters_of(text)
    return tuple(dict.fromkeys(who for who, name in people if letters_of_name(name) in letters))


def by_office(
    text: str, some: Iterable[Worker], everybody: Iterable[Worker]
) -> Sequence[tuple[UUID, str]]:
    """Find who of some people a text calls by surname and office, such as 韓書記, as nobody else.

    Where two are called so, nobody can tell which of them is meant.
    """
    letters = letters_of(text).replace(DEPUTY, "")
    found = {
        (person, called): letters_of_name(called)
        for person, name, title in some
        if (called := office_of(name, title)) and letters_of_name(called) in letters
    }
    others = [] if not found else [(who, office_of(name, title)) for who, name, title in everybody]
    return [
        (person, called)
        for person, called in found
        if not any(called == other and who != person for who, other in others)
    ]


@lru_cache(maxsize=8192)
def office_of(name: str, title: str) -> str:
    """Say how somebody is called by surname and office, a deputy like their chief."""
    office = title.partition("（")[0].replace(DEPUTY, "")
    surname = name[: 2 if len(name) > LONGEST_OF_ONE else 1]
    return surname + office[-OFFICE:] if surname and len(office) >= OFFICE else ""


def left_aside(handlers: Iterable[H], named: Container[UUID]) -> Sequence[H]:
    """List the handlers who stand aside because of whom a text names: themselves, or their kin."""
    return [one for one in handlers if stands_aside(one, accused=(), named=named, unit=None)]


def names_in(text: str, names: Iterable[str]) -> frozenset[str]:
    """Find which names stand in a text, whatever is put between their letters."""
    letters = letters_of(text)
    return frozenset(name for name in names if letters_of_name(name) in letters)


@lru_cache(maxsize=8192)
def letters_of_name(name: str) -> str:
    """Take the letters of a name; every text is searched for every name of the roster."""
    return letters_of(name)


def letters_of(text: str) -> str:
    """Take letters and digits out of a text, as they are however and in which script typed."""
    return simplified("".join(sign for sign in plain(text).casefold() if sign.isalnum()))


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
