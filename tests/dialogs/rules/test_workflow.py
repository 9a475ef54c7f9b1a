"""Nobody comes to the file but by every step, each taken by somebody whose step it is."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from random import Random
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
PEOPLE = [UUID(int=number) for number in range(10, 18)]
PLACES = (frozenset({HERE}), frozenset({ELSEWHERE}), frozenset[UUID]())
SEEDS = st.integers(0, 2**32)
CHAIN = [Move.DECLARE, *ONWARD]
Deed = tuple[UUID, Standing, Move]
Walk = Sequence[tuple[UUID, Standing, workflow.Step]]


def walk(seed: int) -> Walk:
    """Let people try what they like, mostly what comes next; give the steps that were taken."""
    chance = Random(seed)  # noqa: S311 - of people, not of keys
    declared = Declared(DeclarationState.DECLARED, HERE, HOLDER, last_by=HOLDER)
    taken = []
    for _ in range(60):
        actor, standing, move = try_something(declared.state, chance)
        try:
            step = take(move, declared, actor=actor, standing=standing)
        except Refused:
            continue
        back = step.start if move is Move.SEND_BACK else declared.sent_back_from
        declared = replace(declared, state=step.leads, last_by=actor, sent_back_from=back)
        taken.append((actor, standing, step))
    return taken


def try_something(state: DeclarationState, chance: Random) -> Deed:
    """Try the step that comes next, or another from here, in its role; or anything, as anybody."""
    here = [step for step in WAY if step.start is state and step.by]
    ahead = [step for step in here if step.move in ONWARD]
    steps = chance.choice((ahead, ahead, here, ()))
    if not steps:
        roles = frozenset(chance.sample(list(Role), chance.randint(0, 4)))
        standing = Standing(roles, units=chance.choice(PLACES), led=chance.choice(PLACES))
        return chance.choice(PEOPLE), standing, chance.choice(list(Move))
    step = chance.choice(steps)
    role = chance.choice(sorted(step.by))
    actor = HOLDER if step.move in OWN else chance.choice(PEOPLE)
    return actor, Standing(frozenset({role}), frozenset({HERE}), frozenset({HERE})), step.move


@given(SEEDS)
def test_no_path_reaches_the_file_without_every_step_by_the_right_role(seed: int) -> None:
    taken = walk(seed)
    for place, (_, _, step) in enumerate(taken):
        if step.leads is DeclarationState.FILED:
            moves = [one.move for _, _, one in taken[: place + 1]]
            changed = max((at for at, move in enumerate(moves) if move is Move.AMEND), default=-1)
            held = moves[changed + 1 :]  # what was taken of the content as it stands
            assert set(ONWARD) <= set(held)
            last = [len(held) - held[::-1].index(move) for move in ONWARD]
            assert last == sorted(last)
    for actor, standing, step in taken:
        assert permits(step.by, standing, HERE)
        assert (actor == HOLDER) is (step.move in OWN)


def test_the_paths_that_are_tried_take_every_step_and_come_to_the_file() -> None:
    walks = [[step.move for _, _, step in walk(seed)] for seed in range(200)]
    assert {move for moves in walks for move in moves} == {*Move} - {Move.DECLARE, Move.SUPERSEDE}
    assert sum(Move.FILE in moves for moves in walks) > 50
    changed = [moves[moves.index(Move.AMEND) :] for moves in walks if Move.AMEND in moves]
    assert any(Move.FILE in moves for moves in changed)
    raised = [moves[moves.index(Move.RAISE) :] for moves in walks if Move.RAISE in moves]
    assert any(Move.FILE in moves for moves in raised)


@given(SEEDS)
def test_nobody_takes_two_steps_onward_in_a_row(seed: int) -> None:
    for (one, _, _), (other, _, step) in itertools.pairwise(walk(seed)):
        assert one != other or step.move not in ONWARD


@given(SEEDS)
def test_a_change_of_content_sends_everything_back_to_the_first_reviewer(seed: int) -> None:
    for step, following in itertools.pairwise(step for _, _, step in walk(seed)):
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
