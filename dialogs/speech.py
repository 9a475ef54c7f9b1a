"""What we say, before it is put into a language: phrases, buttons, replies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import TypeAlias

from dialogs.vocabulary import Language

STAYS = 0  # in the place of minutes: what is never deleted from the chat


@dataclass(frozen=True)
class Phrase:
    """A sentence by its key in dialogs/messages, with what fills its placeholders."""

    key: str
    values: Mapping[str, Sayable] = field(default_factory=dict)


@dataclass(frozen=True)
class Label:
    """A sentence that came with data, such as a questionnaire's; a text a language.

    The first text stands in for a language that is missing.
    """

    texts: Mapping[str, str]

    def read_in(self, language: Language) -> str:
        """Choose the text for a language."""
        return self.texts.get(language.value) or next(iter(self.texts.values()), "")


@dataclass(frozen=True)
class Listing:
    """Several things said one a line, or joined by the language's comma."""

    items: Sequence[Sayable]
    inline: bool = False


@dataclass(frozen=True)
class Brief:
    """Something said on one line, without markup, at most so many characters of it."""

    of: Sayable
    most: int = 100


Sayable: TypeAlias = "Brief | Phrase | Label | Listing | Enum | date | datetime | int | str"


@dataclass(frozen=True)
class Go:
    """What a button does outside any dialogue: begin `action` about `subject`."""

    action: str
    subject: str = ""


@dataclass(frozen=True)
class Press:
    """What a button does inside a dialogue: `act` on the prompt, with an option's code."""

    act: str
    code: str = ""


@dataclass(frozen=True)
class Link:
    """A button that opens an address."""

    url: str


@dataclass(frozen=True)
class Button:
    """A button: what it says and what it does."""

    label: Sayable
    does: Go | Press | Link


@dataclass(frozen=True)
class Paper:
    """A file to hand over: its name with ending, and its bytes; a `picture` is shown at once.

    `held` is the channel's own reference to a file somebody sent, of which it has the bytes.
    """

    name: str
    content: bytes = field(default=b"", repr=False)
    picture: bool = False
    held: str = field(default="", repr=False)


@dataclass(frozen=True)
class Reply:
    """One message of ours: phrases a paragraph each, rows of buttons, perhaps a paper.

    `protected` asks the channel to forbid forwarding and saving; `lasts` is after how many
    minutes the channel deletes it again, STAYS for never, None for as its dialogue has it; what
    is said `aside` leaves the way back to an unfinished dialogue below its own buttons.
    """

    phrases: Sequence[Sayable]
    buttons: Sequence[Sequence[Button]] = ()
    paper: Paper | None = None
    protected: bool = False
    lasts: int | None = None
    aside: bool = False


def say(key: str, /, **values: Sayable) -> Reply:
    """Say one sentence."""
    return Reply((Phrase(key, values),))
