"""What the page sees and does: state, live events, people, the clock and the bot's switch."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx

from bot.playground.people import Person
from bot.playground.server import serving
from bot.playground.stage import Hooks
from bot.playground.telegram import Telegram
from tests.bot.playground.conftest import TOKEN, Playground

KEYBOARD = {"inline_keyboard": [[{"text": "是", "callback_data": "d:yes"}]]}


@contextmanager
def following(playground: Playground, since: int) -> Iterator[Iterator[dict[str, Any]]]:
    """Follow the live events."""
    address = f"{playground.url}/play/events?since={since}"
    with httpx.stream("GET", address, timeout=5) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = (line for line in answer.iter_lines() if line.startswith("data: "))
        yield (json.loads(line.removeprefix("data: ")) for line in lines)


def seq(playground: Playground) -> int:
    number: int = playground.http.get("/play/state").json()["seq"]
    return number


def test_the_state_shows_everything(playground: Playground, wang: Person) -> None:
    playground.play("start", person_id=wang.id, payload="invited")
    state = playground.http.get("/play/state").json()
    assert state["bot"] == {
        "id": 1,
        "username": "qingfeng_bot",
        "first_name": "清風",
        "commands": [],
        "description": "",
        "running": None,
    }
    assert state["people"] == [
        {
            "id": wang.id,
            "first_name": "王",
            "last_name": "小明",
            "username": "wang",
            "language_code": "zh-hant",
            "note": "",
            "link": "",
            "started": True,
            "blocked": False,
        }
    ]
    assert state["chats"] == [{"id": wang.id, "type": "private", "member_ids": [wang.id]}]
    assert state["messages"][str(wang.id)][0]["text"] == "/start invited"
    assert datetime.fromisoformat(state["clock"]["now"]).tzinfo is not None


def test_events_tell_what_happens_and_the_past_from_where_one_was(
    playground: Playground, wang: Person
) -> None:
    before = seq(playground)
    sent = playground.result("sendMessage", chat_id=wang.id, text="問", reply_markup=KEYBOARD)
    place = {"chat_id": wang.id, "message_id": sent["message_id"]}
    with following(playground, before) as events:
        assert next(events) == {
            "seq": before + 1,
            "kind": "message",
            "chat_id": wang.id,
            "message": sent,
        }
        playground.result("sendChatAction", chat_id=wang.id, action="typing")
        query = playground.play("press", person_id=wang.id, data="d:yes", **place)["query_id"]
        playground.result("answerCallbackQuery", callback_query_id=query)
        playground.result("editMessageText", text="答", **place)
        playground.result("pinChatMessage", **place)
        playground.result("deleteMessage", **place)
        playground.result("setMyCommands", commands=[{"command": "a", "description": "b"}])
        playground.play("clock", seconds=60)
        playground.play("block", person_id=wang.id, blocked=True)
        told = [next(events) for _ in range(8)]
    kinds = ["typing", "alert", "edited", "pinned", "deleted", "commands", "clock", "person"]
    assert [event["kind"] for event in told] == kinds
    assert told[1] | {"seq": 0} == {
        "seq": 0,
        "kind": "alert",
        "person_id": wang.id,
        "query_id": query,
        "text": "",
        "show_alert": False,
    }
    assert told[4]["message_ids"] == [sent["message_id"]]


def test_events_of_a_time_forgotten_are_told_as_a_reset(playground: Playground) -> None:
    with following(playground, 10_000) as events:
        assert next(events)["kind"] == "reset"


def test_closing_ends_the_events(telegram: Telegram) -> None:
    begun, ended = threading.Event(), threading.Event()
    with serving(telegram, token=TOKEN) as url:

        def follow() -> None:
            with httpx.stream("GET", f"{url}/play/events", timeout=120) as answer:
                begun.set()
                for _ in answer.iter_lines():
                    pass
            ended.set()

        threading.Thread(target=follow, daemon=True).start()
        assert begun.wait(60)
    assert ended.wait(60)


def test_somebody_new_begins_by_pressing_start(playground: Playground) -> None:
    person = playground.play("people", first_name="陳", note="村民", link="https://t.me/q?start=a")
    assert person["link"] == "https://t.me/q?start=a"
    assert (person["note"], person["started"]) == ("村民", False)
    said = {"person_id": person["id"], "chat_id": person["id"]}
    assert playground.http.post("/play/send", json=said | {"text": "您好"}).status_code == 400
    message = playground.play("start", person_id=person["id"], payload="a")
    assert (message["text"], message["entities"][0]["type"]) == ("/start a", "bot_command")
    (person,) = playground.http.get("/play/state").json()["people"]
    assert (person["started"], person["link"]) == (True, "")
    playground.play("send", text="您好", **said)
    heard = [update["message"]["text"] for update in playground.updates()]
    assert heard == ["/start a", "您好"]


def test_whoever_blocked_the_bot_unblocks_it_by_start(playground: Playground, wang: Person) -> None:
    playground.play("block", person_id=wang.id, blocked=True)
    said = {"person_id": wang.id, "chat_id": wang.id, "text": "您好"}
    assert playground.http.post("/play/send", json=said).status_code == 400
    playground.play("start", person_id=wang.id)
    assert playground.result("sendMessage", chat_id=wang.id, text="您好")


def test_what_people_cannot_do_is_refused_with_a_reason(
    playground: Playground, telegram: Telegram, wang: Person
) -> None:
    channel = telegram.add_channel("公示", "qf_public", [wang.id])
    said = {"person_id": wang.id, "chat_id": wang.id}
    for call, asked in [
        ("send", said | {"text": " "}),
        ("send", said | {"text": "風" * 4097}),
        ("send", said | {"text": "x", "chat_id": channel.id}),
        ("send", said | {"text": "x", "person_id": 5}),
        ("send", {"text": "x"}),
        ("start", {"person_id": wang.id, "payload": "a b"}),
        ("start", {"person_id": wang.id, "payload": "a" * 65}),
        ("clock", {"seconds": -1}),
        ("people", {}),
    ]:
        answer = playground.http.post(f"/play/{call}", json=asked)
        assert answer.status_code == 400, (call, asked)
        assert answer.json()["description"]
    assert playground.updates() == []


def test_the_clock_goes_forward_and_is_written_down(tmp_path: Path) -> None:
    file = tmp_path / "offset"
    telegram = Telegram(clock_file=file, now=lambda: 1_000_000_000.0)
    person = telegram.add_person("王", started=True)
    assert float(file.read_text()) == 0
    with serving(telegram, token=TOKEN) as url, httpx.Client(base_url=url) as http:
        playground = Playground(telegram, url, http)
        playground.play("clock", seconds=3600)
        assert playground.play("clock", seconds=0.5)["offset"] == 3600.5
        assert float(file.read_text()) == 3600.5
        message = playground.result("sendMessage", chat_id=person.id, text="x")
        assert message["date"] == 1_000_003_600


def test_many_people_act_at_once(playground: Playground, telegram: Telegram) -> None:
    people = [telegram.add_person(f"第{each}人", started=True) for each in range(100)]
    said = [{"person_id": each.id, "text": "/start"} for each in people]
    assert playground.play("updates", updates=said) == {"queued": 100}
    who = [update["message"]["from"]["id"] for update in playground.updates()]
    assert who == [each.id for each in people]


def test_the_bot_is_switched_only_by_a_host_that_allows_it(
    playground: Playground, telegram: Telegram
) -> None:
    assert playground.http.post("/play/bot", json={"action": "kill"}).status_code == 404
    running = [True]

    async def start() -> None:
        running[0] = True

    async def kill() -> None:
        running[0] = False

    hooks = Hooks(start=start, kill=kill, running=lambda: running[0])
    with serving(Telegram(), token=TOKEN, hooks=hooks) as url, httpx.Client(base_url=url) as http:
        assert http.get("/play/state").json()["bot"]["running"] is True
        assert http.post("/play/bot", json={"action": "kill"}).json() == {"running": False}
        assert http.get("/play/state").json()["bot"]["running"] is False
        assert http.post("/play/bot", json={"action": "dance"}).status_code == 400


def test_the_page_is_served(playground: Playground) -> None:
    page = playground.http.get("/")
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert playground.http.get("/static/index.html").status_code == 200
