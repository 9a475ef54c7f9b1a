"""Broadcasts and their copies."""

from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from dialogs.vocabulary import BroadcastState, DeliveryState
from storage.database import Moment, word


class Broadcast(SQLModel, table=True):
    """通知: a text sent to many by a named officer; progress is shown in one message."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    ordered_by: UUID = Field(foreign_key="person.id")
    text: str
    state: BroadcastState = Field(sa_type=word(BroadcastState))
    ordered_at: datetime = Field(sa_type=Moment)
    shown: str = ""
    progress_message: int | None = Field(default=None, sa_type=sa.BigInteger)


class BroadcastCopy(SQLModel, table=True):
    """通知副本: one person's copy of a broadcast, and what became of it."""

    __tablename__ = "broadcast_copy"
    __table_args__ = (sa.UniqueConstraint("broadcast_id", "person_id"),)
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    broadcast_id: UUID = Field(foreign_key="broadcast.id", index=True)
    person_id: UUID = Field(foreign_key="person.id")
    state: DeliveryState = Field(sa_type=word(DeliveryState))
    read_at: datetime | None = Field(default=None, sa_type=Moment)
