"""The backtest at the terminal: other numbers on what was seen, and nothing changed."""

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from dialogs.vocabulary import WarningSource
from storage.database import Database
from storage.migrations import upgrade
from storage.tables import Signal
from tests.builders.people import a_post, a_unit
from tests.builders.program import on_data

DUE, DONE = date(2026, 3, 2), date(2026, 3, 12)  # eight working days late


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A township in which one measure was late."""
    (tmp_path / "data").mkdir(mode=0o700)
    database = Database(f"sqlite:///{tmp_path / 'data' / 'qingfeng.db'}")
    upgrade(database)
    with database.writing() as session:
        unit = a_unit(session, "Z1", "財政所")
        post = a_post(session, unit, "Z1-1", "出納")
        session.add(
            Signal(
                source=WarningSource.LATE_MEASURE,
                origin="m1",
                unit_id=unit.id,
                post_id=post.id,
                of_day=DUE,
                until=DONE,
                seen_on=date(2026, 3, 3),
                facts={},
            )
        )
    database.close()
    return tmp_path / "data"


def said(data: Path, *words: str) -> str:
    run = on_data(data, "backtest", "--from", "2026-01-01", "--to", "2026-06-30", *words)
    assert run.returncode == 0, run.stderr
    return run.stdout


def dump(data: Path) -> list[str]:
    with sqlite3.connect(data / "qingfeng.db") as connection:
        return list(connection.iterdump())


def tried(tmp_path: Path, text: str) -> str:
    file = tmp_path / "other.toml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_it_says_what_other_numbers_would_draft_and_changes_nothing(
    data: Path, tmp_path: Path
) -> None:
    before = dump(data)
    assert "照現行數字，會擬出 1 份草案。" in said(data)
    words = said(data, "--policy", tried(tmp_path, "late_orange = 5\n"))
    assert "試用數字：late_orange 由 10 改為 5。" in words
    assert "多出 1 份：\n2026-03-10  二級（橙）督導  措施逾期  財政所 出納" in words
    milder = said(data, "--policy", tried(tmp_path, "[late_yellow]\nvalue = 9\n"))
    assert "少了 1 份：\n2026-03-03  三級（黃）提醒  措施逾期  財政所 出納" in milder
    assert "沒有差別" in said(data, "--policy", tried(tmp_path, "late_orange = 11\n"))
    assert dump(data) == before


def test_a_number_that_no_rule_uses_is_not_said_to_make_no_difference(
    data: Path, tmp_path: Path
) -> None:
    words = said(data, "--policy", tried(tmp_path, "failed_checks = 1\n"))
    assert "「failed_checks」（現行 2，試 1）試算不了" in words
    assert "試用數字" not in words


def test_a_file_that_is_not_there_is_said(data: Path) -> None:
    run = on_data(data, "backtest", "--policy", "nowhere.toml")
    assert run.returncode == 2
    assert "nowhere.toml" in run.stderr


def test_numbers_that_are_none_are_refused_in_words(data: Path, tmp_path: Path) -> None:
    run = on_data(data, "backtest", "--policy", tried(tmp_path, "late_pink = 3"))
    assert run.returncode == 2
    assert "沒有「late_pink」這個數字" in run.stderr
