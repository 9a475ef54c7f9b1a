"""Complaints are played through, and then every byte that was kept is searched for their traces."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel, col

from bot.channels.telegram import decode
from bot.desk import Desk
from bot.playground.people import Chat, Person
from dialogs.rules.access import Action
from dialogs.vocabulary import CaseState, Role
from scheduler import timetable
from storage import inbox
from storage.inbox import Arrival
from storage.outbox import Urgency
from storage.tables import Case, CasePaper, Conversation, Inbox, Outbox, Receipt, WrappedKey
from tests.builders.house import House, open_house
from tests.builders.letters import (
    Slip,
    begin_letter,
    go_on,
    open_letter,
    slip,
    step,
    unlock,
)
from tests.builders.patience import until
from tests.builders.phone import Phone, words
from tests.builders.traces import Needles, kept, planted, telling_photo
from tests.builders.vault import PASSPHRASE

FIRST, LAST, USERNAME = "琉璃光菩薩", "Zephyrine-Quill", "quokka_sighting"
CAPTION = "照片說明文字 marker-caption-9917"
HANDLERS = ("經辦甲", "經辦乙")
ZONE = ZoneInfo("Asia/Shanghai")
ALIKE = {"action", "current"}  # what is not drawn by lot, hashed, sealed or a time


def known_to_telegram(house: House, number: int) -> Phone:
    """Give a phone to somebody whose number is like no other, for bytes are searched for it."""
    person = Person(number, FIRST, LAST, USERNAME, started=True)
    house.telegram.people[person.id] = person
    house.telegram.chats[person.id] = Chat(person.id, "private", member_ids=[person.id])
    return Phone(house.url, person.id)


@pytest.fixture
def house(tmp_path: Path, database_url: str) -> Iterator[House]:
    with open_house(
        tmp_path / "house", database_url=database_url, flood=False, log_level="debug"
    ) as opened:
        for name in HANDLERS:
            opened.person(name, roles=[Role.COMMISSION_MEMBER])
        opened.entrust(*HANDLERS)
        scratch = tmp_path / "scratch"
        scratch.mkdir()
        opened.program.environment["TMPDIR"] = str(scratch)
        opened.program.start()
        yield opened


class Writer:
    """Somebody who brings a matter: every word of theirs is looked for afterwards."""

    def __init__(self, house: House, needles: Needles, number: int) -> None:
        self.house, self.needles, self.number = house, needles, number
        self.phone = known_to_telegram(house, number)
        needles.add(number, FIRST, LAST, USERNAME)

    def says(self, what: str) -> None:
        """Write something that nobody else writes."""
        said = f"{what}的事情經過 marker-{what.encode().hex()}-{self.number % 10_000}"
        self.needles.add(said)
        self.phone.say(said)

    def begins(self, what: str) -> None:
        """Come as far as what may be added."""
        begin_letter(self.phone)
        self.says(what)
        self.phone.sees("可以附照片、文件或錄音")

    def encloses(self, seed: int, *, as_photo: bool = False) -> None:
        """Send a photo that tells where it was taken."""
        photo, tells = telling_photo(seed)
        name = f"我家門口-marker-{seed}.jpg"
        if as_photo:
            self.house.send_photo(self.phone, CAPTION, photo)
        else:
            self.house.send_document(self.phone, name, photo)
        self.needles.add(name, CAPTION, *tells, *self.file_ids())

    def file_ids(self) -> Iterator[str]:
        """Give what Telegram knows the files of the chat by."""
        for message in self.phone.messages():
            for one in [message.get("document"), *message.get("photo", [])]:
                if one:
                    yield one["file_id"]
                    yield one["file_unique_id"]

    def sends_off(self) -> Slip:
        """Have it sealed; give the receipt, whose digits are looked for."""
        self.phone.press("確認送出")
        receipt = slip(self.phone)
        self.needles.add(receipt.secret, receipt.secret.replace(" ", ""))
        return receipt


def settled(house: House) -> bool:
    """Look whether all that was heard is answered and all that was due is sent or swept."""
    heard = house.rows(Inbox, col(Inbox.done_at).is_(None))
    due = [row for row in house.rows(Outbox) if row.due_at <= house.now()]
    return not (house.telegram.updates.pending or heard or due)


def quiet(house: House) -> None:
    until(lambda: settled(house), "everything said")


def duty(house: House) -> timetable.Duty:
    return timetable.Duty(house.database, house.keys, house.now, ZONE)


def job_states(house: House) -> bytes:
    """Write down all that the scheduler knows of its jobs."""
    sweeps = timetable.start(duty(house))
    try:
        jobs = sweeps.get_jobs()
        own = {type(one) for job in jobs for one in job.args}
        assert own <= {timetable.Duty, type(timetable.tidy)}, "a job knows a sweep and its duty"
        return repr([job.__getstate__() for job in jobs]).encode()
    finally:
        sweeps.shutdown()


def test_complaints_leave_no_trace_of_their_words_or_of_who_brought_them(house: House) -> None:
    needles = Needles()
    needles.add(PASSPHRASE)
    named, unnamed, regretful, wavering, forgetful = (
        Writer(house, needles, 5_870_512_349_011 + 1_101_110_109 * place) for place in range(5)
    )

    # Named, with a photo that tells where; another is sent at the wrong place on the way.
    named.begins("夜半搬糧")
    named.encloses(2)
    named.phone.sees("✓ 我家門口")
    named.phone.press("留姓名和聯繫方式")
    named.phone.sees("請寫下姓名和聯繫方式")
    named.encloses(1, as_photo=True)
    named.phone.sees("您發來的文件沒有保存")
    house.program.kill()  # in the middle, as it lies
    assert len(house.rows(Conversation)) == 1, "the draft is there, and sealed"
    assert needles.found(kept(house)) == []
    house.program.start()
    named.says("聯繫方式")
    named.phone.sees("✓ 聯繫方式的事情經過")
    named.phone.press("沒有別的了")
    receipt = named.sends_off()

    # Without a name; cancelled half-way; left lying; regretted.
    unnamed.begins("匿名反映")
    unnamed.encloses(3, as_photo=True)
    unnamed.phone.sees("✓ 已附文件")
    unnamed.phone.press("沒有別的了")
    unnamed.sends_off()
    for writer, seed in ((wavering, 4), (forgetful, 5)):
        writer.begins("只說一半")
        writer.encloses(seed)
        writer.phone.sees("✓ 我家門口")
    wavering.phone.say("/cancel")
    wavering.phone.press("刪除")
    wavering.phone.sees("已取消")
    regretful.begins("後悔反映")
    regretful.phone.press("沒有別的了")
    regretted = regretful.sends_off()
    quiet(house)
    assert needles.found(kept(house)) == []
    withdrawn = ciphertexts(house, regretted.number)
    go_on(regretful.phone, regretted, "撤回並銷毀內容")
    regretful.phone.press("是")
    regretful.phone.sees("已撤回，內容已銷毀")

    # Handled: read in the chat, answered, the bell rung, added to, while Telegram is ill.
    go_on(named.phone, receipt, "有答覆時在這裡通知我")
    named.phone.press("是")
    named.phone.sees("有答覆時在這裡告訴您")
    first, _ = (house.hand_over(name) for name in HANDLERS)
    unlock(first)
    open_letter(first, receipt.number)
    first.sees("已重新繪製，不帶拍攝位置")
    answer = "marker-answered-6612 已受理待核實情況"
    needles.add(answer)
    step(first, receipt.number, "受理", answer)
    named.phone.sees("您有一條新消息")
    go_on(named.phone, receipt, "補充情況")
    named.phone.sees("請寫下要補充的情況")
    named.says("補充情況")
    named.phone.wait(lambda: "請發一張照片" in words(named.phone.last()), "a file asked for")
    named.phone.press("略過")
    named.phone.sees("補充已送達經辦人")
    quiet(house)
    house.trouble("sendMessage", times=3)
    named.phone.say("/menu")
    named.phone.press("查詢進度")
    until(
        lambda: house.rows(Outbox, Outbox.urgency == int(Urgency.ANSWER), Outbox.attempts > 0),
        "an answer that lies in the outbox",
    )
    house.program.kill()
    assert needles.found(kept(house)) == []
    assert needles.found({"jobs": job_states(house)}) == []
    drafts = [row.draft for row in house.rows(Conversation)]
    house.program.start()

    # Everything told, swept, forgotten and purged, freed pages included.
    house.open_for_business()
    quiet(house)
    house.wait_till(house.now() + timedelta(hours=3))
    until(lambda: not house.rows(Outbox), "everything swept from the chats")
    house.program.stop()
    timetable.tidy(duty(house))
    assert house.rows(Conversation) == []
    assert not any(row.payload for row in house.rows(Inbox))
    assert opened_by_the_key_file(house) == {"person.account", "vault_bell.sealed"}
    everything = kept(house, freed=True)
    assert needles.found(everything) == []
    if house.database.is_sqlite:
        wiped = Needles({name: frozenset([content]) for name, content in withdrawn.items()})
        wiped.said |= {f"draft {n}": frozenset([draft]) for n, draft in enumerate(drafts)}
        assert wiped.found(everything) == [], "freed pages are wiped"
    assert receipt.number.encode() in b"".join(everything.values()), (
        "the search finds what is there"
    )


def test_no_word_in_the_row_of_a_letter_begun_says_what_it_is(house: House) -> None:
    writer, asker = (house.phone(name) for name in ("甲", "乙"))
    begin_letter(writer)
    asker.say("/menu")
    asker.press("查詢進度")
    asker.sees("請輸入回執上的編號")
    quiet(house)
    house.program.kill()  # in the middle, as it lies
    with house.database.reading() as session:
        rows = session.execute(sa.text("SELECT * FROM conversation")).mappings().all()
    names = [*Action, "letter", "complaint", "receipt", "來信"]
    for row in rows:
        plain = "\n".join(str(value) for key, value in row.items() if key != "draft").lower()
        assert [name for name in names if name in plain] == []
    writing, asking = ({k: v for k, v in row.items() if k in ALIKE} for row in rows)
    assert writing == asking, "and the two cannot be told from each other"
    assert len({len(row["draft"]) for row in rows}) == 1


def opened_by_the_key_file(house: House) -> set[str]:
    """Name the columns that hold something sealed which the key file alone opens."""
    without = {"vault_case", "vault_handler", "vault_key", "vault_paper"}
    without |= {"vault_piece", "vault_receipt"}
    sealed = [
        column
        for name, table in SQLModel.metadata.tables.items()
        if name not in without
        for column in table.columns
        if isinstance(column.type, sa.LargeBinary)
    ]
    with house.database.reading() as session:
        return {
            f"{column.table.name}.{column.name}"
            for column in sealed
            if session.execute(sa.select(sa.func.count(column))).scalar_one()
        }


def ciphertexts(house: House, number: str) -> dict[str, bytes]:
    """Give what lies sealed of a case, to be looked for once it is destroyed."""
    (case,) = house.rows(Case, Case.number == number)
    assert case.state is CaseState.RECEIVED
    papers = house.rows(CasePaper, CasePaper.case_id == case.id)
    keys = house.rows(WrappedKey, WrappedKey.case_id == case.id)
    (held,) = house.rows(Receipt, Receipt.case_id == case.id)
    return {
        **{f"paper {one.id}": one.sealed for one in papers},
        **{f"key {one.key_id}": one.sealed for one in keys},
        "receipt": held.digest,
    }


def test_the_search_finds_whatever_is_planted(house: House) -> None:
    house.program.stop()
    needles = Needles()
    needles.add(5_870_512_349_011, FIRST, "夜半搬糧的事情經過 marker-planted-3391", b"\x01\xfe raw")
    update = {
        "update_id": 7,
        "message": {
            "message_id": 1,
            "date": 0,
            "from": {"id": 5_870_512_349_011, "first_name": FIRST, "is_bot": False},
            "chat": {"id": 5_870_512_349_011, "type": "private"},
            "text": "夜半搬糧的事情經過 marker-planted-3391",
        },
    }
    payload = json.dumps(update, ensure_ascii=False).encode()
    desk = Desk(house.database, keys=house.keys, decode=decode, clock=house.now, zone=ZONE)
    desk.take_in([(7, 5_870_512_349_011, payload)])
    assert house.rows(Inbox)[0].payload, "it lies in the inbox"
    assert needles.found(kept(house)) == [], "and sealed"

    with house.database.writing() as session:
        inbox.take_in(session, [Arrival(8, "planted", payload)], now=house.now())
    live = {place for place, _ in needles.found(kept(house))}
    assert {"a backup", *live_places(house)} <= live
    with house.database.writing() as session:
        inbox.done(session, [8], now=house.now())
    if house.database.is_sqlite:
        assert "qingfeng.db-wal" in {place for place, _ in needles.found(kept(house))}
        timetable.tidy(duty(house))
        assert needles.found(kept(house)) == []
    else:
        assert needles.found(kept(house)) == []
        assert needles.found(kept(house, freed=True)), "a deleted row lies in the server's files"

    for name, form in planted(needles):
        assert name in {found for _, found in needles.found({"log": b"\x07" + form + b"\x07"})}
    house.program.log.write_bytes("marker-planted-3391".encode("utf-16-le"))
    assert needles.found(kept(house)) == [("house/log", "'marker-planted-3391'")]


def live_places(house: House) -> set[str]:
    return {"qingfeng.db-wal"} if house.database.is_sqlite else {"inbox.text", "inbox.binary"}
