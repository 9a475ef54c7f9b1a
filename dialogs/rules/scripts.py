"""Traditional and simplified letters are the same to whoever looks for a name.

`simplified.txt` has the traditional letters in its first line, and the simplified one of each in
the second, as Unicode's CLDR gives them (Traditional-Simplified, single letters only).
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def table() -> Mapping[int, int]:
    """Read which letter is written how."""
    text = files(__package__).joinpath("simplified.txt").read_text(encoding="utf-8")
    traditional, simplified = text.splitlines()
    return str.maketrans(traditional, simplified)


def simplified(text: str) -> str:
    """Write a text in simplified letters, letter by letter."""
    return text.translate(table())
