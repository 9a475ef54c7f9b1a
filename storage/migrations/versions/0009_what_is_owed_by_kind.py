"""What is owed of a kind is found without looking through everything that is owed."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_index(
        *("deadline_kind", "deadline", ["kind", "due_on"]),
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_index("deadline_kind", "deadline")
