"""What is told about the calendar to whoever keeps it."""

from sqlmodel import Session

from dialogs import facts
from dialogs.rules.access import Action
from storage import calendars
from storage.briefing.telling import tells
from storage.occasion import Occasion


@tells(Action.CALENDAR)
def at_hand(session: Session, occasion: Occasion, subject: str) -> facts.CalendarAtHand:
    """Tell how far the land's holidays are known, and the township's own days to come."""
    coming = calendars.coming(session, since=occasion.today)
    return facts.CalendarAtHand(occasion.today, occasion.calendar.known_until, coming)
