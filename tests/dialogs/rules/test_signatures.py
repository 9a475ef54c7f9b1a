from dataclasses import dataclass

import pytest

from dialogs.rules.signatures import standing
from dialogs.vocabulary import DeclarationState as State
from dialogs.vocabulary import Move


@dataclass
class Step:
    move: Move
    leads: State


DECLARED = Step(Move.DECLARE, State.DECLARED)
ENDORSED = Step(Move.ENDORSE, State.ENDORSED)
DEFINED = Step(Move.DEFINE, State.DEFINED)
PRESET = Step(Move.PRESET, State.PROVISIONAL)
SETTLED = Step(Move.SETTLE, State.SETTLED)
FILED = Step(Move.FILE, State.FILED)
WHOLE = [DECLARED, ENDORSED, DEFINED, PRESET, SETTLED, FILED]


@pytest.mark.parametrize(
    ("steps", "stand"),
    [
        (WHOLE, [Move.DECLARE, Move.ENDORSE, Move.DEFINE, Move.SETTLE]),
        ([*WHOLE[:3], Step(Move.AMEND, State.DECLARED)], [Move.DECLARE]),
        ([*WHOLE[:4], Step(Move.UPHOLD, State.ENDORSED)], [Move.DECLARE, Move.ENDORSE]),
        ([*WHOLE, Step(Move.RAISE, State.DEFINED)], [Move.DECLARE, Move.ENDORSE, Move.DEFINE]),
        (
            [*WHOLE[:2], Step(Move.SEND_BACK, State.RETURNED)],
            [Move.DECLARE, Move.ENDORSE],
        ),
    ],
)
def test_a_signature_stands_only_under_what_was_signed(
    steps: list[Step], stand: list[Move]
) -> None:
    assert list(standing(steps)) == stand
