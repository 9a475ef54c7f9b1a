"""What is remembered, table by table.

People's accounts are kept sealed and found by a keyed hash. The tables of the vault (cases,
papers, keys, receipts) refer to no person at all.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from dialogs.vocabulary import (
    Accused,
    Aspect,
    BroadcastState,
    CaseKind,
    CaseState,
    DeadlineKind,
    DeliveryState,
    FindingMethod,
    Grade,
    Language,
    Likelihood,
    ReminderStage,
    Role,
    Severity,
    UnitKind,
)
from storage.database import Moment, word

BigSerial = sa.BigInteger().with_variant(sa.Integer, "sqlite")


class Unit(SQLModel, table=True):
    """單位: an office of the town or a village."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    code: str = Field(unique=True)
    name: str
    kind: UnitKind = Field(sa_type=word(UnitKind))


class Post(SQLModel, table=True):
    """崗位: a post of a unit."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    code: str = Field(unique=True)
    unit_id: UUID = Field(foreign_key="unit.id", index=True)
    title: str
    duty: str = ""


class Person(SQLModel, table=True):
    """人員: somebody who acts in the mechanism; `account` is sealed, found by its hash."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    code: str = Field(unique=True)
    name: str
    phone: str = ""
    account_hash: str | None = Field(default=None, unique=True)
    account: bytes | None = None
    joined_at: datetime | None = Field(default=None, sa_type=Moment)


class RoleHeld(SQLModel, table=True):
    """角色: a role of a person."""

    __tablename__ = "role_held"
    person_id: UUID = Field(foreign_key="person.id", primary_key=True)
    role: Role = Field(sa_type=word(Role), primary_key=True)


class Appointment(SQLModel, table=True):
    """任職: a person on a post, from a day until a day (included), or open."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    post_id: UUID = Field(foreign_key="post.id", index=True)
    since: date
    until: date | None = None


class Invitation(SQLModel, table=True):
    """邀請: a single-use way for one person to join; the code itself is not kept."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    code_hash: str = Field(unique=True)
    made_by: UUID | None = Field(default=None, foreign_key="person.id")
    expires_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)


class ChatLanguage(SQLModel, table=True):
    """語言: the language chosen in a chat."""

    __tablename__ = "chat_language"
    chat_hash: str = Field(primary_key=True)
    language: Language = Field(sa_type=word(Language))


class Conversation(SQLModel, table=True):
    """對話: an unfinished dialogue of a chat; what was answered is sealed."""

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


class SelfCheck(SQLModel, table=True):
    """自查: one going-through of a post by its holder."""

    __tablename__ = "self_check"
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    post_id: UUID = Field(foreign_key="post.id", index=True)
    done_at: datetime = Field(sa_type=Moment)


class AspectAnswer(SQLModel, table=True):
    """風險類別: an aspect of a self-check; with no points it says why."""

    __tablename__ = "aspect_answer"
    self_check_id: UUID = Field(foreign_key="self_check.id", primary_key=True)
    aspect: Aspect = Field(sa_type=word(Aspect), primary_key=True)
    none_because: str | None = None


class RiskPoint(SQLModel, table=True):
    """風險點: a place where power on a post can be abused, as its finder declared it."""

    __tablename__ = "risk_point"
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    post_id: UUID = Field(foreign_key="post.id", index=True)
    self_check_id: UUID | None = Field(default=None, foreign_key="self_check.id", index=True)
    method: FindingMethod = Field(sa_type=word(FindingMethod))
    aspect: Aspect = Field(sa_type=word(Aspect))
    ordinal: int
    name: str
    manifestation: str
    likelihood: Likelihood = Field(sa_type=word(Likelihood))
    severity: Severity = Field(sa_type=word(Severity))
    declared_grade: Grade = Field(sa_type=word(Grade))
    grade_reason: str | None = None
    measure: str
    library_code: str | None = None


class QuestionnaireAnswer(SQLModel, table=True):
    """問卷答覆: what somebody answered to a version of a questionnaire; not who, by the day."""

    __tablename__ = "questionnaire_answer"
    __table_args__ = {"sqlite_with_rowid": False}
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    form: str = Field(index=True)
    version: str
    answered_on: date
    answers: dict[str, Any] = Field(sa_type=sa.JSON)


class Deadline(SQLModel, table=True):
    """期限: something a person must have done by a moment; open while `done_at` is empty."""

    __table_args__ = (
        sa.UniqueConstraint("kind", "person_id", "post_id", "due_on"),
        sa.Index(
            "deadline_open",
            "due_on",
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        ),
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    kind: DeadlineKind = Field(sa_type=word(DeadlineKind))
    person_id: UUID = Field(foreign_key="person.id", index=True)
    post_id: UUID = Field(foreign_key="post.id")
    due_on: date
    done_at: datetime | None = Field(default=None, sa_type=Moment)


class Reminder(SQLModel, table=True):
    """提醒: a stage of a deadline that has been spoken; its key makes twice once."""

    deadline_id: UUID = Field(foreign_key="deadline.id", primary_key=True)
    stage: ReminderStage = Field(sa_type=word(ReminderStage), primary_key=True)
    on_day: date


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
