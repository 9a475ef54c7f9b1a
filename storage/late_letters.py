"""What did not leave in time waits for office hours; a reminder is dropped once it is done."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta, tzinfo
from uuid import UUID

import sqlalchemy as sa
from nacl.exceptions import CryptoError
from sqlmodel import Session, col

from dialogs.rules.calendar import Calendar
from storage import calendars, outbox
from storage.outbox import OUTBOX, Parcel, Urgency
from storage.sealing import Keyring
from storage.tables import Deadline

WAIT = (Urgency.REMINDER, Urgency.BROADCAST)  # for office hours, when they are late
IN_TIME = timedelta(minutes=30)  # after which a letter is no answer to what happened just now
LATE = sa.and_(
    OUTBOX.c.sending.is_(False),
    OUTBOX.c.urgency.in_([int(one) for one in WAIT]),
    OUTBOX.c.due_at < sa.bindparam("since"),
)
ANY_LATE = sa.select(OUTBOX.c.id).where(LATE).limit(1)  # written once: every turn of delivery asks


def about(deadline: UUID, due: date) -> str:
    """Name a deadline, as it is due, in a letter that reminds of it."""
    return f"{deadline.hex}.{due}"


def opening(session: Session, now: datetime, *, zone: tzinfo, calendar: Calendar) -> datetime:
    """Find the next moment in office hours, by the calendar with the township's own days."""
    return calendars.own(session, calendar).next_open_moment(now, zone=zone)


def hold(session: Session, *, now: datetime, zone: tzinfo, calendar: Calendar) -> None:
    """Let what is late wait until offices open, answers excepted; in office hours it goes."""
    since = {"since": now - IN_TIME}
    if session.execute(ANY_LATE, since).first() is None:
        return
    opens = opening(session, now, zone=zone, calendar=calendar)
    if opens > now:
        session.execute(sa.update(OUTBOX).where(LATE).values(due_at=opens, attempts=0), since)


def drop_done(session: Session, parcels: Sequence[Parcel], *, keys: Keyring) -> Sequence[Parcel]:
    """Forget the reminders of which nothing is open any more, as it was due; give the others."""
    named = {one.id: reminds(one, keys=keys) for one in parcels}
    if not any(named.values()):
        return parcels
    still = set(still_open(session, named))
    over = {id_ for id_, names in named.items() if names and not still.intersection(names)}
    outbox.sent(session, list(over))
    return [one for one in parcels if one.id not in over]


def reminds(parcel: Parcel, *, keys: Keyring) -> Sequence[str]:
    """Read which deadlines a parcel reminds of; what cannot be opened fails when it is sent."""
    if parcel.urgency is Urgency.REMINDER:
        with suppress(CryptoError, ValueError):
            return outbox.unpack(parcel, keys=keys).reminds
    return ()


def still_open(session: Session, named: Mapping[int, Collection[str]]) -> Collection[str]:
    """Find which of some deadlines are open, and due as they were."""
    ids = {UUID(name.partition(".")[0]) for names in named.values() for name in names}
    rows = session.execute(
        sa.select(col(Deadline.id), col(Deadline.due_on)).where(
            col(Deadline.id).in_(ids), col(Deadline.done_at).is_(None)
        )
    )
    return {about(deadline, due) for deadline, due in rows}
