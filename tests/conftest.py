"""What every room's tests share: databases of each kind, and golden files.

A golden file is compared word for word, or written anew with `pytest --update`.
"""

from collections.abc import Callable, Iterator
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


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compare a text with the file that holds it."""

    def compare(file: Path, text: str) -> None:
        if request.config.getoption("--update"):
            file.write_text(text, encoding="utf-8")
        assert file.exists(), f"{file.name} is missing: run pytest --update and read what it wrote"
        assert text == file.read_text(encoding="utf-8")

    return compare


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin the stories first: they wait more than they compute, and others go on beside them."""
    items.sort(key=lambda item: "stories" not in item.path.parts)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update", action="store_true", help="write golden files anew, to be read like code"
    )
