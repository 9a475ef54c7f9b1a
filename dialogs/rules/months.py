"""Months, each known by its first day, as things are counted by them."""

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


def was_late(due_on: date, *, until: date, month: date) -> bool:
    """Say whether what is done on a day, or not yet by it, was late on some day of a month."""
    first_late = due_on + timedelta(days=1)
    return max(first_late, month) <= min(until, month_after(month) - timedelta(days=1))
