"""Which steps of a declaration's way still hold: what was approved of what is no more is void."""

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeVar

from dialogs.vocabulary import DeclarationState as State
from dialogs.vocabulary import Move

SIGNED = (Move.DECLARE, Move.ENDORSE, Move.DEFINE, Move.SETTLE)  # what an official form shows
SAME = {Move.AMEND: Move.DECLARE, Move.RAISE: Move.DEFINE}  # who does this signs there
BEFORE: Mapping[State, int] = {  # how many signatures there are in a state, before one is added
    State.DECLARED: 1,
    State.ENDORSED: 2,
    State.DEFINED: 3,
    State.PROVISIONAL: 3,
    State.PUBLISHED: 3,
    State.HEARD: 3,
}


class Taken(Protocol):
    """A step as it was taken."""

    move: Move
    leads: State


T = TypeVar("T", bound=Taken)


def standing(steps: Sequence[T]) -> Mapping[Move, T]:
    """Find the steps whose signatures stand on the form today, the oldest step given first."""
    held: dict[Move, T] = {}
    for step in steps:
        kept = SIGNED[: BEFORE.get(step.leads, len(SIGNED))]
        held = {move: earlier for move, earlier in held.items() if move in kept}
        move = SAME.get(step.move, step.move)
        if move in SIGNED:
            held[move] = step
    return held
