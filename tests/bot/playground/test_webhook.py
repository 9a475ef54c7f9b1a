"""Updates brought by a webhook: posted in order, and again until they are taken."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from bot.playground.people import Person
from bot.playground.telegram import Telegram
from tests.bot.playground.conftest import Playground
from tests.bot.playground.test_updates import soon, texts, write


class Receiver:
    """A bot's web server that answers as it is told, 200 when it is told nothing."""

    def __init__(self) -> None:
        self.url = ""
        self.statuses: list[int] = []
        self.refuses: set[str] = set()  # texts it answers with 500 as long as they stand here
        self.bodies: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.answers = threading.Event()  # until it is set, nobody is answered
        self.answers.set()

    def texts(self) -> list[str]:
        return texts(self.bodies)

    def status(self, update: dict[str, Any]) -> int:
        if self.refuses & set(texts([update])):
            return 500
        return self.statuses.pop(0) if self.statuses else 200


@contextmanager
def receiving() -> Iterator[Receiver]:
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            update = json.loads(self.rfile.read(int(self.headers["content-length"])))
            receiver.bodies.append(update)
            receiver.secrets.append(self.headers["X-Telegram-Bot-Api-Secret-Token"])
            receiver.answers.wait()
            self.send_response(receiver.status(update))
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        receiver.url = f"http://127.0.0.1:{server.server_port}/hook"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield receiver
        finally:
            server.shutdown()
            thread.join()


def test_updates_are_posted_in_order_with_the_secret(playground: Playground, wang: Person) -> None:
    with receiving() as bot:
        write(playground, wang, "一")
        playground.result("setWebhook", url=bot.url, secret_token="s-1_A")
        write(playground, wang, "二", "三")
        assert soon(lambda: len(bot.bodies) == 3)
        assert bot.texts() == ["一", "二", "三"]
        assert bot.secrets == ["s-1_A"] * 3
        assert playground.result("getWebhookInfo")["pending_update_count"] == 0


def test_a_refused_update_comes_again_before_the_next(playground: Playground, wang: Person) -> None:
    with receiving() as bot:
        bot.statuses = [500, 503]
        playground.result("setWebhook", url=bot.url)
        write(playground, wang, "一", "二")
        assert soon(lambda: len(bot.bodies) == 4)
        assert bot.texts() == ["一", "一", "一", "二"]
        info = playground.result("getWebhookInfo")
        assert info["last_error_message"].startswith("Wrong response from the webhook: 503")


def test_a_chat_that_fails_does_not_hold_up_the_others(
    playground: Playground, telegram: Telegram, wang: Person
) -> None:
    chen = telegram.add_person("陳", started=True)
    with receiving() as bot:
        bot.refuses = {"王"}
        playground.result("setWebhook", url=bot.url)
        write(playground, wang, "王")
        write(playground, chen, "陳")
        assert soon(lambda: "陳" in bot.texts())
        assert soon(lambda: playground.result("getWebhookInfo")["pending_update_count"] == 1)
        bot.refuses = set()
        assert soon(lambda: playground.result("getWebhookInfo")["pending_update_count"] == 0)
        assert bot.texts()[-1] == "王"


def test_an_unreachable_bot_keeps_its_updates(playground: Playground, wang: Person) -> None:
    with receiving() as bot:
        pass
    playground.result("setWebhook", url=bot.url)
    write(playground, wang, "一")
    assert soon(lambda: "last_error_date" in playground.result("getWebhookInfo"))
    playground.result("deleteWebhook")
    assert texts(playground.updates()) == ["一"]


def test_what_fails_at_an_address_given_up_meanwhile_is_polled(
    playground: Playground, wang: Person
) -> None:
    with receiving() as bot:
        bot.answers.clear()
        bot.refuses = {"一"}
        playground.result("setWebhook", url=bot.url)
        write(playground, wang, "一")
        assert soon(lambda: bot.texts() == ["一"])
        playground.result("deleteWebhook")
        bot.answers.set()
    assert texts(playground.updates()) == ["一"]
    assert playground.result("getWebhookInfo")["url"] == ""


def test_polling_and_a_webhook_exclude_each_other(playground: Playground) -> None:
    with receiving() as bot:
        playground.result("setWebhook", url=bot.url)
        said = playground.refusal("getUpdates")
        assert said.startswith("409 Conflict: can't use getUpdates method while webhook is active")
        playground.result("setWebhook", url="")
        assert playground.updates() == []


def test_pending_updates_can_be_dropped(playground: Playground, wang: Person) -> None:
    write(playground, wang, "一")
    playground.result("deleteWebhook", drop_pending_updates=True)
    assert playground.updates() == []


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"url": "http://example.org"}, "An HTTPS URL must be provided for webhook"),
        ({"url": "https://example.org:444"}, "Webhook can be set up only on ports"),
        ({"url": "https://example.org", "secret_token": "é"}, "unallowed characters"),
        ({"url": "https://example.org", "max_connections": 101}, "1-100"),
    ],
)
def test_a_wrong_webhook_is_refused(
    playground: Playground, asked: dict[str, Any], said: str
) -> None:
    assert said in playground.refusal("setWebhook", **asked)
