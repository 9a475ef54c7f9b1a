"""Which sweep, when: one table, handed to APScheduler.

A sweep looks for what is due and posts rows to the outbox; it never sends. Each is idempotent by
unique keys, so that running twice does no harm, and catches up after downtime by looking.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from apscheduler.schedulers.background import BackgroundScheduler
from sqlmodel import Session

from dialogs.rules.calendar import Calendar
from scheduler import (
    calendar_end,
    case_clocks,
    housekeeping,
    notice_clocks,
    publications,
    reminders,
    roots,
    warning_drafts,
)
from storage import calendars, mailing, mixing
from storage.database import Database
from storage.sealing import Keyring

AT_MOST = 8  # units of work a run, as many as fit in between two
GIVE_WAY = 0.15  # seconds between two of them: they are spread, that nobody waits behind several
BEGUN = datetime(2026, 1, 1, tzinfo=UTC)  # a moment from which the seconds of sweeps are counted
APART = timedelta(milliseconds=100)  # of two sweeps that begin in the same second

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Duty:
    """What every sweep is given; to `calendar` it adds the township's own days.

    `rest` waits some seconds between two units of work, and while somebody's answer goes first.
    """

    database: Database
    keys: Keyring
    clock: Callable[[], datetime]
    zone: ZoneInfo
    channel: int | None = None
    calendar: Calendar = Calendar()
    rest: Callable[[float], None] = time.sleep


class Telling(Protocol):
    """What is said of itself, counting working days."""

    def __call__(
        self, session: Session, *, now: datetime, zone: ZoneInfo, calendar: Calendar, keys: Keyring
    ) -> object:
        """Post it."""


def tell(duty: Duty, *tellings: Telling) -> None:
    """Let things be said, by the calendar with the township's own days."""
    now, zone, keys = duty.clock(), duty.zone, duty.keys
    with duty.database.writing() as session:
        calendar = calendars.own(session, duty.calendar)
        for telling in tellings:
            telling(session, now=now, zone=zone, calendar=calendar, keys=keys)


def remind(duty: Duty) -> None:
    """Remind of open deadlines."""
    tell(duty, reminders.remind)


def tell_of_letters(duty: Duty) -> None:
    """Tell handlers of new letters."""
    tell(duty, case_clocks.tell_of_letters)


def remind_of_letters(duty: Duty) -> None:
    """Remind handlers of the days of letters."""
    tell(duty, case_clocks.remind)


def remind_of_notices(duty: Duty) -> None:
    """Remind the commission of the days of public notices."""
    tell(duty, notice_clocks.remind)


def send_broadcasts(duty: Duty) -> None:
    """Post what goes next of broadcasts, a few at a time, and show how far they have come."""
    now, zone, keys = duty.clock(), duty.zone, duty.keys
    for unit in range(AT_MOST):
        duty.rest(GIVE_WAY if unit else 0.0)
        with duty.database.writing() as session:
            posted = publications.post_copies(
                session, now=now, zone=zone, calendar=duty.calendar, keys=keys
            )
        if posted < mailing.AT_A_TIME:
            break
    with duty.database.writing() as session:
        publications.show_progress(session, now=now, zone=zone, keys=keys)


def draft_warnings(duty: Duty) -> None:
    """Note what may call for a warning, draft what the rules suggest, and say that it waits."""
    tell(duty, warning_drafts.look_and_draft, warning_drafts.tell_of_what_waits)


def tidy(duty: Duty) -> None:
    """Forget what is no longer needed."""
    with duty.database.writing() as session:
        now = duty.clock()
        housekeeping.tidy(session, now=now)
        housekeeping.let_lapse(session, now=now, today=now.astimezone(duty.zone).date())
    if duty.database.lasting:
        housekeeping.empty_log(duty.database)
        mixing.mix(duty.database)


def post_root(duty: Duty) -> None:
    """Post the root of the audit log, once a day; without a channel, to our own log."""
    now, channel = duty.clock(), duty.channel
    with duty.database.writing() as session:
        root = roots.post_root(session, now=now, zone=duty.zone, channel=channel, keys=duty.keys)
    if root and channel is None:
        log.info("root of the audit log: entry %d, digest %s", root.ordinal, root.digest)


def tell_of_end(duty: Duty) -> None:
    """Tell the clerks in time that the known holidays run out."""
    tell(duty, calendar_end.tell_of_end)


TIMETABLE: tuple[tuple[Callable[[Duty], None], int], ...] = (
    (remind, 5),  # seconds
    (tell_of_letters, 5),
    (remind_of_letters, 10),
    (remind_of_notices, 10),
    (send_broadcasts, 2),
    (draft_warnings, 10),
    (tidy, 60),
    (post_root, 60),
    (tell_of_end, 600),
)


def start(duty: Duty) -> BackgroundScheduler:
    """Start every sweep, none at the same moment; shut the scheduler down to stop them."""
    scheduler = BackgroundScheduler(
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    for place, (sweep, seconds) in enumerate(TIMETABLE):
        scheduler.add_job(
            *(swept, "interval", (sweep, duty)),
            seconds=seconds,
            start_date=BEGUN + place * APART,
            id=sweep.__name__,
        )
    scheduler.start()
    return scheduler


def swept(sweep: Callable[[Duty], None], duty: Duty) -> None:
    """Run a sweep; a stumble is logged and the next run looks again."""
    try:
        sweep(duty)
    except Exception as error:  # noqa: BLE001 - one failed run must not end the sweep
        log.error("the sweep %s stumbled: %s", sweep.__name__, type(error).__name__)
