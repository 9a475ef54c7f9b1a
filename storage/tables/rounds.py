"""Rounds of the campaign: their stages with days, and how units began."""

from datetime import date
from uuid import UUID, uuid4

from sqlmodel import Field, SQLModel

from dialogs.vocabulary import Stage
from storage.database import word


class Round(SQLModel, table=True):
    """輪次: one going of the whole township through the four stages; open while not closed."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    name: str = Field(unique=True)
    opened_by: UUID = Field(foreign_key="person.id")
    opened_on: date
    closed_on: date | None = None


class RoundStage(SQLModel, table=True):
    """階段期限: the day by which a stage of a round is to be complete."""

    __tablename__ = "round_stage"
    round_id: UUID = Field(foreign_key="round.id", primary_key=True)
    stage: Stage = Field(sa_type=word(Stage), primary_key=True)
    due_on: date


class Mobilisation(SQLModel, table=True):
    """動員: the meeting with which a unit began a round."""

    round_id: UUID = Field(foreign_key="round.id", primary_key=True)
    unit_id: UUID = Field(foreign_key="unit.id", primary_key=True)
    held_on: date
    attended: int
    note: str
    reported_by: UUID = Field(foreign_key="person.id")
