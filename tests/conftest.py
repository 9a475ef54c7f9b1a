"""What every room's tests share: a database of each kind, empty or at the newest schema."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

import pytest

from storage.database import Database
from storage.migrations import upgrade
from storage.sealing import Keyring
from tests.builders import postgres

# Where there is no PostgreSQL, one test is skipped and says so; the others run on SQLite alone.
KINDS = ("sqlite", "postgresql") if postgres.binaries() else ("sqlite",)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a server that runs for the tests alone."""
    programs = postgres.binaries()
    if programs is None:
        pytest.skip("no PostgreSQL on this machine (apt install postgresql): SQLite alone is tried")
    with postgres.running(programs) as url:
        yield url


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database, of each kind in turn."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            yield f"sqlite:///{tmp_path / 'qingfeng.db'}"
        else:
            server = request.getfixturevalue("postgresql")
            yield stack.enter_context(postgres.schema(server, f"t{uuid4().hex}"))


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database at the newest schema."""
    opened = Database(database_url)
    try:
        upgrade(opened)
        yield opened
    finally:
        opened.close()


@pytest.fixture
def keys() -> Keyring:
    return Keyring.of(b"k" * 32)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update", action="store_true", help="write golden files anew, to be read like code"
    )
