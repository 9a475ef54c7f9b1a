"""Matters written down: accepted, moved, shown to those who work on them, asked after by number."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from dialogs import events
from dialogs.acceptance import written
from dialogs.errors import Refused
from dialogs.rules.access import Action
from dialogs.speech import Button, Go, Listing, Phrase, Reply, Sayable, say
from dialogs.vocabulary import MatterMove, MatterState
from storage import letters, matters
from storage.matters import Mover, Told
from storage.occasion import Occasion
from storage.recorder.catalogues import listed
from storage.recorder.outcome import Outcome, prepare, record
from storage.tables import Matter, MatterStep, Process, Unit

MOST_LISTED = 80
ONWARD = (MatterMove.TAKE, MatterMove.SEND_BACK, MatterMove.RESUME)


@record.register
def process_chosen(
    event: events.ProcessChosen, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Go on with the process that was chosen."""
    return Outcome(then=Go(event.action, event.process.hex))


@prepare.register
def make_number(event: events.MatterAccepted, occasion: Occasion) -> str:
    """Make the acceptance number."""
    return matters.new_number()


@record.register
def matter_accepted(
    event: events.MatterAccepted, session: Session, occasion: Occasion, prepared: str
) -> Outcome:
    """Write a matter down, and give the slip that the applicant takes along."""
    process = matters.process_in_force(session, event.process)
    occasion.must_reach(Action.ACCEPT_MATTER, process.unit_id)
    matter = matters.accept(
        session,
        event,
        number=prepared,
        by=occasion.person,
        now=occasion.now,
        today=occasion.today,
        calendar=occasion.calendar,
        keys=occasion.keys,
    )
    if matter.state is MatterState.UNDER_WAY:
        tell_next(session, matter, "matter.at_your_step", occasion=occasion)
    slip = Reply(slip_of(session, matter, process))
    hint = Reply([Phrase("matter.accepted")], [[open_button(matter)]])
    return Outcome([slip, hint], about=matter.id.hex)


def slip_of(session: Session, matter: Matter, process: Process) -> Sequence[Sayable]:
    """Write the slip of acceptance: number, day, and what is missing; no name."""
    unit = session.get_one(Unit, matter.unit_id).name
    values: dict[str, Sayable] = {
        "number": written(matter.number),
        "process": process.name,
        "unit": unit,
        "day": matter.accepted_on,
    }
    said: list[Sayable] = [Phrase("matter.slip", values)]
    if matter.stopped_on:
        lacking = missing(session, matter)
        said.append(Phrase("matter.told_once", {"missing": lacking, "day": matter.stopped_on}))
    else:
        said.append(Phrase("matter.due", {"due": matter.due_on}))
    return [*said, Phrase("matter.how_to_ask")]


def missing(session: Session, matter: Matter) -> Listing:
    """List the conditions that are not met."""
    return Listing(
        [
            Phrase("matter.condition", {"number": one.ordinal, "text": one.text})
            for one in matters.conditions(session, matter.id)
            if not one.met
        ]
    )


def open_button(matter: Matter) -> Button:
    """Offer to see a matter."""
    return Button(
        Phrase("matter.open", {"number": written(matter.number)}),
        Go(Action.OPEN_MATTER, matter.id.hex),
    )


def tell_next(session: Session, matter: Matter, key: str, *, occasion: Occasion) -> None:
    """Tell who has charge of the step a matter has come to; nothing of what was written."""
    at = step_at(matters.steps(session, matter.id))
    if at is None:
        return
    charged = matters.charges(session, matter.id, today=occasion.today)
    told = {person for _, person, *_ in charged} - {occasion.person}
    values: dict[str, Sayable] = {
        "number": written(matter.number),
        "process": session.get_one(Process, matter.process_id).name,
        "step": at.name,
        "due": at.due_on or matter.due_on,
    }
    letters.tell(
        session,
        told,
        Reply([Phrase(key, values)], [[open_button(matter)]]),
        keys=occasion.keys,
        now=occasion.now,
    )


def step_at(steps: Sequence[MatterStep]) -> MatterStep | None:
    """Find the step a matter is at; None when all are complete."""
    return next((step for step in steps if step.done_on is None), None)


@record.register
def matter_moved(
    event: events.MatterMoved, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Take a move of a matter, and tell who has charge of the step it has come to."""
    mover = Mover(
        occasion.person, occasion.standing, occasion.now, occasion.today, occasion.calendar
    )
    matter = matters.move(session, event, mover, keys=occasion.keys)
    if event.move in ONWARD:
        returned = event.move is MatterMove.SEND_BACK
        key = "matter.returned_to_you" if returned else "matter.at_your_step"
        tell_next(session, matter, key, occasion=occasion)
    done = Phrase(
        "matter.moved",
        {"number": written(matter.number), "move": event.move, "state": matter.state},
    )
    said: list[Sayable] = [done, *standing(session, matter)]
    if event.move is MatterMove.STOP:
        process = session.get_one(Process, matter.process_id)
        slip = Reply(slip_of(session, matter, process))
        return Outcome([slip, Reply([done], [[open_button(matter)]])])
    return Outcome([Reply(said, [[open_button(matter)]])])


def standing(session: Session, matter: Matter) -> Sequence[Sayable]:
    """Say where a matter stands: at which step of how many, by when, what is missing."""
    steps = matters.steps(session, matter.id)
    at = step_at(steps)
    ended: dict[str, Sayable] = {"day": matter.ended_on or matter.due_on}
    match matter.state:
        case MatterState.FINISHED:
            return [Phrase("matter.finished", ended)]
        case MatterState.DECLINED:
            return [Phrase("matter.declined", ended)]
        case _ if at is None:
            return []
    place: dict[str, Sayable] = {"step": at.ordinal, "steps": len(steps), "name": at.name}
    if matter.stopped_on:
        lacking = missing(session, matter)
        told: dict[str, Sayable] = {"missing": lacking, "day": matter.stopped_on}
        return [Phrase("matter.place", place), Phrase("matter.stopped", told)]
    return [Phrase("matter.place", place), Phrase("matter.due", {"due": matter.due_on})]


@record.register
def matters_asked(
    event: events.MattersAsked, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """List the matters at hand, those that are late first, each with its button."""
    found = matters.at_hand(session, occasion.person, occasion.standing, today=occasion.today)
    if not found:
        return Outcome([say("matter.none_at_hand")])
    late = sum(one.late for one in found)
    values: dict[str, Sayable] = {"count": len(found), "late": late, "most": MOST_LISTED}
    title = Phrase("matter.first_at_hand" if len(found) > MOST_LISTED else "matter.at_hand", values)
    return Outcome(listed(title, [[listed_button(one)] for one in found[:MOST_LISTED]]))


def listed_button(told: Told) -> Button:
    """Offer a matter of a list: its number, step and day, never a name."""
    key = "matter.listed_late" if told.late else "matter.listed"
    if told.matter.stopped_on:
        key = "matter.listed_stopped"
    says = Phrase(
        key,
        {
            "number": written(told.matter.number),
            "process": told.process,
            "step": told.step.ordinal,
            "steps": told.steps,
            "due": told.matter.due_on,
        },
    )
    return Button(says, Go(Action.OPEN_MATTER, told.matter.id.hex))


def must_see(session: Session, matter: UUID, occasion: Occasion) -> Matter:
    """Find a matter somebody may see; raise Refused otherwise."""
    found = matters.find(session, matter)
    if not matters.may_see(session, found, occasion.standing, occasion.person):
        raise Refused("not_your_unit")
    return found
