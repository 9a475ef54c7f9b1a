"""The catalogues: powers, processes and rules, every version of each."""

from datetime import date, datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from dialogs.vocabulary import EntryState, Grade, PowerCategory, RuleSystem
from storage.database import Moment, word


class Version(SQLModel):
    """A version of an entry: one row, never changed but for its state; `code` names the entry.

    `written_by` is empty where a workbook was taken over on the command line.
    """

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    unit_id: UUID = Field(foreign_key="unit.id", index=True)
    code: str
    version: int
    state: EntryState = Field(sa_type=word(EntryState))
    written_by: UUID | None = Field(default=None, foreign_key="person.id")
    written_at: datetime = Field(sa_type=Moment)
    decided_by: UUID | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = Field(default=None, sa_type=Moment)
    comment: str = ""


class Power(Version, table=True):
    """職權: a version of a power's entry; with `public` false, `ground` says why."""

    __table_args__ = (sa.UniqueConstraint("code", "version"),)
    name: str
    category: PowerCategory = Field(sa_type=word(PowerCategory))
    basis: str
    subject: str
    commitment: str = ""
    discipline: str = ""
    public: bool = True
    ground: str = ""


class PowerPost(SQLModel, table=True):
    """行使崗位: a post that exercises a power."""

    __tablename__ = "power_post"
    power_id: UUID = Field(foreign_key="power.id", primary_key=True)
    post_id: UUID = Field(foreign_key="post.id", primary_key=True)


class Process(Version, table=True):
    """業務流程: a version of a process's entry."""

    __table_args__ = (sa.UniqueConstraint("code", "version"),)
    name: str
    conditions: str = ""
    supervision: str = ""
    rights: str = ""
    complaint: str = ""


class ProcessPower(SQLModel, table=True):
    """對應職權: a power, by its code, that a process serves."""

    __tablename__ = "process_power"
    process_id: UUID = Field(foreign_key="process.id", primary_key=True)
    power_code: str = Field(primary_key=True, index=True)


class ProcessStep(SQLModel, table=True):
    """環節: a step of a process; it may refer to a risk point of the post in charge."""

    __tablename__ = "process_step"
    process_id: UUID = Field(foreign_key="process.id", primary_key=True)
    ordinal: int = Field(primary_key=True)
    name: str
    post_id: UUID = Field(foreign_key="post.id", index=True)
    days: int
    deed: str = ""
    supervision: str = ""
    risk: str = ""
    grade: Grade | None = Field(default=None, sa_type=word(Grade))
    risk_point_id: UUID | None = Field(default=None, foreign_key="risk_point.id")


class RuleFile(SQLModel, table=True):
    """制度文件: the document of a rule, as it was sent."""

    __tablename__ = "rule_file"
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    name: str
    content: bytes


class Rule(Version, table=True):
    """制度: a version of a rule of one of the six systems."""

    __table_args__ = (sa.UniqueConstraint("code", "version"),)
    system: RuleSystem = Field(sa_type=word(RuleSystem))
    title: str
    number: str = ""
    in_force: date | None = None
    text: str = ""
    file_id: UUID | None = Field(default=None, foreign_key="rule_file.id")
