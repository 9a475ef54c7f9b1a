"""A matter as it is shown: to those who work on it whole, to those who watch without names."""

from collections.abc import Sequence
from datetime import timedelta, tzinfo

from sqlmodel import Session

from dialogs import events
from dialogs.acceptance import written
from dialogs.catalogue.policy import number
from dialogs.errors import Refused
from dialogs.rules.access import Action, reaches
from dialogs.rules.matters import possible
from dialogs.speech import Button, Go, Listing, Phrase, Reply, Sayable
from storage import matters
from storage.matters import Deed
from storage.occasion import Occasion
from storage.recorder.matters import must_see, standing
from storage.recorder.outcome import Outcome, record
from storage.recorder.pages import in_pages
from storage.tables import Matter, MatterStep, Process, Unit

GUESSED_WITHIN = timedelta(minutes=15)


@record.register
def asked_after(
    event: events.MatterAskedAfter, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Say where a matter stands, to whoever has its number; no name, nothing that was written."""
    memory, asked = occasion.memory, ("matters of", occasion.chat)
    most = number("wrong_numbers")
    if wait := memory.minutes_to_wait(*asked, most=most, within=GUESSED_WITHIN, now=occasion.now):
        raise Refused("guessed_too_often", minutes=wait)
    matter = matters.by_number(session, event.number)
    if matter is None:
        memory.count(*asked, within=GUESSED_WITHIN, now=occasion.now)  # a right one is free
        raise Refused("matter_unknown")
    return Outcome([Reply([head(session, matter), *standing(session, matter)])])


def head(session: Session, matter: Matter) -> Phrase:
    """Say which matter it is: its number, process, unit, and the day it was accepted."""
    return Phrase(
        "matter.head",
        {
            "number": written(matter.number),
            "process": session.get_one(Process, matter.process_id).name,
            "unit": session.get_one(Unit, matter.unit_id).name,
            "day": matter.accepted_on,
            "state": matter.state,
        },
    )


@record.register
def matter_opened(
    event: events.MatterOpened, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Show a matter; who applies for what is protected, and not shown to those who only watch."""
    matter = must_see(session, event.matter, occasion)
    said = [head(session, matter), *standing(session, matter), step_lines(session, matter)]
    inside = matters.may_handle(session, matter, occasion.standing, occasion.person)
    replies = [Reply(said)]
    if inside:
        replies = [Reply([*said, sheet(matter, occasion)], protected=True)]
        lines = [
            deed(one, session, matter, zone=occasion.zone)
            for one in opened(session, matter, occasion)
        ]
        pages = in_pages(lines, occasion.language) if lines else ()
        replies += [Reply([Listing(page)], protected=True) for page in pages]
    *before, last = replies
    buttons = [[button] for button in offered(session, matter, occasion)]
    return Outcome([*before, Reply(last.phrases, buttons, protected=inside)])


def opened(session: Session, matter: Matter, occasion: Occasion) -> Sequence[Deed]:
    """Open what was done about a matter."""
    return matters.deeds(session, matter.id, keys=occasion.keys)


def sheet(matter: Matter, occasion: Occasion) -> Phrase:
    """Say who applies for what."""
    kept = matters.sheet(matter, keys=occasion.keys)
    return Phrase(
        "matter.sheet",
        {
            "wanted": kept.wanted,
            "applicant": kept.applicant,
            "contact": kept.contact or Phrase("matter.no_contact"),
        },
    )


def step_lines(session: Session, matter: Matter) -> Listing:
    """Say of every step whether it is complete, at hand, or still to come."""
    return Listing([step_line(step) for step in matters.steps(session, matter.id)])


def step_line(step: MatterStep) -> Phrase:
    """Say one step."""
    values: dict[str, Sayable] = {"number": step.ordinal, "name": step.name}
    if step.done_on:
        return Phrase("matter.step_complete", {**values, "day": step.done_on})
    if step.due_on:
        return Phrase("matter.step_at_hand", {**values, "due": step.due_on})
    return Phrase("matter.step_to_come", values)


def deed(done: Deed, session: Session, matter: Matter, *, zone: tzinfo) -> Phrase:
    """Say what was done, on its day in a zone."""
    steps = matters.steps(session, matter.id)
    values: dict[str, Sayable] = {
        "on": done.on.astimezone(zone).date(),
        "by": done.by,
        "move": done.move,
        "step": steps[done.step - 1].name,
    }
    if not done.note:
        return Phrase("matter.deed", values)
    return Phrase("matter.deed_noted", {**values, "note": done.note})


def offered(session: Session, matter: Matter, occasion: Occasion) -> Sequence[Button]:
    """Offer what somebody may do about a matter: take it on, or record what went wrong."""
    buttons = []
    running = matters.running(session, matter, today=occasion.today)
    if possible(running, standing=occasion.standing):
        buttons.append(Button(Action.HANDLE_MATTER, Go(Action.HANDLE_MATTER, matter.id.hex)))
    if reaches(occasion.standing, Action.RECORD_LAPSE, matter.unit_id):
        buttons.append(Button(Action.RECORD_LAPSE, Go(Action.RECORD_LAPSE, matter.id.hex)))
    return [*buttons, Button(Action.MATTERS, Go(Action.MATTERS))]
