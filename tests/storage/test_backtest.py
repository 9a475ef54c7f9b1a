"""The backtest reads what is on record and writes nothing, which the database itself enforces."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

from dialogs.events import NumberTried
from dialogs.messages import render
from dialogs.vocabulary import Language, WarningSource
from storage.database import Database
from storage.occasion import Occasion
from storage.recorder import prepare, record
from storage.sealing import Keyring
from storage.tables import Signal
from tests.builders.matters import person, unit
from tests.builders.people import NOON, TODAY
from tests.builders.warnings import CASHIER, post

JANUARY = date(2026, 1, 5)
TRIED = NumberTried("late_orange", 5, JANUARY, TODAY)


@pytest.fixture
def seen(founded: Database) -> Database:
    """A township in which one measure was late for eight working days."""
    with founded.writing() as session:
        session.add(
            Signal(
                source=WarningSource.LATE_MEASURE,
                origin="m1",
                unit_id=unit(session, "財政所"),
                post_id=post(session, CASHIER).id,
                person_id=person(session, "呂思穎"),
                of_day=JANUARY,
                until=JANUARY + timedelta(days=10),
                seen_on=JANUARY + timedelta(days=1),
                facts={},
            )
        )
    return founded


@pytest.fixture
def read_only(seen: Database) -> Iterator[Database]:
    """The same books, in which the database refuses every change."""
    opened = Database(seen.url.render_as_string(hide_password=False))
    forbid = "PRAGMA query_only=ON" if opened.is_sqlite else "SET TRANSACTION READ ONLY"
    sa.event.listen(opened.engine, "begin", lambda connection: connection.exec_driver_sql(forbid))
    try:
        yield opened
    finally:
        opened.close()


def occasion(database: Database, keys: Keyring) -> Occasion:
    return Occasion(
        now=NOON, today=TODAY, chat=1, keys=keys, language=Language.ZH_HANT, books=database
    )


def test_another_number_is_tried_on_books_that_cannot_be_written(
    read_only: Database, keys: Keyring
) -> None:
    with pytest.raises(sa.exc.DBAPIError), read_only.reading() as session:
        session.execute(sa.update(Signal).values(origin="m2"))
    at = occasion(read_only, keys)
    compared = prepare(TRIED, at)
    with read_only.reading() as session:
        (reply,) = record(TRIED, session, at, compared).replies
        assert not session.new
        assert not session.dirty
    said = render(reply, Language.ZH_HANT).text
    assert "三級（黃）提醒　措施逾期：現行 1 份，試算 1 份" in said
    assert "二級（橙）督導　措施逾期：現行 0 份，試算 1 份" in said
    assert "試算多出 1 份，少了 0 份" in said
    for named in ("呂思穎", CASHIER, "財政所"):
        assert named not in said


def test_the_books_are_as_they_were(seen: Database, keys: Keyring) -> None:
    def counts() -> list[int]:
        with seen.reading() as session:
            return [
                session.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
                for table in SQLModel.metadata.sorted_tables
            ]

    before = counts()
    prepare(TRIED, occasion(seen, keys))
    assert counts() == before
