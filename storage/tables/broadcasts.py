"""Broadcasts and their copies."""

from datetime import date, datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from dialogs.vocabulary import BroadcastState, DeliveryState
from storage.database import Moment, word


class Broadcast(SQLModel, table=True):
    """通知: a text sent to many by a named officer; progress is shown in one message.

    `file` is the channel's reference to a file that goes with it; `approved_by` the second person
    a large one takes; `starts_at` the hour it waits for.
    """

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    ordered_by: UUID = Field(foreign_key="person.id")
    approved_by: UUID | None = Field(default=None, foreign_key="person.id")
    text: str
    file: str = ""
    file_name: str = ""
    file_is_picture: bool = False
    starts_at: datetime | None = Field(default=None, sa_type=Moment)
    nudged_on: date | None = None
    state: BroadcastState = Field(sa_type=word(BroadcastState))
    ordered_at: datetime = Field(sa_type=Moment)
    shown: str = ""
    progress_message: int | None = Field(default=None, sa_type=sa.BigInteger)


class BroadcastCopy(SQLModel, table=True):
    """通知副本: one person's copy of a broadcast, and what became of it.

    `posted` is whether it has been put into the outbox, `nudged` whether it is sent once more to
    whoever did not say that they had read it; its state stays what became of it the first time.
    """

    __tablename__ = "broadcast_copy"
    __table_args__ = (
        sa.UniqueConstraint("broadcast_id", "person_id"),
        sa.Index("broadcast_copy_next", "broadcast_id", "state", "posted"),
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    broadcast_id: UUID = Field(foreign_key="broadcast.id")
    person_id: UUID = Field(foreign_key="person.id")
    state: DeliveryState = Field(sa_type=word(DeliveryState))
    posted: bool = False
    nudged: bool = False
    read_at: datetime | None = Field(default=None, sa_type=Moment)
