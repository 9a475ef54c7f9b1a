"""Working days: weekends, public holidays and the working days that make up for them."""

from datetime import date, timedelta

import chinese_calendar

LAST_KNOWN_YEAR = max(day.year for day in chinese_calendar.constants.holidays)


def is_working_day(day: date) -> bool:
    """Say whether a day is worked; past the last known year only weekends are free."""
    if day.year > LAST_KNOWN_YEAR or day.year < 2004:
        return day.weekday() < 5
    return bool(chinese_calendar.is_workday(day))


def add_working_days(day: date, count: int) -> date:
    """Count working days on from a day, which itself does not count."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def working_days_between(earlier: date, later: date) -> int:
    """Count the working days after one day up to and including another; negative if reversed."""
    if later < earlier:
        return -working_days_between(later, earlier)
    span = (later - earlier).days
    return sum(is_working_day(earlier + timedelta(days=n)) for n in range(1, span + 1))
