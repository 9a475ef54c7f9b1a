"""Broadcasts are drawn up, approved, scheduled, held up; their copies are posted bit by bit."""

import sqlalchemy as sa
from alembic import op

from storage.database import Moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply; whatever was ordered before lies in the outbox already."""
    with op.batch_alter_table("broadcast") as table:
        table.add_column(sa.Column("approved_by", sa.Uuid(), nullable=True))
        for name in ("file", "file_name"):
            table.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
        table.add_column(
            sa.Column("file_is_picture", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        table.add_column(sa.Column("starts_at", Moment(timezone=True), nullable=True))
        table.add_column(sa.Column("nudged_on", sa.Date(), nullable=True))
        table.create_foreign_key("broadcast_approved_by_fkey", "person", ["approved_by"], ["id"])
    with op.batch_alter_table("broadcast_copy") as table:
        table.add_column(
            sa.Column("posted", sa.Boolean(), nullable=False, server_default=sa.true())
        )
        table.add_column(
            sa.Column("nudged", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        table.drop_index("ix_broadcast_copy_broadcast_id")
        table.create_index("broadcast_copy_next", ["broadcast_id", "state", "posted"])
    for name, columns in (
        ("broadcast", ("file", "file_name", "file_is_picture")),
        ("broadcast_copy", ("posted", "nudged")),
    ):
        with op.batch_alter_table(name) as table:
            for column in columns:
                table.alter_column(column, server_default=None)
