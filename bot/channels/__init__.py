"""The ways people reach us, one a file; what every channel hears and how sending can fail."""

from dataclasses import dataclass, field
from typing import TypeAlias

from dialogs.prompts import Sent, Wrote
from dialogs.speech import Go
from dialogs.tokens import TalkPressed
from dialogs.vocabulary import Language


@dataclass(frozen=True)
class Command:
    """A person used a command, perhaps with an argument."""

    name: str
    argument: str = field(default="", repr=False)


@dataclass(frozen=True)
class Reworded:
    """A person changed a message they had sent; into what, nobody of us looks at."""


Said: TypeAlias = Command | Go | TalkPressed | Wrote | Sent | Reworded | None


@dataclass(frozen=True)
class Message:
    """What one update says, in words of our own.

    `said` is None for what we take no notice of; `pressed` is the message whose button was
    pressed, `own` one the person wrote, `query` what the channel wants answered for a press.
    """

    chat: int = field(repr=False)
    private: bool
    language: Language
    said: Said = field(repr=False)
    pressed: int | None = None
    own: int | None = None
    query: str | None = None


class Undelivered(Exception):  # noqa: N818 - named after what happened
    """A message did not get through."""


class NotSent(Undelivered):
    """It never left us: it can be sent again without harm."""


class Undecided(Undelivered):
    """Nobody can tell whether it arrived."""


class TooFast(Undelivered):
    """The channel asks us to wait, in seconds, with everything."""

    def __init__(self, wait: float) -> None:
        super().__init__(f"wait {wait} s")
        self.wait = wait


class Unreachable(Undelivered):
    """The person has blocked us or is gone."""


class Moved(Undelivered):
    """The chat goes by another number now."""

    def __init__(self, chat: int) -> None:
        super().__init__("the chat has moved")
        self.chat = chat


class Taken(Undelivered):
    """What people write goes to somebody else, who has our token too."""


class Rejected(Undelivered):
    """The channel will never take this message."""
