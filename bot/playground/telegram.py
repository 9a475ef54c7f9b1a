"""What Telegram remembers: people, chats, messages, files, and what waits for the bot."""

import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bot.playground import archive
from bot.playground.bell import Bell
from bot.playground.clock import Clock
from bot.playground.files import Files
from bot.playground.flood import Flood
from bot.playground.journal import Journal
from bot.playground.people import Chat, Person
from bot.playground.profile import Profile
from bot.playground.trouble import Troubles
from bot.playground.updates import Updates
from bot.playground.wire import Json, Refusal, bad_request, forbidden

FIRST_PERSON = 1001
FIRST_GROUP = -4_000_001
FIRST_SUPERGROUP = -1_001_000_000_001
QUERY_LIFE = 60
"""Seconds by the playground's clock in which a button press can be answered."""
CALLS_KEPT = 100_000


class Telegram:
    """A whole Telegram for one bot; touched by the server's thread alone once it is served.

    With a `folder` it outlives its process: state.json and files/ are read when it is made.
    Without `flood` it never answers 429; each answer to the bot takes `latency` seconds longer.
    """

    def __init__(
        self,
        *,
        folder: Path | None = None,
        clock_file: Path | None = None,
        flood: bool = True,
        latency: float = 0.0,
        username: str = "qingfeng_bot",
        name: str = "清風",
        now: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.bot: Json = {"id": 1, "is_bot": True, "first_name": name, "username": username}
        self.folder = folder
        self.monotonic = monotonic
        self.clock = Clock(now, file=clock_file)
        self.flood = Flood(monotonic) if flood else None
        self.journal = Journal()
        self.troubles = Troubles(latency)
        self.updates = Updates(self.clock.now)
        self.webhook: Json = {}
        self.webhook_changed = Bell()
        self.profile = Profile()
        self.files = Files(folder / "files" if folder else None)
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, tuple[int, float]] = {}
        self.calls: deque[Json] = deque(maxlen=CALLS_KEPT)
        self.last_message_id = 0
        self.last_query_id = 4_000_000_000
        self.call_seq = 0
        self.closed = False
        if folder is not None:
            archive.load(self, folder)

    def add_person(
        self,
        first_name: str,
        *,
        last_name: str = "",
        username: str = "",
        language_code: str = "zh-hant",
        note: str = "",
        link: str = "",
        tries: str = "",
        started: bool = False,
    ) -> Person:
        """Let somebody install Telegram; `started` if they pressed START in an earlier time."""
        number = FIRST_PERSON + len(self.people)
        person = Person(
            *(number, first_name, last_name, username, language_code),
            *(note, link, tries, started),
        )
        self.people[number] = person
        self.chats[number] = Chat(number, "private", member_ids=[number])
        self.journal.tell("person", person=person.card())
        self.journal.tell("chat", chat=self.chats[number].card())
        return person

    def add_group(
        self, title: str, members: Sequence[int], *, kind: str = "group", username: str = ""
    ) -> Chat:
        """Found a group with the bot as a member; `kind` is group, supergroup or channel."""
        basic = kind == "group"
        others = sum((chat.type == "group") == basic for chat in self.chats.values() if chat.title)
        number = (FIRST_GROUP if basic else FIRST_SUPERGROUP) - others
        chat = Chat(number, kind, title, username, list(members))
        self.chats[number] = chat
        self.journal.tell("chat", chat=chat.card())
        return chat

    def add_channel(self, title: str, username: str, members: Sequence[int] = ()) -> Chat:
        """Found a channel of which the bot is an administrator."""
        return self.add_group(title, members, kind="channel", username=username)

    def chat_json(self, chat: Chat) -> Json:
        """Give a chat as messages show it."""
        return self.people[chat.id].chat() if chat.private else chat.chat()

    def find_chat(self, reference: int | str) -> Chat:
        """Find a chat by its id or a public @name."""
        if isinstance(reference, str):
            name = reference.removeprefix("@").lower()
            named = (c for c in self.chats.values() if c.username and c.username.lower() == name)
            chat = next(named, None) if reference.startswith("@") else None
        else:
            chat = self.chats.get(reference)
        if chat is None:
            raise bad_request("chat not found")
        if chat.migrated_to is not None:
            said = "Bad Request: group chat was upgraded to a supergroup chat"
            raise Refusal(said, parameters={"migrate_to_chat_id": chat.migrated_to})
        return chat

    def reachable(self, reference: int | str) -> Chat:
        """Find a chat in which the bot may act now."""
        chat = self.find_chat(reference)
        if chat.private:
            person = self.people[chat.id]
            if person.blocked:
                raise forbidden("bot was blocked by the user")
            if not person.started:
                raise forbidden("bot can't initiate conversation with a user")
        return chat

    def post(self, chat: Chat, fields: Json, *, sender: Json | None) -> Json:
        """Add a message to a chat; without a sender it is the channel's own."""
        message: Json = {"message_id": self._next_message_id(chat)}
        if sender is not None:
            message["from"] = sender
        about = self.chat_json(chat)
        if sender is None:
            message["sender_chat"] = about
        message |= {"chat": about, "date": int(self.clock.now())} | fields
        chat.messages[message["message_id"]] = message
        self.journal.tell("message", chat_id=chat.id, message=message)
        return message

    def _next_message_id(self, chat: Chat) -> int:
        """Count per channel and supergroup, and once for all other chats, as Telegram does."""
        if chat.type in ("supergroup", "channel"):
            chat.last_message_id += 1
            return chat.last_message_id
        self.last_message_id += 1
        return self.last_message_id

    def replace(self, chat: Chat, message: Json) -> Json:
        """Put an edited message in the place of the old one."""
        chat.messages[message["message_id"]] = message
        self.journal.tell("edited", chat_id=chat.id, message=message)
        return message

    def delete(self, chat: Chat, message_ids: Sequence[int]) -> None:
        """Take messages away for everybody."""
        for message_id in message_ids:
            chat.messages.pop(message_id, None)
            if message_id in chat.pinned:
                chat.pinned.remove(message_id)
        self.journal.tell("deleted", chat_id=chat.id, message_ids=list(message_ids))

    def advance(self, seconds: float) -> Json:
        """Move the clock forward."""
        self.clock.advance(seconds)
        face = self.clock.face()
        self.journal.tell("clock", **face)
        return face

    def record(self, method: str, params: Any, *, error_code: int | None) -> None:
        """Note what the bot called and how it was answered."""
        self.call_seq += 1
        self.calls.append(
            {
                "seq": self.call_seq,
                "at": self.monotonic(),
                "method": method,
                "params": params,
                "ok": error_code is None,
                "error_code": error_code,
            }
        )

    def open(self) -> None:
        """Begin to answer."""
        self.closed = self.updates.closed = False

    def close(self) -> None:
        """End long polls and live events, and keep what is to be kept."""
        self.closed = True
        self.updates.close()
        self.journal.bell.ring()
        if self.folder is not None:
            archive.save(self, self.folder)
