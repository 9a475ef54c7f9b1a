"""What expressions can do with text."""

import math
from collections.abc import Mapping

from dialogs.xlsform import patterns
from dialogs.xlsform.calls import LONGEST, Function, counted, each, said, words
from dialogs.xlsform.nodes import Place, Value
from dialogs.xlsform.values import text


def concat(place: Place, *values: Value) -> str:
    """Put texts one after another."""
    return "".join(text(value) for value in each(place, values))[:LONGEST]


def join(place: Place, between: Value, *values: Value) -> str:
    """Put texts one after another with something between."""
    return said(place, between).join(text(value) for value in each(place, values))[:LONGEST]


def substr(place: Place, value: Value, start: Value, end: Value = "") -> str:
    """Cut out from a sign counted from 0 up to another; negative ones count from the end."""
    return said(place, value)[index(counted(place, start)) : index(counted(place, end))]


def index(at: float) -> int | None:
    """Make a number fit to cut at; none if it is no number."""
    return None if math.isnan(at) else int(max(-LONGEST, min(LONGEST, at)))


def substring(place: Place, value: Value, start: Value, length: Value = math.inf) -> str:
    """Cut out so many signs from one counted from 1."""
    first = math.floor((index(counted(place, start)) or 0) + 0.5)
    last = first + (index(counted(place, length)) or 0)
    return said(place, value)[max(first - 1, 0) : max(last - 1, 0)]


def before(place: Place, value: Value, part: Value) -> str:
    """Give what stands before a part; nothing if it is not there."""
    found = said(place, value).find(said(place, part))
    return said(place, value)[: max(found, 0)]


def after(place: Place, value: Value, part: Value) -> str:
    """Give what stands after a part; nothing if it is not there."""
    whole, wanted = said(place, value), said(place, part)
    return whole[whole.find(wanted) + len(wanted) :] if wanted in whole else ""


def translate(place: Place, value: Value, these: Value, those: Value) -> str:
    """Replace each sign of `these` by the one at its place in `those`, or drop it."""
    new = said(place, those)
    table = {ord(old): new[n : n + 1] for n, old in reversed([*enumerate(said(place, these))])}
    return said(place, value).translate(table)


TEXTS: Mapping[str, Function] = {
    "string": Function(said, 1),
    "concat": Function(concat, 1, any_number=True),
    "join": Function(join, 1, any_number=True),
    "string-length": Function(lambda place, value: float(len(said(place, value))), 1),
    "substr": Function(substr, 2, 3),
    "substring": Function(substring, 2, 3),
    "substring-before": Function(before, 2),
    "substring-after": Function(after, 2),
    "contains": Function(lambda place, value, part: said(place, part) in said(place, value), 2),
    "starts-with": Function(
        lambda place, value, part: said(place, value).startswith(said(place, part)), 2
    ),
    "ends-with": Function(
        lambda place, value, part: said(place, value).endswith(said(place, part)), 2
    ),
    "normalize-space": Function(lambda place, value: " ".join(words(place, value)), 1),
    "translate": Function(translate, 3),
    "regex": Function(
        lambda place, value, pattern: patterns.matches(said(place, pattern), said(place, value)), 2
    ),
}
