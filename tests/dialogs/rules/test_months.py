"""Months, and what was late in them."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dialogs.rules.months import month_after, month_before, month_of, was_late

JANUARY, FEBRUARY, MARCH = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_months_follow_each_other(day: date) -> None:
    month = month_of(day)
    assert month_of(month_before(month_after(month))) == month == month_after(month_before(month))
    assert month_before(month) < month <= day < month_after(month)


def test_a_thing_is_late_from_the_day_after_its_own_until_it_is_done() -> None:
    due, done = date(2026, 1, 31), date(2026, 2, 1)
    assert not was_late(due, until=done, month=JANUARY)
    assert was_late(due, until=done, month=FEBRUARY)
    assert not was_late(due, until=done, month=MARCH)
    assert not was_late(due, until=due, month=JANUARY)
    assert was_late(date(2026, 1, 30), until=due, month=JANUARY)
