"""The days of public notices, told to the commission once a day: what to answer, what to close."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session

from dialogs.rules.access import COMMISSION, Action
from dialogs.rules.calendar import Calendar
from dialogs.speech import Button, Go, Listing, Phrase, Reply, Sayable
from dialogs.vocabulary import Role
from storage import declarations, letters, notices, signals
from storage.people import with_role
from storage.sealing import Keyring
from storage.tables import Declaration, Objection

TOLD = "notice_clocks"
AGAIN = 5  # working days after which what is late is spoken of again


def remind(
    session: Session, *, now: datetime, zone: ZoneInfo, calendar: Calendar, keys: Keyring
) -> int:
    """Tell each member what waits of the notices, nothing about their own; count the messages."""
    today = now.astimezone(zone).date()
    last = signals.upto(session, TOLD)
    if not calendar.is_open(now, zone=zone) or last == today.toordinal():
        return 0
    since = date.fromordinal(last) if last else today
    signals.looked(session, TOLD, today.toordinal())
    due = [
        one
        for one in notices.open_objections(session)
        if since <= one.received_on < today or speaks(one.due_on, today, calendar)
    ]
    over = [
        one for one in notices.open_ones(session, frozenset(Role)) if since <= one.closes_on < today
    ]
    over_lines = [Phrase("notices.clock_over", {"title": one.title}) for one in over]
    due_lines = objections(session, due, today=today)
    count = 0
    for member in with_role(session, COMMISSION):
        theirs = [line for line, kept_from in due_lines if member.id not in kept_from]
        lines = [*theirs, *over_lines]
        if lines:
            count += letters.tell(session, [member.id], says(lines), keys=keys, now=now)
    return count


def speaks(due: date, today: date, calendar: Calendar) -> bool:
    """Whether a day is spoken of: on the working day before, on the day, after it now and then."""
    if today <= due:
        return due <= calendar.add_working_days(today, 1)
    return calendar.working_days_between(due, today) % AGAIN == 1


def objections(
    session: Session, due: Sequence[Objection], *, today: date
) -> Sequence[tuple[Phrase, frozenset[UUID]]]:
    """Say which objections wait, by their posts and not what they say; each with who hears none."""
    lines = []
    for one in due:
        declaration = session.get_one(Declaration, one.declaration_id)
        declared = declarations.as_declared(session, declaration)
        values: dict[str, Sayable] = {
            "post": notices.about(session, one.declaration_id),
            "due": one.due_on,
        }
        line = Phrase("notices.clock_late" if today > one.due_on else "notices.clock", values)
        lines.append((line, declared.aside | {declared.holder}))
    return lines


def says(lines: Sequence[Phrase]) -> Reply:
    """Say what waits, with the way to it."""
    work = Button(Action.WORK, Go(Action.WORK))
    return Reply([Phrase("notices.clocks"), Listing(lines)], [[work]])
