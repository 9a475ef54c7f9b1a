"""One look at everything that may call for a warning, by what is new since the last."""

from datetime import date, tzinfo

from sqlmodel import Session

from dialogs.rules.calendar import Calendar
from storage.signals import deadlines, established, matters, voices, warned
from storage.signals.noting import Watch, looked, note, since

LOOK = "signals"
LOOKED_FOR = (
    deadlines.late,
    matters.late,
    matters.lapses,
    voices.late_answers,
    voices.late_notices,
    voices.votes,
    established.findings,
    established.complaints,
    established.refusals,
    warned.failed,
    warned.repeated,
)
CLOSED = (deadlines.close, matters.close, voices.close)


def watch_on(session: Session, *, today: date, zone: tzinfo, calendar: Calendar) -> Watch:
    """Look from the day of the last look on."""
    return Watch(today, zone, calendar, since(session, LOOK, today=today))


def look(session: Session, *, today: date, zone: tzinfo, calendar: Calendar) -> int:
    """Write down every signal that is new, and of what went on that it is over; count the new.

    Looking twice changes nothing; after downtime the look goes back to the last.
    """
    watch = watch_on(session, today=today, zone=zone, calendar=calendar)
    for closed in CLOSED:
        closed(session, watch)
    new = sum(len(note(session, found(session, watch), today=today)) for found in LOOKED_FOR)
    looked(session, LOOK, today.toordinal())
    return new
