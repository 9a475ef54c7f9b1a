"""Who is there: people, and the chats in which they and the bot meet."""

from dataclasses import asdict, dataclass, field

from bot.playground.wire import Json


@dataclass
class Person:
    """Somebody with Telegram; `note` says who in the township, `link` waits to be followed.

    `tries` is what the opening page suggests to try with this person, if it suggests them.
    """

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "zh-hant"
    note: str = ""
    link: str = ""
    tries: str = ""
    started: bool = False
    blocked: bool = False

    def user(self) -> Json:
        """Give the Bot API's User."""
        user: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        return user | self._names() | {"language_code": self.language_code}

    def chat(self) -> Json:
        """Give the Bot API's Chat of the private chat with the bot."""
        return {"id": self.id, "type": "private", "first_name": self.first_name} | self._names()

    def card(self) -> Json:
        """Give what the page shows."""
        return {name: value for name, value in asdict(self).items() if value != ""} | {
            "note": self.note,
            "link": self.link,
        }

    def _names(self) -> Json:
        names = {"last_name": self.last_name, "username": self.username}
        return {name: value for name, value in names.items() if value}


@dataclass
class Chat:
    """A private chat, a group or a channel, with its messages by id."""

    id: int
    type: str
    title: str = ""
    username: str = ""
    member_ids: list[int] = field(default_factory=list)
    pinned: list[int] = field(default_factory=list)
    migrated_to: int | None = None
    last_message_id: int = 0
    messages: dict[int, Json] = field(default_factory=dict)

    @property
    def private(self) -> bool:
        """Tell whether this is a chat with one person."""
        return self.type == "private"

    def chat(self) -> Json:
        """Give the Bot API's Chat of a group or a channel."""
        named = {"username": self.username} if self.username else {}
        return {"id": self.id, "type": self.type, "title": self.title} | named

    def card(self) -> Json:
        """Give what the page shows."""
        shown: Json = {"id": self.id, "type": self.type, "member_ids": self.member_ids}
        if not self.private:
            shown |= self.chat()
        if self.pinned:
            shown["pinned_message_id"] = self.pinned[-1]
        return shown
