"""The township's own days, and until when its land's are known."""

import sqlalchemy as sa
from alembic import op

from storage.database import Moment

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "own_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("worked", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=False),
        sa.Column("entered_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["entered_by"], ["person.id"]),
        sa.PrimaryKeyConstraint("day"),
    )
    op.create_table(
        "calendar_end",
        sa.Column("land", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("land", "until"),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("calendar_end")
    op.drop_table("own_day")
