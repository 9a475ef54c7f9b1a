"""Moments have zones, a unit of work is whole or not at all, and SQLite is set as it must be."""

import threading
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import select

from dialogs.vocabulary import UnitKind
from storage.database import Database
from storage.tables import Inbox, Unit

SHANGHAI = timezone(timedelta(hours=8))


def unit(code: str) -> Unit:
    return Unit(code=code, name=code, kind=UnitKind.OFFICE)


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    naive = datetime(2026, 3, 2, 12)  # noqa: DTZ001 - what must be refused
    with pytest.raises(StatementError, match="without a time zone"), database.writing() as session:
        session.add(Inbox(update_id=1, chat_hash="a", received_at=naive))


def test_a_moment_comes_back_the_same_in_utc(database: Database) -> None:
    moment = datetime(2026, 3, 2, 12, 0, 0, 123456, tzinfo=SHANGHAI)
    with database.writing() as session:
        session.add(Inbox(update_id=1, chat_hash="a", received_at=moment))
    with database.reading() as session:
        found = session.get_one(Inbox, 1).received_at
    assert found == moment
    assert found.utcoffset() == timedelta()


def found(database: Database, *codes: str) -> None:
    """Found units in one unit of work, each written before the next."""
    with database.writing() as session:
        for code in codes:
            if not code:
                raise RuntimeError
            session.add(unit(code))
            session.flush()


def test_a_unit_of_work_that_fails_leaves_nothing(database: Database) -> None:
    with pytest.raises(RuntimeError):
        found(database, "Z1", "")
    with pytest.raises(IntegrityError):
        found(database, "Z2", "Z3", "Z2")
    found(database, "Z4")
    with database.reading() as session:
        assert [row.code for row in session.exec(select(Unit))] == ["Z4"]


def test_writers_take_turns_and_none_is_lost(database: Database) -> None:
    def write(number: int) -> None:
        for turn in range(5):
            found(database, f"{number}-{turn}")

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        assert len(session.exec(select(Unit)).all()) == 20


def test_sqlite_is_durable_patient_strict_and_wipes_what_it_frees(tmp_path: Path) -> None:
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "busy_timeout": 15000,
        "foreign_keys": 1,
        "secure_delete": 1,
    }
    database = Database(f"sqlite:///{tmp_path / 'qingfeng.db'}")
    with database.engine.connect() as connection:
        for name, value in expected.items():
            found = connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            assert (name, found) == (name, value)
    database.close()


def test_postgresql_is_tried_as_durable_as_it_is_run(postgresql: str) -> None:
    database = Database(postgresql)
    with database.engine.connect() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            shown = connection.exec_driver_sql(f"SHOW {setting}").scalar_one()
            assert (setting, shown) == (setting, "on")
    database.close()


def test_an_address_that_names_no_driver_uses_ours() -> None:
    database = Database("postgresql://somebody@127.0.0.1:1/nowhere")
    assert database.url.drivername == "postgresql+psycopg"
    assert not database.is_sqlite
    database.close()
