"""Tables whose rows the database itself lets nobody change or remove.

Triggers are no part of the tables' description, so they are looked for at every opening and put
where they are missing.
"""

from collections.abc import Iterator

import sqlalchemy as sa

from storage.database import Database

APPEND_ONLY = ("audit_entry", "audit_root")
SAYS = "rows of this table are never changed"

THERE = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": (
        "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
        "WHERE relnamespace = current_schema()::regnamespace"
    ),
}


def guard(database: Database) -> None:
    """Let the rows of some tables be written once and never again."""
    kind = "sqlite" if database.is_sqlite else "postgresql"
    wanted = dict(on_sqlite() if database.is_sqlite else on_postgresql())
    with database.reading() as session:
        there = set(session.execute(sa.text(THERE[kind])).scalars())
    missing = [statements for name, statements in wanted.items() if name not in there]
    if missing:
        with database.writing() as session:
            for statements in missing:
                for statement in statements:
                    session.connection().exec_driver_sql(statement)


def on_sqlite() -> Iterator[tuple[str, list[str]]]:
    """Write a trigger a table and a deed."""
    for table in APPEND_ONLY:
        for deed in ("update", "delete"):
            name = f"{table}_no_{deed}"
            yield (
                name,
                [
                    f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {deed} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
                ],
            )


def on_postgresql() -> Iterator[tuple[str, list[str]]]:
    """Write a trigger a table, and the function they share."""
    refuse = (
        "CREATE OR REPLACE FUNCTION never_changed() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{SAYS}'; END $$"
    )
    for table in APPEND_ONLY:
        name = f"{table}_never_changed"
        yield (
            name,
            [
                refuse,
                f"DROP TRIGGER IF EXISTS {name} ON {table}",
                f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION never_changed()",
            ],
        )
