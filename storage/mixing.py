"""PostgreSQL notes at every row which transaction wrote it, and lays rows down as they come.

Both would tie what must have no order, letters above all, to the update that brought them, and so
to a chat. SQLite does neither: there such tables have no row numbers.
"""

import secrets
from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from storage.database import Database, table_of
from storage.tables import Inbox

AMONG = 200  # older rows of a table among which new ones are mixed


def mix(database: Database) -> bool:
    """Write what the desk wrote since the last time again, with older rows, in no order.

    Says whether there was anything to mix; what they were is swept from the files.
    """
    if database.is_sqlite:
        return False
    tables = without_order()
    with database.writing() as session:
        if not any(new(session, table) for table in tables):
            return False
        for table in tables:
            rewrite(session, table)
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in tables:
            name = connection.dialect.identifier_preparer.format_table(table)
            connection.exec_driver_sql(f"VACUUM {name}")
    return True


def without_order() -> Sequence[sa.Table]:
    """List the tables that must not tell in which order, or beside what, a row was written."""
    tables = SQLModel.metadata.sorted_tables
    return [table for table in tables if table.dialect_options["sqlite"]["with_rowid"] is False]


def new(session: Session, table: sa.Table) -> int:
    """Count the rows that were last written together with an update."""
    inbox = table_of(Inbox)
    updates = sa.select(writer(inbox)).select_from(inbox)
    together = sa.select(sa.func.count()).select_from(table).where(writer(table).in_(updates))
    return int(session.execute(together).scalar_one())


def rewrite(session: Session, table: sa.Table) -> None:
    """Write the newest rows of a table again, as they are, one after another at random.

    Rows somebody else is writing are left for the next time, so that nobody waits for another.
    """
    keys = list(table.primary_key)
    newest = (
        sa.select(*keys)
        .order_by(sa.func.age(writer(table)))
        .limit(new(session, table) + AMONG)
        .with_for_update(skip_locked=True, key_share=True)
    )
    rows = [tuple(row) for row in session.execute(newest)]
    secrets.SystemRandom().shuffle(rows)
    if not rows:
        return
    named = {f"the_{key.name}": key for key in keys}
    again = (
        sa.update(table)
        .where(*(key == sa.bindparam(name) for name, key in named.items()))
        .values({keys[0].name: keys[0]})
    )
    session.connection().execute(again, [dict(zip(named, row, strict=True)) for row in rows])


def writer(table: sa.Table) -> sa.ColumnElement[int]:
    """Name PostgreSQL's own column that says which transaction wrote a row."""
    return sa.literal_column(f'"{table.name}".xmin')
