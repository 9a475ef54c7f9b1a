"""A broadcast goes its way, a large one by two people; whatever is not its way is refused."""

import itertools

import pytest

from dialogs.catalogue.policy import number
from dialogs.errors import Refused
from dialogs.rules.broadcast import WAY, Sending, open_to, take
from dialogs.vocabulary import BroadcastMove as Move
from dialogs.vocabulary import BroadcastState as State

FEW, MANY = number("broadcast_alone"), number("broadcast_alone") + 1


def sending(state: State, *, people: int = FEW, own: bool = True, **more: bool | int) -> Sending:
    return Sending(state, people, own, **more)  # type: ignore[arg-type]


def test_only_what_stands_in_the_table_can_be_done() -> None:
    ways = {(step.start, step.move) for step in WAY}
    for state, move in itertools.product(State, Move):
        if (state, move) not in ways:
            with pytest.raises(Refused, match="broadcast_not_there"):
                take(move, sending(state))


def test_a_small_one_is_sent_by_whoever_drew_it_up() -> None:
    assert take(Move.SEND, sending(State.DRAFT)) is State.RUNNING
    assert Move.ASK not in open_to(sending(State.DRAFT))


def test_a_large_one_is_sent_once_another_approves_it() -> None:
    large = sending(State.DRAFT, people=MANY)
    with pytest.raises(Refused, match="broadcast_wants_two"):
        take(Move.SEND, large)
    assert list(open_to(large)) == [Move.ASK, Move.CANCEL]
    assert take(Move.ASK, large) is State.ASKED
    asked = sending(State.ASKED, people=MANY)
    with pytest.raises(Refused, match="own_broadcast") as refused:
        take(Move.APPROVE, asked)
    assert refused.value.is_denial
    assert list(open_to(asked)) == [Move.CANCEL]
    assert take(Move.APPROVE, sending(State.ASKED, people=MANY, own=False)) is State.RUNNING
    assert take(Move.DECLINE, sending(State.ASKED, people=MANY, own=False)) is State.DRAFT


@pytest.mark.parametrize(
    ("move", "start"),
    [(Move.SEND, State.DRAFT), (Move.GO_ON, State.PAUSED)],
)
def test_before_its_hour_it_waits(move: Move, start: State) -> None:
    assert take(move, sending(start, later=True)) is State.SCHEDULED


def test_whoever_has_not_read_it_is_reminded_once_a_day() -> None:
    with pytest.raises(Refused, match="broadcast_all_read"):
        take(Move.NUDGE, sending(State.FINISHED))
    with pytest.raises(Refused, match="broadcast_nudged_today"):
        take(Move.NUDGE, sending(State.FINISHED, unread=3, nudged=True))
    assert take(Move.NUDGE, sending(State.FINISHED, unread=3)) is State.RUNNING


def test_of_what_is_not_certain_there_is_something_to_decide_while_there_is_any() -> None:
    for move, leads in ((Move.AGAIN, State.RUNNING), (Move.ARRIVED, State.FINISHED)):
        with pytest.raises(Refused, match="broadcast_none_unknown"):
            take(move, sending(State.FINISHED))
        assert take(move, sending(State.FINISHED, unknown=1)) is leads
    assert list(open_to(sending(State.CANCELLED, unknown=1))) == [Move.ARRIVED]


def test_what_is_over_stays_over() -> None:
    assert list(open_to(sending(State.CANCELLED, unread=3))) == []
