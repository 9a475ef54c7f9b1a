"""The way of a broadcast: 擬好, 發送或定時, 暫停, 繼續, 取消; a large one by two people.

`WAY` is the whole of it; docs/workflows.md is written from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.catalogue.policy import number
from dialogs.errors import Refused
from dialogs.vocabulary import BroadcastMove as Move
from dialogs.vocabulary import BroadcastState as State


@dataclass(frozen=True)
class Step:
    """A step: from which state it leads where. What leads to RUNNING waits for its hour, if set."""

    move: Move
    start: State
    leads: State


AT_WORK = (State.SCHEDULED, State.RUNNING, State.PAUSED)
GOES_ON = (State.DRAFT, State.ASKED, *AT_WORK)
OVER = (State.FINISHED, State.CANCELLED)

WAY = (
    Step(Move.SEND, State.DRAFT, State.RUNNING),
    Step(Move.ASK, State.DRAFT, State.ASKED),
    Step(Move.APPROVE, State.ASKED, State.RUNNING),
    Step(Move.DECLINE, State.ASKED, State.DRAFT),
    Step(Move.PAUSE, State.RUNNING, State.PAUSED),
    Step(Move.PAUSE, State.SCHEDULED, State.PAUSED),
    Step(Move.GO_ON, State.PAUSED, State.RUNNING),
    *(Step(Move.CANCEL, state, State.CANCELLED) for state in GOES_ON),
    # Whoever was reached and has not said so is reminded; nobody else is written to again.
    Step(Move.NUDGE, State.FINISHED, State.RUNNING),
    # Of copies that may have arrived an officer decides: nobody is sent a second one by itself.
    Step(Move.AGAIN, State.FINISHED, State.RUNNING),
    Step(Move.ARRIVED, State.FINISHED, State.FINISHED),
    Step(Move.ARRIVED, State.CANCELLED, State.CANCELLED),
)


@dataclass(frozen=True)
class Sending:
    """A broadcast as its way sees it, for somebody.

    `people` is how many it reaches, `own` whether whoever acts ordered it, `later` whether its
    hour is still to come, `unread` how many were reached and have not said so, `nudged` whether
    they were reminded today, `unknown` of how many copies nobody knows whether they arrived.
    """

    state: State
    people: int
    own: bool
    later: bool = False
    unread: int = 0
    nudged: bool = False
    unknown: int = 0

    @property
    def large(self) -> bool:
        """Whether one person alone may not send it."""
        return self.people > number("broadcast_alone")


def take(move: Move, sending: Sending) -> State:
    """Find the state a step leads to; raise Refused if it cannot be taken now, or not by them."""
    for step in WAY:
        if step.move is move and step.start is sending.state:
            must_be_theirs(move, sending)
            waits = step.leads is State.RUNNING and sending.later
            return State.SCHEDULED if waits else step.leads
    raise Refused("broadcast_not_there", state=sending.state)


def must_be_theirs(move: Move, sending: Sending) -> None:
    """Raise Refused where a second person is wanted, or where there is nobody to remind."""
    match move:
        case Move.SEND if sending.large:
            raise Refused("broadcast_wants_two", most=number("broadcast_alone"))
        case Move.APPROVE | Move.DECLINE if sending.own:
            raise Refused("own_broadcast")
        case Move.NUDGE if not sending.unread:
            raise Refused("broadcast_all_read")
        case Move.NUDGE if sending.nudged:
            raise Refused("broadcast_nudged_today")
        case Move.AGAIN | Move.ARRIVED if not sending.unknown:
            raise Refused("broadcast_none_unknown")
        case _:
            return


def open_to(sending: Sending) -> Sequence[Move]:
    """List the steps that can be taken now by whoever acts; asking only where it is needed."""
    return [step.move for step in WAY if step.start is sending.state and fits(step.move, sending)]


def fits(move: Move, sending: Sending) -> bool:
    """Say whether a step makes sense for whoever acts."""
    if move is Move.ASK and not sending.large:
        return False
    try:
        must_be_theirs(move, sending)
    except Refused:
        return False
    return True
