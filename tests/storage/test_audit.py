"""The audit log: bound row to row, never changed, held to roots that were written down."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError
from sqlmodel import col, select

from dialogs.errors import Refused
from dialogs.messages import plain_words
from dialogs.rules.access import Action
from dialogs.vocabulary import Language, Verdict
from storage import audit
from storage.audit import Deed, Root, bound, first_broken, inspect
from storage.database import Database
from storage.migrations import upgrade
from storage.migrations.guard import APPEND_ONLY, on_postgresql, on_sqlite
from storage.sealing import Keyring
from storage.tables import AuditEntry, AuditRoot
from tests.builders.people import NOON, TODAY, a_person

DAY = timedelta(days=1)
ZONE = ZoneInfo("Asia/Shanghai")


def noted(database: Database, count: int, person: UUID | None = None) -> None:
    with database.writing() as session:
        deed = Deed(person, Verdict.DONE, Action.BROADCAST, "x" * 8)
        audit.note(session, [deed] * count, now=NOON)


def unguarded(database: Database) -> None:
    """Take the triggers off, as whoever owns the database could."""
    with database.writing() as session:
        if database.is_sqlite:
            names = [name for name, _ in on_sqlite()]
            statements = [f"DROP TRIGGER {name}" for name in names]
        else:
            names = [name for name, _ in on_postgresql()]
            statements = [
                f"DROP TRIGGER {name} ON {name.removesuffix('_never_changed')}" for name in names
            ]
        for statement in statements:
            session.execute(sa.text(statement))


def tamper(database: Database, change: Callable[[list[AuditEntry]], list[AuditEntry]]) -> None:
    """Put other rows in the place of those that are there."""
    unguarded(database)
    with database.writing() as session:
        rows = list(session.exec(select(AuditEntry).order_by(col(AuditEntry.ordinal))))
        copies = [AuditEntry(**row.model_dump()) for row in rows]
        session.execute(sa.delete(AuditEntry))
        session.expunge_all()
        session.add_all(change(copies))


def fault(database: Database, root: Root | None = None) -> str | None:
    with database.reading() as session:
        found = inspect(session, root).fault
        return found.key if found else None


def broken(database: Database) -> int | None:
    with database.reading() as session:
        return first_broken(session)


def test_rows_that_were_only_appended_are_whole(database: Database) -> None:
    assert fault(database) is None
    noted(database, 3)
    noted(database, 2)
    assert broken(database) is None
    with database.reading() as session:
        inspected = inspect(session)
        last = session.get_one(AuditEntry, 5)
    assert inspected.head == Root(5, last.digest)
    assert inspected.at == NOON
    said = [plain_words(line, Language.ZH_HANT) for line in inspected.said(ZONE)]
    assert said[0] == "審計日誌完整：每一條都和前一條扣得上。"
    assert said[1] == f"最新的是第 5 條，2026年3月2日 20:00。\n根值：5:{last.digest}"


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("deed", ["UPDATE {} SET digest = ''", "DELETE FROM {}"])
def test_the_database_lets_nobody_change_a_row(database: Database, table: str, deed: str) -> None:
    noted(database, 2)
    with database.writing() as session:
        audit.keep_root(session, TODAY)
    with pytest.raises(DatabaseError, match="never changed"), database.writing() as session:
        session.execute(sa.text(deed.format(table)))
    assert fault(database) is None
    with database.reading() as session:
        assert len(session.exec(select(AuditEntry)).all()) == 2
        assert len(session.exec(select(AuditRoot)).all()) == 1


def test_what_keeps_rows_from_being_changed_is_put_back_at_the_next_opening(
    database: Database,
) -> None:
    noted(database, 1)
    unguarded(database)
    upgrade(database)
    with pytest.raises(DatabaseError, match="never changed"), database.writing() as session:
        session.execute(sa.delete(AuditEntry))


def other(row: AuditEntry, **changes: object) -> AuditEntry:
    return AuditEntry(**{**row.model_dump(), **changes})


@pytest.mark.parametrize(
    "changes",
    [
        {"verdict": Verdict.REFUSED},
        {"action": "work"},
        {"subject": "y"},
        {"at": NOON + timedelta(microseconds=1)},
        {"digest": "0" * 64},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_the_first_row_that_was_changed_is_named(
    database: Database, changes: dict[str, object]
) -> None:
    noted(database, 5)
    tamper(
        database, lambda rows: [other(row, **changes) if row.ordinal == 3 else row for row in rows]
    )
    assert broken(database) == 3
    assert fault(database) == "audit.broken"


def test_who_did_it_cannot_be_changed_unseen(database: Database, keys: Keyring) -> None:
    with database.writing() as session:
        one, two = a_person(session, "甲", keys=keys).id, a_person(session, "乙", keys=keys).id
    noted(database, 2, one)
    tamper(database, lambda rows: [rows[0], other(rows[1], person_id=two)])
    assert broken(database) == 2


def test_after_a_row_that_was_taken_out_the_next_does_not_follow(database: Database) -> None:
    noted(database, 5)
    tamper(database, lambda rows: [row for row in rows if row.ordinal != 2])
    assert broken(database) == 3


def test_a_row_slipped_in_before_the_first_is_named(database: Database) -> None:
    noted(database, 2)
    tamper(database, lambda rows: [other(rows[0], ordinal=-1), *rows])
    assert broken(database) == -1


def rewritten(rows: list[AuditEntry]) -> list[AuditEntry]:
    """Change the second row and bind all that follow anew, as whoever knows how could."""
    before = rows[0].digest
    for row in rows[1:]:
        row.subject = "z"
        row.digest = before = bound(row, before)
    return rows


def root_of(database: Database) -> Root:
    with database.reading() as session:
        head = inspect(session).head
    assert head
    return head


def test_a_root_written_down_holds_as_the_log_grows(database: Database) -> None:
    noted(database, 3)
    root = root_of(database)
    noted(database, 4)
    assert fault(database, root) is None
    assert fault(database, Root(root.ordinal, root.digest[:16])) is None


def test_a_log_written_anew_from_some_row_on_does_not_fit_the_root(database: Database) -> None:
    noted(database, 5)
    root = root_of(database)
    tamper(database, rewritten)
    assert broken(database) is None, "only the root tells"
    assert fault(database, root) == "audit.rewritten"


def test_rows_that_were_cut_off_do_not_fit_the_root(database: Database) -> None:
    noted(database, 5)
    root = root_of(database)
    tamper(database, lambda rows: rows[:4])
    assert fault(database) is None, "only the root tells"
    assert fault(database, root) == "audit.cut_off"
    tamper_to_nothing(database)
    assert fault(database, root) == "audit.cut_off"


def tamper_to_nothing(database: Database) -> None:
    with database.writing() as session:
        session.execute(sa.delete(AuditEntry))


def test_the_root_kept_of_a_day_tells_without_anybody_having_written_it_down(
    database: Database,
) -> None:
    noted(database, 3)
    with database.writing() as session:
        assert audit.keep_root(session, TODAY)
    noted(database, 2)
    assert fault(database) is None
    tamper(database, rewritten)
    assert fault(database) == "audit.day_does_not_fit"


def test_the_root_of_a_day_is_kept_once(database: Database) -> None:
    with database.writing() as session:
        assert audit.keep_root(session, TODAY) is None, "nothing to stand for"
    noted(database, 1)
    for day, kept in ((TODAY, True), (TODAY, False), (TODAY + DAY, True)):
        with database.writing() as session:
            assert (audit.keep_root(session, day) is not None) is kept


@pytest.mark.parametrize(
    "text", ["152", "152:", "0:" + "a" * 64, "152:xyz", "152:abc", "-1:" + "a" * 64]
)
def test_what_is_no_root_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="root_unreadable"):
        Root.read(text)


def test_a_root_is_read_however_it_was_copied() -> None:
    assert Root.read(f" 152 : {'AB' * 32}\n") == Root(152, "ab" * 32)
