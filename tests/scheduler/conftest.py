"""A few people in a database, of whom one has not joined."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session

from dialogs.vocabulary import DeadlineKind, Role, UnitKind
from storage.database import Database
from storage.sealing import Keyring
from storage.tables import Appointment, Deadline, Person, Post, RoleHeld, Unit


class Town:
    """What the sweeps find."""

    def __init__(self, database: Database, keys: Keyring) -> None:
        self.database = database
        self.keys = keys
        with database.writing() as session:
            unit = Unit(code="Z1", name="財政所", kind=UnitKind.OFFICE)
            self.post = Post(code="Z1-1", unit_id=unit.id, title="財政所會計")
            self.here = self.person("R1", "許春燕", 1001)
            self.away = self.person("R2", "呂思穎", None)
            self.clerk = self.person("R3", "羅敏", 1003)
            session.add(unit)
            session.flush()
            session.add_all([self.post, self.here, self.away, self.clerk])
            session.flush()
            session.add(RoleHeld(person_id=self.clerk.id, role=Role.OFFICE_CLERK))

    def person(self, code: str, name: str, account: int | None) -> Person:
        if account is None:
            return Person(code=code, name=name)
        account_hash = self.keys.lookup(account)
        sealed = self.keys.seal(str(account).encode(), f"account:{account_hash}")
        return Person(
            code=code,
            name=name,
            account_hash=account_hash,
            account=sealed,
            joined_at=datetime(2026, 1, 1, tzinfo=UTC),
        )

    def overseen(self, session: Session) -> None:
        """Give the unit a head, a leader in charge, and the township a commission of two."""
        self.head = self.person("R4", "周立群", 1004)
        self.leader = self.person("R5", "高遠", 1005)
        self.member = self.person("R6", "鄧志遠", 1006)
        self.secretary = self.person("R7", "韓守正", 1007)
        post = Post(code="Z1-0", unit_id=self.post.unit_id, title="財政所所長")
        session.add_all([self.head, self.leader, self.member, self.secretary, post])
        session.flush()
        granted = (
            (self.head, Role.UNIT_HEAD),
            (self.leader, Role.LEADER),
            (self.member, Role.COMMISSION_MEMBER),
            (self.secretary, Role.COMMISSION_SECRETARY),
        )
        session.add_all(RoleHeld(person_id=who.id, role=role) for who, role in granted)
        session.add(Appointment(person_id=self.head.id, post_id=post.id, since=date(2025, 1, 1)))
        unit = session.get_one(Unit, self.post.unit_id)
        unit.leader_id = self.leader.id
        session.add(unit)
        session.flush()

    def owe(
        self,
        session: Session,
        person: Person,
        due: date,
        kind: DeadlineKind = DeadlineKind.SELF_CHECK,
    ) -> Deadline:
        deadline = Deadline(
            kind=kind,
            person_id=person.id,
            post_id=self.post.id,
            subject=self.post.id,
            due_on=due,
        )
        session.add(deadline)
        session.flush()
        return deadline


@pytest.fixture
def town(database: Database, keys: Keyring) -> Town:
    return Town(database, keys)
