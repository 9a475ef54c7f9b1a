"""The head of the migrations is what the tables say, on both databases."""

from datetime import date
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel, select

from storage.database import Database
from storage.migrations import config, upgrade
from storage.tables import Deadline, Reminder
from storage.tables.deadlines import AT_NEXT_SWEEP


def differences(database: Database) -> list[Any]:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, SQLModel.metadata))


def test_every_step_after_the_other_comes_to_the_tables(database_url: str) -> None:
    database = Database(database_url)
    try:
        upgrade(database, "0001")
        assert differences(database)
        upgrade(database)
        assert differences(database) == []
    finally:
        database.close()


def test_an_empty_database_gets_every_table_and_is_at_the_head(database: Database) -> None:
    assert differences(database) == []
    with database.reading() as session:
        stamped = session.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one()
    assert stamped == ScriptDirectory.from_config(config(database)).get_current_head()


def test_a_difference_would_be_seen(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DROP INDEX deadline_open")
        connection.exec_driver_sql("ALTER TABLE person DROP COLUMN phone")
    assert len(differences(database)) == 2


def test_upgrading_twice_is_no_harm(database: Database) -> None:
    upgrade(database)
    assert differences(database) == []


def test_a_database_of_the_first_release_is_brought_along(database_url: str) -> None:
    database = Database(database_url)
    try:
        upgrade(database, "0001")
        with database.writing() as session:
            session.execute(
                sa.text(
                    "INSERT INTO unit (id, code, name, kind) VALUES (:id, 'U1', '農業站', 'office')"
                ),
                {"id": uuid4().hex},
            )
        upgrade(database)
        assert differences(database) == []
        with database.reading() as session:
            assert session.execute(sa.text("SELECT name FROM unit")).scalars().all() == ["農業站"]
    finally:
        database.close()


def test_there_is_one_head(database: Database) -> None:
    assert len(ScriptDirectory.from_config(config(database)).get_heads()) == 1


def test_what_was_said_before_there_were_listeners_was_said_to_the_holder(
    database_url: str,
) -> None:
    opened = Database(database_url)
    try:
        upgrade(opened, "0001")
        person, unit, post, deadline = uuid4(), uuid4(), uuid4(), uuid4()
        day = date(2026, 3, 13)
        rows: list[tuple[str, dict[str, object]]] = [
            ("person", {"id": person, "code": "R1", "name": "許春燕", "phone": ""}),
            ("unit", {"id": unit, "code": "Z1", "name": "財政所", "kind": "office"}),
            (
                "post",
                {"id": post, "code": "Z1-1", "unit_id": unit, "title": "會計", "duty": ""},
            ),
            (
                "deadline",
                {
                    "id": deadline,
                    "kind": "self_check",
                    "person_id": person,
                    "post_id": post,
                    "subject": post,
                    "due_on": day,
                },
            ),
            ("reminder", {"deadline_id": deadline, "stage": "before", "on_day": day}),
        ]
        with opened.engine.connect() as connection:
            for table, values in rows:
                columns = [sa.column(name, kind_of(value)) for name, value in values.items()]
                connection.execute(sa.insert(sa.table(table, *columns)).values(values))
            connection.commit()
        upgrade(opened)
        with opened.reading() as session:
            said = session.exec(select(Reminder)).one()
            assert (said.person_id, said.due_on, said.stage.value) == (person, day, "before")
            assert session.exec(select(Deadline)).one().speaks_at == AT_NEXT_SWEEP
    finally:
        opened.close()


def kind_of(value: object) -> sa.types.TypeEngine[Any]:
    """Choose the type of a column by what is put into it."""
    match value:
        case str():
            return sa.String()
        case date():
            return sa.Date()
        case _:
            return sa.Uuid()
