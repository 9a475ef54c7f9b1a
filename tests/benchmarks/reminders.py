"""What a sweep of reminders costs: a thousand due among ten thousand open, and among a million.

Run `python -m tests.benchmarks.reminders`.
"""

import resource
import statistics
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session

from dialogs.rules.calendar import Calendar
from dialogs.vocabulary import DeadlineKind, UnitKind
from scheduler.reminders import remind
from storage import reviews
from storage.database import Database, table_of
from storage.migrations import upgrade
from storage.tables import Deadline, Outbox, Person, Post, Unit
from tests.benchmarks.size import KEYS, joined
from tests.builders import postgres

ZONE = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 3, 13)
MORNING = datetime(2026, 3, 13, 9, tzinfo=ZONE)
FEW, MANY, DUE = 10_000, 1_000_000, 1_000
PEOPLE, AT_A_TIME, TIMES = 1_000, 10_000, 9


class Undone(Exception):  # noqa: N818 - it undoes a sweep that was only measured
    """A sweep was measured."""


def fill(database: Database, opened: int) -> None:
    """Write deadlines: a thousand whose day has come, the rest to be spoken of later."""
    people, posts = [uuid4() for _ in range(PEOPLE)], [uuid4() for _ in range(PEOPLE)]
    unit = uuid4()
    with database.writing() as session:
        values = {"code": "U", "name": "unit", "kind": UnitKind.OFFICE}
        session.execute(sa.insert(table_of(Unit)), [{"id": unit, **values}])
        session.execute(
            sa.insert(table_of(Person)),
            [
                {"id": one, "code": f"P{n}", "name": f"person {n}", "phone": "", **joined(10 + n)}
                for n, one in enumerate(people)
            ],
        )
        session.execute(
            sa.insert(table_of(Post)),
            [
                {"id": one, "code": f"P{n}", "unit_id": unit, "title": f"post {n}", "duty": ""}
                for n, one in enumerate(posts)
            ],
        )
    rows = deadlines(people, posts, opened)
    while some := list(islice(rows, AT_A_TIME)):
        with database.writing() as session:
            session.execute(sa.insert(table_of(Deadline)), some)
    if database.is_sqlite:
        return  # nobody tells SQLite how its rows lie; PostgreSQL looks by itself
    with database.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("ANALYZE")


def deadlines(people: list[UUID], posts: list[UUID], opened: int) -> Iterator[dict[str, object]]:
    """Make deadlines: the first thousand are due today, the others later and later."""
    for number in range(opened):
        shift = 0 if number < DUE else 30 + number // 3_000
        due = DAY + timedelta(days=shift)
        looked_at = datetime(due.year, due.month, due.day, 0, 30, tzinfo=UTC)
        yield {
            "id": uuid4(),
            "kind": DeadlineKind.MEASURE,
            "person_id": people[number % PEOPLE],
            "post_id": posts[number % PEOPLE],
            "subject": uuid4(),
            "due_on": due,
            "done_at": None,
            "speaks_at": looked_at,
        }


def swept(session: Session) -> int:
    """Sweep once."""
    return remind(session, now=MORNING, zone=ZONE, calendar=Calendar(), keys=KEYS)


def looked(session: Session) -> int:
    """Find out who owes a review, as every sweep does; nobody owes one."""
    reviews.keep_due(session, now=MORNING, zone=ZONE, calendar=Calendar())
    return 0


def undone(database: Database, work: Callable[[Session], int], *, said: int) -> None:
    """Do something that is taken back, and see that it said as much as it had to."""
    try:
        with database.writing() as session:
            assert work(session) == said
            raise Undone
    except Undone:
        pass


def figures(database: Database) -> dict[str, float]:
    """Measure a sweep with a thousand due, its memory, and one that finds nothing."""
    assert count(database, Outbox) == 0
    busy = spent(lambda: undone(database, swept, said=DUE))
    tracemalloc.start()
    undone(database, swept, said=DUE)
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    with database.writing() as session:
        assert swept(session) == DUE
    idle = spent(lambda: undone(database, swept, said=0))
    owed = spent(lambda: undone(database, looked, said=0))
    return {
        "a thousand due, ms": busy,
        "memory of it, MiB": peak,
        "nothing due, ms": idle,
        "who owes a review, ms": owed,
    }


def spent(work: Callable[[], object]) -> float:
    """Measure the median of several runs, in milliseconds; the first warms up."""
    work()
    times = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def count(database: Database, table: type) -> int:
    """Count the rows of a table."""
    with database.reading() as session:
        counted: int = session.execute(
            sa.select(sa.func.count()).select_from(table_of(table))
        ).scalar_one()
        return counted


def measure(url: str, opened: int) -> dict[str, float]:
    """Fill a database and measure."""
    database = Database(url)
    try:
        upgrade(database)
        fill(database, opened)
        return figures(database)
    finally:
        database.close()


@contextmanager
def servers() -> Iterator[dict[str, Callable[[int], dict[str, float]]]]:
    """Give what measures each database there is on this machine."""

    def on_sqlite(opened: int) -> dict[str, float]:
        with tempfile.TemporaryDirectory() as folder:
            return measure(f"sqlite:///{Path(folder) / 'reminders.db'}", opened)

    programs = postgres.binaries()
    if programs is None:
        yield {"SQLite": on_sqlite}
        return
    with postgres.running(programs) as url:

        def on_postgresql(opened: int) -> dict[str, float]:
            with postgres.database(url, f"open_{opened}") as one:
                return measure(one, opened)

        yield {"SQLite": on_sqlite, "PostgreSQL": on_postgresql}


def main() -> None:
    """Print the figures at ten thousand open deadlines and at a million."""
    print(f"| | {FEW:,} open | {MANY:,} open | ratio |\n|---|---|---|---|")  # noqa: T201
    with servers() as databases:
        for name, measured in databases.items():
            few, many = measured(FEW), measured(MANY)
            for what, small in few.items():
                row = f"{small:.1f} | {many[what]:.1f} | {many[what] / small:.2f}"
                print(f"| {name}: {what} | {row} |")  # noqa: T201
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nthe process at its largest: {peak:.0f} MiB")  # noqa: T201


if __name__ == "__main__":
    main()
