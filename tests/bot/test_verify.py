"""The audit log at the terminal: whole or not, and whether it fits a root written down."""

import re
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from dialogs.rules.access import Action
from dialogs.vocabulary import Verdict
from storage import audit
from storage.audit import Deed
from storage.database import Database
from storage.migrations.guard import on_sqlite
from tests.builders.program import on_data

Run = Callable[..., CompletedProcess[str]]
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    verify: Run = lambda *words: on_data(tmp_path / "data", "verify", *words)  # noqa: E731 - as its neighbours
    assert "還沒有記錄" in verify().stdout
    return verify


def noted(folder: Path, count: int) -> None:
    database = Database(f"sqlite:///{folder / 'data' / 'qingfeng.db'}")
    with database.writing() as session:
        audit.note(session, [Deed(None, Verdict.REFUSED, Action.CASES)] * count, now=NOON)
    database.close()


def change(folder: Path, statement: str) -> None:
    """Change the file as whoever owns the machine could."""
    with sqlite3.connect(folder / "data" / "qingfeng.db") as connection:
        for name, _ in on_sqlite():
            connection.execute(f"DROP TRIGGER IF EXISTS {name}")
        connection.execute(statement)
    connection.close()


def root_in(said: str) -> str:
    found = re.search(r"[0-9]+:[0-9a-f]{64}", said)
    assert found
    return found[0]


def test_a_whole_log_says_where_it_ends_and_since_when(run: Run, tmp_path: Path) -> None:
    noted(tmp_path, 3)
    said = run()
    assert said.returncode == 0, said.stderr
    assert "審計日誌完整" in said.stdout
    assert "第 3 條，2026年3月2日 12:00" in said.stdout
    root = root_in(said.stdout)
    noted(tmp_path, 1)
    later = run("--root", root)
    assert later.returncode == 0
    assert "和您給的根值相符：到第 3 條為止" in later.stdout


def test_the_first_broken_row_is_named(run: Run, tmp_path: Path) -> None:
    noted(tmp_path, 4)
    change(tmp_path, "UPDATE audit_entry SET subject = 'x' WHERE ordinal = 2")
    said = run()
    assert said.returncode == 1
    assert "第 2 條是第一條扣不上的" in said.stdout


def test_rows_cut_off_do_not_fit_the_root(run: Run, tmp_path: Path) -> None:
    noted(tmp_path, 4)
    root = root_in(run().stdout)
    change(tmp_path, "DELETE FROM audit_entry WHERE ordinal > 2")
    assert run().returncode == 0
    said = run("--root", root)
    assert said.returncode == 1
    assert "只到第 2 條" in said.stdout


def test_what_is_no_root_is_said_to_be_none(run: Run) -> None:
    said = run("--root", "152")
    assert said.returncode == 2
    assert "看不懂這個根值" in said.stderr
