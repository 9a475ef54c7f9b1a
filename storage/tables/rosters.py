"""The leading group, and workbooks that wait for the word to be imported."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlmodel import Field, SQLModel

from dialogs.vocabulary import Seat
from storage.database import Moment, word


class SeatHeld(SQLModel, table=True):
    """領導小組: a seat of a person in the leading group."""

    __tablename__ = "seat_held"
    person_id: UUID = Field(foreign_key="person.id", primary_key=True)
    seat: Seat = Field(sa_type=word(Seat), primary_key=True)


class PendingImport(SQLModel, table=True):
    """待導入名冊: a workbook a clerk was shown the difference of; sealed, gone within a day.

    `shown` is the mark of that difference: another one is shown anew instead of imported.
    """

    __tablename__ = "pending_import"
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", unique=True)
    roster: bytes
    shown: str
    expires_at: datetime = Field(sa_type=Moment, index=True)
