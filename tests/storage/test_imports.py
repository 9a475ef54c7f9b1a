"""A workbook waits a day for the word of the clerk who was shown it, and of nobody else."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session, select

from dialogs.errors import Refused
from storage import imports
from storage.database import Database
from storage.imports import WAITS
from storage.sealing import Keyring
from storage.tables import PendingImport
from tests.builders.people import NOON, a_person
from tests.builders.township import example_township


def keep(session: Session, person: UUID, keys: Keyring) -> UUID:
    roster = example_township()
    return imports.keep(session, roster, person=person, shown="mark", keys=keys, now=NOON).id


def test_what_waits_is_sealed_and_opens_to_the_same(database: Database, keys: Keyring) -> None:
    with database.writing() as session:
        clerk = a_person(session, "何靜怡", keys=keys).id
        pending = keep(session, clerk, keys)
    with database.reading() as session:
        found = imports.find(session, pending, person=clerk, now=NOON)
        assert "陳立誠".encode() not in found.roster
        assert imports.opened(found, keys=keys) == example_township()


def test_a_later_workbook_takes_the_place_of_the_earlier(database: Database, keys: Keyring) -> None:
    with database.writing() as session:
        clerk = a_person(session, "何靜怡", keys=keys).id
        earlier = keep(session, clerk, keys)
        later = keep(session, clerk, keys)
        assert session.exec(select(PendingImport.id)).all() == [later]
        with pytest.raises(Refused, match="import_gone"):
            imports.find(session, earlier, person=clerk, now=NOON)


def test_nobody_else_and_nobody_later_gives_the_word(database: Database, keys: Keyring) -> None:
    with database.writing() as session:
        clerk = a_person(session, "何靜怡", keys=keys).id
        pending = keep(session, clerk, keys)
        for person, now in ((uuid4(), NOON), (clerk, NOON + WAITS)):
            with pytest.raises(Refused, match="import_gone"):
                imports.find(session, pending, person=person, now=now)


def test_it_is_forgotten_after_a_day(database: Database, keys: Keyring) -> None:
    with database.writing() as session:
        keep(session, a_person(session, "何靜怡", keys=keys).id, keys)
        imports.forget_expired(session, now=NOON + WAITS - timedelta(seconds=1))
        assert session.exec(select(PendingImport)).all()
        imports.forget_expired(session, now=NOON + WAITS)
        assert not session.exec(select(PendingImport)).all()
