"""Whoever belongs to the commission no more has no key from that moment, and opens nothing."""

from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from dialogs import events
from dialogs.documents.roster import Roster, RosterPerson
from dialogs.documents.roster_difference import compare
from dialogs.errors import Refused
from dialogs.rules.access import Standing
from dialogs.vocabulary import Language, Posting, Role
from storage import imports, organisation
from storage.database import Database
from storage.occasion import Occasion
from storage.people import Known
from storage.recorder import record
from storage.sealing import Keyring
from storage.tables import Person, WrappedKey
from storage.vault import keys as handler_keys
from tests.builders.people import NOON, TODAY, a_person
from tests.builders.vault import handlers, lodge, read_by

End = Callable[[Session, Person, Occasion], None]


def acting(person: Person, keys: Keyring) -> Occasion:
    """Let a person act, whatever their roles."""
    known = Known(person.id, person.name, Standing())
    return Occasion(NOON, TODAY, 7100, keys, Language.ZH_HANT, known=known)


def by_role(session: Session, member: Person, occasion: Occasion) -> None:
    """End the role in the chat; the person stays."""
    record(events.PostingChanged(member.id, Posting.RELIEVE), session, occasion, None)


def by_leaving(session: Session, member: Person, occasion: Occasion) -> None:
    """Let the person go in the chat."""
    left = events.PostingChanged(member.id, Posting.LEAVE, last_day=TODAY)
    record(left, session, occasion, None)


def by_workbook(session: Session, member: Person, occasion: Occasion) -> None:
    """End the role with a workbook, confirmed in the chat."""
    roster = Roster(people=(RosterPerson(member.code, member.name, frozenset({Role.CADRE})),))
    shown = compare(organisation.remembered(session), roster).mark
    kept = imports.keep(
        session, roster, person=occasion.person, shown=shown, keys=occasion.keys, now=NOON
    )
    record(events.RosterConfirmed(kept.id), session, occasion, None)


@pytest.mark.parametrize("end", [by_role, by_leaving, by_workbook])
def test_a_former_member_has_no_key_and_opens_nothing(
    database: Database, keys: Keyring, end: End
) -> None:
    former, stays = handlers(database, keys, "離開", "留下")
    prepared = lodge(database, keys)
    assert read_by(database, keys, former, prepared)
    with database.writing() as session:
        clerk = a_person(session, "經辦", keys=keys, account=7100, roles=[Role.OFFICE_CLERK])
        occasion = acting(clerk, keys)
        was = handler_keys.current(session, former.id)
        assert was is not None
        end(session, session.get_one(Person, former.id), occasion)
    with database.reading() as session:
        assert handler_keys.current(session, former.id) is None
        assert not session.exec(select(WrappedKey).where(WrappedKey.key_id == was.id)).all()
    with pytest.raises(Refused, match="no_key_yet"), database.writing() as session:
        record(events.CaseOpened(prepared.id), session, acting(former, keys), None)
    assert read_by(database, keys, stays, prepared)
