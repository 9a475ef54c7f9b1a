"""One bot at work a township: the second waits, and takes over when the first is killed."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy.exc import OperationalError

from storage.database import Database
from storage.leadership import sole
from tests.builders.patience import until

CANDIDATE = """
import sys
from storage.database import Database
from storage.leadership import sole
database = Database(sys.argv[1])
print("waiting", flush=True)
with sole(database):
    print("at work", flush=True)
    sys.stdin.read()
"""


class Candidate:
    """A process that wants to be the one at work, and says how far it has come."""

    def __init__(self, url: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", CANDIDATE, url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.said: list[str] = []
        self.listener = threading.Thread(target=self.listen)
        self.listener.start()

    def listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.said.append(line.strip())

    def says(self, word: str) -> None:
        until(lambda: word in self.said, word, seconds=30)

    def end(self) -> None:
        self.process.kill()
        self.listener.join()
        self.process.communicate()


@contextmanager
def candidate(url: str) -> Iterator[Candidate]:
    one = Candidate(url)
    try:
        yield one
    finally:
        one.end()


def test_the_second_waits_and_takes_over_when_the_first_is_killed(database: Database) -> None:
    url = database.url.render_as_string(hide_password=False)
    with candidate(url) as first:
        first.says("at work")
        with candidate(url) as second:
            second.says("waiting")
            with pytest.raises(AssertionError):
                until(lambda: "at work" in second.said, "two at work", seconds=2)
            first.process.kill()
            second.says("at work")


def test_a_place_whose_connection_was_cut_is_known_to_be_lost(database: Database) -> None:
    with sole(database) as held:
        held()
        if database.is_sqlite:
            return  # a lock on a file ends with the process alone
        with database.writing() as session:
            session.connection().exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_locks"
                " WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
            )
        with pytest.raises(OperationalError):
            held()
