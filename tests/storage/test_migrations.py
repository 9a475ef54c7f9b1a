"""The head of the migrations is what the tables say, on both databases."""

from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel

from storage.database import Database
from storage.migrations import config, upgrade


def differences(database: Database) -> list[Any]:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, SQLModel.metadata))


def test_the_head_equals_the_tables(database: Database) -> None:
    assert differences(database) == []


def test_a_difference_would_be_seen(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DROP INDEX deadline_open")
        connection.exec_driver_sql("ALTER TABLE person DROP COLUMN phone")
    assert len(differences(database)) == 2


def test_upgrading_twice_is_no_harm(database: Database) -> None:
    upgrade(database)
    assert differences(database) == []


def test_there_is_one_head(database: Database) -> None:
    assert len(ScriptDirectory.from_config(config(database)).get_heads()) == 1
