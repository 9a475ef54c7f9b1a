"""What is told to whoever wants to be reminded later, or at another hour."""

from sqlmodel import Session

from dialogs import facts
from dialogs.rules.access import Action
from dialogs.rules.reminding import digest_time, hours
from storage import reminders
from storage.briefing.telling import identity, tells
from storage.occasion import Occasion


@tells(Action.SNOOZE)
def to_snooze(session: Session, occasion: Occasion, subject: str) -> facts.SnoozesAtHand:
    """Tell what somebody was reminded of and may put off; a button may name one."""
    items = reminders.snoozable(
        session, occasion.person, today=occasion.today, calendar=occasion.calendar
    )
    one = identity(subject) if subject else None
    chosen = [item for item in items if one in (None, item.deadline)]
    return facts.SnoozesAtHand(occasion.today, chosen)


@tells(Action.REMINDER_HOUR)
def own_hour(session: Session, occasion: Occasion, subject: str) -> facts.HourAtHand:
    """Tell the hours there are, and the one somebody has now."""
    chosen = reminders.hours(session, [occasion.person]).get(occasion.person)
    now = digest_time(chosen, calendar=occasion.calendar)
    return facts.HourAtHand(hours(occasion.calendar), now.hour)
