"""The township's own days, entered and taken back."""

from sqlmodel import Session

from dialogs import events
from dialogs.facts import OwnSpan
from dialogs.flows.calendar import span_line
from dialogs.rules.access import Action
from dialogs.speech import Button, Go, Phrase, Reply
from storage import calendars
from storage.occasion import Occasion
from storage.recorder.outcome import Outcome, record
from storage.subjects import days_subject


@record.register
def own_days_entered(
    event: events.OwnDaysEntered, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Write a span down; from now on everything counts by it."""
    calendars.enter(session, event.span, by=occasion.person, now=occasion.now)
    return kept("calendar.entered", event.span)


@record.register
def own_days_taken_back(
    event: events.OwnDaysTakenBack, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Forget a span."""
    calendars.take_back(session, event.span)
    return kept("calendar.taken_back", event.span)


def kept(says: str, span: OwnSpan) -> Outcome:
    """Say what was done about a span, and lead back to the calendar."""
    back = [[Button(Action.CALENDAR, Go(Action.CALENDAR))]]
    said = Reply([Phrase(says, {"span": span_line(span)})], back)
    return Outcome([said], about=days_subject(span.first, span.last))
