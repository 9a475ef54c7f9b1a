"""The root of the audit log goes out once a day, whether or not there is a channel for it."""

import logging
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, select

from dialogs.rules.access import Action
from dialogs.vocabulary import Verdict
from scheduler.roots import post_root
from scheduler.timetable import Duty
from scheduler.timetable import post_root as sweep
from storage import audit
from storage.audit import Deed, Root
from storage.outbox import Letter, take_out, unpack
from storage.tables import AuditRoot
from tests.scheduler.conftest import Town

ZONE = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 3, 2, 9, tzinfo=ZONE)
CHANNEL = -100_123


def noted(town: Town, session: Session) -> None:
    deed = Deed(town.here.id, Verdict.READ, Action.ARCHIVE, "marker-subject")
    audit.note(session, [deed], now=MORNING)


def posted(town: Town, session: Session, now: datetime = MORNING) -> Root | None:
    return post_root(session, now=now, zone=ZONE, channel=CHANNEL, keys=town.keys)


def letters(town: Town, session: Session) -> list[Letter]:
    found = take_out(session, now=MORNING + timedelta(days=9), resting=[], room=9, bulk_room=9)
    return [unpack(parcel, keys=town.keys) for parcel in found]


def test_the_channel_gets_the_root_and_nothing_of_what_was_done(town: Town) -> None:
    with town.database.writing() as session:
        noted(town, session)
        root = posted(town, session)
        assert root
        (letter,) = letters(town, session)
    assert letter.chat == CHANNEL
    for word in ("2026年3月2日", "共 1 條", f"qingfeng verify --root {root}"):
        assert word in letter.words.text
    for word in ("許春燕", "marker", "archive", "檔案", town.here.id.hex):
        assert word not in letter.words.text


def test_twice_in_a_day_is_once(town: Town) -> None:
    with town.database.writing() as session:
        noted(town, session)
        assert posted(town, session)
        noted(town, session)
        assert posted(town, session, MORNING + timedelta(hours=9)) is None
        assert posted(town, session, MORNING + timedelta(days=1))
        kept = {root.day: root.ordinal for root in session.exec(select(AuditRoot))}
    assert kept == {date(2026, 3, 2): 1, date(2026, 3, 3): 2}


def test_nobody_is_woken_for_it(town: Town) -> None:
    with town.database.writing() as session:
        noted(town, session)
        assert posted(town, session, MORNING - timedelta(minutes=1)) is None


def test_an_empty_log_has_no_root(town: Town) -> None:
    with town.database.writing() as session:
        assert posted(town, session) is None
        assert letters(town, session) == []


def test_without_a_channel_it_is_printed_whole_to_our_own_log(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    with town.database.writing() as session:
        noted(town, session)
    with caplog.at_level(logging.INFO):
        for _again in range(2):
            sweep(Duty(town.database, town.keys, lambda: MORNING, ZONE))
    with town.database.writing() as session:
        (kept,) = session.exec(select(AuditRoot))
        assert letters(town, session) == []
    (record,) = [one for one in caplog.records if one.name.startswith("scheduler")]
    assert f"entry 1, digest {kept.digest}" in record.getMessage()
