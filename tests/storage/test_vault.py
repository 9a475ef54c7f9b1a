"""A case opens to its readers and to its receipt, to nobody else, and refers to no writer."""

import os
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey
from sqlmodel import Session, SQLModel, select

from dialogs.errors import Refused
from dialogs.vocabulary import PaperKind, Role
from storage.database import Database
from storage.memory import MOST_COUNTED, Memory
from storage.sealing import Keyring
from storage.tables import (
    Case,
    CasePaper,
    CasePiece,
    CaseRecusal,
    CaseStep,
    HandlerKey,
    Kinship,
    Person,
    Receipt,
    WrappedKey,
)
from storage.vault import cases, papers, pieces, receipts
from storage.vault import keys as handler_keys
from storage.vault.keys import KeyHolder, NewKey
from tests.builders.people import NOON, TODAY, a_person, a_post, a_unit, appoint
from tests.builders.vault import LODGED, PASSPHRASE, entrust, handlers, lodge, read_by


def ask_after(database: Database, keyring: Keyring, number: str, secret: str) -> list[str]:
    opening = receipts.tried(number, secret, keys=keyring)
    with database.reading() as session:
        case, private = receipts.case_of(session, number, opening)
        shown = papers.read(session, case.id, private=private, kinds=cases.FOR_THE_WRITER)
        return [one.text for one in shown]


def test_handlers_read_what_was_written(database: Database, keys: Keyring) -> None:
    first, second = handlers(database, keys, "甲", "乙")
    prepared = lodge(database, keys)
    assert read_by(database, keys, first, prepared) == ["夜半搬糧", "找老王轉交"]
    assert read_by(database, keys, second, prepared) == ["夜半搬糧", "找老王轉交"]


def test_a_receipt_shows_the_answers_and_not_what_was_written(
    database: Database, keys: Keyring
) -> None:
    handlers(database, keys, "甲", "乙")
    prepared = lodge(database, keys)
    assert ask_after(database, keys, prepared.number, prepared.secret) == []
    with database.writing() as session:
        case = session.get_one(Case, prepared.id)
        public = PublicKey(case.public)
        papers.file(
            session,
            case,
            [papers.write(case.id, PaperKind.ANSWER, text, public=public) for text in ("一", "二")],
            today=TODAY,
        )
    assert ask_after(database, keys, prepared.number, prepared.secret) == ["一", "二"]


def test_a_wrong_number_and_wrong_digits_are_refused_alike(
    database: Database, keys: Keyring
) -> None:
    handlers(database, keys, "甲", "乙")
    prepared = lodge(database, keys)
    wrong = "0" * 16 if prepared.secret != "0" * 16 else "1" * 16
    refusals = []
    for number, secret in ((prepared.number, wrong), ("ZZZZZ", prepared.secret), ("ZZZZZ", wrong)):
        with pytest.raises(Refused) as refused:
            ask_after(database, keys, number, secret)
        refusals.append(refused.value.phrase)
    assert refusals == [Refused("receipt_wrong").phrase] * 3


def test_a_receipt_opens_no_other_case(database: Database, keys: Keyring) -> None:
    handlers(database, keys, "甲", "乙")
    one, other = lodge(database, keys), lodge(database, keys)
    with pytest.raises(Refused):
        ask_after(database, keys, other.number, one.secret)


def test_without_the_servers_key_digits_cannot_be_tried(database: Database, keys: Keyring) -> None:
    handlers(database, keys, "甲", "乙")
    prepared = lodge(database, keys)
    with pytest.raises(Refused):
        ask_after(database, Keyring.of(b"x" * 32), prepared.number, prepared.secret)


def test_another_passphrase_unlocks_nothing(keys: Keyring) -> None:
    made = handler_keys.made(PASSPHRASE, keys=keys)
    with pytest.raises(Refused, match="passphrase_wrong"):
        unlock(made, "河清海晏，時和歲豐", keys)
    assert bytes(unlock(made, PASSPHRASE, keys).public_key) == made.public


def test_a_stolen_database_cannot_even_try_passphrases(keys: Keyring) -> None:
    made = handler_keys.made(PASSPHRASE, keys=keys)
    with pytest.raises(Refused, match="passphrase_wrong"):
        unlock(made, PASSPHRASE, Keyring.of(b"x" * 32))


def unlock(made: NewKey | HandlerKey, passphrase: str, keyring: Keyring) -> PrivateKey:
    assert made.locked is not None
    return handler_keys.unlocked(made.id, made.locked, passphrase, keys=keyring)


def key_of(session: Session, person: Person) -> HandlerKey:
    key = handler_keys.current(session, person.id)
    assert key is not None
    return key


def holders(session: Session) -> dict[UUID, KeyHolder]:
    return {one.person: one for one in handler_keys.handlers(session, today=TODAY)}


def test_the_length_of_a_text_is_known_only_by_its_class() -> None:
    public = PrivateKey.generate().public_key
    sizes = {
        length: len(papers.write(uuid4(), PaperKind.ACCOUNT, "x" * length, public=public).content)
        for length in (1, 507, 508, 509, 1020, 1021)
    }
    assert sizes[1] == sizes[507] == sizes[508]
    assert sizes[509] == sizes[1020] == sizes[1] + 512
    assert sizes[1021] == sizes[1] + 1024


def test_a_text_and_a_file_come_back_whole_whatever_they_end_with(
    database: Database, keys: Keyring
) -> None:
    (first, _) = handlers(database, keys, "甲", "乙")
    text = "第一行\n\n 👨‍👩‍👧 <b>&amp; \u202eשלום\u202c \0\0"
    prepared = lodge(database, keys, replace(LODGED, account=text, contact=None))
    assert read_by(database, keys, first, prepared) == [text]
    private, content = PrivateKey.generate(), os.urandom(100_000) + b"\0\0"
    sealed = papers.write(prepared.id, PaperKind.ORIGINAL, content, public=private.public_key)
    with database.writing() as session:
        papers.file(session, session.get_one(Case, prepared.id), [sealed], today=TODAY)
        (opened,) = papers.read(session, prepared.id, private=private, kinds=[PaperKind.ORIGINAL])
    assert opened.content == content


def laid_down(database: Database, case: UUID, content: bytes) -> papers.Sealed:
    """Seal a file to a key nobody keeps, and lay it down ahead of its case."""
    public = PrivateKey.generate().public_key
    (sealed,) = papers.laid_down(
        database, [papers.write(case, PaperKind.ORIGINAL, content, public=public)]
    )
    return sealed


def test_a_large_paper_lies_in_pieces_and_is_read_as_one(database: Database, keys: Keyring) -> None:
    prepared = lodge(database, keys)
    private, content = PrivateKey.generate(), os.urandom(300_000)
    made = papers.write(prepared.id, PaperKind.ORIGINAL, content, public=private.public_key)
    (sealed,) = papers.laid_down(database, [made])
    assert sealed.content == b""
    with database.writing() as session:
        papers.file(session, session.get_one(Case, prepared.id), [sealed], today=TODAY)
        (opened,) = papers.read(session, prepared.id, private=private, kinds=[PaperKind.ORIGINAL])
        sizes = [len(one.sealed) for one in session.exec(select(CasePiece))]
    assert opened.content == content
    assert len(sizes) > 4
    assert max(sizes) <= pieces.SIZE


def test_a_small_paper_waits_for_its_case(database: Database) -> None:
    public = PrivateKey.generate().public_key
    made = papers.write(uuid4(), PaperKind.ACCOUNT, "夜半搬糧", public=public)
    assert papers.laid_down(database, [made]) == [made]
    with database.reading() as session:
        assert session.exec(select(CasePiece)).all() == []


def test_what_was_never_filed_is_cleared_away_and_nothing_else(
    database: Database, keys: Keyring
) -> None:
    prepared = lodge(database, keys)
    filed, lost = (laid_down(database, prepared.id, os.urandom(200_000)) for _ in range(2))
    with database.writing() as session:
        papers.file(session, session.get_one(Case, prepared.id), [filed], today=TODAY)
        pieces.forget_unfiled(session)
        assert {one.paper_id for one in session.exec(select(CasePiece))} == {filed.id}
    assert lost.id != filed.id


@pytest.mark.parametrize("table", [CasePaper, WrappedKey])
def test_what_has_been_tampered_with_is_refused(
    database: Database, keys: Keyring, table: type[CasePaper] | type[WrappedKey]
) -> None:
    (first, _) = handlers(database, keys, "甲", "乙")
    prepared = lodge(database, keys)
    with database.writing() as session:
        for row in session.exec(select(table)):
            row.sealed = row.sealed[:-1] + bytes([row.sealed[-1] ^ 1])
    with pytest.raises(CryptoError):
        read_by(database, keys, first, prepared)


def test_a_paper_moved_to_another_case_is_refused(database: Database, keys: Keyring) -> None:
    (reader, _) = handlers(database, keys, "甲", "乙")
    first, second = lodge(database, keys), lodge(database, keys)
    with database.writing() as session:
        found = select(CasePaper).where(CasePaper.kind == PaperKind.ACCOUNT)
        accounts = {one.case_id: one for one in session.exec(found)}
        accounts[first.id].sealed, accounts[second.id].sealed = (
            accounts[second.id].sealed,
            accounts[first.id].sealed,
        )
    with pytest.raises(CryptoError):
        read_by(database, keys, reader, first)


def test_who_must_stand_aside_is_never_given_the_key(database: Database, keys: Keyring) -> None:
    accused, cousin, named, neighbour, first, second = handlers(
        database, keys, "本人", "表弟", "被點名", "同單位", "甲", "乙"
    )
    with database.writing() as session:
        village = a_unit(session, "V1", "上河村")
        appoint(session, neighbour, a_post(session, village, "V1-1"))
        session.add(Kinship(person_id=accused.id, relative_id=cousin.id, relation="表兄弟"))
        session.flush()
        unit = village.id
    prepared = lodge(
        database, keys, replace(LODGED, unit=unit, person=accused.id, recused=(named.id,))
    )
    for reader in (first, second):
        assert read_by(database, keys, reader, prepared)
    for aside in (accused, cousin, named, neighbour):
        with pytest.raises(Refused, match="case_not_yours"):
            read_by(database, keys, aside, prepared)


def test_a_later_grant_looks_at_recusal_anew(database: Database, keys: Keyring) -> None:
    first, _ = handlers(database, keys, "甲", "乙")
    with database.writing() as session:
        accused = a_person(session, "被反映人", keys=keys)
    prepared = lodge(database, keys, replace(LODGED, person=accused.id))
    with database.writing() as session:
        late, kin = (
            a_person(session, name, keys=keys, account=account, roles=[Role.COMMISSION_MEMBER])
            for name, account in (("新人", 7100), ("親戚", 7101))
        )
        entrust(session, late, keyring=keys)
        entrust(session, kin, keyring=keys)
        session.add(Kinship(person_id=kin.id, relative_id=accused.id))
        session.flush()
        own = key_of(session, first)
        private = unlock(own, PASSPHRASE, keys)
        case = session.get_one(Case, prepared.id)
        key = cases.key_of(session, case, own.id, private)
        known = holders(session)
        assert cases.grant(session, case, key, known[late.id], keys=keys)
        assert not cases.grant(session, case, key, known[kin.id], keys=keys)
    assert read_by(database, keys, late, prepared)
    with pytest.raises(Refused, match="case_not_yours"):
        read_by(database, keys, kin, prepared)


def test_who_leaves_loses_every_key_at_once(database: Database, keys: Keyring) -> None:
    first, second = handlers(database, keys, "甲", "乙")
    prepared = lodge(database, keys)
    with database.writing() as session:
        key = key_of(session, first)
        assert handler_keys.revoke(session, first.id, today=TODAY) == 1
        assert key.locked is None
        assert handler_keys.current(session, first.id) is None
        assert cases.key_ids(session, prepared.id) == {key_of(session, second).id}


def test_a_withdrawn_case_leaves_nothing_but_its_row(database: Database, keys: Keyring) -> None:
    handlers(database, keys, "甲", "乙")
    prepared = lodge(database, keys)
    large = laid_down(database, prepared.id, os.urandom(200_000))
    with database.writing() as session:
        papers.file(session, session.get_one(Case, prepared.id), [large], today=TODAY)
        cases.erase(session, session.get_one(Case, prepared.id))
        session.flush()
        for table in (CasePaper, CasePiece, WrappedKey, Receipt, CaseRecusal):
            assert session.exec(select(table)).all() == []
    with pytest.raises(Refused, match="receipt_wrong"):
        ask_after(database, keys, prepared.number, prepared.secret)


def test_marks_in_the_database_name_nobody(database: Database, keys: Keyring) -> None:
    accused, *_ = handlers(database, keys, "本人", "甲", "乙")
    prepared = lodge(database, keys, replace(LODGED, person=accused.id))
    with database.reading() as session:
        (row,) = session.exec(select(CaseRecusal))
        assert accused.id.hex not in row.mark
        about, named = cases.marked(session, prepared.id, keys=keys)
        assert accused.id in about
        assert accused.id not in named
        elsewhere, _ = cases.marked(session, prepared.id, keys=Keyring.of(b"x" * 32))
        assert accused.id not in elsewhere


def test_an_unlocked_key_is_forgotten_after_its_minutes() -> None:
    memory, person, private = Memory(), uuid4(), PrivateKey.generate()
    memory.unlock(person, private, until=NOON + timedelta(minutes=10))
    assert memory.key_of(person, now=NOON) is private
    assert memory.key_of(person, now=NOON + timedelta(minutes=10)) is None
    assert memory.opened == {}


def test_tries_are_counted_without_naming_who_tries() -> None:
    memory = Memory()
    for minute in range(5):
        memory.must_not_hurry(
            "receipt",
            "N9W6F",
            most=5,
            within=timedelta(minutes=15),
            now=NOON + timedelta(minutes=minute),
        )
    with pytest.raises(Refused, match="too_many_tries") as refused:
        memory.must_not_hurry(
            "receipt",
            "N9W6F",
            most=5,
            within=timedelta(minutes=15),
            now=NOON + timedelta(minutes=5),
        )
    assert refused.value.values == {"minutes": 10}
    memory.must_not_hurry(
        "receipt", "OTHER", most=5, within=timedelta(minutes=15), now=NOON + timedelta(minutes=5)
    )
    memory.must_not_hurry(
        "receipt", "N9W6F", most=5, within=timedelta(minutes=15), now=NOON + timedelta(minutes=15)
    )
    assert "N9W6F" not in repr(memory)
    assert "N9W6F" not in str(memory.tries)


def test_only_what_went_wrong_counts_where_whoever_notices_it_counts_it() -> None:
    memory, within = Memory(), timedelta(minutes=15)

    def wait(who: int, now: datetime = NOON) -> int:
        return memory.minutes_to_wait("matters of", who, most=2, within=within, now=now)

    assert {wait(7) for _ in range(10)} == {0}
    for _ in range(2):
        memory.count("matters of", 7, within=within, now=NOON)
    assert wait(7) == 15
    assert wait(8) == 0
    assert wait(7, NOON + timedelta(minutes=14, seconds=1)) == 1
    assert wait(7, NOON + within) == 0


def test_however_many_try_the_memory_of_it_does_not_grow() -> None:
    memory = Memory()
    for number in range(MOST_COUNTED + 3):
        memory.count("matters of", number, within=timedelta(minutes=15), now=NOON)
    assert len(memory.tries) == MOST_COUNTED
    assert not memory.lately("matters of", 0, within=timedelta(minutes=15), now=NOON)


def test_no_column_of_the_vault_could_hold_who_wrote() -> None:
    columns = {
        f"{name}.{column.name}"
        for name, table in SQLModel.metadata.tables.items()
        if name.startswith("vault_")
        for column in table.columns
        if any(key.column.table.name == "person" for key in column.foreign_keys)
    }
    assert columns == {
        "vault_case.assigned_to",
        "vault_handler.person_id",
        "vault_recovery.set_by",
        "vault_reminder.person_id",
        "vault_step.person_id",
    }, "handlers alone are named"


def test_the_vault_keeps_the_day_and_no_order_of_arrival(database: Database, keys: Keyring) -> None:
    handlers(database, keys, "甲", "乙")
    lodge(database, keys)
    with database.reading() as session:
        case = session.exec(select(Case)).one()
        assert type(case.received_on) is date
        assert len(session.exec(select(Receipt)).one().digest) == 32
    if database.is_sqlite:
        with database.engine.connect() as connection:
            for table in (Case, CasePaper, WrappedKey, Receipt, CaseRecusal, CaseStep):
                made = connection.exec_driver_sql(
                    "SELECT sql FROM sqlite_master WHERE name = ?", (table.__tablename__,)
                ).scalar_one()
                assert "WITHOUT ROWID" in made
