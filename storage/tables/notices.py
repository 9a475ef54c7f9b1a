"""Public notices of grades, the objections to them, and the democratic review."""

from datetime import date
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from dialogs.vocabulary import NoticeScope, ObjectionState, Opinion, Role
from storage.database import word


class Notice(SQLModel, table=True):
    """公示: grades shown to a circle of people for a number of days; the last day counts."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    title: str
    scope: NoticeScope = Field(sa_type=word(NoticeScope))
    published_by: UUID = Field(foreign_key="person.id")
    published_on: date
    closes_on: date = Field(index=True)
    closed_on: date | None = None


class NoticeItem(SQLModel, table=True):
    """公示事項: a declaration shown in a notice."""

    __tablename__ = "notice_item"
    notice_id: UUID = Field(foreign_key="notice.id", primary_key=True)
    declaration_id: UUID = Field(foreign_key="declaration.id", primary_key=True, index=True)


class Objection(SQLModel, table=True):
    """異議: what somebody has against a grade, sealed; not who. The answer is for everybody."""

    __table_args__ = {"sqlite_with_rowid": False}
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    notice_id: UUID = Field(foreign_key="notice.id", index=True)
    declaration_id: UUID = Field(foreign_key="declaration.id", index=True)
    sealed: bytes
    received_on: date
    due_on: date
    state: ObjectionState = Field(sa_type=word(ObjectionState))
    answer: str | None = None
    answered_by: UUID | None = Field(default=None, foreign_key="person.id")
    answered_on: date | None = None


class BallotCast(SQLModel, table=True):
    """已評議: that a voice has been given about a declaration, so that nobody gives two."""

    __tablename__ = "ballot_cast"
    __table_args__ = {"sqlite_with_rowid": False}
    notice_id: UUID = Field(foreign_key="notice.id", primary_key=True)
    declaration_id: UUID = Field(foreign_key="declaration.id", primary_key=True)
    voter_hash: str = Field(primary_key=True)


class BallotCount(SQLModel, table=True):
    """評議計數: how many of a group hold an opinion about a declaration; not who."""

    __tablename__ = "ballot_count"
    notice_id: UUID = Field(foreign_key="notice.id", primary_key=True)
    declaration_id: UUID = Field(foreign_key="declaration.id", primary_key=True)
    voters: Role = Field(sa_type=word(Role), primary_key=True)
    opinion: Opinion = Field(sa_type=word(Opinion), primary_key=True)
    count: int = Field(default=0, sa_type=sa.Integer)


class BallotComment(SQLModel, table=True):
    """評議留言: what somebody adds to their opinion, sealed; not who, nor with which opinion."""

    __tablename__ = "ballot_comment"
    __table_args__ = {"sqlite_with_rowid": False}
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    notice_id: UUID = Field(foreign_key="notice.id", index=True)
    declaration_id: UUID = Field(foreign_key="declaration.id")
    sealed: bytes
