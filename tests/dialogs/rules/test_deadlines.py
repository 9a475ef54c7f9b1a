from datetime import date

from dialogs.rules.calendar import Calendar
from dialogs.rules.deadlines import (
    handling_due,
    may_hand_back,
    may_reopen,
    notice_due,
    regrade_due,
)
from dialogs.vocabulary import CaseKind

CALENDAR = Calendar()


def test_acceptance_is_told_within_fifteen_days() -> None:
    day = date(2026, 2, 20)
    assert notice_due(day, kind=CaseKind.SERVICE, named=True, calendar=CALENDAR) == date(2026, 3, 7)
    assert notice_due(day, kind=CaseKind.REPORT, named=False, calendar=CALENDAR) == date(2026, 3, 7)


def test_a_named_report_is_answered_within_fifteen_working_days() -> None:
    due = notice_due(date(2026, 2, 20), kind=CaseKind.REPORT, named=True, calendar=CALENDAR)
    assert due == CALENDAR.add_working_days(date(2026, 2, 20), 15)


def test_a_case_is_handled_in_sixty_days_and_thirty_more_once() -> None:
    accepted = date(2026, 3, 2)
    assert handling_due(accepted) == date(2026, 5, 1)
    assert handling_due(accepted, extended=True) == date(2026, 5, 31)


def test_a_case_is_taken_up_again_for_thirty_days_and_handed_back_for_five_working_days() -> None:
    day = date(2026, 3, 2)
    assert may_reopen(day, today=date(2026, 4, 1))
    assert not may_reopen(day, today=date(2026, 4, 2))
    assert may_hand_back(day, today=date(2026, 3, 9), calendar=CALENDAR)
    assert not may_hand_back(day, today=date(2026, 3, 10), calendar=CALENDAR)


def test_grades_are_looked_at_anew_after_three_years() -> None:
    assert regrade_due(date(2026, 12, 10)) == date(2029, 12, 10)
    assert regrade_due(date(2028, 2, 29)) == date(2031, 2, 28)
