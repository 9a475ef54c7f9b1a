"""A bench: a local Telegram and a bot, each in a process of its own, and what they are fed."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from sqlmodel import select

from dialogs.documents.roster import read_roster
from dialogs.vocabulary import Role
from storage.database import Database
from storage.migrations import upgrade
from storage.organisation import take_over
from storage.sealing import Keyring, master_key
from storage.tables import Appointment, Person, Post, RoleHeld
from tests.builders.vault import entrust
from tests.builders.web import HTTP

FIRST = 1001  # the playground's first person
HANDLERS = 2
PATIENCE = 180.0  # seconds
STOPS_WITHIN = 30.0
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Bench:
    """A local Telegram to feed and to watch; its clock is the machine's monotonic one."""

    url: str

    def feed(self, updates: Sequence[Mapping[str, Any]]) -> None:
        """Queue updates."""
        answer = HTTP.post(f"{self.url}/play/updates", json={"updates": updates})
        answer.raise_for_status()

    def say(self, person: int, text: str) -> None:
        """Let a person write."""
        body = {"person_id": person, "chat_id": person, "text": text}
        HTTP.post(f"{self.url}/play/send", json=body).raise_for_status()

    def calls(self, *methods: str) -> list[dict[str, Any]]:
        """List what the bot called."""
        return [call for call in self.news(0) if call["method"] in methods and call["ok"]]

    def news(self, since: int) -> list[dict[str, Any]]:
        """List every call after one."""
        answer = HTTP.get(f"{self.url}/play/calls", params={"since": since})
        return list(answer.json())

    def newest(self) -> int:
        """Say the number of the newest call."""
        calls = self.news(0)
        return int(calls[-1]["seq"]) if calls else 0

    def answer_to(self, person: int, *, since: int, patience: float = 30.0) -> tuple[float, int]:
        """Wait for a message to a person; give its moment and number."""
        until = time.monotonic() + patience
        while time.monotonic() < until:
            for call in self.news(since):
                said = call["method"] == "sendMessage" and int(call["params"]["chat_id"]) == person
                if said and call["ok"]:
                    return float(call["at"]), int(call["seq"])
                since = max(since, int(call["seq"]))
            time.sleep(0.01)
        raise AssertionError("no answer")

    def wait(self, count: int, *methods: str, since: int = 0) -> list[dict[str, Any]]:
        """Wait until the bot has called so often after a call; give those calls.

        Each is fetched once: to fetch them all again and again would slow what is measured.
        """
        until = time.monotonic() + PATIENCE
        calls: list[dict[str, Any]] = []
        while len(calls) < count:
            assert time.monotonic() < until, f"{len(calls)} of {count} {methods}"
            time.sleep(0.2)
            for call in self.news(since):
                since = int(call["seq"])
                if call["method"] in methods and call["ok"]:
                    calls.append(call)
        return calls

    def buttons(self, label: str) -> dict[int, tuple[int, str]]:
        """Find each person's newest button whose text contains a label."""
        state = HTTP.get(f"{self.url}/play/state").json()
        found: dict[int, tuple[int, str]] = {}
        for chat, messages in state["messages"].items():
            for message in messages:
                for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                    for key in row:
                        if label in key["text"]:
                            found[int(chat)] = (message["message_id"], key["callback_data"])
        return found

    def press(self, label: str, *, among: Collection[int] = ()) -> int:
        """Let everybody, or whoever is `among` some, press a button; say how many did."""
        found = {
            person: where
            for person, where in self.buttons(label).items()
            if not among or person in among
        }
        self.feed(
            [
                {"person_id": person, "message_id": message, "data": data}
                for person, (message, data) in found.items()
            ]
        )
        return len(found)


def latencies(bench: Bench, *, first: int, count: int, every: float = 1.0) -> list[float]:
    """Let one person after another ask /help; give the milliseconds to each answer."""
    taken, since = [], bench.newest()
    for person in range(first, first + count):
        begun = time.monotonic()
        bench.say(person, "/help")
        answered, since = bench.answer_to(person, since=since)
        taken.append((answered - begun) * 1000)
        time.sleep(max(0.0, begun + every - time.monotonic()))
    return taken


@contextmanager
def playground(people: int, *, flood: bool = False) -> Iterator[Bench]:
    """Run a local Telegram."""
    command = [sys.executable, "-m", "bot.playground", "--token", "1:demo", "--people", str(people)]
    if not flood:
        command.append("--no-flood")
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield Bench(process.stdout.readline().strip())
        finally:
            process.terminate()


@contextmanager
def running(command: Sequence[str], **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a bot; one that would first end its whole broadcast is not waited for."""
    bot = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment})
    try:
        yield bot
    finally:
        bot.terminate()
        try:
            bot.wait(STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            bot.kill()
            bot.wait()


@contextmanager
def qingfeng(bench: Bench, people: int, *, rate: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run Qingfeng on a SQLite file, with people on the posts of the example township."""
    with tempfile.TemporaryDirectory() as folder:
        settle(Path(folder), people)
        with running(
            [sys.executable, "-m", "bot", "run"],
            QINGFENG_TELEGRAM_TOKEN="1:demo",
            QINGFENG_TELEGRAM_API_URL=bench.url,
            QINGFENG_DATABASE_URL="",
            QINGFENG_DATA_DIR=folder,
            QINGFENG_SEND_RATE=str(rate),
        ) as bot:
            yield bot


def settle(folder: Path, people: int) -> None:
    """Fill a township: everybody has joined and holds a post, two are of the commission."""
    keys = Keyring.of(master_key(folder / "qingfeng.key"))
    database = Database(f"sqlite:///{folder / 'qingfeng.db'}")
    upgrade(database)
    workbook = files("dialogs.catalogue").joinpath("township.xlsx").read_bytes()
    with database.writing() as session:
        take_over(session, read_roster(workbook), today=date(2026, 3, 2))
        posts = session.exec(select(Post).order_by(Post.code)).all()
        for number in range(people):
            account = FIRST + number
            account_hash = keys.lookup(account)
            person = Person(
                code=f"BENCH{number}",
                name=f"第{number}人",
                account_hash=account_hash,
                account=keys.seal(str(account).encode(), f"account:{account_hash}"),
            )
            session.add(person)
            session.flush()
            post = posts[number % len(posts)].id
            session.add(Appointment(person_id=person.id, post_id=post, since=date(2020, 1, 1)))
            if number < HANDLERS:
                session.add(RoleHeld(person_id=person.id, role=Role.COMMISSION_MEMBER))
                session.flush()
                entrust(session, person, keyring=keys)
    database.close()


def cpu(process: subprocess.Popen[bytes]) -> float:
    """Read the processor time a process has used, in seconds."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
