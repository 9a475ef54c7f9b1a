from datetime import date

import pytest
from sqlmodel import Session

from dialogs.errors import Refused
from dialogs.facts import OwnSpan
from dialogs.rules.calendar import Calendar, Land
from storage import calendars
from storage.database import Database
from storage.tables import Person
from tests.builders.people import NOON

OFF = OwnSpan(date(2026, 3, 12), date(2026, 3, 13), worked=False, reason="換屆選舉")
NEXT = OwnSpan(date(2026, 3, 16), date(2026, 3, 16), worked=False, reason="停電檢修")
WORKED = OwnSpan(date(2026, 3, 14), date(2026, 3, 15), worked=True, reason="補班")


@pytest.fixture
def clerk(database: Database) -> Person:
    with database.writing() as session:
        person = Person(code="R1", name="羅敏")
        session.add(person)
    return person


def enter(session: Session, clerk: Person, *spans: OwnSpan) -> None:
    for span in spans:
        calendars.enter(session, span, by=clerk.id, now=NOON)


def test_without_days_of_its_own_a_calendar_stays_as_it_is(database: Database) -> None:
    plain = Calendar(Land.TAIWAN)
    with database.reading() as session:
        assert calendars.own(session, plain) == plain
        assert calendars.coming(session, since=date(2026, 1, 1)) == []


def test_what_is_entered_counts_at_once(database: Database, clerk: Person) -> None:
    with database.writing() as session:
        enter(session, clerk, OFF, WORKED)
        own = calendars.own(session, Calendar())
    assert [own.is_working_day(date(2026, 3, day)) for day in (11, 12, 13, 14, 15, 16)] == [
        *(True, False, False, True, True, True)
    ]


def test_days_on_end_with_one_reason_are_one_span(database: Database, clerk: Person) -> None:
    with database.writing() as session:
        enter(session, clerk, WORKED, OFF, NEXT)
        assert calendars.coming(session, since=date(2026, 3, 1)) == [OFF, WORKED, NEXT]
        assert calendars.coming(session, since=date(2026, 3, 15)) == [
            OwnSpan(date(2026, 3, 15), date(2026, 3, 15), worked=True, reason="補班"),
            NEXT,
        ]


def test_a_day_is_entered_once(database: Database, clerk: Person) -> None:
    with database.writing() as session:
        enter(session, clerk, OFF)
        overlapping = OwnSpan(date(2026, 3, 11), date(2026, 3, 12), worked=True, reason="補班")
        with pytest.raises(Refused, match="own_day_taken"):
            enter(session, clerk, overlapping)
        assert calendars.coming(session, since=date(2026, 3, 1)) == [OFF]


def test_what_is_taken_back_counts_no_more(database: Database, clerk: Person) -> None:
    with database.writing() as session:
        enter(session, clerk, OFF, WORKED)
        calendars.take_back(session, OFF)
        assert calendars.coming(session, since=date(2026, 3, 1)) == [WORKED]
        with pytest.raises(Refused, match="own_days_gone"):
            calendars.take_back(session, OFF)
