"""No step of a matter is ever begun before the one before it is complete."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.errors import Refused
from dialogs.rules.access import Standing
from dialogs.rules.calendar import Calendar
from dialogs.rules.matters import (
    PASSAGES,
    Running,
    StepSeen,
    conditions_of,
    due,
    is_late,
    may_pass,
    possible,
    resumed,
    take,
)
from dialogs.vocabulary import ENDED, MatterMove, MatterState, Role

HERE, ELSEWHERE = UUID(int=1), UUID(int=2)
POSTS = tuple(UUID(int=number) for number in range(10, 14))
STEPS = st.lists(
    st.builds(
        StepSeen,
        name=st.sampled_from(["受理", "調查", "公示", "確認"]),
        post=st.sampled_from([*POSTS, None]),
        unit=st.sampled_from([HERE, ELSEWHERE]),
    ),
    min_size=1,
    max_size=6,
)
STANDINGS = st.builds(
    Standing,
    roles=st.frozensets(st.sampled_from(Role), max_size=4),
    units=st.frozensets(st.sampled_from([HERE, ELSEWHERE])),
    posts=st.frozensets(st.sampled_from(POSTS)),
)
DEEDS = st.lists(st.tuples(STANDINGS, st.sampled_from(MatterMove), st.integers(0, 7)), max_size=80)
EVERYTHING = Standing(frozenset(Role), units=frozenset({HERE, ELSEWHERE}), posts=frozenset(POSTS))
ANYBODY = st.one_of(STANDINGS, st.just(EVERYTHING))
TAKEN = (MatterMove.TAKE, MatterMove.FINISH)


def after(running: Running, move: MatterMove, step: int, state: MatterState) -> Running:
    """See a matter after a move, as it is written down."""
    steps = list(running.steps)
    if move in TAKEN:
        steps[step - 1] = replace(steps[step - 1], complete=True)
    if move is MatterMove.SEND_BACK:
        steps[step - 2] = replace(steps[step - 2], complete=False)
    told = running.told or move is MatterMove.STOP
    return replace(running, state=state, steps=steps, told=told)


def walk(
    running: Running, deeds: Sequence[tuple[Standing, MatterMove, int]]
) -> list[tuple[Running, Standing, MatterMove, int]]:
    """Let people try what they like; give what was really done, with the matter as it was then."""
    done = []
    for standing, move, step in deeds:
        try:
            passage = take(move, running, step=step, standing=standing)
        except Refused:
            continue
        done.append((running, standing, move, step))
        running = after(running, move, step, passage.leads)
    return done


@given(STEPS, st.lists(st.tuples(ANYBODY, st.sampled_from(MatterMove), st.integers(0, 7))))
def test_no_step_is_begun_before_the_one_before_it_is_complete(
    steps: list[StepSeen], deeds: list[tuple[Standing, MatterMove, int]]
) -> None:
    for running, _, move, step in walk(Running(MatterState.UNDER_WAY, HERE, steps), deeds):
        if move in TAKEN:
            assert all(one.complete for one in running.steps[: step - 1])
            assert not any(one.complete for one in running.steps[step - 1 :])


@given(STEPS, st.lists(st.sampled_from(MatterMove), max_size=60))
def test_a_matter_is_finished_only_when_every_step_has_been_taken(
    steps: list[StepSeen], moves: list[MatterMove]
) -> None:
    running = Running(MatterState.UNDER_WAY, HERE, steps)
    for move in moves:
        try:
            passage = take(move, running, step=running.at, standing=EVERYTHING)
        except Refused:
            continue
        at = running.at
        running = after(running, move, at, passage.leads)
        if running.state is MatterState.FINISHED:
            assert all(one.complete for one in running.steps)
            assert at == len(steps)


@given(STEPS, DEEDS)
def test_a_step_is_taken_by_whoever_has_charge_of_it(
    steps: list[StepSeen], deeds: list[tuple[Standing, MatterMove, int]]
) -> None:
    for running, standing, move, step in walk(Running(MatterState.UNDER_WAY, HERE, steps), deeds):
        if move in TAKEN:
            taken = running.steps[step - 1]
            if taken.post is None:
                assert taken.unit in standing.units
            else:
                assert taken.post in standing.posts


@given(STEPS, st.lists(st.tuples(ANYBODY, st.sampled_from(MatterMove), st.integers(0, 7))))
def test_what_is_missing_is_told_at_most_once(
    steps: list[StepSeen], deeds: list[tuple[Standing, MatterMove, int]]
) -> None:
    done = walk(Running(MatterState.UNDER_WAY, HERE, steps), deeds)
    assert sum(move is MatterMove.STOP for _, _, move, _ in done) <= 1
    told = walk(Running(MatterState.STOPPED, HERE, steps, told=True), deeds)
    assert not any(move is MatterMove.STOP for _, _, move, _ in told)


@given(STEPS, STANDINGS)
def test_what_is_offered_is_what_may_be_taken(steps: list[StepSeen], standing: Standing) -> None:
    running = Running(MatterState.UNDER_WAY, HERE, steps)
    for move in possible(running, standing=standing):
        assert take(move, running, step=running.at, standing=standing).move is move


@pytest.mark.parametrize("state", ENDED)
def test_a_matter_that_is_over_stays_as_it_is(state: MatterState) -> None:
    over = Running(state, HERE, [StepSeen("受理", None, HERE)])
    assert possible(over, standing=EVERYTHING) == ()


def test_every_state_is_reached_and_every_move_has_its_passage() -> None:
    assert {one.leads for one in PASSAGES} == set(MatterState)
    assert {one.move for one in PASSAGES} == set(MatterMove)
    assert not {one.start for one in PASSAGES} & set(ENDED)


def test_a_matter_is_accepted_and_taken_up_again_by_its_unit_or_the_clerk() -> None:
    resume = next(one for one in PASSAGES if one.move is MatterMove.RESUME)
    running = Running(MatterState.STOPPED, HERE, [StepSeen("受理", POSTS[0], HERE)])
    cadre = Standing(frozenset({Role.CADRE}), units=frozenset({HERE}))
    assert may_pass(resume, running, cadre)
    assert may_pass(resume, running, Standing(frozenset({Role.OFFICE_CLERK})))
    assert not may_pass(resume, running, replace(cadre, units=frozenset({ELSEWHERE})))


def test_a_clock_that_stands_still_is_not_late_and_its_days_are_added() -> None:
    friday, monday, tuesday = date(2026, 3, 6), date(2026, 3, 9), date(2026, 3, 10)
    assert due(friday, 1, calendar=Calendar()) == monday
    assert resumed(monday, stopped=friday, today=monday, calendar=Calendar()) == tuesday
    assert not is_late(friday, ended=None, stopped=friday, today=tuesday)
    assert is_late(friday, ended=None, stopped=None, today=monday)
    assert not is_late(friday, ended=friday, stopped=None, today=tuesday)
    assert is_late(friday, ended=monday, stopped=None, today=tuesday)


def test_conditions_are_taken_apart_as_they_are_written() -> None:
    text = "本鎮戶籍；家庭人均收入低於標準，財產符合規定；帶申請書、身份證。"
    assert conditions_of(text) == (
        "本鎮戶籍",
        "家庭人均收入低於標準，財產符合規定",
        "帶申請書、身份證",
    )
    assert conditions_of("") == ()
