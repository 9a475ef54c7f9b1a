"""The schema, step by step; its head equals the tables."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from storage.database import Database
from storage.migrations.guard import guard


def config(database: Database) -> Config:
    """Point alembic at these steps and a database."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent))
    settings.attributes["database"] = database
    return settings


def upgrade(database: Database) -> None:
    """Bring a database to the newest schema; an empty one gets every table."""
    command.upgrade(config(database), "head")
    guard(database)
