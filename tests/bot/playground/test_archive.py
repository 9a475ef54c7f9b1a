"""A playground with a folder goes on where it was, even when it was killed."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from bot.playground.server import serving
from bot.playground.telegram import Telegram
from tests.bot.playground.conftest import TOKEN, Playground
from tests.bot.playground.test_updates import soon, texts


@contextmanager
def kept(folder: Path) -> Iterator[Playground]:
    telegram = Telegram(folder=folder, flood=False)
    with serving(telegram, token=TOKEN) as url, httpx.Client(base_url=url) as http:
        yield Playground(telegram, url, http)


def test_everything_is_there_after_a_restart(tmp_path: Path) -> None:
    keyboard = {"inline_keyboard": [[{"text": "是", "callback_data": "d"}]]}
    with kept(tmp_path) as before:
        person = before.telegram.add_person("王", note="鎮長", started=True)
        group = before.telegram.add_group("黨委", [person.id])
        asked = before.result("sendMessage", chat_id=person.id, text="問", reply_markup=keyboard)
        where = {"person_id": person.id, "chat_id": person.id, "message_id": asked["message_id"]}
        query = before.play("press", data="d", **where)["query_id"]
        before.play("send", person_id=person.id, chat_id=person.id, text="在")
        before.result("setMyCommands", commands=[{"command": "a", "description": "b"}])
        before.play("clock", seconds=30)
        files = {"document": ("a.txt", b"contents")}
        sent = before.http.post(
            f"/bot{TOKEN}/sendDocument", data={"chat_id": str(group.id)}, files=files
        ).json()["result"]
        seen = before.http.get("/play/state").json()
    with kept(tmp_path) as after:
        now = after.http.get("/play/state").json()
        for part in ("people", "chats", "messages"):
            assert now[part] == seen[part]
        assert now["bot"] == seen["bot"]
        assert now["clock"]["offset"] == 30
        assert now["seq"] > seen["seq"]
        press, message = after.updates()
        assert (press["callback_query"]["id"], message["message"]["text"]) == (query, "在")
        assert after.result("answerCallbackQuery", callback_query_id=query)
        stored = after.result("getFile", file_id=sent["document"]["file_id"])
        assert after.http.get(f"/file/bot{TOKEN}/{stored['file_path']}").content == b"contents"
        more = after.play("send", person_id=person.id, chat_id=person.id, text="又")
        assert more["message_id"] > max(
            int(each) for each in after.telegram.chats[group.id].messages
        )
        assert after.updates()[-1]["update_id"] > message["update_id"]


def test_without_a_folder_nothing_is_written(tmp_path: Path) -> None:
    telegram = Telegram(flood=False)
    telegram.add_person("王", started=True)
    here = Path.cwd()
    os.chdir(tmp_path)
    try:
        with serving(telegram, token=TOKEN) as url:
            httpx.post(f"{url}/play/send", json={"person_id": 1001, "chat_id": 1001, "text": "x"})
    finally:
        os.chdir(here)
    assert list(tmp_path.iterdir()) == []


@contextmanager
def program(*options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run the playground as a program and give its URL, the first line it writes."""
    command = [sys.executable, "-m", "bot.playground", "--token", TOKEN, *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            ready, _, _ = select.select([process.stdout], [], [], 20)
            assert ready, "the playground did not say its URL"
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


def test_a_killed_program_goes_on_where_it_was(tmp_path: Path) -> None:
    options = ("--people", "2", "--no-flood", "--folder", str(tmp_path))
    with program(*options) as (process, url):
        said = {"person_id": 1002, "chat_id": 1002, "text": "在"}
        assert httpx.post(f"{url}/play/send", json=said).status_code == 200
        state = tmp_path / "state.json"
        assert soon(lambda: state.exists() and "在" in state.read_text(encoding="utf-8"))
        process.send_signal(signal.SIGKILL)
    with program(*options) as (process, url):
        updates = httpx.get(f"{url}/bot{TOKEN}/getUpdates").json()["result"]
        assert texts(updates) == ["在"]
        assert len(httpx.get(f"{url}/play/state").json()["people"]) == 2
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=10)
        assert process.stdout is not None
        assert process.stdout.read() == ""
