"""The risk life cycle."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("leader_id", sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f("ix_unit_leader_id"), ["leader_id"], unique=False)
        batch_op.create_foreign_key("fk_leader_id", "person", ["leader_id"], ["id"])


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.drop_constraint("fk_leader_id", type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_unit_leader_id"))
        batch_op.drop_column("leader_id")
