"""kill -9 at any moment: nothing heard is lost, nothing is done twice, everybody is answered."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col

from bot.delivery import AT_ONCE
from dialogs.engine import Asked, Draft, advance
from dialogs.flows.self_check import self_check
from dialogs.messages import render
from dialogs.presentation import present
from dialogs.prompts import Wrote
from dialogs.vocabulary import BroadcastState, DeliveryState, Language, Role, UnitKind
from storage import conversations
from storage.conversations import Talk
from storage.tables import Broadcast, BroadcastCopy, Inbox, Outbox, Person
from tests.builders.house import House, open_house
from tests.builders.patience import until
from tests.builders.people import a_person, a_post, a_unit
from tests.builders.phone import Phone, words

CADRES = 60
VILLAGERS = 130
HEARERS = 2000
DEATHS = (60, 400, 750)  # answers given when the program is killed, after a first death before
UNDER_WAY = 2 * AT_ONCE  # sent and not yet noted, beside those being sent

# What a cadre writes: a risk point of their own, until the next aspect is asked.
ANSWERS = (
    "own",
    "指標分配私下定",
    "誰先找人誰先批，不上會",
    "medium",
    "discipline",
    "medium",
    "村委會集體研究，當場公示",
    "no",
)
# What a villager writes, and what the answer says.
QUESTIONS = {
    "/menu": "便民服務",
    "/help": "/cancel",
    "/privacy": "Telegram",
    "/cancel": "目前沒有進行中的事項。",
}


@pytest.fixture
def house(tmp_path: Path, database_url: str) -> Iterator[House]:
    with open_house(
        tmp_path / "house",
        database_url=database_url,
        flood=False,
        latency=0.01,
        send_rate="100000",
    ) as opened:
        yield opened


def said_by_bot(house: House, chat: int) -> list[str]:
    """List the texts the bot sent to a chat, the oldest first."""
    messages = list(house.telegram.chats[chat].messages.values())
    return [words(message) for message in messages if message["from"]["is_bot"]]


def as_shown(html: str) -> str:
    """Give a text of ours as a chat shows it."""
    return unescape(re.sub(r"<[^>]+>", "", html))


def without_repeats(texts: Sequence[str]) -> list[str]:
    """Take texts that follow their like away."""
    return [text for before, text in zip(["", *texts], texts, strict=False) if text != before]


def walk(talk: Talk, texts: Sequence[str]) -> tuple[list[str], Draft]:
    """Work out what a conversation says to each text, and where it then stands."""
    begin = partial(self_check, talk.told)
    said, draft = [], talk.draft
    for text in texts:
        turn = advance(begin, draft, Wrote(text), today=datetime.now(UTC).date())
        assert isinstance(turn, Asked)
        assert turn.refusal is None
        draft = turn.draft
        said.append(as_shown(render(present(turn), Language.ZH_HANT).text))
    return said, draft


def talk_of(house: House, phone: Phone) -> Talk:
    """Read the self-check of a phone's owner."""
    mark = house.keys.lookup(phone.person)
    with house.database.reading() as session:
        now = datetime.now(UTC)
        (talk,) = conversations.load(session, [mark], keys=house.keys, now=now)[mark]
    return talk


def begin_self_checks(house: House) -> list[Phone]:
    """Let cadres of a village begin to check their posts."""
    with house.database.writing() as session:
        village = a_unit(session, "C1", "上河村", kind=UnitKind.VILLAGE)
        for number in range(1, CADRES + 1):
            a_post(session, village, f"C1-{number}", f"村務崗{number}")
    cadres = [house.person(f"幹部{n}", posts=[f"C1-{n}"]) for n in range(1, CADRES + 1)]
    house.at_once(*[{"person_id": phone.person, "text": "/menu"} for phone in cadres])
    for phone in cadres:
        until(lambda phone=phone: said_by_bot(house, phone.person), "the menu")
    house.at_once(*[check_button(house, phone.person) for phone in cadres])
    for phone in cadres:
        until(lambda phone=phone: "1/3" in said_by_bot(house, phone.person)[-1], "the self-check")
    return cadres


def check_button(house: House, person: int) -> dict[str, Any]:
    """Press the button of the menu that begins a self-check."""
    (menu,) = (m for m in house.telegram.chats[person].messages.values() if "reply_markup" in m)
    (data,) = (
        key["callback_data"]
        for row in menu["reply_markup"]["inline_keyboard"]
        for key in row
        if "崗位自查" in key["text"]
    )
    return {"person_id": person, "message_id": menu["message_id"], "data": data}


def in_turns(mine: Sequence[tuple[int, Sequence[str]]]) -> list[dict[str, Any]]:
    """Mix what people write, each person's own in order."""
    most = max(len(texts) for _, texts in mine)
    return [
        {"person_id": person, "text": texts[turn]}
        for turn in range(most)
        for person, texts in mine
        if turn < len(texts)
    ]


def kill_at(house: House, count: Callable[[], int], deaths: Sequence[int]) -> Iterator[None]:
    """Kill the program each time so much is done, and start it again after a look round."""
    for death in deaths:
        until(lambda death=death: count() >= death, f"{death} done")
        house.program.kill()
        yield
        house.program.start()


def test_a_thousand_updates_are_each_answered_once_though_the_program_dies_again_and_again(
    house: House,
) -> None:
    house.program.start()
    cadres = begin_self_checks(house)
    expected = {phone.person: walk(talk_of(house, phone), ANSWERS) for phone in cadres}
    before = {phone.person: len(said_by_bot(house, phone.person)) for phone in cadres}
    villagers = [house.phone(f"村民{number}") for number in range(VILLAGERS)]
    updates = in_turns(
        [
            *((phone.person, ANSWERS) for phone in cadres),
            *((phone.person, tuple(QUESTIONS)) for phone in villagers),
        ]
    )
    assert len(updates) == 1000
    numbers = range(house.telegram.updates.next_id, house.telegram.updates.next_id + 1000)

    def assert_all_are_kept() -> None:
        written_down = {row.update_id for row in house.rows(Inbox)}
        assert written_down | set(house.telegram.updates.pending) >= set(numbers)

    def answers() -> int:
        people = [*before.items(), *((phone.person, 0) for phone in villagers)]
        return sum(len(said_by_bot(house, person)) - count for person, count in people)

    house.at_once(*updates)
    until(lambda: numbers[0] not in house.telegram.updates.pending, "the first let go by Telegram")
    house.program.kill()
    assert_all_are_kept()
    assert any(row.done_at is None for row in house.rows(Inbox)) or house.telegram.updates.pending
    house.program.start()
    for _ in kill_at(house, answers, DEATHS):
        assert_all_are_kept()
    until(lambda: not house.telegram.updates.pending, "every update taken in")
    until(lambda: all(row.done_at for row in house.rows(Inbox)), "every update answered")
    until(lambda: not house.rows(Outbox), "every answer sent")

    assert {row.update_id for row in house.rows(Inbox)} >= set(numbers)
    assert not any(row.payload for row in house.rows(Inbox))
    for phone in cadres:
        said, draft = expected[phone.person]
        shown = said_by_bot(house, phone.person)[before[phone.person] :]
        assert without_repeats(shown) == said
        assert talk_of(house, phone).draft == draft
    for phone in villagers:
        shown = without_repeats(said_by_bot(house, phone.person))
        assert len(shown) == len(QUESTIONS)
        for text, expected_words in zip(shown, QUESTIONS.values(), strict=True):
            assert expected_words in text
    assert answers() <= 1000 + UNDER_WAY * (1 + len(DEATHS))


def enter_hearers(house: House) -> tuple[Phone, Phone]:
    """Write two thousand people down who have joined, the officer who speaks to them, another."""
    officer = house.person("韓守正", roles=[Role.COMMISSION_SECRETARY])
    colleague = house.person("林正清", roles=[Role.COMMISSION_MEMBER])
    accounts = [house.telegram.add_person(f"聽眾{n}", started=True).id for n in range(HEARERS)]
    with house.database.writing() as session:
        for number, account in enumerate(accounts):
            a_person(session, f"聽眾{number}", account=account, keys=house.keys)
    return officer, colleague


def order_broadcast(officer: Phone, colleague: Phone, text: str) -> None:
    """Speak to everybody, with the word of a colleague."""
    officer.say("/menu")
    officer.press("通知與公示")
    officer.press("發通知")
    officer.sees("發給哪些人")
    officer.press("選好了")
    officer.sees("限於哪些單位")
    officer.press("選好了")
    officer.sees("請寫通知內容")
    officer.say(text)
    officer.sees("還要縮小範圍")
    officer.press("選好了")
    officer.sees("預覽")
    officer.press("確認送出")
    officer.sees("要請另一位紀委同事批准")
    officer.press("請同事批准")
    colleague.sees("請您批准")
    colleague.press("✅ 批准")


def under_way(house: House) -> set[UUID]:
    """Find the copies that were being sent when the program died."""
    rows = house.rows(Outbox, col(Outbox.sending).is_(True), col(Outbox.copy_id).is_not(None))
    return {row.copy_id for row in rows}


def test_a_broadcast_reaches_two_thousand_people_once_though_the_program_dies_on_the_way(
    house: House,
) -> None:
    officer, colleague = enter_hearers(house)
    house.program.start()
    order_broadcast(officer, colleague, "本週五上午九時開會")

    def copies_of(person: int) -> int:
        return sum("本週五上午九時開會" in text for text in said_by_bot(house, person))

    hearers = [
        person
        for person in house.telegram.people
        if person not in (officer.person, colleague.person)
    ]
    doubtful: set[UUID] = set()
    for _ in kill_at(house, lambda: sum(map(copies_of, hearers)), (300, 900, 1500)):
        doubtful |= under_way(house)
    waiting = col(BroadcastCopy.state) == DeliveryState.WAITING
    until(lambda: not house.rows(BroadcastCopy, waiting), "every copy settled")
    until(lambda: not house.rows(Outbox, col(Outbox.copy_id).is_not(None)), "an empty outbox")

    copies = house.rows(BroadcastCopy)
    states = Counter(copy.state for copy in copies)
    assert len(copies) == HEARERS + 2
    assert {copy.id for copy in copies if copy.state is DeliveryState.UNKNOWN} == doubtful
    assert 0 < len(doubtful) <= 3 * UNDER_WAY
    assert states[DeliveryState.SENT] == HEARERS + 2 - len(doubtful)
    person_of = {copy.person_id: copy for copy in copies}
    accounts = {row.id: row.account_hash for row in house.rows(Person)}
    by_hash = {house.keys.lookup(person): person for person in hearers}
    for person, copy in person_of.items():
        account = by_hash.get(accounts[person] or "")
        if account is None:
            continue  # the officers, whose chats show the text before it is sent too
        received = copies_of(account)
        assert received == 1 if copy.state is DeliveryState.SENT else received <= 1
    officer.sees(f"已送達 {HEARERS + 2 - len(doubtful)}")
    officer.sees(f"無法確定 {len(doubtful)}")
    until(lambda: house.rows(Broadcast)[0].state is BroadcastState.FINISHED, "the end")
