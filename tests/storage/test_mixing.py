"""PostgreSQL's own columns tie no letter to an update, and tell no order."""

from datetime import UTC, date, datetime

import sqlalchemy as sa

from dialogs.vocabulary import Accused, CaseKind, CaseState
from storage import inbox
from storage.database import Database
from storage.inbox import Arrival
from storage.mixing import mix, without_order
from storage.tables import Case

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LETTERS = 20
TOGETHER = sa.text("SELECT count(*) FROM vault_case c JOIN inbox i ON i.xmin = c.xmin")
LAID = sa.text("SELECT number FROM vault_case ORDER BY ctid")


def letter(number: int) -> Case:
    return Case(
        number=f"N{number:02}",
        kind=CaseKind.SUGGESTION,
        accused=Accused.NOBODY,
        public=b"?",
        state=CaseState.RECEIVED,
        received_on=date(2026, 3, 2),
        due_on=date(2026, 5, 2),
    )


def bring(database: Database, numbers: range) -> None:
    """File letters as the desk does: each in the unit of work that answers its update."""
    for number in numbers:
        with database.writing() as session:
            inbox.take_in(session, [Arrival(number, f"chat{number}", b"?")], now=NOW)
        with database.writing() as session:
            inbox.done(session, [number], now=NOW)
            session.add(letter(number))


def test_a_letter_is_tied_to_no_update_and_lies_in_no_order(database: Database) -> None:
    bring(database, range(LETTERS))
    if database.is_sqlite:
        assert not mix(database)
        return
    with database.reading() as session:
        assert session.execute(TOGETHER).scalar_one() == LETTERS
        before = session.execute(LAID).scalars().all()
    assert mix(database)
    with database.reading() as session:
        assert session.execute(TOGETHER).scalar_one() == 0
        after = session.execute(LAID).scalars().all()
    assert before == sorted(before)
    assert sorted(after) == before
    assert after != before  # by chance once in twenty factorial


def test_a_new_letter_is_mixed_with_the_older_ones(database: Database) -> None:
    if database.is_sqlite:
        return
    bring(database, range(3))
    mix(database)
    assert not mix(database)  # nothing new
    bring(database, range(3, 4))
    assert mix(database)
    with database.reading() as session:
        writers = session.execute(sa.text("SELECT count(DISTINCT xmin::text) FROM vault_case"))
        assert writers.scalar_one() == 1


def test_what_must_have_no_order_is_what_sqlite_gives_no_row_numbers() -> None:
    names = {table.name for table in without_order()}
    assert {"vault_case", "vault_paper", "vault_key", "ballot_cast", "ballot_comment"} <= names
    assert "person" not in names
