"""Signals, the drafts they went into, and what complaints and audits came to."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

SOURCES = (
    *("complaint", "late_form", "late_measure", "late_matter", "late_answer", "late_disclosure"),
    *("skipped_step", "monitoring", "audit", "inspection", "vote", "talk", "unanswered"),
    *("repeated", "other"),
)


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "lookout",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("upto", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "signal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(*SOURCES, name="warningsource", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("of_day", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"]),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("source", "origin"),
    )
    op.create_index("ix_signal_seen_on", "signal", ["seen_on"])
    op.create_index("signal_about", "signal", ["unit_id", "post_id", "person_id", "of_day"])
    op.create_index(
        *("signal_going_on", "signal", ["of_day"]),
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )
    op.create_table(
        "signal_use",
        sa.Column("signal_id", sa.Uuid(), nullable=False),
        sa.Column(
            "level",
            sa.Enum("yellow", "orange", "red", name="warninglevel", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("warning_id", sa.Uuid(), nullable=True),
        sa.Column("drafted_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["signal_id"], ["signal.id"]),
        sa.ForeignKeyConstraint(["warning_id"], ["warning.id"]),
        sa.PrimaryKeyConstraint("signal_id", "level"),
    )
    op.create_index("ix_signal_use_warning_id", "signal_use", ["warning_id"])
    op.create_index("deadline_due", "deadline", ["due_on"])
    op.create_index("matter_due", "matter", ["due_on"])
    with op.batch_alter_table("finding") as batch_op:
        batch_op.add_column(
            sa.Column("loss", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    with op.batch_alter_table("vault_case") as batch_op:
        batch_op.add_column(
            sa.Column(
                "verified",
                sa.Enum(
                    *("true", "partly", "untrue"), name="verified", native_enum=False, length=32
                ),
                nullable=True,
            )
        )


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("vault_case") as batch_op:
        batch_op.drop_column("verified")
    with op.batch_alter_table("finding") as batch_op:
        batch_op.drop_column("loss")
    op.drop_index("matter_due", "matter")
    op.drop_index("deadline_due", "deadline")
    op.drop_table("signal_use")
    op.drop_table("signal")
    op.drop_table("lookout")
