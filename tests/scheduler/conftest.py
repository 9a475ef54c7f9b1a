"""A few people in a database, of whom one has not joined."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session

from dialogs.vocabulary import DeadlineKind, UnitKind
from storage.database import Database
from storage.sealing import Keyring
from storage.tables import Deadline, Person, Post, Unit


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
            session.add(unit)
            session.flush()
            session.add_all([self.post, self.here, self.away])

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

    def owe(self, session: Session, person: Person, due: date) -> Deadline:
        deadline = Deadline(
            kind=DeadlineKind.SELF_CHECK,
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
