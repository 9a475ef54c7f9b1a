from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.rules.calendar import Calendar, Land, decreed

PLAIN, TAIWAN = Calendar(), Calendar(Land.TAIWAN)
NEAR = [date(2026, 2, 1) + timedelta(days=shift) for shift in range(90)]
CALENDARS = st.builds(
    Calendar,
    st.sampled_from(Land),
    free=st.frozensets(st.sampled_from(NEAR), max_size=9),
    worked=st.frozensets(st.sampled_from(NEAR), max_size=9),
    opens=st.times(time(6), time(11)),
    closes=st.times(time(12), time(20)),
)
DAYS = st.dates(date(2003, 1, 1), PLAIN.known_until + timedelta(days=800)) | st.sampled_from(NEAR)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - the strategy adds the zone
ZONES = st.sampled_from(
    [ZoneInfo(name) for name in ("Asia/Shanghai", "America/New_York", "Pacific/Kiritimati", "UTC")]
)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def test_chinese_new_year_is_free_and_made_up_for() -> None:
    free = [date(2026, 2, day) for day in range(15, 24)]
    assert not any(PLAIN.is_working_day(day) for day in free)
    assert date(2026, 2, 14).weekday() == date(2026, 2, 28).weekday() == 5  # Saturdays
    assert PLAIN.is_working_day(date(2026, 2, 14))
    assert PLAIN.is_working_day(date(2026, 2, 28))


def test_counting_takes_the_days_that_make_up_and_steps_over_the_holidays() -> None:
    assert PLAIN.add_working_days(date(2026, 2, 13), 1) == date(2026, 2, 14)
    assert PLAIN.add_working_days(date(2026, 2, 13), 2) == date(2026, 2, 24)
    assert PLAIN.working_days_between(date(2026, 2, 13), date(2026, 2, 24)) == 2


def test_taiwan_keeps_other_days_and_made_up_for_them_as_long_as_it_did() -> None:
    assert TAIWAN.is_working_day(date(2025, 2, 8))  # a Saturday, for 27 January
    assert not TAIWAN.is_working_day(date(2025, 1, 27))
    assert not TAIWAN.is_working_day(date(2026, 2, 27))
    assert PLAIN.is_working_day(date(2026, 2, 27))
    assert not PLAIN.is_working_day(date(2026, 10, 5))
    assert TAIWAN.is_working_day(date(2026, 10, 5))


@pytest.mark.parametrize("land", Land)
def test_past_the_last_known_year_only_weekends_are_free(land: Land) -> None:
    calendar = Calendar(land)
    assert calendar.known_until >= date(2026, 12, 31)
    assert max(decreed(land).free) <= calendar.known_until
    for after in range(1, 15):
        day = calendar.known_until + timedelta(days=after)
        assert calendar.is_working_day(day) is (day.weekday() < 5), day


def test_the_township_closes_and_works_on_days_of_its_own() -> None:
    tuesday, sunday = date(2026, 3, 10), date(2026, 3, 15)
    own = Calendar(free=frozenset({tuesday}), worked=frozenset({sunday}))
    assert not own.is_working_day(tuesday)
    assert own.is_working_day(sunday)
    assert own.add_working_days(date(2026, 3, 9), 1) == date(2026, 3, 11)
    assert own.add_working_days(date(2026, 3, 13), 1) == sunday
    assert own.free_days(tuesday, sunday) == {tuesday, date(2026, 3, 14)}


def test_no_working_days_on_is_the_same_day() -> None:
    assert PLAIN.add_working_days(date(2026, 2, 15), 0) == date(2026, 2, 15)


@given(CALENDARS, DAYS, st.integers(1, 40))
def test_counting_on_ends_on_a_working_day_that_many_away(
    calendar: Calendar, day: date, count: int
) -> None:
    later = calendar.add_working_days(day, count)
    assert calendar.is_working_day(later)
    assert calendar.working_days_between(day, later) == count


@given(CALENDARS, DAYS, st.integers(1, 40))
def test_counting_back_from_a_working_day_finds_where_counting_on_leads_there(
    calendar: Calendar, day: date, count: int
) -> None:
    start = calendar.add_working_days(day, 1)
    earlier = calendar.add_working_days(start, -count)
    assert calendar.is_working_day(earlier)
    assert calendar.add_working_days(earlier, count) == start


@given(CALENDARS, DAYS, st.integers(0, 60))
def test_counting_back_is_the_same_with_a_minus(calendar: Calendar, day: date, span: int) -> None:
    later = day + timedelta(days=span)
    between = calendar.working_days_between(day, later)
    assert calendar.working_days_between(later, day) == -between
    assert between == span - len(calendar.free_days(day + timedelta(days=1), later))


@given(CALENDARS, MOMENTS, ZONES)
def test_people_are_reminded_on_working_days_in_office_hours(
    calendar: Calendar, now: datetime, zone: ZoneInfo
) -> None:
    moment = calendar.next_open_moment(now, zone=zone)
    local = moment.astimezone(zone)
    assert moment >= now
    assert calendar.is_open(moment, zone=zone)
    assert calendar.is_working_day(local.date())
    assert calendar.opens <= local.time() < calendar.closes


@given(CALENDARS, MOMENTS, ZONES)
def test_an_open_moment_is_its_own_next_one(
    calendar: Calendar, now: datetime, zone: ZoneInfo
) -> None:
    moment = calendar.next_open_moment(now, zone=zone)
    assert calendar.next_open_moment(moment, zone=zone) == moment


def test_after_closing_on_friday_the_office_opens_on_monday() -> None:
    friday_evening = datetime(2026, 3, 13, 18, 0, tzinfo=SHANGHAI)
    assert PLAIN.next_open_moment(friday_evening, zone=SHANGHAI) == datetime(
        2026, 3, 16, 8, 30, tzinfo=SHANGHAI
    )
