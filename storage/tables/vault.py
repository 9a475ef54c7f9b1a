"""The vault: cases, papers, keys and receipts refer to nobody who brought a matter.

Handlers are named, by their keys and by the steps they took; whoever wrote never is.
"""

from datetime import date
from uuid import UUID, uuid4

from sqlmodel import Field, SQLModel

from dialogs.vocabulary import (
    Accused,
    CaseClock,
    CaseKind,
    CaseMove,
    CaseState,
    PaperKind,
    ReminderStage,
    Satisfaction,
    Verified,
    Viewing,
)
from storage.database import word


class Case(SQLModel, table=True):
    """案件: a matter somebody brought, by the day; nothing of what was written, nor by whom.

    `public` is the key its papers are sealed to; `named` whether a contact was left, `assisted`
    whether a clerk wrote it down for somebody; `urgent` whether retaliation was reported.
    `verified` is what a complaint about service was found to be when it was concluded.
    """

    __tablename__ = "vault_case"
    __table_args__ = {"sqlite_with_rowid": False}
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    number: str = Field(unique=True)
    kind: CaseKind = Field(sa_type=word(CaseKind))
    accused: Accused = Field(sa_type=word(Accused))
    unit_id: UUID | None = Field(default=None, foreign_key="unit.id", index=True)
    public: bytes
    state: CaseState = Field(sa_type=word(CaseState))
    named: bool = False
    assisted: bool = False
    urgent: bool = False
    received_on: date
    accepted_on: date | None = None
    due_on: date
    extended: bool = False
    assigned_to: UUID | None = Field(default=None, foreign_key="person.id")
    satisfaction: Satisfaction | None = Field(default=None, sa_type=word(Satisfaction))
    verified: Verified | None = Field(default=None, sa_type=word(Verified))


class CasePaper(SQLModel, table=True):
    """卷宗: a sealed text or file of a case; `header` says version, algorithm and key.

    `sealed` is empty where the paper lies in pieces.
    """

    __tablename__ = "vault_paper"
    __table_args__ = {"sqlite_with_rowid": False}
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    case_id: UUID = Field(foreign_key="vault_case.id", index=True)
    kind: PaperKind = Field(sa_type=word(PaperKind))
    ordinal: int
    written_on: date
    header: str
    sealed: bytes


class CasePiece(SQLModel, table=True):
    """卷宗分片: a part of a sealed paper too large to be written at one go.

    It refers to no paper, for it is written before its paper is.
    """

    __tablename__ = "vault_piece"
    __table_args__ = {"sqlite_with_rowid": False}
    paper_id: UUID = Field(primary_key=True)
    ordinal: int = Field(primary_key=True)
    sealed: bytes


class WrappedKey(SQLModel, table=True):
    """密鑰: a case's private key, sealed to one who may open it."""

    __tablename__ = "vault_key"
    __table_args__ = {"sqlite_with_rowid": False}
    case_id: UUID = Field(foreign_key="vault_case.id", primary_key=True)
    key_id: str = Field(primary_key=True, index=True)
    sealed: bytes


class Receipt(SQLModel, table=True):
    """回執: what a receipt's digits must come to."""

    __tablename__ = "vault_receipt"
    __table_args__ = {"sqlite_with_rowid": False}
    case_id: UUID = Field(foreign_key="vault_case.id", primary_key=True)
    digest: bytes


class HandlerKey(SQLModel, table=True):
    """辦案密鑰: the public key a handler's cases are sealed to.

    `locked` is the private one under the handler's passphrase, for viewing in the chat; with
    offline viewing it is nowhere on the server.
    """

    __tablename__ = "vault_handler"
    id: str = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    public: bytes
    viewing: Viewing = Field(sa_type=word(Viewing))
    locked: bytes | None = None
    made_on: date
    retired_on: date | None = None


class RecoveryKey(SQLModel, table=True):
    """恢復密鑰: the public key every case is sealed to besides, its private one cut into shares."""

    __tablename__ = "vault_recovery"
    id: str = Field(primary_key=True)
    public: bytes
    set_by: UUID = Field(foreign_key="person.id")
    made_on: date
    retired_on: date | None = None


class CaseRecusal(SQLModel, table=True):
    """辦案迴避: that somebody must not see a case; only the server's key can test the mark."""

    __tablename__ = "vault_recusal"
    __table_args__ = {"sqlite_with_rowid": False}
    case_id: UUID = Field(foreign_key="vault_case.id", primary_key=True)
    mark: str = Field(primary_key=True)


class CaseStep(SQLModel, table=True):
    """辦理記錄: a step a case went, by which handler; by nobody named when it was the writer's."""

    __tablename__ = "vault_step"
    __table_args__ = {"sqlite_with_rowid": False}
    case_id: UUID = Field(foreign_key="vault_case.id", primary_key=True)
    ordinal: int = Field(primary_key=True)
    move: CaseMove = Field(sa_type=word(CaseMove))
    leads: CaseState = Field(sa_type=word(CaseState))
    person_id: UUID | None = Field(default=None, foreign_key="person.id")
    taken_on: date


class CaseReminder(SQLModel, table=True):
    """來信提示: that a handler was told of a case or of a day of it; its key makes twice once.

    `ordinal` is which message of new letters it was that day, 0 for the one about days.
    """

    __tablename__ = "vault_reminder"
    __table_args__ = {"sqlite_with_rowid": False}
    case_id: UUID = Field(foreign_key="vault_case.id", primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", primary_key=True)
    clock: CaseClock = Field(sa_type=word(CaseClock), primary_key=True)
    due_on: date = Field(primary_key=True)
    stage: ReminderStage = Field(sa_type=word(ReminderStage), primary_key=True)
    on_day: date = Field(index=True)
    ordinal: int = 0


class CaseBell(SQLModel, table=True):
    """來信提醒: where to say that an answer is there, if the writer asked for it; sealed."""

    __tablename__ = "vault_bell"
    __table_args__ = {"sqlite_with_rowid": False}
    case_id: UUID = Field(foreign_key="vault_case.id", primary_key=True)
    sealed: bytes
    until: date
