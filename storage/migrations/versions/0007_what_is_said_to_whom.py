"""What is said of deadlines, to whom and when; what is put off; the hours people chose."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from storage.database import Moment

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

OPEN = sa.text("done_at IS NULL")


def upgrade() -> None:
    """Apply; whatever is open is looked at by the next sweep."""
    op.add_column("deadline", sa.Column("speaks_at", Moment(), nullable=True))
    deadline = sa.table("deadline", sa.column("speaks_at", Moment()))
    op.execute(sa.update(deadline).values(speaks_at=datetime(1970, 1, 1, tzinfo=UTC)))
    op.create_index(
        "deadline_speaks", "deadline", ["speaks_at"], sqlite_where=OPEN, postgresql_where=OPEN
    )
    op.create_table(
        "reminder_anew",
        sa.Column("deadline_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["deadline_id"], ["deadline.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("deadline_id", "stage", "person_id", "due_on"),
    )
    op.execute(
        "INSERT INTO reminder_anew (deadline_id, stage, person_id, due_on, on_day) "
        "SELECT reminder.deadline_id, reminder.stage, deadline.person_id, deadline.due_on, "
        "reminder.on_day FROM reminder JOIN deadline ON deadline.id = reminder.deadline_id"
    )
    op.drop_table("reminder")
    op.rename_table("reminder_anew", "reminder")
    op.create_table(
        "snooze",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("deadline_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["deadline_id"], ["deadline.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_snooze_deadline_id", "snooze", ["deadline_id"])
    op.create_table(
        "reminder_hour",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("person_id"),
    )


def downgrade() -> None:
    """Take back; what was said upwards is forgotten."""
    op.drop_table("reminder_hour")
    op.drop_table("snooze")
    op.create_table(
        "reminder_before",
        sa.Column("deadline_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(length=32), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["deadline_id"], ["deadline.id"]),
        sa.PrimaryKeyConstraint("deadline_id", "stage"),
    )
    op.execute(
        "INSERT INTO reminder_before (deadline_id, stage, on_day) "
        "SELECT reminder.deadline_id, reminder.stage, MAX(reminder.on_day) "
        "FROM reminder JOIN deadline ON deadline.id = reminder.deadline_id "
        "WHERE reminder.person_id = deadline.person_id AND reminder.due_on = deadline.due_on "
        "GROUP BY reminder.deadline_id, reminder.stage"
    )
    op.drop_table("reminder")
    op.rename_table("reminder_before", "reminder")
    op.drop_index("deadline_speaks", "deadline")
    with op.batch_alter_table("deadline") as deadline:
        deadline.drop_column("speaks_at")
