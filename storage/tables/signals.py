"""What was seen that may call for a warning, which drafts it went into, and how far was looked."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from dialogs.vocabulary import WarningLevel, WarningSource
from storage.database import word


class Signal(SQLModel, table=True):
    """信號: something seen about the holder of a post, or about a unit; plain facts, no content.

    `origin` is what it came from, so that it is seen once. `of_day` is the day it is of, of what
    is late the day it was due; `until` is its last day, empty while it goes on.
    """

    __table_args__ = (
        sa.UniqueConstraint("source", "origin"),
        sa.Index("signal_about", "unit_id", "post_id", "person_id", "of_day"),
        sa.Index(
            "signal_going_on",
            "of_day",
            sqlite_where=sa.text("until IS NULL"),
            postgresql_where=sa.text("until IS NULL"),
        ),
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    source: WarningSource = Field(sa_type=word(WarningSource))
    origin: str
    unit_id: UUID = Field(foreign_key="unit.id")
    post_id: UUID | None = Field(default=None, foreign_key="post.id")
    person_id: UUID | None = Field(default=None, foreign_key="person.id")
    of_day: date
    until: date | None = None
    seen_on: date = Field(index=True)
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)


class SignalUse(SQLModel, table=True):
    """信號採用: that a signal went into a draft, of which level; its key makes twice once.

    `warning_id` is empty once the draft has left as a lead: nothing ties the two any more; or
    where none was opened, since the county supervises whom it is about.
    """

    __tablename__ = "signal_use"
    signal_id: UUID = Field(foreign_key="signal.id", primary_key=True)
    level: WarningLevel = Field(sa_type=word(WarningLevel), primary_key=True)
    warning_id: UUID | None = Field(default=None, foreign_key="warning.id", index=True)
    drafted_on: date


class Lookout(SQLModel, table=True):
    """瞭望: up to which day or row a sweep has looked, or how much it saw last."""

    name: str = Field(primary_key=True)
    upto: int = Field(sa_type=sa.BigInteger)
