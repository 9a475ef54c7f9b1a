"""An update is written once, waits its turn in its chat, and is done once."""

from datetime import timedelta

import pytest

from storage import inbox
from storage.database import Database
from storage.inbox import AnsweredAlready, Arrival
from storage.tables import Inbox
from tests.builders.people import NOON


def take_in(database: Database, *arrivals: tuple[int, str]) -> None:
    with database.writing() as session:
        rows = [Arrival(number, chat, f"{number}".encode()) for number, chat in arrivals]
        inbox.take_in(session, rows, now=NOON)


def waiting(database: Database) -> list[tuple[int, bytes]]:
    with database.reading() as session:
        return [(one.update_id, one.payload) for one in inbox.waiting(session)]


def done(database: Database, *numbers: int) -> None:
    with database.writing() as session:
        inbox.done(session, numbers, now=NOON)


def test_an_update_that_comes_twice_is_written_once(database: Database) -> None:
    take_in(database, (1, "a"))
    take_in(database, (1, "a"), (2, "b"))
    assert waiting(database) == [(1, b"1"), (2, b"2")]


def test_an_update_that_comes_again_after_it_was_done_changes_nothing(database: Database) -> None:
    take_in(database, (1, "a"))
    done(database, 1)
    take_in(database, (1, "a"))
    assert waiting(database) == []


def test_the_updates_of_a_chat_wait_for_each_other_and_chats_do_not(database: Database) -> None:
    take_in(database, (3, "a"), (1, "a"), (2, "b"))
    assert waiting(database) == [(1, b"1"), (2, b"2")]
    done(database, 1)
    assert waiting(database) == [(2, b"2"), (3, b"3")]


def test_a_round_takes_a_hundred_chats_the_oldest_first(database: Database) -> None:
    take_in(database, *((number, f"chat{number}") for number in range(250, 100, -1)))
    assert [number for number, _ in waiting(database)] == list(range(101, 201))


def test_a_chat_that_floods_keeps_nobody_behind_it_waiting(database: Database) -> None:
    flood = inbox.LOOKED_AT + 5
    take_in(database, *((number, "flooder") for number in range(1, flood)))
    take_in(database, *((flood + number, f"chat{number}") for number in range(150)))
    taken = [number for number, _ in waiting(database)]
    assert taken == [1, *range(flood, flood + inbox.AT_ONCE - 1)]
    with database.reading() as session:
        passed = inbox.waiting(session, besides=["flooder"])
    assert [one.update_id for one in passed] == list(range(flood, flood + inbox.AT_ONCE))


def test_an_update_is_not_done_twice(database: Database) -> None:
    take_in(database, (1, "a"), (2, "b"))
    done(database, 1)
    with pytest.raises(AnsweredAlready):
        done(database, 1, 2)
    assert waiting(database) == [(2, b"2")]


def test_what_an_update_said_and_where_is_forgotten_when_it_is_done(database: Database) -> None:
    take_in(database, (1, "a"))
    done(database, 1)
    with database.reading() as session:
        row = session.get_one(Inbox, 1)
        assert (row.payload, row.chat_hash) == (None, "")


def test_the_number_of_an_update_is_kept_as_long_as_it_could_come_again(database: Database) -> None:
    take_in(database, (1, "a"), (2, "b"))
    done(database, 1)
    for later, kept in ((inbox.KEPT, True), (inbox.KEPT + timedelta(seconds=1), False)):
        with database.writing() as session:
            inbox.forget(session, now=NOON + later)
        with database.reading() as session:
            assert (session.get(Inbox, 1) is not None) is kept
    assert waiting(database) == [(2, b"2")]
