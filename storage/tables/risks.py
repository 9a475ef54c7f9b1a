"""Risks as they are found: self-checks, their aspects, their points."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlmodel import Field, SQLModel

from dialogs.vocabulary import Aspect, FindingMethod, Grade, Likelihood, Severity
from storage.database import Moment, word


class SelfCheck(SQLModel, table=True):
    """自查: one going-through of a post by its holder."""

    __tablename__ = "self_check"
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    post_id: UUID = Field(foreign_key="post.id", index=True)
    done_at: datetime = Field(sa_type=Moment)


class AspectAnswer(SQLModel, table=True):
    """風險類別: an aspect of a self-check; with no points it says why."""

    __tablename__ = "aspect_answer"
    self_check_id: UUID = Field(foreign_key="self_check.id", primary_key=True)
    aspect: Aspect = Field(sa_type=word(Aspect), primary_key=True)
    none_because: str | None = None


class RiskPoint(SQLModel, table=True):
    """風險點: a place where power on a post can be abused, as its finder declared it."""

    __tablename__ = "risk_point"
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    post_id: UUID = Field(foreign_key="post.id", index=True)
    self_check_id: UUID | None = Field(default=None, foreign_key="self_check.id", index=True)
    method: FindingMethod = Field(sa_type=word(FindingMethod))
    aspect: Aspect = Field(sa_type=word(Aspect))
    ordinal: int
    name: str
    manifestation: str
    likelihood: Likelihood = Field(sa_type=word(Likelihood))
    severity: Severity = Field(sa_type=word(Severity))
    declared_grade: Grade = Field(sa_type=word(Grade))
    grade_reason: str | None = None
    measure: str
    library_code: str | None = None
