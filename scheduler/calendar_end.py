"""Long before the known holidays run out, the office clerk is told, once."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from dialogs.catalogue.policy import number
from dialogs.rules.access import Action
from dialogs.rules.calendar import Calendar
from dialogs.speech import Button, Go, Phrase, Reply
from dialogs.vocabulary import Role
from storage import calendars, letters, people
from storage.sealing import Keyring


def tell_of_end(
    session: Session, *, now: datetime, zone: ZoneInfo, calendar: Calendar, keys: Keyring
) -> int:
    """Tell the clerks when the known days near their end; count those who hear it.

    Whoever renews the package moves the end, and hears of it again only before the next.
    """
    today, until = now.astimezone(zone).date(), calendar.known_until
    near = (until - today).days <= number("calendar_notice")
    if not near or not calendar.is_open(now, zone=zone) or calendars.is_told(session, calendar):
        return 0
    clerks = people.with_role(session, [Role.OFFICE_CLERK])
    beyond = calendars.beyond(session, calendar)
    says = Phrase("calendar.ends", {"until": until, "beyond": beyond})
    reply = Reply([says], [[Button(Action.CALENDAR, Go(Action.CALENDAR))]])
    told = letters.write(session, [(clerk, reply) for clerk in clerks], keys=keys, now=now)
    if told:
        calendars.told(session, calendar, today=today)
    return told
