"""The path of a message: what was heard, what is going on, what is to be sent."""

from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from storage.database import Moment

BigSerial = sa.BigInteger().with_variant(sa.Integer, "sqlite")


class Conversation(SQLModel, table=True):
    """對話: an unfinished dialogue of a chat; what was answered is sealed.

    Of a confidential one so is which it is: `action` names none, `subject` is a keyed hash.
    """

    __table_args__ = (sa.UniqueConstraint("chat_hash", "action", "subject"),)
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    chat_hash: str
    action: str
    subject: str = ""
    current: bool
    draft: bytes
    touched_at: datetime = Field(sa_type=Moment)
    expires_at: datetime | None = Field(default=None, sa_type=Moment, index=True)


class Inbox(SQLModel, table=True):
    """收件: an update Telegram has been told to forget; its sealed payload goes when it is done."""

    __table_args__ = (
        sa.Index(
            "inbox_waiting",
            "chat_hash",
            "update_id",
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        ),
        sa.Index(
            "inbox_oldest",
            "update_id",
            "chat_hash",
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        ),
    )
    update_id: int = Field(sa_type=sa.BigInteger, primary_key=True)
    chat_hash: str
    payload: bytes | None
    received_at: datetime = Field(sa_type=Moment)
    done_at: datetime | None = Field(default=None, sa_type=Moment)


class Outbox(SQLModel, table=True):
    """發件: a message to be sent, sealed; the row goes when it is sent.

    `urgency` orders answers before reminders before broadcasts; `sending` is set before the call.
    """

    __table_args__ = (sa.Index("outbox_next", "sending", "urgency", "id"),)
    id: int | None = Field(default=None, sa_type=BigSerial, primary_key=True)
    chat_hash: str = Field(index=True)
    urgency: int
    due_at: datetime = Field(sa_type=Moment)
    sending: bool = False
    attempts: int = 0
    copy_id: UUID | None = Field(default=None, foreign_key="broadcast_copy.id")
    payload: bytes
