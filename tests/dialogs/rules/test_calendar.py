from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dialogs.rules.calendar import (
    LAST_KNOWN_YEAR,
    add_working_days,
    is_working_day,
    working_days_between,
)

DAYS = st.dates(date(2003, 1, 1), date(LAST_KNOWN_YEAR + 2, 12, 31))


def test_chinese_new_year_is_free_and_made_up_for() -> None:
    free = [date(2026, 2, day) for day in range(15, 24)]
    assert not any(is_working_day(day) for day in free)
    assert date(2026, 2, 14).weekday() == date(2026, 2, 28).weekday() == 5  # Saturdays
    assert is_working_day(date(2026, 2, 14))
    assert is_working_day(date(2026, 2, 28))


def test_counting_takes_the_days_that_make_up_and_steps_over_the_holidays() -> None:
    assert add_working_days(date(2026, 2, 13), 1) == date(2026, 2, 14)
    assert add_working_days(date(2026, 2, 13), 2) == date(2026, 2, 24)
    assert working_days_between(date(2026, 2, 13), date(2026, 2, 24)) == 2


def test_past_the_last_known_year_only_weekends_are_free() -> None:
    last = date(LAST_KNOWN_YEAR, 12, 31)
    assert isinstance(is_working_day(last), bool)
    for after in range(1, 15):
        day = last + timedelta(days=after)
        assert is_working_day(day) is (day.weekday() < 5), day


def test_no_working_days_on_is_the_same_day() -> None:
    assert add_working_days(date(2026, 2, 15), 0) == date(2026, 2, 15)


@given(DAYS, st.integers(1, 40))
def test_counting_on_ends_on_a_working_day_that_many_away(day: date, count: int) -> None:
    later = add_working_days(day, count)
    assert is_working_day(later)
    assert working_days_between(day, later) == count


@given(DAYS, st.integers(0, 60))
def test_counting_back_is_the_same_with_a_minus(day: date, span: int) -> None:
    later = day + timedelta(days=span)
    assert working_days_between(later, day) == -working_days_between(day, later)
    assert 0 <= working_days_between(day, later) <= span
