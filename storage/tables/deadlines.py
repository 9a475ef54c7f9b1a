"""What must be done by a day, and what has been said about it."""

from datetime import date, datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from dialogs.vocabulary import DeadlineKind, ReminderStage
from storage.database import Moment, word


class Deadline(SQLModel, table=True):
    """期限: something a person must have done by a day; open while `done_at` is empty.

    `subject` is what is due: the post itself, or a measure or mutual check about it.
    """

    __table_args__ = (
        sa.UniqueConstraint("kind", "person_id", "subject", "due_on"),
        sa.Index(
            "deadline_open",
            "due_on",
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        ),
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    kind: DeadlineKind = Field(sa_type=word(DeadlineKind))
    person_id: UUID = Field(foreign_key="person.id", index=True)
    post_id: UUID = Field(foreign_key="post.id")
    subject: UUID = Field(index=True)
    due_on: date
    done_at: datetime | None = Field(default=None, sa_type=Moment)


class Reminder(SQLModel, table=True):
    """提醒: a stage of a deadline that has been spoken; its key makes twice once."""

    deadline_id: UUID = Field(foreign_key="deadline.id", primary_key=True)
    stage: ReminderStage = Field(sa_type=word(ReminderStage), primary_key=True)
    on_day: date
