"""How answers turn into text, numbers and truth, and how they compare."""

import math
import re
from collections.abc import Callable
from datetime import date

from dialogs.xlsform.nodes import Plain

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
CLOCK = re.compile(r"(\d{2}):(\d{2})")
EPOCH = date(1970, 1, 1).toordinal()
NOT_A_NUMBER = math.nan


def text(value: Plain) -> str:
    """Write a value out; whole numbers without a point."""
    match value:
        case bool():
            return "true" if value else "false"
        case float() | int():
            return written(float(value))
        case date():
            return value.isoformat()
        case _:
            return value


def written(value: float) -> str:
    """Write a number as people do: no exponent, no point without need."""
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if value == int(value):
        return str(int(value))
    return f"{value:.15f}".rstrip("0") if "e" in repr(value) else repr(value)


def number(value: Plain) -> float:
    """Read a number; a day counts the days since 1970, what is no number is NaN."""
    match value:
        case bool():
            return 1.0 if value else 0.0
        case float() | int():
            return float(value)
        case date():
            return float(value.toordinal() - EPOCH)
        case _:
            stripped = value.strip()
            return float(stripped) if NUMBER.fullmatch(stripped) else NOT_A_NUMBER


def truth(value: Plain) -> bool:
    """Tell whether a value counts as true: no answer, zero and NaN do not."""
    match value:
        case bool():
            return value
        case float() | int():
            return value != 0 and not math.isnan(value)
        case date():
            return True
        case _:
            return value != ""


def day(value: Plain) -> date | None:
    """Read a day: a date, its ISO text, or days since 1970."""
    match value:
        case date():
            return value
        case str():
            try:
                return date.fromisoformat(value.strip()[:10])
            except ValueError:
                return None
        case _:
            return numbered_day(number(value))


def numbered_day(days: float) -> date | None:
    """Read days since 1970, if the calendar reaches there."""
    if not math.isfinite(days) or not 1 <= math.floor(days) + EPOCH <= date.max.toordinal():
        return None
    return date.fromordinal(math.floor(days) + EPOCH)


def equal(left: Plain, right: Plain) -> bool:
    """Compare as ODK does: as truth if either is, else as numbers if either is, else as text."""
    if isinstance(left, bool) or isinstance(right, bool):
        return truth(left) == truth(right)
    if isinstance(left, float | int) or isinstance(right, float | int):
        return math.isclose(number(left), number(right), rel_tol=0, abs_tol=1e-12)
    return text(left) == text(right)


def ranked(value: Plain) -> float:
    """Read a value for < and >: a number, a day or a time of day, also one written out."""
    found = number(value)
    if not math.isnan(found) or not isinstance(value, str):
        return found
    clock = CLOCK.search(value)
    part = (int(clock[1]) * 60 + int(clock[2])) / 1440 if clock else 0.0
    if written_day := day(value):
        return number(written_day) + part
    return part if clock and clock[0] == value.strip() else found


def compare(left: Plain, right: Plain, holds: Callable[[float, float], bool]) -> bool:
    """Compare by size; with no answer on a side nothing holds."""
    return holds(ranked(left), ranked(right))
