"""What a dialogue can ask for: each prompt reads what it hears and refuses in words."""

from __future__ import annotations

import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from hashlib import blake2s
from typing import Any, TypeAlias

from pydantic import JsonValue

from dialogs import dates
from dialogs.errors import Refused
from dialogs.speech import Button, Label, Listing, Phrase, Press, Sayable

Json = JsonValue

LONGEST_CODE = 36  # bytes of an option's code that a button can carry beside the rest
MESSAGE = 4096  # UTF-16 units of a text that a channel sends whole
PAGE = 24  # options shown at once; more are paged
ALL = ("全部", "全選", "全选", "all")  # words that mean every option
NAMED = ("document", "audio")  # kinds of files that come as they are, under their own name
WIDEST = 8  # buttons a row; a channel shows no more
DIRECTION = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# At most six decimals, so that a number is always written without an exponent.
NUMERAL = re.compile(r"[-+]?(\d{1,3}(,\d{3})+|\d+)(\.\d{1,6})?", re.ASCII)


@dataclass(frozen=True)
class Wrote:
    """A person wrote text."""

    text: str


@dataclass(frozen=True)
class Pressed:
    """A person pressed a button of the prompt that `prompt` refers to."""

    prompt: str
    act: str
    code: str = ""


@dataclass(frozen=True)
class Sent:
    """A person sent a file: `kind` is photo, document, voice or other; `size` in bytes."""

    kind: str
    file: str
    name: str = ""
    size: int = 0
    caption: str = ""


Heard: TypeAlias = Wrote | Pressed | Sent


@dataclass(frozen=True, kw_only=True)
class Prompt(ABC):
    """One question; `key` is unique on the way through its dialogue.

    A key is a name and, where the name is asked more than once, `@` and which one it is.
    `ask` is the sentence; left out, it is the message `ask.` + name, filled with `values`.
    A prompt stores answers as JSON and hands the dialogue their value, which `check` may refuse
    further. `proposed` is an answer offered to be taken with one press; `further` says that one
    was given before, so that passing it over means there is no more. `back` is what the way back
    is called where that is more than a step.
    """

    key: str
    ask: Sayable = ""
    values: Mapping[str, Sayable] = field(default_factory=dict)
    optional: bool = False
    further: bool = False
    proposed: Json = None
    check: Callable[[Any], None] | None = None
    back: Sayable = ""

    def question(self) -> Sayable:
        """Say the question."""
        if self.ask != "":
            return self.ask
        return Phrase(f"ask.{self.key.partition('@')[0]}", self.values)

    def title(self) -> Sayable:
        """Name the question in a word or two, as the review page shows it."""
        if self.ask != "":
            return self.ask
        return Phrase(f"title.{self.key.partition('@')[0]}", self.values)

    @abstractmethod
    def read(self, heard: Heard, *, today: date) -> Json:
        """Turn what was heard into an answer; raise Refused with what to do instead."""

    @abstractmethod
    def value(self, answer: Json) -> Any:
        """Give the dialogue the value of an answer; raise Refused if it no longer fits."""

    def accepted(self, answer: Json) -> Any:
        """Give the value of an answer that passes the dialogue's own check too."""
        value = self.value(answer)
        if self.check:
            self.check(value)
        return value

    def echo(self, answer: Json) -> Sayable:
        """Say an answer back, as the review page shows it."""
        return str(answer)

    def buttons(self, picked: Sequence[str], page: int) -> list[list[Button]]:
        """Lay out the prompt's own buttons, rows of them."""
        return []


@dataclass(frozen=True, kw_only=True)
class Telling(Prompt):
    """A sentence that wants no answer."""

    def read(self, heard: Heard, *, today: date) -> Json:
        """Take nothing."""
        return None

    def value(self, answer: Json) -> None:
        """Give nothing."""


@dataclass(frozen=True)
class Option:
    """A choice: a short stable code, what the button says, what the dialogue gets.

    `aliases` are other words that mean it when typed; `echo` says it back where the button says
    too little by itself.
    """

    code: str
    label: Sayable
    value: Any = None
    aliases: tuple[str, ...] = ()
    echo: Sayable = ""


def options_of(members: Sequence[Enum]) -> tuple[Option, ...]:
    """Offer the members of a closed set."""
    return tuple(Option(member.name.lower(), member, member) for member in members)


@dataclass(frozen=True, kw_only=True)
class Choice(Prompt):
    """One of several, by button; the text of a button is understood too."""

    options: Sequence[Option]
    columns: int = 1
    a_page: int = PAGE

    def find(self, code: str) -> Option:
        """Find the option of a code."""
        for option in self.options:
            if code in (option.code, short(option.code)):
                return option
        raise Refused("not_offered")

    def read(self, heard: Heard, *, today: date) -> Json:
        match heard:
            case Pressed(act="take", code=code):
                return self.find(code).code
            case Wrote(text):
                return self.named(text).code
            case _:
                raise Refused("press_a_button")

    def typed(self, text: str) -> Option | None:
        """Find the option that a person typed out instead of pressing, if it is one."""
        wanted = plain(text).casefold()
        for option in self.options:
            names = [
                plain(name).casefold()
                for name in (option.code, *option.aliases, *spoken(option.label))
            ]
            if wanted and wanted in names:
                return option
        return None

    def named(self, text: str) -> Option:
        """Find the option that a person typed out; raise Refused if there is none."""
        if option := self.typed(text):
            return option
        raise Refused("press_a_button")

    def value(self, answer: Json) -> Any:
        return self.find(str(answer)).value

    def echo(self, answer: Json) -> Sayable:
        option = self.find(str(answer))
        return option.label if option.echo == "" else option.echo

    def shown(self, page: int) -> Sequence[Option]:
        """Take the options of a page."""
        first = on_page(page, len(self.options), size=self.a_page) * self.a_page
        return self.options[first : first + self.a_page]

    def buttons(self, picked: Sequence[str], page: int) -> list[list[Button]]:
        keys = [
            Button(option.label, Press("take", short(option.code))) for option in self.shown(page)
        ]
        turn = turning(page, len(self.options), size=self.a_page)
        return in_rows(keys, self.columns) + turn


@dataclass(frozen=True, kw_only=True)
class Hour(Choice):
    """A full hour of the day, its number the code, by button or as people write a time."""

    def typed(self, text: str) -> Option | None:
        """Find the hour of a time that is a full one."""
        hour, _, minute = dates.read_time(plain(text)).partition(":")
        return super().typed(str(int(hour)) if minute == "00" else text)


@dataclass(frozen=True, kw_only=True)
class Choices(Choice):
    """Several of several, by ticking; handed in with a button. `nothing` is what none means.

    With `whole`, one press ticks all of them, or none again.
    """

    nothing: Sayable = field(default_factory=lambda: Phrase("engine.none"))
    whole: bool = False
    at_least: int = 0
    at_most: int = 100

    def read(self, heard: Heard, *, today: date) -> Json:
        match heard:
            case Wrote(text):
                return list(self.checked(self.listed(text)))
            case _:
                raise Refused("press_a_button")

    def listed(self, text: str) -> Sequence[str]:
        """Read options typed out between commas, or spaces where no name holds one; or all."""
        if self.whole and plain(text).casefold() in ALL:
            return [option.code for option in self.options]
        parts = re.split(r"[,、;\n]+", plain(text))
        names = [name for part in parts for name in ([part] if self.typed(part) else part.split())]
        if not names:
            raise Refused("press_a_button")
        return list(dict.fromkeys(self.named(name).code for name in names))

    def offered(self, codes: Sequence[str]) -> tuple[str, ...]:
        """Leave out what is not offered, or not any more."""
        known = {option.code for option in self.options}
        return tuple(code for code in codes if code in known)

    def checked(self, codes: Sequence[str]) -> Sequence[str]:
        """Check how many are ticked."""
        if len(codes) < self.at_least:
            raise Refused("pick_more", least=self.at_least)
        if len(codes) > self.at_most:
            raise Refused("pick_fewer", most=self.at_most)
        return codes

    def value(self, answer: Json) -> Any:
        if not isinstance(answer, list):
            raise Refused("press_a_button")
        codes = self.checked([str(code) for code in answer])
        return tuple(self.find(code).value for code in codes)

    def echo(self, answer: Json) -> Sayable:
        codes = answer if isinstance(answer, list) else []
        if not codes:
            return self.nothing
        return Listing([self.find(str(code)).label for code in codes], inline=True)

    def buttons(self, picked: Sequence[str], page: int) -> list[list[Button]]:
        keys = [
            Button(
                Phrase(
                    "engine.ticked" if option.code in picked else "engine.unticked",
                    {"option": option.label},
                ),
                Press("pick", short(option.code)),
            )
            for option in self.shown(page)
        ]
        every = [[Button(Phrase("engine.all"), Press("all"))]] if self.whole else []
        done = Button(Phrase("engine.done", {"count": len(self.offered(picked))}), Press("done"))
        turn = turning(page, len(self.options), size=self.a_page)
        return [*every, *in_rows(keys, self.columns), *turn, [done]]


@dataclass(frozen=True, kw_only=True)
class Writing(Prompt):
    """Text; at most as much as a channel holds, which counts an emoji as two.

    `one_line` folds line breaks to spaces, as a name wants it.
    """

    at_least: int = 1
    at_most: int = 2000
    one_line: bool = False

    def read(self, heard: Heard, *, today: date) -> Json:
        match heard:
            case Wrote(text):
                said = legible(text)
                return self.value(" ".join(said.split()) if self.one_line else said)
            case _:
                raise Refused("text_wanted")

    def value(self, answer: Json) -> str:
        if not isinstance(answer, str) or not plain(answer):
            raise Refused("text_wanted")
        if len(answer) < self.at_least:
            raise Refused("too_short", least=self.at_least, length=len(answer))
        units = units_of(answer)
        if units > self.at_most:
            raise Refused("too_long", most=self.at_most, length=units)
        return answer


@dataclass(frozen=True, kw_only=True)
class Number(Prompt):
    """A number, whole unless `decimal`; full-width digits, 三十 and thousands commas too."""

    low: Decimal | None = None
    high: Decimal | None = None
    decimal: bool = False

    def read(self, heard: Heard, *, today: date) -> Json:
        if not isinstance(heard, Wrote):
            raise Refused("number_wanted")
        text = dates.in_digits(plain(heard.text))
        if not NUMERAL.fullmatch(text):
            raise Refused("number_wanted")
        return str(self.value(text.replace(",", "")))

    def value(self, answer: Json) -> int | Decimal:
        try:
            number = Decimal(str(answer))
        except InvalidOperation:
            raise Refused("number_wanted") from None
        if not number.is_finite() or abs(number) >= Decimal(10) ** 15:
            raise Refused("number_wanted")
        if not self.decimal and number != number.to_integral_value():
            raise Refused("whole_number_wanted")
        if self.low is not None and number < self.low:
            raise Refused("number_too_low", low=str(self.low))
        if self.high is not None and number > self.high:
            raise Refused("number_too_high", high=str(self.high))
        return number if self.decimal else int(number)


@dataclass(frozen=True, kw_only=True)
class Day(Prompt):
    """A day, in any of the ways people write one."""

    earliest: date | None = None
    latest: date | None = None

    def read(self, heard: Heard, *, today: date) -> Json:
        if not isinstance(heard, Wrote):
            raise Refused("day_wanted")
        day = dates.read_day(plain(heard.text), today=today, earliest=self.earliest)
        if day is None:
            raise Refused("day_wanted")
        return self.value(day.isoformat()).isoformat()

    def value(self, answer: Json) -> date:
        try:
            day = date.fromisoformat(str(answer))
        except ValueError:
            raise Refused("day_wanted") from None
        if self.earliest and day < self.earliest:
            raise Refused("day_too_early", earliest=self.earliest)
        if self.latest and day > self.latest:
            raise Refused("day_too_late", latest=self.latest)
        return day

    def echo(self, answer: Json) -> Sayable:
        return self.value(answer)


@dataclass(frozen=True)
class Attachment:
    """A file a person handed in: the channel's reference, name, kind, size in bytes, caption."""

    file: str
    name: str
    kind: str
    size: int
    caption: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class Handing(Prompt):
    """A file of one of `kinds` (photo, document, voice), at most `at_most` bytes.

    With `endings`, a document is refused at once whose name ends otherwise; with `captioned`, what
    is written under a file is part of the answer. What is `evidence` is looked at once it is sent.
    """

    kinds: tuple[str, ...] = ("photo", "document")
    at_most: int = 20_000_000
    endings: tuple[str, ...] = ()
    captioned: bool = False
    evidence: bool = False

    def read(self, heard: Heard, *, today: date) -> Json:
        match heard:
            case Sent(kind=kind, size=size) if kind in self.kinds:
                if size > self.at_most:
                    raise Refused("file_too_large", most=self.at_most // 1_000_000)
                self.must_end_well(heard)
                sent: dict[str, Json] = {
                    "file": heard.file,
                    "name": legible(heard.name),
                    "kind": kind,
                    "size": size,
                }
                said = legible(heard.caption) if self.captioned else ""
                return {**sent, "caption": said} if said else sent
            case Sent():
                raise Refused("other_file_wanted")
            case _:
                raise Refused("file_wanted" if self.optional else "file_needed")

    def must_end_well(self, sent: Sent) -> None:
        """Refuse a document whose name says that it is none of those taken."""
        name, _, ending = sent.name.rpartition(".")
        if self.endings and sent.kind in NAMED and name and ending.lower() not in self.endings:
            raise Refused("evidence_kind")

    def value(self, answer: Json) -> Attachment:
        match answer:
            case {
                "file": str(file),
                "name": str(name),
                "kind": str(kind),
                "size": int(size),
                **more,
            }:
                return Attachment(file, name, kind, size, str(more.get("caption", "")))
            case _:
                raise Refused("file_wanted")

    def echo(self, answer: Json) -> Sayable:
        sent = self.value(answer)
        name = sent.name or Phrase("engine.file")
        return (
            Phrase("engine.file_said", {"file": name, "said": sent.caption})
            if sent.caption
            else name
        )


@dataclass(frozen=True, kw_only=True)
class Adding(Choice, Handing):
    """A file that may be sent at once, or one of several things by button."""

    def read(self, heard: Heard, *, today: date) -> Json:
        match heard:
            case Sent():
                return Handing.read(self, heard, today=today)
            case Wrote(text) if self.typed(text) is None:
                raise Refused("file_or_button")
            case _:
                return Choice.read(self, heard, today=today)

    def value(self, answer: Json) -> Any:
        return (Handing if isinstance(answer, dict) else Choice).value(self, answer)

    def echo(self, answer: Json) -> Sayable:
        return (Handing if isinstance(answer, dict) else Choice).echo(self, answer)


@dataclass(frozen=True, kw_only=True)
class Recounting(Writing):
    """Text, or a recording in its place, for whoever cannot write well.

    `recording` says which are taken, `spoken` how one reads where the text would stand.
    """

    recording: Handing
    spoken: Sayable

    def read(self, heard: Heard, *, today: date) -> Json:
        if isinstance(heard, Sent) and heard.kind in self.recording.kinds:
            return self.recording.read(heard, today=today)
        return super().read(heard, today=today)

    def value(self, answer: Json) -> Any:
        return self.recording.value(answer) if isinstance(answer, dict) else super().value(answer)

    def echo(self, answer: Json) -> Sayable:
        if not isinstance(answer, dict):
            return super().echo(answer)
        said = self.recording.value(answer).caption
        return (
            Phrase("engine.file_said", {"file": self.spoken, "said": said}) if said else self.spoken
        )


@dataclass(frozen=True, kw_only=True)
class Reviewing(Prompt):
    """The page before sending: every answer, each open to change."""

    def read(self, heard: Heard, *, today: date) -> Json:
        match heard:
            case Pressed(act="send"):
                return True
            case _:
                raise Refused("press_a_button")

    def value(self, answer: Json) -> None:
        """Give nothing: to go on is the answer."""


def units_of(text: str) -> int:
    """Count the length of a text as channels do, which take an emoji for two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def reference(key: str) -> str:
    """Shorten a prompt's key to eight signs, to be carried by its buttons."""
    return blake2s(key.encode(), digest_size=4).hexdigest()


def short(code: str) -> str:
    """Shorten an option's code, if need be, to what a button can carry."""
    return code if len(code.encode()) <= LONGEST_CODE else reference(code)


def plain(text: str) -> str:
    """Fold full-width letters and digits, and drop what cannot be seen."""
    folded = unicodedata.normalize("NFKC", text)
    if folded.isprintable():
        return folded.strip()
    return "".join(sign for sign in folded if sign.isspace() or not unseen(sign, "Cf")).strip()


def legible(text: str) -> str:
    """Drop what no page can hold, such as NUL, or what turns the order of its signs.

    Line breaks and what joins emoji stay.
    """
    if text.isprintable():
        return text.strip()
    return "".join(sign for sign in text if sign in "\n\t" or not unseen(sign)).strip()


def unseen(sign: str, *more: str) -> bool:
    """Tell whether a sign controls, turns the writing, is half a pair, or of `more` categories."""
    return sign in DIRECTION or unicodedata.category(sign) in ("Cc", "Cs", *more)


def spoken(label: Sayable) -> tuple[str, ...]:
    """List the texts of a label that came with data."""
    match label:
        case Label(texts):
            return tuple(texts.values())
        case Enum():
            return ()
        case str():
            return (label,)
        case _:
            return ()


def in_rows(keys: Sequence[Button], columns: int) -> list[list[Button]]:
    """Lay buttons out in rows."""
    columns = max(1, min(columns, WIDEST))
    return [list(keys[start : start + columns]) for start in range(0, len(keys), columns)]


def on_page(page: int, count: int, *, size: int = PAGE) -> int:
    """Keep to the pages there are."""
    return max(0, min(page, (count - 1) // size))


def turning(page: int, count: int, *, size: int = PAGE) -> list[list[Button]]:
    """Lay out the buttons that turn pages; none when one page holds all."""
    last = (count - 1) // size
    if last < 1:
        return []
    page = on_page(page, count, size=size)
    row = []
    if page > 0:
        row.append(Button(Phrase("engine.earlier_page"), Press("page", str(page - 1))))
    if page < last:
        row.append(Button(Phrase("engine.later_page"), Press("page", str(page + 1))))
    return [row]
