"""Matters on their way through a process, and what monitoring finds about how they are handled."""

from datetime import date, datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from dialogs.vocabulary import LapseKind, MatterMove, MatterState
from storage.database import Moment, word


class Matter(SQLModel, table=True):
    """辦件: something a unit was asked to do; who asks, and for what, is sealed.

    `stopped_on` is since when the clock stands still, `told_on` when what is missing was told.
    """

    __table_args__ = (
        sa.Index("matter_at_hand", "unit_id", "state", "due_on"),
        sa.Index("matter_due", "due_on"),
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    number: str = Field(unique=True)
    process_id: UUID = Field(foreign_key="process.id")
    unit_id: UUID = Field(foreign_key="unit.id")
    accepted_by: UUID = Field(foreign_key="person.id", index=True)
    accepted_on: date
    state: MatterState = Field(sa_type=word(MatterState))
    due_on: date
    stopped_on: date | None = None
    told_on: date | None = None
    ended_on: date | None = None
    sheet: bytes


class MatterCondition(SQLModel, table=True):
    """辦理條件: a condition of the process as it was at acceptance, and whether it is met."""

    __tablename__ = "matter_condition"
    matter_id: UUID = Field(foreign_key="matter.id", primary_key=True)
    ordinal: int = Field(primary_key=True)
    text: str
    met: bool


class MatterStep(SQLModel, table=True):
    """辦件環節: a step of the process as it was at acceptance, and how far it is.

    `begun_on` is the day the matter came to it; it is complete when `done_on` is set.
    """

    __tablename__ = "matter_step"
    matter_id: UUID = Field(foreign_key="matter.id", primary_key=True)
    ordinal: int = Field(primary_key=True)
    name: str
    post_id: UUID | None = Field(default=None, foreign_key="post.id", index=True)
    days: int
    begun_on: date | None = None
    due_on: date | None = None
    done_on: date | None = None
    done_by: UUID | None = Field(default=None, foreign_key="person.id")


class MatterDeed(SQLModel, table=True):
    """辦件記錄: what was done about a matter, at which step, by whom and when; its note sealed."""

    __tablename__ = "matter_deed"
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    matter_id: UUID = Field(foreign_key="matter.id", index=True)
    ordinal: int
    move: MatterMove = Field(sa_type=word(MatterMove))
    step: int
    person_id: UUID = Field(foreign_key="person.id")
    done_at: datetime = Field(sa_type=Moment)
    note: bytes


class Lapse(SQLModel, table=True):
    """效能問題: what monitoring found about a step of a matter or process; sealed, not by person.

    `step` is 0 where it is about the whole of it.
    """

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    unit_id: UUID = Field(foreign_key="unit.id", index=True)
    process_id: UUID = Field(foreign_key="process.id")
    matter_id: UUID | None = Field(default=None, foreign_key="matter.id", index=True)
    step: int
    kind: LapseKind = Field(sa_type=word(LapseKind))
    found_on: date
    recorded_by: UUID = Field(foreign_key="person.id")
    recorded_at: datetime = Field(sa_type=Moment)
    text: bytes
