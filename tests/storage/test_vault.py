"""A case opens to its handlers and to its receipt, to nobody else, and refers to no person."""

from dataclasses import replace
from datetime import date

import pytest
from nacl.exceptions import CryptoError
from sqlmodel import SQLModel, select

from dialogs.errors import Refused
from dialogs.events import ComplaintLodged
from dialogs.vocabulary import Accused, CaseKind, CaseState
from storage import vault
from storage.database import Database
from storage.sealing import Keyring
from storage.tables import Case, CasePaper, Receipt, WrappedKey
from storage.vault import Prepared, Text
from tests.builders.people import TODAY

LODGED = ComplaintLodged(
    Accused.VILLAGE_CADRE, CaseKind.REPORT, "上河村", "夜半搬糧", contact="找老王轉交"
)
DUE = date(2026, 3, 17)


def lodge(database: Database, keys: Keyring, lodged: ComplaintLodged = LODGED) -> Prepared:
    prepared = vault.prepare(lodged, keys=keys)
    with database.writing() as session:
        vault.lodge(session, prepared, lodged, today=TODAY, due_on=DUE)
    return prepared


def ask_after(database: Database, keys: Keyring, number: str, secret: str) -> list[Text]:
    opening = vault.try_receipt(number, secret, keys=keys)
    with database.reading() as session:
        return list(vault.by_receipt(session, number, opening)[1])


def handlers_read(database: Database, keys: Keyring) -> list[tuple[str, str]]:
    with database.reading() as session:
        (case,) = vault.open_cases(session)
        return [(text.kind, text.text) for text in vault.by_handler(session, case, keys=keys)]


def reply(database: Database, keys: Keyring, text: str, state: CaseState) -> None:
    with database.writing() as session:
        (case,) = vault.open_cases(session)
        vault.answer(session, case, text, state, keys=keys, today=TODAY)


def test_handlers_read_what_was_written(database: Database, keys: Keyring) -> None:
    lodge(database, keys)
    assert handlers_read(database, keys) == [("account", "夜半搬糧"), ("contact", "找老王轉交")]


def test_whoever_lacks_the_handlers_key_reads_nothing(database: Database, keys: Keyring) -> None:
    lodge(database, keys)
    with pytest.raises(CryptoError):
        handlers_read(database, Keyring.of(b"x" * 32))


def test_a_receipt_shows_the_answers_and_not_what_was_written(
    database: Database, keys: Keyring
) -> None:
    prepared = lodge(database, keys)
    assert ask_after(database, keys, prepared.number, prepared.secret) == []
    reply(database, keys, "已受理", CaseState.ACCEPTED)
    reply(database, keys, "已辦結", CaseState.CONCLUDED)
    assert ask_after(database, keys, prepared.number, prepared.secret) == [
        Text("answer", TODAY, "已受理"),
        Text("answer", TODAY, "已辦結"),
    ]


def test_a_wrong_number_and_wrong_digits_are_refused_alike(
    database: Database, keys: Keyring
) -> None:
    prepared = lodge(database, keys)
    wrong = "0" * 16 if prepared.secret != "0" * 16 else "1" * 16
    refusals = []
    for number, secret in ((prepared.number, wrong), ("ZZZZZ", prepared.secret), ("ZZZZZ", wrong)):
        with pytest.raises(Refused) as refused:
            ask_after(database, keys, number, secret)
        refusals.append(refused.value.phrase)
    assert refusals == [Refused("receipt_wrong").phrase] * 3


def test_a_receipt_opens_no_other_case(database: Database, keys: Keyring) -> None:
    one, other = lodge(database, keys), lodge(database, keys)
    with pytest.raises(Refused):
        ask_after(database, keys, other.number, one.secret)


def test_without_the_servers_key_digits_cannot_be_tried(database: Database, keys: Keyring) -> None:
    prepared = lodge(database, keys)
    with pytest.raises(Refused):
        ask_after(database, Keyring.of(b"x" * 32), prepared.number, prepared.secret)


def test_the_length_of_a_text_is_known_only_by_its_class(database: Database, keys: Keyring) -> None:
    lengths = {}
    for length in (1, 511, 512, 513, 1024, 1025):
        prepared = vault.prepare(replace(LODGED, account="x" * length, contact=None), keys=keys)
        ((_, _, sealed),) = prepared.papers
        lengths[length] = len(sealed)
    assert lengths[1] == lengths[511] == lengths[512]
    assert lengths[513] == lengths[1024] == lengths[1] + 512
    assert lengths[1025] == lengths[1] + 1024


def test_a_text_comes_back_whole_whatever_it_ends_with(database: Database, keys: Keyring) -> None:
    text = "第一行\n\n 👨‍👩‍👧 <b>&amp; \u202eשלום\u202c "
    lodge(database, keys, replace(LODGED, account=text, contact=None))
    assert handlers_read(database, keys) == [("account", text)]


@pytest.mark.parametrize("table", [CasePaper, WrappedKey])
def test_what_has_been_tampered_with_is_refused(
    database: Database, keys: Keyring, table: type[CasePaper] | type[WrappedKey]
) -> None:
    lodge(database, keys)
    with database.writing() as session:
        for row in session.exec(select(table)):
            row.sealed = row.sealed[:-1] + bytes([row.sealed[-1] ^ 1])
    with pytest.raises(CryptoError):
        handlers_read(database, keys)


def test_a_paper_moved_to_another_case_is_refused(database: Database, keys: Keyring) -> None:
    first, second = lodge(database, keys), lodge(database, keys)
    with database.writing() as session:
        papers = {p.case_id: p for p in session.exec(select(CasePaper)) if p.kind == "account"}
        papers[first.id].sealed, papers[second.id].sealed = (
            papers[second.id].sealed,
            papers[first.id].sealed,
        )
    with database.reading() as session, pytest.raises(CryptoError):
        vault.by_handler(session, session.get_one(Case, first.id), keys=keys)


def test_a_concluded_case_is_no_longer_listed_or_opened(database: Database, keys: Keyring) -> None:
    prepared = lodge(database, keys)
    reply(database, keys, "已辦結", CaseState.CONCLUDED)
    with database.reading() as session:
        assert vault.open_cases(session) == []
        with pytest.raises(Refused):
            vault.open_case(session, prepared.id)


def test_no_column_of_the_vault_refers_to_a_person() -> None:
    tables = [table for table in SQLModel.metadata.sorted_tables if table.name.startswith("vault_")]
    assert len(tables) == 4
    for table in tables:
        assert {key.column.table.name for key in table.foreign_keys} <= {"vault_case"}
        names = " ".join(column.name for column in table.columns)
        for trace in ("person", "account", "chat", "user", "by", "telegram", "moment", "_at"):
            assert trace not in names


def test_the_vault_keeps_the_day_and_no_order_of_arrival(database: Database, keys: Keyring) -> None:
    lodge(database, keys)
    with database.reading() as session:
        case = session.exec(select(Case)).one()
        assert type(case.received_on) is date
        assert len(session.exec(select(Receipt)).one().digest) == 32
    if database.is_sqlite:
        with database.engine.connect() as connection:
            for table in (Case, CasePaper, WrappedKey, Receipt):
                made = connection.exec_driver_sql(
                    "SELECT sql FROM sqlite_master WHERE name = ?", (table.__tablename__,)
                ).scalar_one()
                assert "WITHOUT ROWID" in made


def test_a_paper_more_in_a_case_is_seen(database: Database, keys: Keyring) -> None:
    lodge(database, keys)
    with database.reading() as session:
        (case,) = vault.open_cases(session)
        before = vault.papers(session, case.id)
    reply(database, keys, "已受理", CaseState.ACCEPTED)
    with database.reading() as session:
        assert (before, vault.papers(session, case.id)) == (2, 3)
