"""Measures, one to one with how a risk shows, and the progress made on them."""

from datetime import date, datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from dialogs.vocabulary import MeasureState
from storage.database import Moment, word


class Measure(SQLModel, table=True):
    """防控措施: one way in which a risk shows, and what holds it in check.

    Owner, day and indicator are set when it is planned.
    """

    __table_args__ = (
        sa.UniqueConstraint("risk_point_id", "ordinal"),
        sa.Index("measure_count", "ordinal", "state"),  # to count by, without reading the texts
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    risk_point_id: UUID = Field(foreign_key="risk_point.id")
    ordinal: int
    manifestation: str
    text: str
    indicator: str = ""
    owner_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    due_on: date | None = None
    state: MeasureState = Field(default=MeasureState.UNPLANNED, sa_type=word(MeasureState))


class MeasureReport(SQLModel, table=True):
    """措施進度: what was done about a measure, or what was found when it was looked at."""

    __tablename__ = "measure_report"
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    measure_id: UUID = Field(foreign_key="measure.id", index=True)
    person_id: UUID = Field(foreign_key="person.id")
    written_at: datetime = Field(sa_type=Moment)
    text: str
    state: MeasureState = Field(sa_type=word(MeasureState))
    file: str = ""
    file_name: str = ""
    file_kind: str = ""
