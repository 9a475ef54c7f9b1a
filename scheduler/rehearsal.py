"""What a day would bring: every sweep is played through, and all of it is taken back."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from dialogs.catalogue.reminders import CLIMBS
from dialogs.speech import Listing, Phrase, Sayable
from scheduler.digest import Item, line
from scheduler.reminders import Here, by_listener, gather, hours_of, plan
from scheduler.timetable import TIMETABLE, Duty
from storage import calendars
from storage.database import Database

TABLES = {stage: name for name, stage in CLIMBS.items()}  # as reminders.toml writes them


class Undone(Exception):  # noqa: N818 - it undoes what was only rehearsed
    """A day was rehearsed."""


class Stage(Database):
    """A database whose units of work all end in one that is taken back."""

    lasting = False

    def __init__(self, real: Database, session: Session) -> None:
        self.url, self.engine = real.url, real.engine
        self.session = session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give the one session; nothing is committed."""
        with nullcontext(self.session) as session:
            yield session
            session.flush()
            session.expire_all()

    reading = writing


def rehearse(duty: Duty, day: date) -> Sequence[Sayable]:
    """Say what a day would bring, person by person, then sweep by sweep; change nothing."""
    said: list[Sayable] = []
    try:
        with duty.database.writing() as session:
            calendar = calendars.own(session, duty.calendar)
            here = Here(closing(duty, day), duty.zone, calendar)
            said = [*of_people(session, here), *of_sweeps(duty, session, here.now)]
            raise Undone
    except Undone:
        return said


def closing(duty: Duty, day: date) -> datetime:
    """Give the last minute at which offices are open, when the whole day has been said."""
    return datetime.combine(day, duty.calendar.closes, duty.zone) - timedelta(minutes=1)


def of_people(session: Session, here: Here) -> Iterator[Sayable]:
    """Say what everybody would hear, and by which table of reminders.toml."""
    if not here.calendar.is_working_day(here.today):
        yield Phrase("rehearsal.free", {"day": here.today})
        return
    plan(session, here)
    items = gather(session, here).items
    hours = hours_of(session, items, here)
    yield Phrase("rehearsal.day", {"day": here.today, "count": len(hours)})
    for heard in by_listener(items):
        listener = heard[0].listener
        hour = f"{hours[listener.id]:%H:%M}"
        lines = Listing([told(item) for item in heard])
        values: dict[str, Sayable] = {"name": listener.name, "hour": hour, "lines": lines}
        yield Phrase("rehearsal.person", values)


def told(item: Item) -> Phrase:
    """Say one thing, and by which rung."""
    stage = item.rung.stage
    to = f"climb.{TABLES[stage]}" if stage in TABLES else f"say.{stage}"
    policy = f"{item.owed.deadline.kind}.{to}"
    key = "rehearsal.at_once" if item.rung.at_once else "rehearsal.line"
    return Phrase(key, {"what": line(item), "policy": policy})


def of_sweeps(duty: Duty, session: Session, now: datetime) -> Iterator[Sayable]:
    """Play every sweep through once, and count the rows it would add and take."""
    staged = replace(duty, database=Stage(duty.database, session), clock=lambda: now)
    before = counts(session)
    for sweep, _ in TIMETABLE:
        sweep(staged)
        after = counts(session)
        changes = [
            f"{table} {count:+d}"
            for table in sorted(before | after)
            if (count := after[table] - before[table])
        ]
        before = after
        if changes:
            values: dict[str, Sayable] = {
                "sweep": sweep.__name__,
                "changes": Listing(changes, inline=True),
            }
            yield Phrase("rehearsal.sweep", values)


def counts(session: Session) -> Counter[str]:
    """Count the rows of every table."""
    tables: Mapping[str, sa.Table] = SQLModel.metadata.tables
    return Counter(
        {
            name: session.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for name, table in tables.items()
        }
    )
