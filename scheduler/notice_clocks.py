"""The days of public notices, told to the commission once a day: to publish, answer, close."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session

from dialogs.rules.access import Action
from dialogs.rules.calendar import Calendar, days_of
from dialogs.speech import Button, Go, Listing, Phrase, Reply, Sayable
from dialogs.vocabulary import Role
from scheduler.turns import in_turn
from storage import declarations, letters, notices
from storage.sealing import Keyring
from storage.tables import Declaration

TOLD = "notice_clocks"
AGAIN = 5  # working days after which what is late is spoken of again


@dataclass(frozen=True)
class Here:
    """The day it is told, by which calendar, and since when."""

    since: date
    today: date
    zone: ZoneInfo
    calendar: Calendar

    def speaks(self, due: date) -> bool:
        """Whether a day is spoken of today, or was to be while nothing ran."""
        first = min(self.since + timedelta(days=1), self.today)
        worked = filter(self.calendar.is_working_day, days_of(first, self.today))
        return any(speaks(due, day, self.calendar) for day in worked)


def speaks(due: date, today: date, calendar: Calendar) -> bool:
    """Whether a day is spoken of: on the working day before, on the day, after it now and then."""
    if today <= due:
        return due <= calendar.add_working_days(today, 1)
    return calendar.working_days_between(due, today) % AGAIN == 1


def remind(
    session: Session, *, now: datetime, zone: ZoneInfo, calendar: Calendar, keys: Keyring
) -> int:
    """Tell each member what waits of the notices, nothing about their own; count the messages."""
    today, count = now.astimezone(zone).date(), 0
    for member, last in list(in_turn(session, TOLD, now=now, zone=zone, calendar=calendar)):
        here = Here(last or today, today, zone, calendar)
        if lines := list(lines_for(session, member, here)):
            count += letters.tell(session, [member], says(lines), keys=keys, now=now)
    return count


def lines_for(session: Session, member: UUID, here: Here) -> Iterator[Phrase]:
    """Say what waits that a member may hear of."""
    days = [
        day
        for one, _, day in notices.unpublished(session, zone=here.zone, calendar=here.calendar)
        if here.speaks(day) and member not in kept_from(session, one)
    ]
    yield from to_publish(days, today=here.today)
    yield from objections(session, member, here)
    yield from over(session, here)


def over(session: Session, here: Here) -> Iterator[Phrase]:
    """Say which notices' days are over since a day."""
    for one in notices.open_ones(session, frozenset(Role)):
        if here.since <= one.closes_on < here.today:
            yield Phrase("notices.clock_over", {"title": one.title})


def objections(session: Session, member: UUID, here: Here) -> Iterator[Phrase]:
    """Say which objections wait, by their posts and not what they say."""
    for one in notices.open_objections(session):
        if not (here.since <= one.received_on < here.today or here.speaks(one.due_on)):
            continue
        if member in kept_from(session, session.get_one(Declaration, one.declaration_id)):
            continue
        values: dict[str, Sayable] = {
            "post": notices.about(session, one.declaration_id),
            "due": one.due_on,
        }
        late = here.today > one.due_on
        yield Phrase("notices.clock_late" if late else "notices.clock", values)


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
