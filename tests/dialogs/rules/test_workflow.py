"""Nobody comes to the file but by every step, each taken by somebody whose step it is."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.errors import Refused
from dialogs.rules import workflow
from dialogs.rules.access import Standing, permits
from dialogs.rules.workflow import FINAL, ONWARD, OWN, WAY, Declared, onward, take
from dialogs.vocabulary import DeclarationState, Move, Role

HERE, ELSEWHERE = UUID(int=1), UUID(int=2)
HOLDER = UUID(int=10)
ROLES = tuple(Role)
PEOPLE = st.sampled_from([UUID(int=number) for number in range(10, 18)])
STANDINGS = st.builds(
    Standing,
    roles=st.frozensets(st.sampled_from(ROLES), max_size=4),
    units=st.sampled_from([frozenset({HERE}), frozenset({ELSEWHERE}), frozenset()]),
    led=st.sampled_from([frozenset({HERE}), frozenset({ELSEWHERE}), frozenset()]),
)
DEEDS = st.lists(st.tuples(PEOPLE, STANDINGS, st.sampled_from(Move)), max_size=60)
CHAIN = [Move.DECLARE, *ONWARD]


def walk(
    deeds: Sequence[tuple[UUID, Standing, Move]],
) -> list[tuple[UUID, Standing, workflow.Step]]:
    """Let people try what they like; give the steps that were really taken."""
    declared = Declared(DeclarationState.DECLARED, HERE, HOLDER, last_by=HOLDER)
    taken = []
    for actor, standing, move in deeds:
        try:
            step = take(move, declared, actor=actor, standing=standing)
        except Refused:
            continue
        back = step.start if move is Move.SEND_BACK else declared.sent_back_from
        declared = replace(declared, state=step.leads, last_by=actor, sent_back_from=back)
        taken.append((actor, standing, step))
    return taken


@given(DEEDS)
def test_no_path_reaches_the_file_without_every_step_by_the_right_role(
    deeds: list[tuple[UUID, Standing, Move]],
) -> None:
    taken = walk(deeds)
    for place, (_, _, step) in enumerate(taken):
        if step.leads is not DeclarationState.FILED:
            continue
        before = [one.move for _, _, one in taken[: place + 1]]
        for move in ONWARD:
            assert move in before or Move.RAISE in before
        assert before[-2] is Move.SETTLE
    for actor, standing, step in taken:
        assert permits(step.by, standing, HERE)
        assert (actor == HOLDER) is (step.move in OWN)


@given(DEEDS)
def test_nobody_takes_two_steps_onward_in_a_row(
    deeds: list[tuple[UUID, Standing, Move]],
) -> None:
    taken = walk(deeds)
    for (one, _, _), (other, _, step) in itertools.pairwise(taken):
        assert one != other or step.move not in ONWARD


@given(DEEDS)
def test_a_change_of_content_sends_everything_back_to_the_first_reviewer(
    deeds: list[tuple[UUID, Standing, Move]],
) -> None:
    taken = [step for _, _, step in walk(deeds)]
    for step, following in itertools.pairwise(taken):
        if step.move is Move.AMEND:
            assert step.leads is DeclarationState.DECLARED
            assert following.move in (Move.ENDORSE, Move.SEND_BACK, Move.AMEND)


def test_the_chain_is_the_one_of_the_plan() -> None:
    states, moves = [DeclarationState.DECLARED], []
    while step := onward(states[-1]):
        moves.append(step.move)
        states.append(step.leads)
    assert [Move.DECLARE, *moves] == CHAIN
    assert states[-1] is DeclarationState.FILED


@pytest.mark.parametrize("state", [state for state in DeclarationState if state not in FINAL])
def test_nobody_who_stands_aside_takes_a_step(state: DeclarationState) -> None:
    actor = UUID(int=11)
    everything = Standing(frozenset(Role), units=frozenset({HERE}), led=frozenset({HERE}))
    declared = Declared(state, HERE, HOLDER, aside=frozenset({actor}))
    for step in WAY:
        if step.start is state:
            with pytest.raises(Refused, match=r"stands_aside|not_your_post"):
                take(
                    step.move,
                    replace(declared, sent_back_from=step.leads),
                    actor=actor,
                    standing=everything,
                )


def test_what_was_stood_by_goes_back_to_whoever_sent_it_back() -> None:
    holder = Standing(frozenset({Role.CADRE}), units=frozenset({HERE}))
    for origin in (DeclarationState.DECLARED, DeclarationState.DEFINED):
        declared = Declared(DeclarationState.RETURNED, HERE, HOLDER, sent_back_from=origin)
        assert take(Move.UPHOLD_OWN, declared, actor=HOLDER, standing=holder).leads is origin


@pytest.mark.parametrize("state", [state for state in DeclarationState if state not in FINAL])
def test_whoever_filled_it_in_decides_nothing_about_it(state: DeclarationState) -> None:
    actor = UUID(int=11)
    everything = Standing(frozenset(Role), units=frozenset({HERE}), led=frozenset({HERE}))
    declared = Declared(state, HERE, HOLDER, filled_in_by=frozenset({actor}))
    for step in WAY:
        if step.start is state and step.move not in OWN:
            with pytest.raises(Refused, match="filled_in"):
                take(step.move, declared, actor=actor, standing=everything)
