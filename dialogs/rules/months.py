"""Months, each known by its first day, as things are counted by them."""

from calendar import monthrange
from datetime import date, timedelta


def month_of(day: date) -> date:
    """Find the month of a day."""
    return day.replace(day=1)


def month_after(month: date) -> date:
    """Find the month after."""
    return month_of(month + timedelta(days=31))


def month_before(month: date) -> date:
    """Find the month before."""
    return month_of(month - timedelta(days=1))


def months_later(day: date, months: int) -> date:
    """Find the same day some months on, or the last day of a month that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def was_late(due_on: date, *, until: date, month: date) -> bool:
    """Say whether what is done on a day, or not yet by it, was late on some day of a month."""
    first_late = due_on + timedelta(days=1)
    return max(first_late, month) <= min(until, month_after(month) - timedelta(days=1))
