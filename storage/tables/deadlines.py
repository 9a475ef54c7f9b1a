"""What must be done by a day, and what has been said about it."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from dialogs.vocabulary import DeadlineKind, ReminderStage, SnoozeReason
from storage.database import Moment, word

AT_NEXT_SWEEP = datetime(1970, 1, 1, tzinfo=UTC)
OPEN = sa.text("done_at IS NULL")


class Deadline(SQLModel, table=True):
    """期限: something a person must have done by a day; open while `done_at` is empty.

    `subject` is what is due: the post itself, a measure or mutual check about it, a warning to be
    answered or acted on, or the matter whose step it is. `speaks_at` is when a sweep looks whether
    something is to be said; empty when nothing more will be.
    """

    __table_args__ = (
        sa.UniqueConstraint("kind", "person_id", "subject", "due_on"),
        sa.Index("deadline_open", "due_on", sqlite_where=OPEN, postgresql_where=OPEN),
        sa.Index("deadline_kind", "kind", "due_on", sqlite_where=OPEN, postgresql_where=OPEN),
        sa.Index("deadline_speaks", "speaks_at", sqlite_where=OPEN, postgresql_where=OPEN),
        sa.Index("deadline_due", "due_on"),
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    kind: DeadlineKind = Field(sa_type=word(DeadlineKind))
    person_id: UUID = Field(foreign_key="person.id", index=True)
    post_id: UUID = Field(foreign_key="post.id")
    subject: UUID = Field(index=True)
    due_on: date
    done_at: datetime | None = Field(default=None, sa_type=Moment)
    speaks_at: datetime | None = Field(default=AT_NEXT_SWEEP, sa_type=Moment)

    def move(self, due_on: date) -> None:
        """Let it be due on another day; it is spoken of anew."""
        if due_on != self.due_on:
            self.due_on, self.speaks_at = due_on, AT_NEXT_SWEEP


class Reminder(SQLModel, table=True):
    """提醒: a stage of a deadline that a person heard; its key makes twice once.

    A deadline that moves is due on another day, and is spoken of anew.
    """

    deadline_id: UUID = Field(foreign_key="deadline.id", primary_key=True)
    stage: ReminderStage = Field(sa_type=word(ReminderStage), primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", primary_key=True)
    due_on: date = Field(primary_key=True)
    on_day: date


class Snooze(SQLModel, table=True):
    """稍後提醒: that a holder has a deadline said again on a day, and why; once said, `said_on`."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    deadline_id: UUID = Field(foreign_key="deadline.id", index=True)
    due_on: date
    until: date
    reason: SnoozeReason = Field(sa_type=word(SnoozeReason))
    note: str = ""
    asked_at: datetime = Field(sa_type=Moment)
    said_on: date | None = None


class ReminderHour(SQLModel, table=True):
    """提醒時間: the hour somebody chose for the digest of their reminders."""

    __tablename__ = "reminder_hour"
    person_id: UUID = Field(foreign_key="person.id", primary_key=True)
    hour: int
