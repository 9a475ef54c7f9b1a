"""辦件: a matter goes through its process step by step, and no step is begun before its turn.

`PASSAGES` is the whole of it; docs/workflows.md is written from it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dialogs.errors import Refused
from dialogs.rules.access import MAY, Action, Permission, Standing, permits
from dialogs.rules.calendar import Calendar
from dialogs.speech import Listing
from dialogs.vocabulary import MatterMove as Move
from dialogs.vocabulary import MatterState as State

ACCEPTORS: Permission = MAY[Action.ACCEPT_MATTER]

MOST_CONDITIONS = 20


@dataclass(frozen=True)
class Passage:
    """A step of a matter's way: from which state it leads where, and who may take it.

    A matter that is new starts from None. With `by` None it is whoever has charge of the step of
    the process the matter is at.
    """

    move: Move
    start: State | None
    leads: State
    by: Permission | None


PASSAGES = (
    Passage(Move.ACCEPT, None, State.UNDER_WAY, ACCEPTORS),
    # Something is missing: it is told once, and the clock does not run until it is there.
    Passage(Move.ACCEPT, None, State.STOPPED, ACCEPTORS),
    # The steps of the process one after the other; with the last one the matter is finished.
    Passage(Move.TAKE, State.UNDER_WAY, State.UNDER_WAY, None),
    Passage(Move.FINISH, State.UNDER_WAY, State.FINISHED, None),
    Passage(Move.SEND_BACK, State.UNDER_WAY, State.UNDER_WAY, None),
    Passage(Move.STOP, State.UNDER_WAY, State.STOPPED, None),
    Passage(Move.RESUME, State.STOPPED, State.UNDER_WAY, ACCEPTORS),
    Passage(Move.DECLINE, State.UNDER_WAY, State.DECLINED, None),
    Passage(Move.DECLINE, State.STOPPED, State.DECLINED, None),
)


@dataclass(frozen=True)
class StepSeen:
    """A step of a matter as the way sees it: whose it is, and whether it is complete.

    With `post` None, no post has charge of it today, and a cadre of `unit` takes it.
    """

    name: str
    post: UUID | None
    unit: UUID
    complete: bool = False


@dataclass(frozen=True)
class Running:
    """A matter as the way sees it; `told` is whether what is missing has been told already."""

    state: State
    unit: UUID
    steps: Sequence[StepSeen]
    told: bool = False

    @property
    def at(self) -> int:
        """The number of the step it is at, from 1; one more than there are when all are complete.

        It is the first that is not complete, whatever comes after it.
        """
        return next(
            (number for number, step in enumerate(self.steps, 1) if not step.complete),
            len(self.steps) + 1,
        )


def take(move: Move, running: Running, *, step: int, standing: Standing) -> Passage:
    """Find the passage somebody takes at a step; raise Refused unless its turn is now.

    Raises Refused, too, where it is not theirs to take.
    """
    passage = next(
        (one for one in PASSAGES if one.move is move and one.start is running.state), None
    )
    if passage is None:
        raise Refused("matter_not_now", state=running.state)
    must_be_its_turn(running, step)
    if not may_pass(passage, running, standing):
        raise Refused("not_your_step", step=running.steps[step - 1].name)
    left = running.steps[step:]
    match move:
        case Move.FINISH if left:
            raise Refused("steps_left", steps=Listing([one.name for one in left], inline=True))
        case Move.TAKE if not left:
            raise Refused("last_step_finishes", step=running.steps[step - 1].name)
        case Move.SEND_BACK if step == 1:
            raise Refused("no_step_before")
        case Move.STOP if running.told:
            raise Refused("told_once_already")
        case _:
            return passage


def must_be_its_turn(running: Running, step: int) -> None:
    """Raise Refused unless every step before a step is complete, and the step itself is not."""
    if not 1 <= step <= len(running.steps):
        raise Refused("unknown_action")
    before = [one.name for one in running.steps[: step - 1] if not one.complete]
    if before:
        missing = Listing(before, inline=True)
        raise Refused("step_too_early", step=running.steps[step - 1].name, missing=missing)
    if running.at != step:
        raise Refused("step_complete_already", step=running.steps[step - 1].name)


def may_pass(passage: Passage, running: Running, standing: Standing) -> bool:
    """Say whether a passage is somebody's to take, at the step the matter is at."""
    if passage.by is not None:
        return permits(passage.by, standing, running.unit)
    return in_charge(running.steps[running.at - 1], standing)


def in_charge(step: StepSeen, standing: Standing) -> bool:
    """Say whether somebody has charge of a step: they hold its post, or it has none."""
    if step.post is not None:
        return step.post in standing.posts
    return step.unit in standing.units


def possible(running: Running, *, standing: Standing) -> tuple[Move, ...]:
    """List the moves somebody may take now, in the order they are offered."""
    return tuple(move for move in Move if move is not Move.ACCEPT and may(move, running, standing))


def may(move: Move, running: Running, standing: Standing) -> bool:
    """Say whether somebody may take a move at the step the matter is at."""
    try:
        take(move, running, step=running.at, standing=standing)
    except Refused:
        return False
    return True


def due(day: date, days: int, *, calendar: Calendar) -> date:
    """Find the day by which what begins on a day is done; the day itself does not count."""
    return calendar.add_working_days(day, days)


def resumed(due_on: date, *, stopped: date, today: date, calendar: Calendar) -> date:
    """Move a due day on by the working days the clock stood still."""
    return calendar.add_working_days(due_on, calendar.working_days_between(stopped, today))


def is_late(due_on: date, *, ended: date | None, stopped: date | None, today: date) -> bool:
    """Say whether something is, or was, done after its day; a clock that stands still is not."""
    return (ended or stopped or today) > due_on


def conditions_of(text: str) -> tuple[str, ...]:
    """Take the conditions of a process apart, one an item, as they are checked off."""
    parts = (part.strip() for part in re.split(r"[；;。\n]+", text))
    return tuple(part for part in parts if part)[:MOST_CONDITIONS]
