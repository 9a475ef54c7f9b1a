"""What the township adds to the calendar of its land, and until when that is known."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from dialogs.rules.calendar import Land
from storage.database import Moment, word


class OwnDay(SQLModel, table=True):
    """本鎮放假與調班: a day the township works, or does not, by its own word, and why."""

    __tablename__ = "own_day"
    day: date = Field(primary_key=True)
    worked: bool
    reason: str
    entered_by: UUID = Field(foreign_key="person.id")
    entered_at: datetime = Field(sa_type=Moment)


class CalendarEnd(SQLModel, table=True):
    """日曆到期提示: that clerks were told how far a land's holidays are known; once a day known."""

    __tablename__ = "calendar_end"
    land: Land = Field(sa_type=word(Land), primary_key=True)
    until: date = Field(primary_key=True)
    told_on: date
