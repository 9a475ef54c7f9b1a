"""Risks as they are found: self-checks with their aspects and points, and what others found."""

from datetime import date, datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from dialogs.vocabulary import (
    Aspect,
    Channel,
    FindingMethod,
    FindingState,
    Grade,
    Likelihood,
    Severity,
)
from storage.database import Moment, word


class SelfCheck(SQLModel, table=True):
    """自查: one going-through of a post by its holder; a version of what they declare."""

    __tablename__ = "self_check"
    __table_args__ = (sa.UniqueConstraint("declaration_id", "version"),)
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    declaration_id: UUID = Field(foreign_key="declaration.id")
    version: int
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
    """風險點: a place where power on a post can be abused, as it stands in a self-check.

    `lineage` stays the same from version to version; `method` and `channel` are its source.
    """

    __tablename__ = "risk_point"
    __table_args__ = (sa.UniqueConstraint("self_check_id", "lineage"),)
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    lineage: UUID = Field(index=True)
    post_id: UUID = Field(foreign_key="post.id", index=True)
    self_check_id: UUID = Field(foreign_key="self_check.id")
    method: FindingMethod = Field(sa_type=word(FindingMethod))
    channel: Channel | None = Field(default=None, sa_type=word(Channel))
    finding_id: UUID | None = Field(default=None, foreign_key="finding.id")
    aspect: Aspect = Field(sa_type=word(Aspect))
    ordinal: int
    name: str
    likelihood: Likelihood = Field(sa_type=word(Likelihood))
    severity: Severity = Field(sa_type=word(Severity))
    declared_grade: Grade = Field(sa_type=word(Grade))
    grade_reason: str | None = None
    library_code: str | None = None


class Finding(SQLModel, table=True):
    """線索: a risk point that somebody else found on a post; its holder takes it up.

    `found_by` is empty for villagers, who are not written down; `merged_into` is a lineage.
    `loss` is whether an audit or an inspection says that there has been one.
    """

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    post_id: UUID = Field(foreign_key="post.id", index=True)
    method: FindingMethod = Field(sa_type=word(FindingMethod))
    channel: Channel | None = Field(default=None, sa_type=word(Channel))
    reference: str = ""
    loss: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    aspect: Aspect = Field(sa_type=word(Aspect))
    name: str
    manifestation: str
    found_by: UUID | None = Field(default=None, foreign_key="person.id")
    found_on: date
    state: FindingState = Field(sa_type=word(FindingState))
    merged_into: UUID | None = Field(default=None, index=True)
    reason: str | None = None
    settled_by: UUID | None = Field(default=None, foreign_key="person.id")
    settled_at: datetime | None = Field(default=None, sa_type=Moment)


class MutualCheck(SQLModel, table=True):
    """互查: the check of a post by a colleague of its unit; open while `done_at` is empty."""

    __tablename__ = "mutual_check"
    __table_args__ = (sa.UniqueConstraint("post_id", "checker_id", "due_on"),)
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    post_id: UUID = Field(foreign_key="post.id", index=True)
    checker_id: UUID = Field(foreign_key="person.id", index=True)
    assigned_by: UUID = Field(foreign_key="person.id")
    assigned_on: date
    due_on: date
    done_at: datetime | None = Field(default=None, sa_type=Moment)
    none_because: str | None = None
