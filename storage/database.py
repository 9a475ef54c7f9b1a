"""The database: one SQLite file or one PostgreSQL schema is one township."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from enum import Enum
from threading import Lock
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, Dialect, make_url
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session, SQLModel

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA busy_timeout=15000",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
)


class Moment(sa.types.TypeDecorator[datetime]):
    """An aware moment, kept in UTC."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive moment; keep any other in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back that SQLite forgets."""
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


def word(kind: type[Enum]) -> Any:
    """Give the column type of a closed set: its lower-case names, no database enum to migrate."""
    return sa.Enum(
        kind,
        native_enum=False,
        length=32,
        create_constraint=False,
        values_callable=lambda members: [member.name.lower() for member in members],
    )


class Database:
    """Sessions on one township's database.

    `writing` takes the write lock at once, commits at the end, and rolls back on any error;
    `reading` sees one moment and changes nothing. Threads of ours wait for SQLite's one writer
    on a lock, because SQLite itself would have them sleep and look again. The connection used last
    is used next: it alone still knows the pages that were written. `lasting` says whether what is
    written stays, so that files are to be tended.
    """

    lasting = True

    def __init__(self, url: str) -> None:
        self.url = with_driver(make_url(url))
        self.engine = sa.create_engine(
            self.url, pool_pre_ping=not self.is_sqlite, pool_use_lifo=True, hide_parameters=True
        )
        self._writer = self.engine.execution_options(writing=True)
        self._one_writer = Lock() if self.is_sqlite else nullcontext()
        if self.is_sqlite:
            sa.event.listen(self.engine, "connect", prepare_connection)
            sa.event.listen(self.engine, "begin", begin)

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is a file of ours."""
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a session that only reads."""
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open one unit of work."""
        with (
            self._one_writer,
            Session(self._writer, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    def answers(self) -> bool:
        """Say whether the database can be written at all; a fault of ours is none of its."""
        try:
            with self.writing() as session:
                session.execute(sa.text("UPDATE alembic_version SET version_num = version_num"))
        except sa.exc.OperationalError:
            return False
        return True

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()


def with_driver(url: URL) -> URL:
    """Name the driver we ship where a PostgreSQL address leaves it open."""
    if url.drivername in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    return url


def prepare_connection(connection: Any, _: ConnectionPoolEntry) -> None:
    """Set what SQLite does not set by itself; we begin transactions ourselves."""
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(pragma)


def begin(connection: sa.Connection) -> None:
    """Begin; a unit of work takes the write lock before it reads, so that it never turns stale."""
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def table_of(model: type[SQLModel]) -> sa.Table:
    """Give the bare table of a model, for the statements of the path every message takes."""
    table = sa.inspect(model).local_table
    assert isinstance(table, sa.Table)  # noqa: S101 - a model is made of one
    return table
