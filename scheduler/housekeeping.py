"""What is no longer needed is forgotten, down to the freed pages."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from storage import conversations, inbox
from storage.database import Database


def tidy(session: Session, *, now: datetime) -> None:
    """Forget confidential drafts left lying and updates that cannot come again."""
    conversations.forget_expired(session, now=now)
    inbox.forget(session, now=now)


def empty_log(database: Database) -> None:
    """Empty SQLite's write-ahead log, in which deleted rows would live on."""
    if database.is_sqlite:
        with database.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))
