"""A matter goes on, stops, goes back or ends; the rule says whether it may."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from uuid import UUID

from sqlmodel import Session

from dialogs.events import MatterMoved
from dialogs.rules.access import Standing
from dialogs.rules.calendar import Calendar
from dialogs.rules.matters import due, resumed, take
from dialogs.vocabulary import MatterMove
from storage.matters.accepting import note
from storage.matters.owing import keep_due
from storage.matters.reading import conditions, find, running, steps
from storage.sealing import Keyring
from storage.tables import Matter, MatterStep


@dataclass(frozen=True)
class Mover:
    """Who moves a matter, and when, by which calendar."""

    person: UUID
    standing: Standing
    now: datetime
    today: date
    calendar: Calendar


def move(session: Session, moved: MatterMoved, mover: Mover, *, keys: Keyring) -> Matter:
    """Take a move of a matter; raise Refused unless its turn is now and it is theirs."""
    matter = find(session, moved.matter)
    seen = running(session, matter, today=mover.today)
    passage = take(moved.move, seen, step=moved.step, standing=mover.standing)
    kept = steps(session, matter.id)
    match moved.move:
        case MatterMove.TAKE:
            complete(session, kept[moved.step - 1], mover)
            begin(session, kept[moved.step], mover)
        case MatterMove.FINISH:
            complete(session, kept[moved.step - 1], mover)
            matter.ended_on = mover.today
        case MatterMove.DECLINE:
            matter.ended_on = mover.today
        case MatterMove.SEND_BACK:
            undo(session, kept[moved.step - 1], kept[moved.step - 2], mover)
        case MatterMove.STOP:
            stop(session, matter, moved, mover.today)
        case MatterMove.RESUME:
            resume(session, matter, kept[moved.step - 1], mover)
    matter.state = passage.leads
    session.add(matter)
    note(
        *(session, matter, moved.move, moved.step, moved.note),
        by=mover.person,
        now=mover.now,
        keys=keys,
    )
    keep_due(session, matter.id, now=mover.now, today=mover.today)
    return matter


def complete(session: Session, step: MatterStep, mover: Mover) -> None:
    """Complete a step."""
    step.done_on, step.done_by = mover.today, mover.person
    session.add(step)


def begin(session: Session, step: MatterStep, mover: Mover) -> None:
    """Let a matter come to a step, whose own limit begins to run."""
    step.begun_on = mover.today
    step.due_on = due(mover.today, step.days, calendar=mover.calendar)
    step.done_on, step.done_by = None, None
    session.add(step)


def undo(session: Session, step: MatterStep, before: MatterStep, mover: Mover) -> None:
    """Send a matter back to the step before; the limit of the whole stays as it was."""
    step.begun_on, step.due_on = None, None
    session.add(step)
    begin(session, before, mover)


def stop(session: Session, matter: Matter, moved: MatterMoved, today: date) -> None:
    """Stop the clock, with what is missing told once and for all."""
    for condition in conditions(session, matter.id):
        condition.met = condition.ordinal not in moved.missing
        session.add(condition)
    matter.stopped_on, matter.told_on = today, today


def resume(session: Session, matter: Matter, step: MatterStep, mover: Mover) -> None:
    """Let the clock run on: the days it stood still are added to the limits."""
    for condition in conditions(session, matter.id):
        condition.met = True
        session.add(condition)
    still = partial(
        resumed,
        stopped=matter.stopped_on or mover.today,
        today=mover.today,
        calendar=mover.calendar,
    )
    matter.due_on = still(matter.due_on)
    if step.due_on is not None:
        step.due_on = still(step.due_on)
        session.add(step)
    matter.stopped_on = None
