from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.errors import Refused
from dialogs.rules.handling import WAY, Side, Standing, may_step, rule_of, steps_for, take
from dialogs.vocabulary import CLOSED, CaseMove, CaseState

STANDINGS = st.builds(
    Standing,
    state=st.sampled_from(CaseState),
    assigned=st.sampled_from(["甲", "乙", None]),
    asker=st.sampled_from(["甲", "乙", None]),
    in_charge=st.frozensets(st.sampled_from(["甲", "乙", "丙"])),
    extended=st.booleans(),
    may_reopen=st.booleans(),
    may_hand_back=st.booleans(),
    rated=st.booleans(),
    owes_result=st.booleans(),
)


@given(STANDINGS, st.sampled_from(CaseMove), st.booleans())
def test_only_a_step_that_is_offered_can_be_taken(
    case: Standing, move: CaseMove, writer: bool
) -> None:
    offered = steps_for(case, actor="甲", writer=writer)
    if move in offered:
        assert take(move, case, actor="甲", writer=writer) in CaseState
    else:
        with pytest.raises(Refused, match="case_not_there"):
            take(move, case, actor="甲", writer=writer)


@given(STANDINGS)
def test_nobody_approves_more_time_for_themselves(case: Standing) -> None:
    offered = steps_for(case, actor="甲", writer=False)
    assert CaseMove.EXTEND not in offered or case.asker == "乙"


@given(STANDINGS)
def test_the_writer_never_takes_a_handlers_step_nor_a_handler_the_writers(case: Standing) -> None:
    theirs = {rule.move for rule in WAY if rule.by is Side.WRITER}
    assert theirs.issuperset(steps_for(case, actor=None, writer=True))
    assert theirs.isdisjoint(steps_for(case, actor="甲", writer=False))


@pytest.mark.parametrize("state", CaseState)
def test_of_a_closed_case_a_handler_takes_no_step(state: CaseState) -> None:
    offered = steps_for(Standing(state), actor="甲", writer=False)
    assert bool(offered) is (state not in CLOSED)


def test_the_result_of_a_report_is_told_once_it_is_concluded_and_owed() -> None:
    owing = Standing(CaseState.CONCLUDED, owes_result=True)
    assert steps_for(owing, actor="甲", writer=False) == [CaseMove.TELL]
    assert CaseMove.TELL not in steps_for(owing, actor=None, writer=True)


def walk(moves: Sequence[CaseMove], state: CaseState = CaseState.RECEIVED) -> CaseState:
    for move in moves:
        state = rule_of(move, state).leads or state
    return state


def test_a_case_goes_its_whole_way() -> None:
    way = (CaseMove.ACCEPT, CaseMove.ASK, CaseMove.SUPPLEMENT, CaseMove.CONCLUDE)
    assert walk(way) is CaseState.CONCLUDED
    assert walk([*way, CaseMove.REOPEN]) is CaseState.RECEIVED


def test_a_case_is_not_concluded_before_it_is_accepted() -> None:
    with pytest.raises(Refused):
        walk([CaseMove.CONCLUDE])


def test_more_time_is_given_once() -> None:
    rule = rule_of(CaseMove.EXTEND, CaseState.ACCEPTED)
    assert may_step(rule, Standing(CaseState.ACCEPTED, asker="乙"), actor="甲")
    assert not may_step(rule, Standing(CaseState.ACCEPTED, asker="乙", extended=True), actor="甲")


@pytest.mark.parametrize(
    ("asker", "in_charge", "deciding"),
    [
        ("甲", {"丙"}, {"丙"}),
        ("甲", {"乙", "丙"}, {"乙", "丙"}),
        ("甲", {"甲"}, {"乙", "丙"}),
        ("甲", {"甲", "乙"}, {"乙"}),
        ("甲", set(), {"乙", "丙"}),
        (None, {"丙"}, set()),
    ],
)
def test_the_head_decides_on_more_time_and_another_where_no_other_head_is_there(
    asker: str | None, in_charge: set[str], deciding: set[str]
) -> None:
    case = Standing(CaseState.ACCEPTED, asker=asker, in_charge=in_charge)
    offered = [
        one
        for one in ("甲", "乙", "丙")
        if CaseMove.EXTEND in steps_for(case, actor=one, writer=False)
    ]
    assert set(offered) == deciding
