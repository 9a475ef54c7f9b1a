from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.rules.calendar import Calendar
from dialogs.rules.case_clocks import Clock, may_tell_of_letters, rests_on, running, stage
from dialogs.vocabulary import CLOSED, CaseClock, CaseKind, CaseState, ReminderStage

DUE = date(2026, 3, 17)  # a Tuesday
MONDAY = date(2026, 3, 2)
ORDER = list(ReminderStage)


def clocks(state: CaseState, *, extended: bool = False, given_on: date | None = None) -> set[Clock]:
    return set(running(state, due=DUE, extended=extended, given_on=given_on, calendar=Calendar()))


@pytest.mark.parametrize(
    ("state", "which"),
    [
        (CaseState.RECEIVED, CaseClock.ACCEPTANCE),
        (CaseState.QUARANTINED, CaseClock.ACCEPTANCE),
        (CaseState.ACCEPTED, CaseClock.HANDLING),
        (CaseState.ASKED, CaseClock.HANDLING),
    ],
)
def test_each_state_has_its_day(state: CaseState, which: CaseClock) -> None:
    assert clocks(state) == {Clock(which, DUE)}


@pytest.mark.parametrize("state", CLOSED)
def test_no_day_runs_of_what_is_over(state: CaseState) -> None:
    assert clocks(state, extended=True, given_on=MONDAY) == set()


def test_the_day_of_the_result_runs_on_though_the_case_is_over() -> None:
    running_on = running(
        CaseState.CONCLUDED,
        due=DUE,
        extended=True,
        given_on=MONDAY,
        calendar=Calendar(),
        owes_result=True,
    )
    assert list(running_on) == [Clock(CaseClock.RESULT, DUE)]


def test_an_extension_and_handing_back_have_days_of_their_own() -> None:
    assert clocks(CaseState.ACCEPTED, extended=True, given_on=MONDAY) == {
        Clock(CaseClock.EXTENSION, DUE),
        Clock(CaseClock.HAND_BACK, date(2026, 3, 9)),
    }


@pytest.mark.parametrize(
    ("which", "day", "expected"),
    [
        (CaseClock.ACCEPTANCE, date(2026, 3, 11), None),
        (CaseClock.HANDLING, date(2026, 3, 6), None),
        (CaseClock.HANDLING, date(2026, 3, 7), ReminderStage.NEAR),
        (CaseClock.ACCEPTANCE, date(2026, 3, 12), ReminderStage.BEFORE),
        (CaseClock.ACCEPTANCE, DUE, ReminderStage.ON_DAY),
        (CaseClock.ACCEPTANCE, date(2026, 3, 18), ReminderStage.LATE),
        (CaseClock.ACCEPTANCE, date(2026, 3, 24), ReminderStage.VERY_LATE),
        (CaseClock.HAND_BACK, date(2026, 3, 18), None),
    ],
)
def test_the_stage_fits_the_day(
    which: CaseClock, day: date, expected: ReminderStage | None
) -> None:
    assert stage(Clock(which, DUE), today=day, calendar=Calendar()) is expected


@given(st.sampled_from(CaseClock), st.integers(-40, 40))
def test_stages_only_go_forward(which: CaseClock, offset: int) -> None:
    before, after = (
        stage(Clock(which, DUE), today=DUE + timedelta(days=offset + more), calendar=Calendar())
        for more in (0, 1)
    )
    if before and after:
        assert ORDER.index(before) <= ORDER.index(after)


def test_of_the_first_letter_of_a_day_at_once_of_others_at_fixed_hours_and_no_oftener() -> None:
    assert [may_tell_of_letters(0, hour=hour) for hour in (8, 12, 17)] == [True] * 3
    assert [may_tell_of_letters(1, hour=hour) for hour in (8, 11, 12, 17)] == [False] * 2 + [
        True
    ] * 2
    assert [may_tell_of_letters(2, hour=hour) for hour in (8, 16, 17)] == [False] * 2 + [True]
    assert not may_tell_of_letters(3, hour=17)


def test_every_day_of_a_letter_rests_on_a_rule_said_in_few_words() -> None:
    for which in CaseClock:
        for kind in CaseKind:
            for named in (True, False):
                assert len(rests_on(which, kind=kind, named=named)) <= 20
    said = rests_on(CaseClock.ACCEPTANCE, kind=CaseKind.REPORT, named=True)
    assert said == "紀檢監察機關處理檢舉控告工作規則"
    assert rests_on(CaseClock.ACCEPTANCE, kind=CaseKind.SUGGESTION, named=True) == "信訪工作條例§23"
    assert rests_on(CaseClock.HANDLING, kind=CaseKind.REPORT, named=True) == "信訪工作條例§34"
