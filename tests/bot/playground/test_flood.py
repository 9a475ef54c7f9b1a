"""The speed Telegram allows."""

from collections.abc import Iterator

import httpx
import pytest

from bot.playground.flood import Flood
from bot.playground.server import serving
from bot.playground.telegram import Telegram
from bot.playground.wire import Refusal
from tests.bot.playground.conftest import TOKEN, Playground


class Watch:
    """A monotonic clock moved by hand."""

    def __init__(self) -> None:
        self.time = 100.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def slow(watch: Watch) -> Iterator[Playground]:
    """A playground that limits the speed."""
    telegram = Telegram(monotonic=watch)
    for number in range(40):
        telegram.add_person(f"第{number}人", started=True)
    with serving(telegram, token=TOKEN) as url, httpx.Client(base_url=url) as http:
        yield Playground(telegram, url, http)


def test_thirty_a_second_pass_and_the_next_must_wait(slow: Playground, watch: Watch) -> None:
    for person in list(slow.telegram.people)[:30]:
        slow.result("sendMessage", chat_id=person, text="x")
        watch.time += 0.01
    last = max(slow.telegram.people)
    refused = slow.ask("sendMessage", chat_id=last, text="x")
    assert refused == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    watch.time += 1
    assert slow.result("sendMessage", chat_id=last, text="x")


def test_edits_count_but_deletions_and_answers_do_not(slow: Playground) -> None:
    person = min(slow.telegram.people)
    message_id = slow.result("sendMessage", chat_id=person, text="0")["message_id"]
    place = {"chat_id": person, "message_id": message_id}
    for number in (1, 2):
        slow.result("editMessageText", text=str(number), **place)
    assert slow.refusal("editMessageText", text="3", **place).startswith("429")
    assert slow.result("sendChatAction", chat_id=person, action="typing")
    assert slow.result("deleteMessage", **place)


def admitted(flood: Flood, chat_id: int, *, private: bool) -> bool:
    try:
        flood.admit(chat_id, private=private)
    except Refusal:
        return False
    return True


def test_a_person_hears_three_at_once_and_then_one_a_second(watch: Watch) -> None:
    flood = Flood(watch)
    passed = []
    for _ in range(10):
        passed.append([admitted(flood, 1, private=True) for _ in range(4)].count(True))
        watch.time += 1
    assert passed == [3] + [1] * 9


def test_a_group_hears_twenty_a_minute(watch: Watch) -> None:
    flood = Flood(watch)
    passed = []
    for _ in range(120):
        passed.append(admitted(flood, -1, private=False))
        watch.time += 1
    assert (passed[:60].count(True), passed.count(True)) == (20, 40)


def test_the_wait_told_is_enough(watch: Watch) -> None:
    flood = Flood(watch)
    for _ in range(20):
        flood.admit(-1, private=False)
        watch.time += 0.06
    with pytest.raises(Refusal) as refused:
        flood.admit(-1, private=False)
    assert refused.value.parameters is not None
    watch.time += refused.value.parameters["retry_after"]
    flood.admit(-1, private=False)


def test_an_album_counts_as_many(watch: Watch) -> None:
    flood = Flood(watch)
    flood.admit(1, private=True, messages=10)
    assert not admitted(flood, 1, private=True)
    watch.time += 8
    assert admitted(flood, 1, private=True)
