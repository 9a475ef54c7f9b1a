"""Which sweep, when: one table, handed to APScheduler.

A sweep looks for what is due and posts rows to the outbox; it never sends. Each is idempotent by
unique keys, so that running twice does no harm, and catches up after downtime by looking.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from apscheduler.schedulers.background import BackgroundScheduler

from scheduler import housekeeping, publications, reminders, roots
from storage.database import Database
from storage.sealing import Keyring

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Duty:
    """What every sweep is given."""

    database: Database
    keys: Keyring
    clock: Callable[[], datetime]
    zone: ZoneInfo
    channel: int | None = None


def remind(duty: Duty) -> None:
    """Remind of open deadlines."""
    with duty.database.writing() as session:
        reminders.remind(session, now=duty.clock(), zone=duty.zone, keys=duty.keys)


def show_progress(duty: Duty) -> None:
    """Show how far broadcasts have come."""
    with duty.database.writing() as session:
        publications.show_progress(session, now=duty.clock(), keys=duty.keys)


def tidy(duty: Duty) -> None:
    """Forget what is no longer needed."""
    with duty.database.writing() as session:
        now = duty.clock()
        housekeeping.tidy(session, now=now)
        housekeeping.let_lapse(session, today=now.astimezone(duty.zone).date())
    housekeeping.empty_log(duty.database)


def post_root(duty: Duty) -> None:
    """Post the root of the audit log, once a day; without a channel, to our own log."""
    now, channel = duty.clock(), duty.channel
    with duty.database.writing() as session:
        root = roots.post_root(session, now=now, zone=duty.zone, channel=channel, keys=duty.keys)
    if root and channel is None:
        log.info("root of the audit log: entry %d, digest %s", root.ordinal, root.digest)


TIMETABLE: tuple[tuple[Callable[[Duty], None], int], ...] = (
    (remind, 5),  # seconds
    (show_progress, 2),
    (tidy, 60),
    (post_root, 60),
)


def start(duty: Duty) -> BackgroundScheduler:
    """Start every sweep; shut the scheduler down to stop them."""
    scheduler = BackgroundScheduler(
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    for sweep, seconds in TIMETABLE:
        scheduler.add_job(swept, "interval", args=(sweep, duty), seconds=seconds, id=sweep.__name__)
    scheduler.start()
    return scheduler


def swept(sweep: Callable[[Duty], None], duty: Duty) -> None:
    """Run a sweep; a stumble is logged and the next run looks again."""
    try:
        sweep(duty)
    except Exception as error:  # noqa: BLE001 - one failed run must not end the sweep
        log.error("the sweep %s stumbled: %s", sweep.__name__, type(error).__name__)
