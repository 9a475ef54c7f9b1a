"""Reminders of letters and of their days; an index by which the oldest updates are found."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

CLOCKS = ("acceptance", "hand_back", "handling", "extension")
STAGES = ("called", "far", "near", "before", "on_day", "late", "very_late")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "vault_reminder",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "clock",
            sa.Enum(*CLOCKS, name="caseclock", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(*STAGES, name="reminderstage", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["vault_case.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("case_id", "person_id", "clock", "due_on", "stage"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_vault_reminder_on_day", "vault_reminder", ["on_day"])
    already_told()
    waiting = sa.text("done_at IS NULL")
    op.create_index(
        "inbox_oldest",
        "inbox",
        ["update_id", "chat_hash"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )


def already_told() -> None:
    """Note of letters that lie there that their handlers were told of them when they came."""
    op.execute(
        """
        INSERT INTO vault_reminder
            (case_id, person_id, clock, due_on, stage, on_day, ordinal)
        SELECT DISTINCT k.case_id, h.person_id, 'acceptance', c.due_on, 'called',
            c.received_on, 0
        FROM vault_key k
        JOIN vault_handler h ON h.id = k.key_id
        JOIN vault_case c ON c.id = k.case_id
        """
    )


def downgrade() -> None:
    """Undo."""
    op.drop_index("inbox_oldest", "inbox")
    op.drop_table("vault_reminder")
