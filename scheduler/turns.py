"""What the commission is told by itself comes once a day, at each member's own hour."""

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session

from dialogs.rules.access import COMMISSION
from dialogs.rules.calendar import Calendar
from storage import reminders, signals
from storage.people import with_role


def in_turn(
    session: Session, what: str, *, now: datetime, zone: ZoneInfo, calendar: Calendar
) -> Iterator[tuple[UUID, date | None]]:
    """Give each member whose hour has come and who has not had their turn today, and the last.

    Nobody has one out of office hours. `what` names what they are told.
    """
    if not calendar.is_open(now, zone=zone):
        return
    here = now.astimezone(zone)
    today = here.date().toordinal()
    members = [one.id for one in with_role(session, tuple(COMMISSION))]
    marks = {one: f"{what}:{one.hex}" for one in members}
    looked = signals.upto_each(session, marks.values())
    waiting = [one for one in members if looked.get(marks[one]) != today]
    for member in reminders.whose_hour_came(session, waiting, here.time(), calendar=calendar):
        signals.looked(session, marks[member], today)
        last = looked.get(marks[member])
        yield member, date.fromordinal(last) if last else None
