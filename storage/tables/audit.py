"""The audit log: who did, read or was refused what; each row bound to the one before.

No row of these tables is ever changed or removed; the database itself refuses (see
storage.migrations.guard).
"""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from dialogs.vocabulary import Verdict
from storage.database import Moment, word

Ordinal = sa.BigInteger().with_variant(sa.Integer, "sqlite")


class AuditEntry(SQLModel, table=True):
    """審計記錄: one deed, reading or refusal; no content, and nobody who has not joined."""

    __tablename__ = "audit_entry"
    ordinal: int = Field(sa_type=Ordinal, primary_key=True)
    at: datetime = Field(sa_type=Moment)
    person_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    verdict: Verdict = Field(sa_type=word(Verdict))
    action: str
    subject: str = ""
    digest: str


class AuditRoot(SQLModel, table=True):
    """每日根值: the number and digest of the newest row on a day; its key makes twice once."""

    __tablename__ = "audit_root"
    day: date = Field(primary_key=True)
    ordinal: int = Field(sa_type=sa.BigInteger)
    digest: str
