"""A complaint is played through, and then every byte that was kept is searched for its traces."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

from bot.playground.people import Chat, Person
from dialogs.vocabulary import Role
from scheduler import timetable
from storage.tables import Case, Conversation, Inbox, Outbox
from tests.builders.house import House, open_house
from tests.builders.patience import until
from tests.builders.phone import Phone, words

FIRST, LAST, USERNAME = "琉璃光", "Zephyrine", "quokka_sighting"
ACCOUNT = "夜半三更倉庫搬糧 marker-xylophone-7731"
HALF = "只說了一半的話 marker-halfway-4402"
CAPTION = "照片說明 marker-caption-9917"
CONTACT = "聯繫我 marker-contact-1355"
HANDLERS = ("經辦甲", "經辦乙")


def known_to_telegram(house: House, number: int) -> Phone:
    """Give a phone to somebody whose number is like no other, for bytes are searched for it."""
    person = Person(number, FIRST, LAST, USERNAME, started=True)
    house.telegram.people[person.id] = person
    house.telegram.chats[person.id] = Chat(person.id, "private", member_ids=[person.id])
    return Phone(house.url, person.id)


@pytest.fixture
def house(tmp_path: Path, database_url: str) -> Iterator[House]:
    with open_house(tmp_path / "house", database_url=database_url) as opened:
        for name in HANDLERS:
            opened.person(name, roles=[Role.COMMISSION_MEMBER])
        opened.entrust(*HANDLERS)
        opened.program.start()
        yield opened


def complain(*villagers: Phone) -> None:
    """Let villagers begin complaints side by side, up to what happened."""
    for villager in villagers:
        villager.say("/menu")
    for label in ("意見與反映", "村（社區）幹部", "其他 / 說不清", "反映幹部問題"):
        for villager in villagers:
            villager.press(label)
    for villager in villagers:
        villager.sees("請寫下事情經過")


def settled(house: House) -> bool:
    """Look whether all that was heard is answered and all that was due is sent or swept."""
    heard = [row for row in house.rows(Inbox) if row.done_at is None]
    due = [row for row in house.rows(Outbox) if row.due_at <= house.now()]
    return not (house.telegram.updates.pending or heard or due)


def kept_bytes(house: House) -> dict[str, bytes]:
    """Gather everything that outlives a moment: tables, files, logs, keys."""
    folder = house.program.log.parent.parent  # the database file is beside the house
    kept = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    if not house.database.is_sqlite:
        return kept | tables_of(house)
    return kept | {"a backup": backup_of(house)}


def backup_of(house: House) -> bytes:
    """Copy a SQLite database as a backup does, while it is in use."""
    file = house.database.url.database
    assert file is not None
    with closing(sqlite3.connect(file)) as books, closing(sqlite3.connect(":memory:")) as copy:
        books.backup(copy)
        return copy.serialize()


def tables_of(house: House) -> dict[str, bytes]:
    """Copy every table of a PostgreSQL schema out, as text and as the bytes it holds."""
    url = make_url(house.database.url).set(drivername="postgresql")
    dumped: dict[str, bytes] = {}
    with psycopg.connect(url.render_as_string(hide_password=False)) as connection:
        names = connection.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
        ).fetchall()
        for (name,) in names:
            for form in ("text", "binary"):
                with connection.cursor().copy(
                    sql.SQL("COPY {} TO STDOUT (FORMAT {})").format(
                        sql.Identifier(name), sql.SQL(form)
                    )
                ) as copied:
                    dumped[f"{name}.{form}"] = b"".join(bytes(part) for part in copied)
    return dumped


def traces(*more: str) -> list[bytes]:
    """List what must be found nowhere, as text and as JSON would write it."""
    said = [FIRST, LAST, USERNAME, ACCOUNT, HALF, CAPTION, CONTACT, *more]
    marks = [word for text in said for word in text.split() if not word.isdigit()]
    escaped = [text.encode("unicode_escape") for text in said if not text.isascii()]
    return [*(text.encode() for text in [*said, *marks]), *escaped]


def found(kept: dict[str, bytes], marks: Sequence[bytes]) -> list[tuple[str, bytes]]:
    return [(name, mark) for name, content in kept.items() for mark in marks if mark in content]


def test_a_complaint_leaves_no_trace_of_its_words_or_of_who_brought_it(house: House) -> None:
    villager, wavering, forgetful = (
        known_to_telegram(house, number) for number in (870_512_349, 871_623_458, 872_734_567)
    )
    complain(villager, wavering, forgetful)

    # One is filed, with a photo sent at the wrong place on the way.
    photo = house.send_photo(villager, CAPTION)
    villager.sees("您發來的文件沒有保存")
    villager.say(ACCOUNT)
    villager.sees("還要附上什麼嗎")
    villager.press("留姓名和聯繫方式")
    villager.press("選好了")
    villager.sees("請寫下姓名和聯繫方式")
    house.program.kill()  # in the middle, as it lies
    numbers = [str(phone.person) for phone in (villager, wavering, forgetful)]
    marks = traces(*numbers, photo)
    assert len(house.rows(Conversation)) == 3, "the drafts are there, and sealed"
    assert found(kept_bytes(house), marks) == []
    house.program.start()
    villager.say(CONTACT)
    villager.press("確認送出")
    receipt = words(villager.sees("這是您的回執"))
    number = receipt.partition("編號：")[2].split()[0]
    secret = receipt.partition("查詢碼：")[2].splitlines()[0]
    marks = traces(*numbers, photo, secret, secret.replace(" ", ""))

    # Asked after.
    villager.say("/menu")
    villager.press("查詢進度")
    villager.sees("請輸入回執上的編號")
    villager.say(f"{number} {secret}")
    villager.sees("還沒有答覆")

    # Another is cancelled half-way, and one more is left lying.
    for phone in (wavering, forgetful):
        phone.say(HALF)
        phone.sees("還要附上什麼嗎")
    wavering.say("/cancel")
    wavering.press("刪除")
    wavering.sees("已取消")
    until(lambda: settled(house), "everything said")
    assert found(kept_bytes(house), marks) == []

    drafts = [row.draft for row in house.rows(Conversation)]
    assert len(drafts) == 1
    (case,) = house.rows(Case)
    assert case.number == number
    house.wait_till(house.now() + timedelta(hours=3))
    until(lambda: not house.rows(Outbox), "everything swept from the chats")
    house.program.stop()
    timetable.tidy(timetable.Duty(house.database, house.keys, house.now, ZoneInfo("Asia/Shanghai")))
    assert house.rows(Conversation) == []
    assert house.rows(Outbox) == []
    assert not any(row.payload for row in house.rows(Inbox))
    kept = kept_bytes(house)
    assert found(kept, marks) == []
    if house.database.is_sqlite:
        assert found(kept, drafts) == [], "freed pages are wiped"
    assert number.encode() in b"".join(kept.values()), "the search finds what is there"
