"""Trouble on the way, made to order, so that a bot can be tried in it."""

import time

import httpx
import pytest

from bot.playground.people import Person
from bot.playground.server import serving
from bot.playground.telegram import Telegram
from tests.bot.playground.conftest import TOKEN, Playground


def sent(playground: Playground) -> list[str]:
    (messages,) = playground.http.get("/play/state").json()["messages"].values()
    return [message["text"] for message in messages]


def test_a_lost_answer_has_had_its_effect(playground: Playground, wang: Person) -> None:
    playground.play("trouble", method="sendMessage", trouble="lost")
    with pytest.raises(httpx.RemoteProtocolError):
        playground.ask("sendMessage", chat_id=wang.id, text="一")
    assert playground.result("sendMessage", chat_id=wang.id, text="二")
    assert sent(playground) == ["一", "二"]


def test_an_error_of_the_server_has_no_effect(playground: Playground, wang: Person) -> None:
    playground.play("trouble", method="sendMessage", trouble="error", times=2)
    for _ in range(2):
        said = playground.refusal("sendMessage", chat_id=wang.id, text="一")
        assert said == "500 Internal Server Error"
    assert playground.result("sendMessage", chat_id=wang.id, text="二")
    assert sent(playground) == ["二"]


def test_every_answer_takes_as_long_as_told() -> None:
    telegram = Telegram(latency=0.1)
    with serving(telegram, token=TOKEN) as url, httpx.Client(base_url=url) as http:
        began = time.monotonic()
        assert http.get(f"/bot{TOKEN}/getMe").json()["ok"]
        assert time.monotonic() - began >= 0.1
