"""What expressions can do with days; it is midnight where no time was answered."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from dialogs.xlsform.calls import Function, plain, said
from dialogs.xlsform.nodes import Place, Value
from dialogs.xlsform.values import NOT_A_NUMBER, day, number

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
CLOCK = re.compile(r"(\d{2}):(\d{2})")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

PARTS: Mapping[str, Callable[[date], str]] = {
    "Y": lambda day: f"{day.year:04}",
    "y": lambda day: f"{day.year % 100:02}",
    "m": lambda day: f"{day.month:02}",
    "n": lambda day: str(day.month),
    "b": lambda day: MONTHS[day.month - 1],
    "d": lambda day: f"{day.day:02}",
    "e": lambda day: str(day.day),
    "a": lambda day: WEEKDAYS[day.weekday()],
    "%": lambda _: "%",
}


def formatted(place: Place, value: Value, pattern: Value) -> str:
    """Write a day as a pattern says: %Y %m %d and the like."""
    found = day(plain(place, value))
    if found is None:
        return ""
    written, signs = "", iter(said(place, pattern))
    clock = clock_of(place, value)
    for sign in signs:
        code = next(signs, "") if sign == "%" else ""
        written += clock.get(code) or (PARTS[code](found) if code in PARTS else sign + code)
    return written


def clock_of(place: Place, value: Value) -> Mapping[str, str]:
    """Read the time of day off a moment; midnight where there is none."""
    found = CLOCK.search(said(place, value))
    hour, minute = (found[1], found[2]) if found else ("00", "00")
    return {"H": hour, "h": str(int(hour)), "M": minute, "S": "00"}


def time_of_day(place: Place, value: Value) -> float:
    """Give a time of day as a part of a day: 0.5 at noon."""
    clock = clock_of(place, value)
    return (int(clock["H"]) * 60 + int(clock["M"])) / 1440


def counted_days(place: Place, value: Value) -> float:
    """Count the days since 1970."""
    found = day(plain(place, value))
    return number(found) if found else NOT_A_NUMBER


def as_day(place: Place, value: Value) -> date | str:
    """Read a day; nothing if it is none."""
    return day(plain(place, value)) or ""


DAYS: Mapping[str, Function] = {
    "today": Function(lambda place: place.survey.today),
    "now": Function(lambda place: place.survey.today),
    "date": Function(as_day, 1),
    "date-time": Function(as_day, 1),
    "decimal-date-time": Function(counted_days, 1),
    "decimal-time": Function(time_of_day, 1),
    "format-date": Function(formatted, 2),
    "format-date-time": Function(formatted, 2),
}
