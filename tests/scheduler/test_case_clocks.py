"""Handlers hear of letters and of their days: once each, all together, nothing of what they say."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, col, select

from dialogs.rules.calendar import Calendar
from dialogs.vocabulary import CaseMove, CaseState
from scheduler import case_clocks
from storage import outbox
from storage.database import Database
from storage.outbox import Parcel, Urgency
from storage.sealing import Keyring
from storage.tables import Case, CaseReminder, Outbox, Person
from storage.vault import cases
from storage.vault import keys as handler_keys
from storage.vault.cases import Prepared
from tests.builders.people import TODAY
from tests.builders.vault import LODGED, handlers, lodge

ZONE = ZoneInfo("UTC")
NINE = datetime.combine(TODAY, time(9), UTC)  # a Monday


def heard(database: Database, keys: Keyring, *, at: datetime) -> dict[int, list[str]]:
    """Run both sweeps twice; give what each account hears of it, and forget it."""
    with database.writing() as session:
        for _ in range(2):
            case_clocks.tell_of_letters(session, now=at, zone=ZONE, calendar=Calendar(), keys=keys)
            case_clocks.remind(session, now=at, zone=ZONE, calendar=Calendar(), keys=keys)
        said: dict[int, list[str]] = {}
        for row in session.exec(select(Outbox).order_by(col(Outbox.id))).all():
            parcel = Parcel(row.id or 0, row.chat_hash, Urgency.REMINDER, 0, None, row.payload)
            letter = outbox.unpack(parcel, keys=keys)
            said.setdefault(letter.chat, []).append(letter.words.text)
            session.delete(row)
    return said


def letters(database: Database, keys: Keyring, count: int, *, first: int = 0) -> list[Prepared]:
    return [
        lodge(database, keys, replace(LODGED, account=f"第{first + n}封來信 marker", contact=None))
        for n in range(count)
    ]


def test_twenty_letters_are_three_messages(database: Database, keys: Keyring) -> None:
    handlers(database, keys, "經辦甲", "經辦乙")
    (first,) = letters(database, keys, 1)
    said = heard(database, keys, at=NINE)
    assert [one.count(first.number) for one in said[7000]] == [1]
    assert said[7000] == said[7001]
    later = letters(database, keys, 19, first=1)
    assert heard(database, keys, at=NINE + timedelta(hours=2)) == {}
    (said_at_noon,) = heard(database, keys, at=NINE + timedelta(hours=3))[7000]
    assert all(one.number in said_at_noon for one in later)
    assert "marker" not in said_at_noon
    letters(database, keys, 3, first=20)
    assert heard(database, keys, at=NINE + timedelta(hours=4)) == {}
    assert len(heard(database, keys, at=NINE + timedelta(hours=8))[7000]) == 1
    letters(database, keys, 1, first=23)
    assert heard(database, keys, at=NINE + timedelta(hours=8, minutes=30)) == {}
    assert len(heard(database, keys, at=NINE + timedelta(days=1))[7000]) == 1


@pytest.mark.parametrize("at", [NINE.replace(hour=7), NINE.replace(hour=20), NINE - timedelta(1)])
def test_nobody_hears_out_of_hours_or_on_a_free_day(
    database: Database, keys: Keyring, at: datetime
) -> None:
    handlers(database, keys, "經辦甲", "經辦乙")
    letters(database, keys, 2)
    assert heard(database, keys, at=at) == {}
    assert len(heard(database, keys, at=NINE)[7000]) == 1


def test_who_stands_aside_hears_of_nothing(database: Database, keys: Keyring) -> None:
    *_, third = handlers(database, keys, "經辦甲", "經辦乙", "經辦丙")
    lodge(database, keys, replace(LODGED, contact=None, recused=(third.id,)))
    assert heard(database, keys, at=NINE).keys() == {7000, 7001}


def on(days: int) -> datetime:
    return NINE + timedelta(days=days)


def test_the_days_of_all_letters_are_one_message_a_day_and_each_is_said_once(
    database: Database, keys: Keyring
) -> None:
    handlers(database, keys, "經辦甲", "經辦乙")
    lodged = letters(database, keys, 3)  # to be told by 17 March, a Tuesday
    heard(database, keys, at=NINE)
    assert heard(database, keys, at=on(9)) == {}
    (before,) = heard(database, keys, at=on(10))[7000]
    assert all(one.number in before for one in lodged)
    assert "告知是否受理" in before
    assert heard(database, keys, at=on(11)) == {}
    (on_day,) = heard(database, keys, at=on(15))[7000]
    assert "今天到期" in on_day
    (late,) = heard(database, keys, at=on(16))[7000]
    assert "已到期" in late
    assert heard(database, keys, at=on(17)) == {}
    (very_late,) = heard(database, keys, at=on(22))[7000]
    assert "早已到期" in very_late
    assert heard(database, keys, at=on(60)) == {}


def test_after_downtime_only_the_latest_is_said(database: Database, keys: Keyring) -> None:
    handlers(database, keys, "經辦甲", "經辦乙")
    letters(database, keys, 1)
    heard(database, keys, at=NINE)
    (said,) = heard(database, keys, at=on(16))[7000]
    assert "已到期" in said
    assert "今天" not in said


def accepted(session: Session, keys: Keyring, person: Person) -> Case:
    case = session.exec(select(Case)).one()
    case.state, case.assigned_to, case.accepted_on = CaseState.ACCEPTED, person.id, TODAY
    case.due_on = TODAY + timedelta(days=59)  # the day before a holiday
    session.add(case)
    cases.note(session, case, CaseMove.ACCEPT, person=person.id, today=TODAY)
    return case


def test_who_has_a_case_hears_of_its_days_and_everybody_once_it_is_late(
    database: Database, keys: Keyring
) -> None:
    first, _ = handlers(database, keys, "經辦甲", "經辦乙")
    letters(database, keys, 1)
    heard(database, keys, at=NINE)
    with database.writing() as session:
        accepted(session, keys, first)
    (back,) = heard(database, keys, at=on(2))[7000]
    assert "退回不歸自己辦的" in back
    assert heard(database, keys, at=on(51)).keys() == {7000}, "ten days before"
    assert heard(database, keys, at=on(59)).keys() == {7000}
    assert heard(database, keys, at=on(65)).keys() == {7000, 7001}


def test_it_stops_when_it_is_done_and_an_extension_begins_anew(
    database: Database, keys: Keyring
) -> None:
    first, _ = handlers(database, keys, "經辦甲", "經辦乙")
    letters(database, keys, 1)
    heard(database, keys, at=NINE)
    with database.writing() as session:
        case = accepted(session, keys, first)
        case.extended, case.due_on = True, TODAY + timedelta(days=90)
    heard(database, keys, at=on(2))
    assert heard(database, keys, at=on(60)) == {}
    (said,) = heard(database, keys, at=on(81))[7000]
    assert "延期後辦結" in said
    with database.writing() as session:
        session.exec(select(Case)).one().state = CaseState.CONCLUDED
    assert heard(database, keys, at=on(92)) == {}


def test_what_was_set_aside_is_one_line_in_the_message_of_the_day(
    database: Database, keys: Keyring
) -> None:
    handlers(database, keys, "經辦甲", "經辦乙")
    letters(database, keys, 5)
    with database.writing() as session:
        for case in session.exec(select(Case)).all():
            case.state = CaseState.QUARANTINED
            session.add(case)
    (said,) = heard(database, keys, at=NINE)[7000]
    assert "5 件來信先放在一邊" in said
    assert heard(database, keys, at=on(1)) == {}


def test_nothing_is_kept_of_a_case_that_is_destroyed(database: Database, keys: Keyring) -> None:
    handlers(database, keys, "經辦甲", "經辦乙")
    letters(database, keys, 1)
    heard(database, keys, at=NINE)
    with database.writing() as session:
        assert session.exec(select(CaseReminder)).all()
        cases.erase(session, session.exec(select(Case)).one())
        assert not session.exec(select(CaseReminder)).all()


def test_who_has_left_hears_of_nothing(database: Database, keys: Keyring) -> None:
    first, _ = handlers(database, keys, "經辦甲", "經辦乙")
    letters(database, keys, 1)
    with database.writing() as session:
        handler_keys.revoke(session, first.id, today=TODAY)
    assert heard(database, keys, at=NINE).keys() == {7001}
