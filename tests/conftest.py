"""What every room's tests share: databases of each kind, and golden files.

A golden file is compared word for word, or written anew with `pytest --update`.
"""

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import settings

from storage.database import Database
from storage.migrations import upgrade
from storage.sealing import Keyring
from tests.builders import postgres
from tests.builders.matters import found_township

settings.register_profile("tests", deadline=None)  # nothing is timed: machines differ
settings.load_profile("tests")

# Where there is no PostgreSQL, one test is skipped and says so; the others run on SQLite alone.
KINDS = ("sqlite", "postgresql") if postgres.binaries() else ("sqlite",)

LONGEST = ("letters", "whole_plan", "year")  # which files of tests take minutes


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a server that runs for the tests alone."""
    programs = postgres.binaries()
    if programs is None:
        pytest.skip("no PostgreSQL on this machine (apt install postgresql): SQLite alone is tried")
    with postgres.running(programs) as url:
        yield url


def found(database: Database) -> None:
    """Lay the example township out."""
    upgrade(database)
    with database.writing() as session:
        found_township(session)


LAID_OUT = {"founded": found, "database": upgrade}  # by the fixture that wants it


@pytest.fixture(scope="session")
def likeness(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str, str], str]:
    """Where a database lies that is laid out once and copied for each test: a file, or a name."""

    @cache
    def laid_out(kind: str, which: str) -> str:
        place = str(tmp_path_factory.mktemp(which) / "qingfeng.db") if kind == "sqlite" else which
        opened = Database(
            f"sqlite:///{place}"
            if kind == "sqlite"
            else postgres.create(request.getfixturevalue("postgresql"), place)
        )
        LAID_OUT[which](opened)
        opened.close()
        return place

    return laid_out


@pytest.fixture(params=KINDS)
def database_url(
    request: pytest.FixtureRequest, tmp_path: Path, likeness: Callable[[str, str], str]
) -> Iterator[str]:
    """A database of each kind in turn: empty, or laid out for the fixture that opens it."""
    which = next((one for one in LAID_OUT if one in request.fixturenames), None)
    if request.param == "sqlite":
        file = tmp_path / "qingfeng.db"
        if which:
            shutil.copy(likeness("sqlite", which), file)
        yield f"sqlite:///{file}"
    else:
        like = likeness("postgresql", which) if which else "template1"
        server = request.getfixturevalue("postgresql")
        with postgres.database(server, f"t{uuid4().hex}", like=like) as url:
            yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database at the newest schema."""
    opened = Database(database_url)
    try:
        yield opened
    finally:
        opened.close()


@pytest.fixture
def founded(database: Database) -> Database:
    """A database in which the example township is written down."""
    return database


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
    """Begin with the longest; then stories, which wait, evenly among the others, which compute."""
    files = list(dict.fromkeys(item.path for item in items))
    waiting = [file for file in files if "stories" in file.parts]
    computing = [file for file in files if "stories" not in file.parts]
    turn = {
        file: (number + 0.5) / len(kind)
        for kind in (waiting, computing)
        for number, file in enumerate(kind)
    }
    for file in files:
        if any(name in file.name for name in LONGEST):
            turn[file] = 0.0
    items.sort(key=lambda item: turn[item.path])


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update", action="store_true", help="write golden files anew, to be read like code"
    )
