"""What is no longer needed is forgotten, down to the freed pages."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session

from storage import appointments, conversations, imports, inbox, matters
from storage.database import Database
from storage.vault import bells, keys


def tidy(session: Session, *, now: datetime) -> None:
    """Forget drafts and workbooks left lying, and updates that cannot come again."""
    conversations.forget_expired(session, now=now)
    imports.forget_expired(session, now=now)
    inbox.forget(session, now=now)


def let_lapse(session: Session, *, now: datetime, today: date) -> None:
    """Forget what was owed on posts whose holders' last day has gone by, and former keys."""
    appointments.lapse(session, today=today)
    matters.keep_due(session, now=now, today=today)
    keys.close_for_others(session, today=today)
    bells.let_lapse(session, today=today)


def empty_log(database: Database) -> None:
    """Empty SQLite's write-ahead log, in which deleted rows would live on."""
    if database.is_sqlite:
        with database.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))
