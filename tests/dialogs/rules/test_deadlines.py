from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.catalogue.policy import number
from dialogs.rules import deadlines
from dialogs.rules.calendar import add_working_days, is_working_day, working_days_between
from dialogs.rules.deadlines import (
    CLOSES,
    OPENS,
    handling_due,
    may_hand_back,
    may_reopen,
    next_open_moment,
    notice_due,
    regrade_due,
    stages_of,
)
from dialogs.vocabulary import CaseKind, DeadlineKind, ReminderStage

ZONES = st.sampled_from(
    [ZoneInfo(name) for name in ("Asia/Shanghai", "America/New_York", "Pacific/Kiritimati", "UTC")]
)
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - the strategy adds the zone
BEFORE, VERY_LATE = number("remind_before"), number("remind_very_late")
ORDER = [*stages_of(DeadlineKind.SELF_CHECK)]
SHANGHAI = ZoneInfo("Asia/Shanghai")


def stage(due: date, *, today: date) -> ReminderStage:
    named = deadlines.stage(due, today=today, kind=DeadlineKind.SELF_CHECK)
    assert named
    return named


@pytest.mark.parametrize(
    ("today", "named"),
    [
        (date(2026, 3, 9), ReminderStage.CALLED),  # four working days before
        (date(2026, 3, 10), ReminderStage.BEFORE),
        (date(2026, 3, 12), ReminderStage.BEFORE),
        (date(2026, 3, 13), ReminderStage.ON_DAY),
        (date(2026, 3, 16), ReminderStage.LATE),
        (date(2026, 3, 19), ReminderStage.LATE),
        (date(2026, 3, 20), ReminderStage.VERY_LATE),
        (date(2027, 3, 20), ReminderStage.VERY_LATE),
    ],
)
def test_the_stages_around_a_friday(today: date, named: ReminderStage) -> None:
    assert stage(date(2026, 3, 13), today=today) is named


def test_before_the_spring_festival_the_first_reminder_comes_before_the_holidays() -> None:
    assert stage(date(2026, 2, 25), today=date(2026, 2, 14)) is ReminderStage.BEFORE


@given(DAYS)
def test_stages_only_ever_go_forward(due: date) -> None:
    days = [due + timedelta(days=shift) for shift in range(-40, 40)]
    named = [ORDER.index(stage(due, today=day)) for day in days]
    assert named == sorted(named)
    assert named[0] == 0
    assert named[-1] == len(ORDER) - 1


@given(DAYS, st.integers(-60, 60))
def test_nobody_is_reminded_too_early_or_called_late_in_time(due: date, shift: int) -> None:
    today = due + timedelta(days=shift)
    match stage(due, today=today):
        case ReminderStage.CALLED:
            assert working_days_between(today, due) > BEFORE
        case ReminderStage.BEFORE:
            assert today < due
        case ReminderStage.ON_DAY:
            assert working_days_between(due, today) == 0
        case ReminderStage.LATE:
            assert 1 <= working_days_between(due, today) < VERY_LATE
        case ReminderStage.VERY_LATE:
            assert working_days_between(due, today) >= VERY_LATE


@given(MOMENTS, ZONES)
def test_people_are_reminded_on_working_days_in_office_hours(now: datetime, zone: ZoneInfo) -> None:
    moment = next_open_moment(now, zone=zone)
    local = moment.astimezone(zone)
    assert moment >= now
    assert is_working_day(local.date())
    assert OPENS <= local.time() < CLOSES


@given(MOMENTS, ZONES)
def test_an_open_moment_is_its_own_next_one(now: datetime, zone: ZoneInfo) -> None:
    moment = next_open_moment(now, zone=zone)
    assert next_open_moment(moment, zone=zone) == moment


def test_after_closing_on_friday_the_office_opens_on_monday() -> None:
    friday_evening = datetime(2026, 3, 13, 18, 0, tzinfo=SHANGHAI)
    assert next_open_moment(friday_evening, zone=SHANGHAI) == datetime(
        2026, 3, 16, 8, 30, tzinfo=SHANGHAI
    )


def test_acceptance_is_told_within_fifteen_days() -> None:
    day = date(2026, 2, 20)
    assert notice_due(day, kind=CaseKind.SERVICE, named=True) == date(2026, 3, 7)
    assert notice_due(day, kind=CaseKind.REPORT, named=False) == date(2026, 3, 7)


def test_a_named_report_is_answered_within_fifteen_working_days() -> None:
    due = notice_due(date(2026, 2, 20), kind=CaseKind.REPORT, named=True)
    assert due == add_working_days(date(2026, 2, 20), 15)


def test_a_case_is_handled_in_sixty_days_and_thirty_more_once() -> None:
    accepted = date(2026, 3, 2)
    assert handling_due(accepted) == date(2026, 5, 1)
    assert handling_due(accepted, extended=True) == date(2026, 5, 31)


def test_a_case_is_taken_up_again_for_thirty_days_and_handed_back_for_five_working_days() -> None:
    day = date(2026, 3, 2)
    assert may_reopen(day, today=date(2026, 4, 1))
    assert not may_reopen(day, today=date(2026, 4, 2))
    assert may_hand_back(day, today=date(2026, 3, 9))
    assert not may_hand_back(day, today=date(2026, 3, 10))


@pytest.mark.parametrize(
    ("left", "named"),
    [
        (91, None),
        (90, ReminderStage.FAR),
        (31, ReminderStage.FAR),
        (30, ReminderStage.NEAR),
        (8, ReminderStage.NEAR),
        (7, ReminderStage.BEFORE),
        (0, ReminderStage.ON_DAY),
    ],
)
def test_grades_are_looked_at_anew_with_ninety_thirty_and_seven_days_notice(
    left: int, named: ReminderStage | None
) -> None:
    due = date(2029, 12, 10)
    today = due - timedelta(days=left)
    assert deadlines.stage(due, today=today, kind=DeadlineKind.REGRADE) is named


def test_grades_are_looked_at_anew_after_three_years() -> None:
    assert regrade_due(date(2026, 12, 10)) == date(2029, 12, 10)
    assert regrade_due(date(2028, 2, 29)) == date(2031, 2, 28)
