"""The whole house as people meet it: a local Telegram, the real program, and its books."""

import os
from base64 import b64decode
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from bot.playground.server import serving
from bot.playground.telegram import Telegram
from dialogs.documents.roster import Roster
from dialogs.rules.calendar import Calendar
from dialogs.vocabulary import Role
from storage import organisation
from storage.database import Database
from storage.migrations import upgrade
from storage.people import account_of, invite
from storage.sealing import Keyring, master_key
from storage.tables import Person, Post
from tests.builders.patience import until
from tests.builders.people import a_person, appoint, give_account
from tests.builders.phone import Phone
from tests.builders.program import Program
from tests.builders.vault import entrust
from tests.builders.web import HTTP

TOKEN = "1000000001:story"
ZONE = ZoneInfo("Asia/Shanghai")
SPOKEN = b"OggS\0\x02" + b"\0" * 22 + b"OpusHead\x01" + b"\0" * 500  # the head of a voice message
PICTURE = b64decode(  # one black dot
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)


@dataclass
class House:
    """A township at work; `telegram` is only to be looked at while it is served."""

    telegram: Telegram
    url: str
    database: Database
    keys: Keyring
    program: Program

    def phone(self, name: str, *, started: bool = True, **more: str) -> Phone:
        """Give somebody nobody knows a phone."""
        return Phone(self.url, self.telegram.add_person(name, started=started, **more).id)

    def person(
        self, name: str, *, roles: Collection[Role] = (), posts: Collection[str] = ()
    ) -> Phone:
        """Give somebody who has joined a phone; `posts` are codes of posts they hold."""
        phone = self.phone(name)
        with self.database.writing() as session:
            person = a_person(session, name, keys=self.keys, account=phone.person, roles=roles)
            for post in session.exec(select(Post).where(col(Post.code).in_(posts))).all():
                appoint(session, person, post)
        return phone

    def hand_over(self, name: str) -> Phone:
        """Give somebody of the roster the phone on which they have joined."""
        with self.database.writing() as session:
            person = session.exec(select(Person).where(Person.name == name)).one()
            if person.account is not None:
                return Phone(self.url, account_of(person, keys=self.keys))
            phone = self.phone(name)
            give_account(person, phone.person, keys=self.keys)
            session.add(person)
        return phone

    def entrust(self, *names: str) -> None:
        """Give people of the roster, or known by name, keys with which they read in the chat."""
        with self.database.writing() as session:
            for name in names:
                person = session.exec(select(Person).where(Person.name == name)).one()
                entrust(session, person, keyring=self.keys)

    def take_over(self, roster: Roster) -> None:
        """Write a roster down."""
        with self.database.writing() as session:
            organisation.take_over(session, roster, today=self.today())

    def invitation(self, name: str, code: str, *, made: datetime | None = None) -> str:
        """Invite somebody of the roster with a code of our choice."""
        with self.database.writing() as session:
            person = session.exec(select(Person).where(Person.name == name)).one()
            invite(
                *(session, person.id),
                code_hash=self.keys.lookup(code),
                made_by=None,
                now=made or datetime.now(UTC),
            )
        return code

    def alerts(self) -> list[str]:
        """List the words shown over the chat to people who pressed a button, the oldest first."""
        calls = list(self.telegram.calls)
        return [
            call["params"].get("text", "")
            for call in calls
            if call["method"] == "answerCallbackQuery"
        ]

    def sees_alert(self, text: str, *, since: int = 0) -> None:
        """Wait until somebody who pressed a button is shown a word; `since` so many alerts."""
        until(lambda: any(text in alert for alert in self.alerts()[since:]), text, seconds=15)

    def at_once(self, *updates: dict[str, Any]) -> None:
        """Let people write and press so fast that the bot hears it all together."""
        answer = HTTP.post(f"{self.url}/play/updates", json={"updates": updates})
        assert answer.json() == {"queued": len(updates)}

    def offer(self, phone: Phone, *data: str) -> int:
        """Show somebody buttons we never made, as a forger would; give the message's number."""
        keys = [[{"text": each, "callback_data": each}] for each in data]
        asked = {
            "chat_id": phone.person,
            "text": "?",
            "reply_markup": {"inline_keyboard": keys},
        }

        def sent() -> dict[str, Any] | None:  # none while Telegram asks us to wait
            answer = HTTP.post(f"{self.url}/bot{TOKEN}/sendMessage", json=asked).json()
            message: dict[str, Any] | None = answer.get("result")
            return message

        number: int = until(sent, "a forged message")["message_id"]
        return number

    def block(self, phone: Phone) -> None:
        """Let somebody block the bot."""
        body = {"person_id": phone.person, "blocked": True}
        HTTP.post(f"{self.url}/play/block", json=body).raise_for_status()

    def send_photo(self, phone: Phone, caption: str = "", content: bytes = PICTURE) -> str:
        """Let somebody send a photo; give the number Telegram knows it by."""
        answer = HTTP.post(
            f"{self.url}/play/send",
            data={
                "person_id": str(phone.person),
                "chat_id": str(phone.person),
                "as": "photo",
                "caption": caption,
            },
            files={"file": ("photo.png", content, "image/png")},
        )
        assert answer.status_code == 200, answer.text
        file_id: str = answer.json()["photo"][-1]["file_id"]
        return file_id

    def send_voice(self, phone: Phone, content: bytes = SPOKEN) -> None:
        """Let somebody send a voice message."""
        answer = HTTP.post(
            f"{self.url}/play/send",
            data={"person_id": str(phone.person), "chat_id": str(phone.person), "as": "voice"},
            files={"file": ("voice.ogg", content, "audio/ogg")},
        )
        assert answer.status_code == 200, answer.text

    def send_document(self, phone: Phone, name: str, content: bytes) -> None:
        """Let somebody send a document."""
        answer = HTTP.post(
            f"{self.url}/play/send",
            data={
                "person_id": str(phone.person),
                "chat_id": str(phone.person),
                "as": "document",
            },
            files={"file": (name, content, "application/octet-stream")},
        )
        assert answer.status_code == 200, answer.text

    def trouble(self, method: str, *, times: int = 1) -> None:
        """Let the next calls of a method fail as when the server is ill."""
        body = {"method": method, "trouble": "error", "times": times}
        HTTP.post(f"{self.url}/play/trouble", json=body).raise_for_status()

    def now(self) -> datetime:
        """Tell the playground's time."""
        return datetime.fromtimestamp(self.telegram.clock.now(), UTC)

    def today(self) -> date:
        """Tell the township's day."""
        return self.now().astimezone(ZONE).date()

    def wait_till(self, moment: datetime) -> None:
        """Move the playground's clock forward to a moment."""
        seconds = (moment - self.now()).total_seconds()
        answer = HTTP.post(f"{self.url}/play/clock", json={"seconds": seconds})
        assert answer.status_code == 200, answer.text

    def open_for_business(self) -> None:
        """Move the clock to a morning on which people may be reminded."""
        tomorrow = datetime.combine(self.today() + timedelta(days=1), time(), ZONE)
        self.wait_till(Calendar().next_open_moment(tomorrow, zone=ZONE))

    def rows(self, table: Any, *where: Any) -> list[Any]:
        """Read rows of a table."""
        with self.database.reading() as session:
            return list(session.exec(select(table).where(*where)).all())


@contextmanager
def open_house(
    folder: Path, *, database_url: str = "", flood: bool = True, latency: float = 0.0, **more: str
) -> Iterator[House]:
    """Open a house; the program is not started yet, and is stopped at the end.

    `more` are settings of the program, by their names in lower case.
    """
    folder.mkdir(parents=True, exist_ok=True)
    clock_file = folder / "clock"
    database_url = database_url or f"sqlite:///{folder / 'qingfeng.db'}"
    telegram = Telegram(clock_file=clock_file, flood=flood, latency=latency)
    database = Database(database_url)
    try:
        upgrade(database)
        with serving(telegram, token=TOKEN) as url:
            settings = {
                "telegram_token": TOKEN,
                "telegram_api_url": url,
                "database_url": database_url,
                "data_dir": str(folder),
                "clock_file": str(clock_file),
                "town": "清河鎮",
                **more,
            }
            program = Program(environment(settings), folder / "log")
            keys = Keyring.of(master_key(folder / "qingfeng.key"))
            try:
                yield House(telegram, url, database, keys, program)
            finally:
                program.stop()
    finally:
        database.close()


def environment(settings: dict[str, str]) -> dict[str, str]:
    """Give the program these settings and none of the machine's own.

    Bytecode may be kept, or each start would compile everything anew.
    """
    own = {name: value for name, value in os.environ.items() if not name.startswith("QINGFENG_")}
    own.pop("PYTHONDONTWRITEBYTECODE", None)
    return own | {f"QINGFENG_{name.upper()}": value for name, value in settings.items()}
