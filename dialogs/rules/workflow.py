"""The way of a declaration: 自報, 單位審核, 紀委界定, 黨委初定, 公示評議, 黨委審定, 備案; and back.

`WAY` is the whole of it; docs/workflows.md is written from it.
"""

from dataclasses import dataclass
from uuid import UUID

from dialogs.errors import Refused
from dialogs.rules import access
from dialogs.rules.access import COMMISSION, COMMITTEE, HOLDER, Permission, Standing, permits
from dialogs.vocabulary import DeclarationState as State
from dialogs.vocabulary import Move

NOBODY: Permission = {}  # it comes of another's step
HEAD: Permission = {**access.HEAD, **access.LED}

FINAL = (State.FILED, State.SUPERSEDED)


@dataclass(frozen=True)
class Step:
    """A step: from which state it leads where, and who may take it.

    A declaration that is new starts from None. Whoever takes a step that `grades` fixes the
    grades.
    """

    move: Move
    start: State | None
    leads: State
    by: Permission
    grades: bool = False


WAY = (
    Step(Move.DECLARE, None, State.DECLARED, HOLDER),
    Step(Move.ENDORSE, State.DECLARED, State.ENDORSED, HEAD),
    Step(Move.DEFINE, State.ENDORSED, State.DEFINED, COMMISSION, grades=True),
    Step(Move.PRESET, State.DEFINED, State.PROVISIONAL, COMMITTEE, grades=True),
    Step(Move.PUBLISH, State.PROVISIONAL, State.PUBLISHED, COMMISSION),
    Step(Move.CLOSE, State.PUBLISHED, State.HEARD, COMMISSION),
    Step(Move.SETTLE, State.HEARD, State.SETTLED, COMMITTEE, grades=True),
    Step(Move.FILE, State.SETTLED, State.FILED, COMMISSION),
    # An objection is upheld: the grades are fixed and published again.
    Step(Move.UPHOLD, State.PUBLISHED, State.ENDORSED, COMMISSION),
    # Back to the holder, with a comment an item.
    Step(Move.SEND_BACK, State.DECLARED, State.RETURNED, HEAD),
    Step(Move.SEND_BACK, State.ENDORSED, State.RETURNED, COMMISSION),
    Step(Move.SEND_BACK, State.DEFINED, State.RETURNED, COMMITTEE),
    Step(Move.SEND_BACK, State.HEARD, State.RETURNED, COMMITTEE),
    # The content changes: every approval is void.
    Step(Move.AMEND, State.RETURNED, State.DECLARED, HOLDER),
    Step(Move.AMEND, State.DECLARED, State.DECLARED, HOLDER),
    Step(Move.AMEND, State.ENDORSED, State.DECLARED, HOLDER),
    Step(Move.AMEND, State.DEFINED, State.DECLARED, HOLDER),
    Step(Move.AMEND, State.PROVISIONAL, State.DECLARED, HOLDER),
    # The content stays, with an explanation: back to whoever sent it back.
    Step(Move.UPHOLD_OWN, State.RETURNED, State.DECLARED, HOLDER),
    Step(Move.UPHOLD_OWN, State.RETURNED, State.ENDORSED, HOLDER),
    Step(Move.UPHOLD_OWN, State.RETURNED, State.DEFINED, HOLDER),
    Step(Move.UPHOLD_OWN, State.RETURNED, State.HEARD, HOLDER),
    # The commission proposes a higher grade for what has been filed.
    Step(Move.RAISE, State.FILED, State.DEFINED, COMMISSION, grades=True),
    # What the same person declared of the post anew is filed.
    Step(Move.SUPERSEDE, State.FILED, State.SUPERSEDED, NOBODY),
)
OWN = frozenset({Move.DECLARE, Move.AMEND, Move.UPHOLD_OWN})  # the holder's own moves
ONWARD = (Move.ENDORSE, Move.DEFINE, Move.PRESET, Move.PUBLISH, Move.CLOSE, Move.SETTLE, Move.FILE)
REVIEWS = (Move.ENDORSE, Move.DEFINE, Move.PRESET, Move.SETTLE, Move.FILE)

IN_A_MEETING = frozenset({Move.PRESET, Move.SETTLE})  # the party committee decides sitting


@dataclass(frozen=True)
class Declared:
    """A declaration as the way sees it: its state, unit and holder, who took the last step.

    `sent_back_from` is the state it was last sent back from, `aside` are those who stand aside,
    `filled_in_by` those who filled it in for its holder.
    """

    state: State
    unit: UUID
    holder: UUID
    last_by: UUID | None = None
    sent_back_from: State | None = None
    aside: frozenset[UUID] = frozenset()
    filled_in_by: frozenset[UUID] = frozenset()


def steps_from(state: State | None, move: Move) -> tuple[Step, ...]:
    """List the steps of a move that start from a state; most moves have at most one."""
    return tuple(step for step in WAY if step.start is state and step.move is move)


def onward(state: State) -> Step | None:
    """Find the step a declaration waits for; None if it waits for its holder or for nothing."""
    return next((step for step in WAY if step.start is state and step.move in ONWARD), None)


def take(move: Move, declared: Declared, *, actor: UUID, standing: Standing) -> Step:
    """Find the step that somebody takes; raise Refused unless it is theirs and its time is now.

    Nobody decides about their own declaration or one they filled in for its holder, and nobody
    takes two steps in a row.
    """
    steps = steps_from(declared.state, move)
    if move is Move.UPHOLD_OWN:
        steps = tuple(step for step in steps if step.leads is declared.sent_back_from)
    if not steps:
        raise Refused("not_its_turn", state=declared.state)
    step = steps[0]
    if not permits(step.by, standing, declared.unit):
        raise Refused("not_your_unit")
    if move in OWN and actor != declared.holder:
        raise Refused("not_your_post")
    if move not in OWN and actor == declared.holder:
        raise Refused("own_declaration")
    if move not in OWN and actor in declared.filled_in_by:
        raise Refused("filled_in")
    if actor in declared.aside:
        raise Refused("stands_aside")
    if move in ONWARD and actor == declared.last_by:
        raise Refused("four_eyes")
    return step


def fixes_grades(move: Move) -> bool:
    """Say whether a step fixes grades."""
    return any(step.grades for step in WAY if step.move is move)


def may_take(move: Move, declared: Declared, *, actor: UUID, standing: Standing) -> bool:
    """Say whether somebody may take a step now."""
    try:
        take(move, declared, actor=actor, standing=standing)
    except Refused:
        return False
    return True
