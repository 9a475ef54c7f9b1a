"""What expressions can do with days; the time of day is always midnight, for there is no clock."""

from collections.abc import Callable, Mapping
from datetime import date

from dialogs.xlsform.calls import Function, plain, said
from dialogs.xlsform.nodes import Place, Value
from dialogs.xlsform.values import NOT_A_NUMBER, day, number

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
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
    "H": lambda _: "00",
    "h": lambda _: "0",
    "M": lambda _: "00",
    "S": lambda _: "00",
    "%": lambda _: "%",
}


def formatted(place: Place, value: Value, pattern: Value) -> str:
    """Write a day as a pattern says: %Y %m %d and the like."""
    found = day(plain(place, value))
    if found is None:
        return ""
    written, signs = "", iter(said(place, pattern))
    for sign in signs:
        code = next(signs, "") if sign == "%" else ""
        written += PARTS[code](found) if code in PARTS else sign + code
    return written


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
    "format-date": Function(formatted, 2),
    "format-date-time": Function(formatted, 2),
}
