"""What a case takes: no more than can be handed over in one file, and no faster than it is read."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from dialogs import events
from dialogs.catalogue.policy import number
from dialogs.errors import Refused
from dialogs.vocabulary import CaseMove, Language, PaperKind
from storage.database import Database
from storage.memory import Memory
from storage.occasion import Occasion
from storage.people import recognise
from storage.recorder import prepare, record
from storage.recorder.case_pings import has_seen, ping
from storage.sealing import Keyring
from storage.tables import Case, Outbox
from storage.vault import room
from storage.vault.carried import Carried, CarriedPaper
from storage.vault.papers import Sealed
from tests.builders.people import NOON, TODAY
from tests.builders.vault import handlers, lodge

UPLOAD = 50_000_000  # bytes a bot may send


def a_paper(kind: PaperKind, size: int) -> Sealed:
    return Sealed(uuid4(), kind, b"x" * size)


def writer(database: Database, keys: Keyring, memory: Memory, now: datetime = NOON) -> Occasion:
    return Occasion(now, TODAY, 9001, keys, Language.ZH_HANT, memory=memory, books=database)


def test_a_case_as_large_as_it_can_be_is_handed_over_in_one_file() -> None:
    most = number("case_megabytes") * room.MEGABYTE + room.FOR_TEXT
    papers = [CarriedPaper(uuid4(), PaperKind.ORIGINAL, TODAY, b"x" * (most // 60))] * 60
    packed = Carried(uuid4(), "ABCDE", "k", {"k": b"w" * 200}, papers).packed()
    assert len(packed) < UPLOAD


def test_files_beyond_the_room_are_refused_and_words_are_still_taken() -> None:
    full = number("case_megabytes") * room.MEGABYTE
    room.must_fit([a_paper(PaperKind.ORIGINAL, 1_000)], size=full - 1_000, files=1)
    with pytest.raises(Refused, match="case_files_full"):
        room.must_fit([a_paper(PaperKind.ORIGINAL, 1_001)], size=full - 1_000, files=1)
    with pytest.raises(Refused, match="case_files_full"):
        room.must_fit([a_paper(PaperKind.ORIGINAL, 9)], files=number("case_files"))
    room.must_fit([a_paper(PaperKind.SUPPLEMENT, 9_000)], size=full)
    with pytest.raises(Refused, match="case_full"):
        room.must_fit([a_paper(PaperKind.SUPPLEMENT, 1)], size=full + room.FOR_TEXT)


def add(database: Database, occasion: Occasion, visit: str, move: CaseMove) -> None:
    event = events.WriterStepped(visit, move, "又想起一件事")
    prepared = prepare(event, occasion)
    with database.writing() as session:
        record(event, session, occasion, prepared)


def posted(database: Database) -> list[datetime]:
    with database.reading() as session:
        return [one.due_at for one in session.exec(select(Outbox)).all()]


def test_forty_supplements_are_a_few_and_each_handler_hears_once(
    database: Database, keys: Keyring
) -> None:
    handlers(database, keys, "甲", "乙", "丙")
    letter, memory = lodge(database, keys), Memory()
    visit = memory.admit(letter.id, chat=9001, until=NOON + timedelta(hours=1))
    occasion = writer(database, keys, memory)
    for _ in range(number("added_in_an_hour")):
        add(database, occasion, visit, CaseMove.SUPPLEMENT)
    with pytest.raises(Refused, match="added_too_often"):
        add(database, occasion, visit, CaseMove.SUPPLEMENT)
    assert len(posted(database)) == 3
    add(database, occasion, visit, CaseMove.RETALIATION)
    assert len(posted(database)) == 6, "retaliation is heard besides"


def test_how_often_handlers_hear_tells_nobody_whether_the_writer_has_joined(
    database: Database, keys: Keyring
) -> None:
    first, *_ = handlers(database, keys, "甲", "乙", "丙")
    letter, memory = lodge(database, keys), Memory()
    hashed = keys.lookup(7000)
    with database.reading() as session:
        known = recognise(session, [hashed], today=TODAY)[hashed]
    assert known.person == first.id
    occasion = replace(writer(database, keys, memory), known=known)
    visit = memory.admit(letter.id, chat=9001, until=NOON + timedelta(hours=1))
    for _ in range(2):
        add(database, occasion, visit, CaseMove.SUPPLEMENT)
    assert len(posted(database)) == 3, "of two within an hour once, and each of them"


def test_at_night_only_retaliation_rings(database: Database, keys: Keyring) -> None:
    handlers(database, keys, "甲", "乙")
    letter, night = (
        lodge(database, keys),
        datetime.combine(TODAY, NOON.time(), UTC).replace(hour=23),
    )
    occasion = writer(database, keys, Memory(), night)
    with database.writing() as session:
        case = session.get_one(Case, letter.id)
        ping(session, case, CaseMove.SUPPLEMENT, occasion=occasion)
        ping(session, case, CaseMove.RETALIATION, occasion=occasion)
    morning = occasion.calendar.next_open_moment(night, zone=UTC)
    assert sorted(posted(database)) == [night, night, morning, morning]


def test_whoever_opened_a_case_hears_of_it_anew(database: Database, keys: Keyring) -> None:
    first, _ = handlers(database, keys, "甲", "乙")
    letter, memory = lodge(database, keys), Memory()
    with database.writing() as session:
        case = session.get_one(Case, letter.id)
        ping(session, case, CaseMove.SUPPLEMENT, occasion=writer(database, keys, memory))
        hashed = keys.lookup(7000)
        known = recognise(session, [hashed], today=TODAY)[hashed]
        opener = replace(writer(database, keys, memory), known=known)
        assert opener.person == first.id
        has_seen(case, opener)
        ping(session, case, CaseMove.SUPPLEMENT, occasion=writer(database, keys, memory))
    assert len(posted(database)) == 3
