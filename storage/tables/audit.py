"""The audit log: who did, read or was refused what; each row bound to the one before."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from dialogs.vocabulary import Verdict
from storage.database import Moment, word


class AuditEntry(SQLModel, table=True):
    """審計記錄: one deed, reading or refusal; no content, and nobody who has not joined."""

    __tablename__ = "audit_entry"
    ordinal: int = Field(
        sa_type=sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True
    )
    at: datetime = Field(sa_type=Moment)
    person_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    verdict: Verdict = Field(sa_type=word(Verdict))
    action: str
    subject: str = ""
    digest: str
