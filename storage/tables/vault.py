"""The vault: cases, papers, keys and receipts refer to no person at all."""

from datetime import date
from uuid import UUID, uuid4

from sqlmodel import Field, SQLModel

from dialogs.vocabulary import Accused, CaseKind, CaseState
from storage.database import word


class Case(SQLModel, table=True):
    """案件: a matter a villager brought, by the day; nothing of what was written, nor by whom."""

    __tablename__ = "vault_case"
    __table_args__ = {"sqlite_with_rowid": False}
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    number: str = Field(unique=True)
    kind: CaseKind = Field(sa_type=word(CaseKind))
    accused: Accused = Field(sa_type=word(Accused))
    unit: str
    state: CaseState = Field(sa_type=word(CaseState))
    received_on: date
    due_on: date


class CasePaper(SQLModel, table=True):
    """卷宗: a sealed text of a case; `header` says version, algorithm and key."""

    __tablename__ = "vault_paper"
    __table_args__ = {"sqlite_with_rowid": False}
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    case_id: UUID = Field(foreign_key="vault_case.id", index=True)
    kind: str
    ordinal: int
    written_on: date
    header: str
    sealed: bytes


class WrappedKey(SQLModel, table=True):
    """密鑰: a case's key, sealed to one who may open it."""

    __tablename__ = "vault_key"
    __table_args__ = {"sqlite_with_rowid": False}
    case_id: UUID = Field(foreign_key="vault_case.id", primary_key=True)
    key_id: str = Field(primary_key=True)
    sealed: bytes


class Receipt(SQLModel, table=True):
    """回執: what a receipt's digits must come to."""

    __tablename__ = "vault_receipt"
    __table_args__ = {"sqlite_with_rowid": False}
    case_id: UUID = Field(foreign_key="vault_case.id", primary_key=True)
    digest: bytes
