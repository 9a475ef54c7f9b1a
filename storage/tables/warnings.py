"""Graded warnings: what they rest on, every step of them, what was replied and what was said of it.

What alleges something of somebody is sealed under the server's key.
"""

from datetime import date, datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from dialogs.vocabulary import (
    FileKind,
    ReplyPart,
    WarningLevel,
    WarningMove,
    WarningSource,
    WarningState,
)
from storage.database import Moment, word


class GradedWarning(SQLModel, table=True):
    """預警: a graded warning to the holder of a post, or to a unit, whose head answers.

    `rule` is what of the machine drafted it, and in which version; empty, a person did. `demand`
    is what is asked, sealed. `raised_from` is the warning a higher draft is bound to; `asked_until`
    and `asker_id` stand while more time is asked for. One that left as a lead keeps nothing else.
    """

    __tablename__ = "warning"
    __table_args__ = (
        sa.Index("warning_about_post", "post_id", "person_id", "issued_on"),
        sa.Index("warning_about_unit", "unit_id", "issued_on"),
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    number: str | None = Field(default=None, unique=True)
    level: WarningLevel = Field(sa_type=word(WarningLevel))
    state: WarningState = Field(sa_type=word(WarningState), index=True)
    unit_id: UUID | None = Field(default=None, foreign_key="unit.id")
    post_id: UUID | None = Field(default=None, foreign_key="post.id")
    person_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    rule: str = ""
    rule_version: str = ""
    author_id: UUID | None = Field(default=None, foreign_key="person.id")
    drafted_on: date
    demand: bytes
    raised_from: UUID | None = Field(default=None, foreign_key="warning.id", index=True)
    issued_on: date | None = None
    due_on: date | None = None
    asked_until: date | None = None
    asker_id: UUID | None = Field(default=None, foreign_key="person.id")
    lifted_on: date | None = None
    look_back_on: date | None = Field(default=None, index=True)
    archive_number: str = ""


class WarningReason(SQLModel, table=True):
    """預警事由: a fact a warning rests on, and what bears it out, sealed; its source and day."""

    __tablename__ = "warning_reason"
    warning_id: UUID = Field(foreign_key="warning.id", primary_key=True)
    ordinal: int = Field(primary_key=True)
    source: WarningSource = Field(sa_type=word(WarningSource))
    of_day: date
    fact: bytes
    basis: bytes


class WarningStep(SQLModel, table=True):
    """預警記錄: a step of a warning, by whom and when, its note sealed; nobody is the machine.

    `due_on` is the day it set for a reply, where it set one.
    """

    __tablename__ = "warning_step"
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    warning_id: UUID = Field(foreign_key="warning.id", index=True)
    ordinal: int
    move: WarningMove = Field(sa_type=word(WarningMove))
    person_id: UUID | None = Field(default=None, foreign_key="person.id")
    taken_at: datetime = Field(sa_type=Moment)
    due_on: date | None = None
    note: bytes


class WarningReply(SQLModel, table=True):
    """預警回覆: a version of what the addressee answered; cause, correction and pledge sealed."""

    __tablename__ = "warning_reply"
    __table_args__ = (sa.UniqueConstraint("warning_id", "version"),)
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    warning_id: UUID = Field(foreign_key="warning.id")
    version: int
    person_id: UUID = Field(foreign_key="person.id")
    replied_at: datetime = Field(sa_type=Moment)
    correct_by: date
    sheet: bytes


class ReplyComment(SQLModel, table=True):
    """審核意見: what a reviewer said of a part of a reply, sealed."""

    __tablename__ = "warning_comment"
    reply_id: UUID = Field(foreign_key="warning_reply.id", primary_key=True)
    part: ReplyPart = Field(sa_type=word(ReplyPart), primary_key=True)
    text: bytes


class WarningFile(SQLModel, table=True):
    """預警佐證: a file handed in with a reply or, without one, for lifting the warning; sealed."""

    __tablename__ = "warning_file"
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    warning_id: UUID = Field(foreign_key="warning.id", index=True)
    reply_id: UUID | None = Field(default=None, foreign_key="warning_reply.id", index=True)
    ordinal: int
    name: str
    kind: FileKind = Field(sa_type=word(FileKind))
    content: bytes
