"""The ladder of reminders, rung by rung."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.catalogue.policy import number
from dialogs.catalogue.reminders import ladders
from dialogs.rules import reminding
from dialogs.rules.calendar import Calendar
from dialogs.vocabulary import DeadlineKind, ReminderStage
from tests.dialogs.rules.test_calendar import CALENDARS

CALENDAR = Calendar()
DAYS = st.dates(date(2025, 1, 1), date(2028, 12, 31))
KINDS = st.sampled_from(DeadlineKind)
BEFORE, VERY_LATE = 3, 5  # working days, of a self-check
ORDER = [*reminding.stages_of(DeadlineKind.SELF_CHECK)]


def stage(
    due: date, *, today: date, kind: DeadlineKind = DeadlineKind.SELF_CHECK
) -> ReminderStage | None:
    rung = reminding.latest(ladders()[kind], due, today=today, calendar=CALENDAR)
    return rung.stage if rung else None


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


@pytest.mark.parametrize("kind", DeadlineKind)
def test_what_is_due_on_a_sunday_is_last_spoken_of_on_the_friday_before(
    kind: DeadlineKind,
) -> None:
    due, friday = date(2026, 3, 15), date(2026, 3, 13)
    thursday = friday - timedelta(days=1)
    assert stage(due, today=thursday, kind=kind) is ReminderStage.BEFORE
    assert stage(due, today=friday, kind=kind) is ReminderStage.ON_DAY
    following = reminding.next_day(ladders()[kind], due, today=friday, calendar=CALENDAR)
    assert following == date(2026, 3, 16)


def test_before_the_spring_festival_the_first_reminder_comes_before_the_holidays() -> None:
    assert stage(date(2026, 2, 25), today=date(2026, 2, 14)) is ReminderStage.BEFORE


@given(DAYS)
def test_stages_only_ever_go_forward(due: date) -> None:
    days = [due + timedelta(days=shift) for shift in range(-40, 40)]
    named = [ORDER.index(stage(due, today=day) or ReminderStage.CALLED) for day in days]
    assert named == sorted(named)
    assert named[0] == 0
    assert named[-1] == len(ORDER) - 1


@given(DAYS, st.integers(-60, 60))
def test_nobody_is_reminded_too_early_or_called_late_in_time(due: date, shift: int) -> None:
    today = due + timedelta(days=shift)
    match stage(due, today=today):
        case ReminderStage.CALLED:
            assert CALENDAR.working_days_between(today, due) > BEFORE
        case ReminderStage.BEFORE:
            assert today < due
        case ReminderStage.ON_DAY:
            assert CALENDAR.working_days_between(last_worked(due, CALENDAR), today) == 0
        case ReminderStage.LATE:
            assert 1 <= CALENDAR.working_days_between(due, today) < VERY_LATE
        case ReminderStage.VERY_LATE:
            assert CALENDAR.working_days_between(due, today) >= VERY_LATE


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
    assert stage(due, today=today, kind=DeadlineKind.REGRADE) is named


@given(KINDS, DAYS, CALENDARS, st.sets(st.sampled_from(ReminderStage)), st.integers(-120, 60))
def test_what_was_said_is_not_said_again_and_nothing_earlier_either(
    kind: DeadlineKind, due: date, calendar: Calendar, said: set[ReminderStage], shift: int
) -> None:
    ladder, today = ladders()[kind], due + timedelta(days=shift)
    rung = reminding.to_say(ladder, due, today=today, calendar=calendar, said=said)
    if rung:
        assert rung.stage not in said
        assert rung == reminding.latest(ladder, due, today=today, calendar=calendar)
        later = ladder.rungs[ladder.rungs.index(rung) :]
        assert said.isdisjoint(one.stage for one in later)


@given(KINDS, DAYS, CALENDARS, st.integers(-120, 60))
def test_no_rung_is_reached_before_the_day_of_the_policy(
    kind: DeadlineKind, due: date, calendar: Calendar, shift: int
) -> None:
    ladder, today = ladders()[kind], due + timedelta(days=shift)
    for rung in (*ladder.rungs, *ladder.climbs):
        if rung.days is None or not reminding.fits(rung, due, today=today, calendar=calendar):
            continue
        working = rung.working or rung.days == 0
        count = calendar.working_days_between if working else days_between
        last = last_worked(due, calendar) if rung.days == 0 else due
        assert count(last, today) >= rung.days


def last_worked(due: date, calendar: Calendar) -> date:
    return due if calendar.is_working_day(due) else calendar.add_working_days(due, -1)


def days_between(earlier: date, later: date) -> int:
    return (later - earlier).days


@given(KINDS, DAYS, CALENDARS, st.integers(-120, 60))
def test_the_next_day_is_a_working_day_to_come_and_nothing_new_lies_between(
    kind: DeadlineKind, due: date, calendar: Calendar, shift: int
) -> None:
    ladder, today = ladders()[kind], due + timedelta(days=shift)
    following = reminding.next_day(ladder, due, today=today, calendar=calendar)
    reached = reminding.latest(ladder, due, today=today, calendar=calendar)
    climbed = reminding.climbed(ladder, due, today=today, calendar=calendar)
    for shift in range(1, (following - today).days if following else 200):
        day = today + timedelta(days=shift)
        if calendar.is_working_day(day):
            assert reminding.latest(ladder, due, today=day, calendar=calendar) == reached
            assert reminding.climbed(ladder, due, today=day, calendar=calendar) == climbed
    if following:
        assert following > today
        assert calendar.is_working_day(following)


def test_a_reminder_waits_until_the_day_it_is_due_at_most() -> None:
    due = date(2026, 3, 13)
    assert reminding.latest_pause(due, today=date(2026, 3, 9), calendar=CALENDAR) == due
    assert reminding.latest_pause(due, today=due, calendar=CALENDAR) is None


def test_what_is_due_on_a_day_off_waits_until_the_working_day_before() -> None:
    friday, sunday = date(2026, 3, 13), date(2026, 3, 15)
    assert reminding.latest_pause(sunday, today=date(2026, 3, 9), calendar=CALENDAR) == friday
    assert reminding.latest_pause(sunday, today=friday, calendar=CALENDAR) is None


@given(day=DAYS, due=DAYS, calendar=CALENDARS)
def test_what_was_put_off_is_said_on_a_working_day_and_before_it_is_late(
    day: date, due: date, calendar: Calendar
) -> None:
    again = reminding.said_again(day, due, calendar=calendar)
    assert calendar.is_working_day(again)
    assert (again <= due) == (day <= due)


def test_what_is_late_waits_a_few_working_days_at_most() -> None:
    today = date(2026, 3, 17)
    latest = reminding.latest_pause(date(2026, 3, 13), today=today, calendar=CALENDAR)
    assert latest == CALENDAR.add_working_days(today, number("snooze_late"))


def test_the_digest_comes_at_the_hour_chosen_if_offices_are_open_then() -> None:
    assert reminding.digest_time(None, calendar=CALENDAR) == time(9)
    assert reminding.digest_time(16, calendar=CALENDAR) == time(16)
    assert reminding.digest_time(8, calendar=CALENDAR) == time(8, 30)
    assert reminding.digest_time(18, calendar=CALENDAR) == time(8, 30)
    assert [*reminding.hours(CALENDAR)] == [9, 10, 11, 12, 13, 14, 15, 16, 17]
