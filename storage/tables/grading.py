"""Declarations on their way to the file: every step, every grade, every comment, by whom."""

from datetime import date, datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from dialogs.vocabulary import DeclarationState, Grade, Move
from storage.database import Moment, word

OPEN = sa.text("state NOT IN ('filed', 'superseded')")


class Declaration(SQLModel, table=True):
    """申報: the risk points of a post on their way through the chain.

    `version` is the self-check that counts; a person has one open declaration a post.
    """

    __table_args__ = (
        sa.Index(
            "declaration_open",
            "post_id",
            "person_id",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        sa.Index("declaration_state", "state"),
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    post_id: UUID = Field(foreign_key="post.id", index=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    round_id: UUID | None = Field(default=None, foreign_key="round.id")
    state: DeclarationState = Field(sa_type=word(DeclarationState))
    version: int
    declared_on: date
    filing_number: str | None = Field(default=None, unique=True)
    filed_on: date | None = None
    review_due_on: date | None = None


class StepTaken(SQLModel, table=True):
    """審批記錄: a step of a declaration: which, by whom, when, about which version."""

    __tablename__ = "step_taken"
    __table_args__ = (sa.UniqueConstraint("declaration_id", "ordinal"),)
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    declaration_id: UUID = Field(foreign_key="declaration.id")
    ordinal: int
    version: int
    move: Move = Field(sa_type=word(Move))
    start: DeclarationState | None = Field(default=None, sa_type=word(DeclarationState))
    leads: DeclarationState = Field(sa_type=word(DeclarationState))
    person_id: UUID = Field(foreign_key="person.id")
    note: str | None = None
    meeting: str | None = None
    taken_at: datetime = Field(sa_type=Moment)


class GradeDecision(SQLModel, table=True):
    """定級: the grade of a risk point as a step fixed it; with a reason where it departs."""

    __tablename__ = "grade_decision"
    step_id: UUID = Field(foreign_key="step_taken.id", primary_key=True)
    risk_point_id: UUID = Field(foreign_key="risk_point.id", primary_key=True, index=True)
    grade: Grade = Field(sa_type=word(Grade))
    reason: str | None = None


class ItemComment(SQLModel, table=True):
    """退回意見: what is to be changed about a risk point, as a step that sent it back says."""

    __tablename__ = "item_comment"
    step_id: UUID = Field(foreign_key="step_taken.id", primary_key=True)
    risk_point_id: UUID = Field(foreign_key="risk_point.id", primary_key=True)
    text: str


class Recusal(SQLModel, table=True):
    """迴避: that an officer stands aside from everything about a holder of posts, and why."""

    person_id: UUID = Field(foreign_key="person.id", primary_key=True)
    holder_id: UUID = Field(foreign_key="person.id", primary_key=True)
    reason: str
    declared_on: date
