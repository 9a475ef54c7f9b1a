"""The risk life cycle."""

import sqlalchemy as sa
from alembic import op

from storage.database import Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "pending_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("roster", sa.LargeBinary(), nullable=False),
        sa.Column("shown", sa.String(), nullable=False),
        sa.Column("expires_at", Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("person_id"),
    )
    with op.batch_alter_table("pending_import", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_pending_import_expires_at"), ["expires_at"], unique=False
        )

    op.create_table(
        "seat_held",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "seat",
            sa.Enum(
                "head",
                "deputy",
                "member",
                "office_head",
                "office_member",
                name="seat",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("person_id", "seat"),
    )
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

    op.drop_table("seat_held")
    with op.batch_alter_table("pending_import", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pending_import_expires_at"))

    op.drop_table("pending_import")
