"""How alembic reaches our database."""

from alembic import context
from sqlmodel import SQLModel

from storage import tables  # noqa: F401 - fills the metadata
from storage.database import Database

database: Database = context.config.attributes["database"]

with database.engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=database.is_sqlite,
        compare_type=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
