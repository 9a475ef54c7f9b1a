"""How a function of an expression reads its arguments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dialogs.xlsform.nodes import Place, Plain, Value
from dialogs.xlsform.values import number, text, truth

LONGEST = 20_000  # signs a text may grow to; the rest is cut off


@dataclass(frozen=True)
class Function:
    """What a call does with its place and its arguments, and how many of these it takes.

    `most` is `least` when left out; `any_number` lifts it.
    """

    work: Callable[..., Value]
    least: int = 0
    most: int | None = None
    any_number: bool = False

    def takes(self, count: int) -> bool:
        """Tell whether a call may have so many arguments."""
        most = self.least if self.most is None else self.most
        return self.least <= count and (self.any_number or count <= most)


def plain(place: Place, value: Value) -> Plain:
    """Read one value."""
    return place.survey.unpack(value)


def said(place: Place, value: Value) -> str:
    """Read a text."""
    return text(place.survey.unpack(value))


def counted(place: Place, value: Value) -> float:
    """Read a number."""
    return number(place.survey.unpack(value))


def true(place: Place, value: Value) -> bool:
    """Read a truth."""
    return truth(place.survey.unpack(value))


def words(place: Place, value: Value) -> list[str]:
    """Read what was chosen of several."""
    return said(place, value).split()


def each(place: Place, values: tuple[Value, ...]) -> Iterator[Plain]:
    """Read values one by one; several nodes give several values."""
    for value in values:
        if isinstance(value, list):
            yield from (place.survey.read(node) for node in value)
        else:
            yield value


def numbers(place: Place, values: tuple[Value, ...]) -> list[float]:
    """Read numbers, leaving out what was not answered."""
    return [number(value) for value in each(place, values) if value != ""]
