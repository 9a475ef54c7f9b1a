"""Large papers of a case lie in pieces."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply; a paper filed before stays in one."""
    op.create_table(
        "vault_piece",
        sa.Column("paper_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("paper_id", "ordinal"),
        sqlite_with_rowid=False,
    )
