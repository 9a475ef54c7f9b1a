"""A playground served over real HTTP, and what a bot and a person do with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from bot.playground.people import Person
from bot.playground.server import serving
from bot.playground.telegram import Telegram

TOKEN = "1:demo"


@dataclass(frozen=True)
class Playground:
    """A served Telegram and one HTTP client."""

    telegram: Telegram
    url: str
    http: httpx.Client

    def ask(self, method: str, **asked: Any) -> dict[str, Any]:
        """Call a method as JSON and give the whole body of the answer."""
        answer = self.http.post(f"/bot{TOKEN}/{method}", json=asked)
        body: dict[str, Any] = answer.json()
        assert answer.status_code == (200 if body["ok"] else body["error_code"])
        return body

    def result(self, method: str, **asked: Any) -> Any:
        """Call a method that must succeed."""
        body = self.ask(method, **asked)
        assert body["ok"], body
        return body["result"]

    def refusal(self, method: str, **asked: Any) -> str:
        """Call a method that must be refused, and give the code and the words."""
        body = self.ask(method, **asked)
        assert not body["ok"], body
        return f"{body['error_code']} {body['description']}"

    def play(self, call: str, **asked: Any) -> Any:
        """Do what the page does."""
        answer = self.http.post(f"/play/{call}", json=asked)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def updates(self, **asked: Any) -> list[dict[str, Any]]:
        """Fetch updates without confirming them."""
        found: list[dict[str, Any]] = self.result("getUpdates", **asked)
        return found


@pytest.fixture
def telegram() -> Telegram:
    return Telegram(flood=False)


@pytest.fixture
def playground(telegram: Telegram) -> Iterator[Playground]:
    with serving(telegram, token=TOKEN) as url, httpx.Client(base_url=url) as http:
        yield Playground(telegram, url, http)


@pytest.fixture
def wang(telegram: Telegram) -> Person:
    return telegram.add_person("王", last_name="小明", username="wang", started=True)
