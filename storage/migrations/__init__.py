"""The schema, step by step; its head equals the tables."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlmodel import SQLModel

from storage import tables  # noqa: F401 - every table is described there
from storage.database import Database
from storage.migrations.guard import guard


def config(database: Database) -> Config:
    """Point alembic at these steps and a database."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent))
    settings.attributes["database"] = database
    return settings


def upgrade(database: Database, to: str = "head") -> None:
    """Bring a database to the newest schema, or to a step; an empty one gets every table at once.

    That the steps come to the same as the tables is tested.
    """
    if to == "head" and is_empty(database):
        with database.engine.begin() as connection:
            SQLModel.metadata.create_all(connection, checkfirst=False)
        command.stamp(config(database), to)
    else:
        command.upgrade(config(database), to)
    guard(database)


def is_empty(database: Database) -> bool:
    """Say whether a database has no tables yet."""
    return not sa.inspect(database.engine).get_table_names()
