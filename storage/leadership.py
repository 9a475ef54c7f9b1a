"""One bot at work a township: whoever comes second stands by until the first is gone."""

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from storage.database import Database

LOCK = 0x71696E67  # a number of ours among PostgreSQL's advisory locks
LOOK_AGAIN = 1.0  # seconds


@contextmanager
def sole(database: Database) -> Iterator[Callable[[], None]]:
    """Hold the place of the one bot at work; waits while another holds it.

    What is given looks whether the place is still held, and raises OperationalError if the
    connection it hangs on was cut; then another may be at work already.

    On SQLite it is a lock on a file beside the database, on PostgreSQL an advisory lock of the
    schema; either ends with the process, however that ends.
    """
    if database.is_sqlite:
        with Path(f"{database.url.database}.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield lambda: None
        return
    with database.engine.connect() as connection:
        question = sa.text("SELECT pg_try_advisory_lock(:lock, hashtext(current_schema()))")
        while not connection.execute(question, {"lock": LOCK}).scalar():
            connection.rollback()
            time.sleep(LOOK_AGAIN)
        connection.commit()

        def held() -> None:
            connection.exec_driver_sql("SELECT 1")
            connection.commit()

        yield held
