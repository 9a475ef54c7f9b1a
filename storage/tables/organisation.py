"""Who is who: units, posts, people, roles, appointments, and how people join."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlmodel import Field, SQLModel

from dialogs.vocabulary import Language, Role, UnitKind
from storage.database import Moment, word


class Unit(SQLModel, table=True):
    """單位: an office of the town or a village, and the leader in charge of it (分管領導)."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    code: str = Field(unique=True)
    name: str
    kind: UnitKind = Field(sa_type=word(UnitKind))
    leader_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)


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


class Kinship(SQLModel, table=True):
    """親屬關係: that two people are relatives, as one of them declared."""

    person_id: UUID = Field(foreign_key="person.id", primary_key=True)
    relative_id: UUID = Field(foreign_key="person.id", primary_key=True)
    relation: str = ""
