"""Keys of cases leave sealed and come back sealed anew; who stands aside is given none."""

from dataclasses import dataclass, field, replace

import pytest
from nacl.public import PrivateKey
from sqlmodel import col, select

from dialogs import events
from dialogs.errors import Refused
from dialogs.prompts import Attachment
from dialogs.rules.access import Standing
from dialogs.rules.calendar import Calendar
from dialogs.speech import Phrase
from dialogs.vocabulary import Language, Role
from storage import people
from storage.database import Database
from storage.occasion import Occasion
from storage.recorder import Outcome, prepare, record
from storage.sealing import Keyring
from storage.tables import Case, Outbox, Person, RecoveryKey, WrappedKey
from storage.vault import bundles, carried, cases, keys, recovery
from storage.vault.cases import Prepared
from storage.vault.recovery import Spare
from tests.builders.people import NOON, TODAY, a_person
from tests.builders.vault import LODGED, PASSPHRASE, handlers, lodge

FILE = Attachment("file", "back.qfkeys", "document", 100)


@dataclass
class Office:
    """Handlers at the recorder."""

    database: Database
    keys: Keyring
    private: dict[str, PrivateKey] = field(default_factory=dict)

    def occasion(self, person: Person, brings: bytes = b"") -> Occasion:
        known = people.Known(person.id, person.name, Standing())
        return Occasion(
            *(NOON, TODAY, 1, self.keys, Language.ZH_HANT, known),
            files=(brings,) if brings else (),
            books=self.database,
        )

    def does(self, person: Person, event: object, *, brings: bytes = b"") -> Outcome:
        occasion = self.occasion(person, brings)
        prepared = prepare(event, occasion)
        with self.database.writing() as session:
            return record(event, session, occasion, prepared)

    def goes_offline(self, person: Person) -> Spare:
        """Give the bot the public half of a key that is made elsewhere."""
        private = PrivateKey.generate()
        public = bytes(private.public_key)
        key = Spare(keys.fingerprint(public), public)
        self.private[key.key_id] = private
        self.does(person, events.KeyGiven(public.hex()))
        return key

    def takes(self, person: Person) -> bytes:
        (reply,) = self.does(person, events.KeysTaken()).replies
        assert reply.paper is not None
        return reply.paper.content

    def unlocks(self, person: Person) -> list[str]:
        (reply,) = self.does(person, events.VaultUnlocked(PASSPHRASE)).replies
        return [one.key for one in reply.phrases if isinstance(one, Phrase)]

    def readers(self, case: Prepared) -> set[str]:
        with self.database.reading() as session:
            return set(cases.key_ids(session, case.id))


def joins_later(office: Office) -> Person:
    with office.database.writing() as session:
        return a_person(
            session, "丁", keys=office.keys, account=7009, roles=[Role.COMMISSION_MEMBER]
        )


@pytest.fixture
def office(database: Database, keys: Keyring) -> Office:
    return Office(database, keys)


def test_an_offline_handler_changes_their_key_and_loses_no_case(office: Office) -> None:
    first, _ = handlers(office.database, office.keys, "甲", "乙")
    old = office.goes_offline(first)
    case = lodge(office.database, office.keys)
    new = office.goes_offline(first)
    assert old.key_id in office.readers(case), "still to be opened, until it comes back"
    taken = bundles.read(office.takes(first))
    anew = bundles.rewrapped(taken, old.key_id, office.private[old.key_id], new)
    office.does(first, events.KeysBrought(FILE), brings=bundles.packed(anew))
    assert new.key_id in office.readers(case)
    assert old.key_id not in office.readers(case)
    with office.database.reading() as session:
        sealed = session.get_one(WrappedKey, (case.id, new.key_id)).sealed
    about = f"vault_key:{case.id}:{new.key_id}"
    opened = carried.unseal_with(sealed, private=office.private[new.key_id], about=about)
    assert bytes(PrivateKey(opened).public_key) == case.public


def test_whoever_sets_a_key_is_told_of_to_the_others(office: Office) -> None:
    first, *_ = handlers(office.database, office.keys, "甲", "乙", "丙")
    office.goes_offline(first)
    with office.database.reading() as session:
        heard = {one.chat_hash for one in session.exec(select(Outbox))}
    assert heard == {office.keys.lookup(account) for account in (7001, 7002)}


def test_the_head_of_a_letter_handed_out_is_protected_and_passes(office: Office) -> None:
    first, _ = handlers(office.database, office.keys, "甲", "乙")
    office.goes_offline(first)
    case = lodge(office.database, office.keys)
    head, file = office.does(first, events.CaseOpened(case.id)).replies
    assert head.protected
    assert head.lasts
    assert file.paper is not None
    assert not file.protected, "it is sealed, and has to be taken to another computer"


def test_who_stands_aside_is_given_none_whoever_seals_it_to_them(office: Office) -> None:
    first, _, third = handlers(office.database, office.keys, "甲", "乙", "丙")
    own = office.goes_offline(first)
    lodged = type(LODGED)(LODGED.accused, LODGED.kind, LODGED.account, person=third.id)
    case = lodge(office.database, office.keys, lodged)
    aside = office.goes_offline(third)
    taken = bundles.read(office.takes(first))
    anew = bundles.rewrapped(taken, own.key_id, office.private[own.key_id], aside)
    with pytest.raises(Refused, match="no_key_kept"):
        office.does(first, events.KeysBrought(FILE), brings=bundles.packed(anew))
    assert aside.key_id not in office.readers(case)


def test_nobody_gives_a_case_that_is_not_theirs(office: Office) -> None:
    first, second = handlers(office.database, office.keys, "甲", "乙")
    own = office.goes_offline(first)
    case = lodge(office.database, office.keys)
    late = joins_later(office)
    taken = bundles.read(office.takes(first))
    to = office.goes_offline(late)
    anew = bundles.packed(bundles.rewrapped(taken, own.key_id, office.private[own.key_id], to))
    with pytest.raises(Refused, match="no_key_kept"):
        office.does(late, events.KeysBrought(FILE), brings=anew)
    office.does(second, events.KeysBrought(FILE), brings=anew)
    assert to.key_id in office.readers(case)


def test_it_is_noted_which_key_was_unlocked_and_which_cases_were_taken_or_shared(
    office: Office,
) -> None:
    first, _ = handlers(office.database, office.keys, "甲", "乙")
    numbers = sorted(lodge(office.database, office.keys).number for _ in range(2))
    with office.database.reading() as session:
        own = keys.own(session, first.id).id
    late = office.goes_offline(person := joins_later(office))
    occasion, abouts = office.occasion(first), []
    for event in (
        events.VaultUnlocked(PASSPHRASE),
        events.KeysTaken(),
        events.CasesShared(person.id),
    ):
        prepared = prepare(event, occasion)
        with office.database.writing() as session:
            abouts.append(record(event, session, occasion, prepared).about)
    assert abouts == [own, " ".join([own, *numbers]), " ".join([late.key_id, *numbers])]


def test_it_is_noted_which_cases_were_brought_back_for_whom(office: Office) -> None:
    first, _ = handlers(office.database, office.keys, "甲", "乙")
    own = office.goes_offline(first)
    numbers = sorted(lodge(office.database, office.keys).number for _ in range(2))
    late = office.goes_offline(joins_later(office))
    taken = bundles.read(office.takes(first))
    anew = bundles.rewrapped(taken, own.key_id, office.private[own.key_id], late)
    brought = office.does(first, events.KeysBrought(FILE), brings=bundles.packed(anew))
    assert brought.about == " ".join([late.key_id, *numbers])


@pytest.mark.parametrize("content", [b"", b"[]", b'{"v": 1}', b'{"v":1,"cases":[{"case":"x"}]}'])
def test_what_is_no_file_of_keys_is_refused(office: Office, content: bytes) -> None:
    first, _ = handlers(office.database, office.keys, "甲", "乙")
    with pytest.raises(Refused, match="keys_damaged"):
        office.does(first, events.KeysBrought(FILE), brings=content)


def test_cases_are_sealed_to_recovery_too_and_every_handler_is_told(office: Office) -> None:
    first, _ = handlers(office.database, office.keys, "甲", "乙")
    spare, parts = recovery.made(parts=3, needed=2)
    office.does(first, events.RecoverySet(spare.public.hex()))
    with office.database.reading() as session:
        assert len(session.exec(select(Outbox)).all()) == 1
    prepared = prepare(LODGED, office.occasion(first))
    assert spare.key_id in dict(prepared.keys)
    with office.database.writing() as session:
        cases.lodge(session, prepared, LODGED, today=TODAY, calendar=Calendar())
    with office.database.reading() as session:
        assert recovery.wrapped(session, prepared.id).keys() == {spare.key_id}
    key_id, private = recovery.joined([one.written() for one in parts[1:]])
    taken = bundles.read(office.takes(first))
    to = Spare("new", bytes(PrivateKey.generate().public_key))
    assert len(bundles.rewrapped(taken, key_id, private, to)) == 1


def test_what_came_before_the_recovery_key_is_sealed_to_it_when_a_handler_unlocks(
    office: Office,
) -> None:
    first, second = handlers(office.database, office.keys, "甲", "乙")
    earlier = [lodge(office.database, office.keys) for _ in range(3)]
    withheld = lodge(office.database, office.keys, replace(LODGED, account="另一件來信"))
    with office.database.writing() as session:
        key = keys.own(session, first.id)
        session.delete(session.get_one(WrappedKey, (withheld.id, key.id)))
    spare, parts = recovery.made(parts=3, needed=2)
    said = office.does(first, events.RecoverySet(spare.public.hex())).replies[0].phrases
    assert [(one.key, one.values.get("cases")) for one in said][1:] == [
        ("vault.recovery_earlier", 4)
    ]
    assert "vault.recovery_sealed" in office.unlocks(first)
    with office.database.reading() as session:
        assert [one.number for one in recovery.lacking(session, spare)] == [withheld.number]
    assert "vault.recovery_sealed" in office.unlocks(second)
    assert "vault.recovery_sealed" not in office.unlocks(second), "there is nothing left"
    key_id, private = recovery.joined([one.written() for one in parts[1:]])
    for one in (*earlier, withheld):
        with office.database.reading() as session:
            opened = cases.opened(session, session.get_one(Case, one.id), key_id, private)
        assert opened[0].text in (LODGED.account, "另一件來信")


def test_a_new_recovery_key_retires_the_one_before(office: Office) -> None:
    first, _ = handlers(office.database, office.keys, "甲", "乙")
    (one, _), (other, _) = (recovery.made(parts=2, needed=2) for _ in range(2))
    office.does(first, events.RecoverySet(one.public.hex()))
    office.does(first, events.RecoverySet(other.public.hex()))
    with pytest.raises(Refused, match="key_known"):
        office.does(first, events.RecoverySet(one.public.hex()))
    with office.database.reading() as session:
        kept = session.exec(select(RecoveryKey).order_by(col(RecoveryKey.id))).all()
        assert [row.id for row in kept if row.retired_on is None] == [other.key_id]
        assert len(kept) == 2
