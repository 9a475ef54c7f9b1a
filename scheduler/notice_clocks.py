"""The days of public notices, told to the commission once a day: to publish, answer, close."""

from collections import Counter
from collections.abc import Iterator, Sequence
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
from storage.tables import Declaration

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
    closable = list(over(session, since=since, today=today))
    days = [
        (day, kept_from(session, one))
        for one, _, day in notices.unpublished(session, zone=zone, calendar=calendar)
        if speaks(day, today, calendar)
    ]
    due = objections(session, since=since, today=today, calendar=calendar)
    count = 0
    for member in with_role(session, COMMISSION):
        theirs = [day for day, away in days if member.id not in away]
        asked = [line for line, away in due if member.id not in away]
        if lines := [*to_publish(theirs, today=today), *asked, *closable]:
            count += letters.tell(session, [member.id], says(lines), keys=keys, now=now)
    return count


def speaks(due: date, today: date, calendar: Calendar) -> bool:
    """Whether a day is spoken of: on the working day before, on the day, after it now and then."""
    if today <= due:
        return due <= calendar.add_working_days(today, 1)
    return calendar.working_days_between(due, today) % AGAIN == 1


def over(session: Session, *, since: date, today: date) -> Iterator[Phrase]:
    """Say which notices' days are over since a day."""
    for one in notices.open_ones(session, frozenset(Role)):
        if since <= one.closes_on < today:
            yield Phrase("notices.clock_over", {"title": one.title})


def objections(
    session: Session, *, since: date, today: date, calendar: Calendar
) -> Sequence[tuple[Phrase, frozenset[UUID]]]:
    """Say which objections wait, by their posts and not what they say; each with who hears none."""
    lines = []
    for one in notices.open_objections(session):
        if not (since <= one.received_on < today or speaks(one.due_on, today, calendar)):
            continue
        away = kept_from(session, session.get_one(Declaration, one.declaration_id))
        values: dict[str, Sayable] = {
            "post": notices.about(session, one.declaration_id),
            "due": one.due_on,
        }
        line = Phrase("notices.clock_late" if today > one.due_on else "notices.clock", values)
        lines.append((line, away))
    return lines


def to_publish(days: Sequence[date], *, today: date) -> Iterator[Phrase]:
    """Say how many grades are to be put on notice by which day, and nothing of what they are."""
    for day, count in sorted(Counter(days).items()):
        key = "notices.clock_publish_late" if today > day else "notices.clock_publish"
        yield Phrase(key, {"count": count, "due": day})


def kept_from(session: Session, declaration: Declaration) -> frozenset[UUID]:
    """Find who hears nothing of a declaration: whose it is, and whoever stands aside from them."""
    declared = declarations.as_declared(session, declaration)
    return declared.aside | {declared.holder}


def says(lines: Sequence[Phrase]) -> Reply:
    """Say what waits, with the way to it."""
    work = Button(Action.WORK, Go(Action.WORK))
    return Reply([Phrase("notices.clocks"), Listing(lines)], [[work]])
