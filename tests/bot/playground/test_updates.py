"""Updates fetched by getUpdates: kept until confirmed, one poller at a time."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx

from bot.playground.people import Person
from tests.bot.playground.conftest import TOKEN, Playground
from tests.builders.patience import until

DAY = 24 * 3600


def write(playground: Playground, person: Person, *texts: str) -> None:
    said = [{"person_id": person.id, "text": text} for text in texts]
    assert playground.play("updates", updates=said) == {"queued": len(texts)}


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


def soon(true: Callable[[], bool], *, within: float = 5.0) -> bool:
    """Wait until something is true."""
    end = time.monotonic() + within
    while not true() and time.monotonic() < end:
        time.sleep(0.01)
    return true()


def test_updates_come_again_until_an_offset_above_them_comes(
    playground: Playground, wang: Person
) -> None:
    write(playground, wang, "一", "二", "三")
    first = playground.updates()
    assert texts(first) == texts(playground.updates()) == ["一", "二", "三"]
    assert texts(playground.updates(offset=first[1]["update_id"])) == ["二", "三"]
    assert texts(playground.updates(limit=1)) == ["二"]
    assert texts(playground.updates(offset=first[2]["update_id"] + 1)) == []


def test_a_negative_offset_keeps_only_the_last(playground: Playground, wang: Person) -> None:
    write(playground, wang, "一", "二", "三")
    assert texts(playground.updates(offset=-1)) == ["三"]
    assert texts(playground.updates()) == ["三"]


def test_a_long_poll_is_answered_when_something_comes(playground: Playground, wang: Person) -> None:
    with ThreadPoolExecutor() as pool:
        url = f"{playground.url}/bot{TOKEN}/getUpdates?timeout=20"
        poll = pool.submit(httpx.get, url, timeout=30)
        time.sleep(0.1)
        assert not poll.done()
        write(playground, wang, "一")
        assert texts(poll.result(timeout=15).json()["result"]) == ["一"]


def test_a_long_poll_without_news_ends_in_time(playground: Playground) -> None:
    began = time.monotonic()
    assert playground.updates(timeout=1) == []
    assert 0.9 < time.monotonic() - began < 3


def test_a_second_poller_ends_the_first_with_409(playground: Playground) -> None:
    with ThreadPoolExecutor() as pool:
        url = f"{playground.url}/bot{TOKEN}/getUpdates?timeout=20"
        poll = pool.submit(httpx.get, url, timeout=30)
        until(lambda: playground.updates() == [] and poll.done(), "an end of the first")
        answer = poll.result()
    assert answer.status_code == 409
    assert answer.json()["description"].startswith("Conflict: terminated by other getUpdates")


def test_only_wanted_kinds_are_queued(playground: Playground, wang: Person) -> None:
    playground.updates(allowed_updates=["callback_query"])
    write(playground, wang, "一")
    assert playground.updates() == []
    playground.updates(allowed_updates=[])
    write(playground, wang, "二")
    assert texts(playground.updates()) == ["二"]


def test_an_update_is_forgotten_after_a_day(playground: Playground, wang: Person) -> None:
    write(playground, wang, "一")
    playground.play("clock", seconds=DAY + 1)
    write(playground, wang, "二")
    assert texts(playground.updates()) == ["二"]


def test_shutting_down_ends_a_long_poll_at_once(playground: Playground) -> None:
    answers: list[int] = []

    def poll() -> None:
        url = f"{playground.url}/bot{TOKEN}/getUpdates?timeout=20"
        answers.append(httpx.get(url, timeout=30).status_code)

    waiting = threading.Thread(target=poll)
    waiting.start()
    time.sleep(0.2)
    playground.telegram.close()
    waiting.join(timeout=2)
    assert answers == [200]
