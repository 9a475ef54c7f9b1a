"""Text as Telegram keeps it: trimmed, measured, with commands, links and mentions noticed."""

import re
from dataclasses import dataclass

from bot.playground.markup import parse_html, units
from bot.playground.wire import Json, bad_request

NOTICED = {
    "url": re.compile(r"https?://[^\s<>\"，。；：！？、（）「」]+(?<![.,;:!?()])"),
    "email": re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"),
    "bot_command": re.compile(r"(?<![\w/@.<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?\b"),
    "mention": re.compile(r"(?<![\w@/.])@[A-Za-z0-9_]{3,32}\b"),
    "hashtag": re.compile(r"(?<![\w#])#\w*[^\W\d]\w*"),
}
CLOSED = frozenset({"code", "pre", "text_link", "text_mention"})
"""Entities within which nothing more is noticed."""
MOST_ENTITIES = 100
"""Beyond these Telegram shows plain text."""
SPACES = " \t\r\n\v\f\0"
"""What is trimmed; the wide space that begins a Chinese paragraph is not."""
_ANY = re.compile(r"[/@#]")


@dataclass(frozen=True)
class Text:
    """A text and its entities."""

    text: str
    entities: tuple[Json, ...] = ()

    def fields(self, *, caption: bool = False) -> Json:
        """Give the fields of a message that carry it."""
        if not self.text:
            return {}
        name, marks = ("caption", "caption_entities") if caption else ("text", "entities")
        return {name: self.text} | ({marks: list(self.entities)} if self.entities else {})


def formatted(text: str, *, parse_mode: str | None, entities: list[Json] | None) -> Text:
    """Parse what a bot sends: HTML, or plain text with entities said outright."""
    match (parse_mode or "").lower():
        case "html":
            plain, marks = parse_html(text)
        case "":
            plain, marks = text, _within(text, entities or [])
        case "markdown" | "markdownv2":
            raise bad_request("Markdown is not offered by this playground; use HTML")
        case _:
            raise bad_request("unsupported parse_mode")
    return noticed(_trimmed(plain, marks))


def plain(text: str) -> Text:
    """Take what a person typed."""
    return noticed(_trimmed(text, []))


def _within(text: str, entities: list[Json]) -> list[Json]:
    end = units(text)
    for entity in entities:
        if entity["offset"] < 0 or entity["length"] <= 0:
            raise bad_request("can't parse entities: entity has a wrong offset or length")
        if entity["offset"] + entity["length"] > end:
            raise bad_request("entity ends after the end of the text")
    return entities


def _trimmed(text: str, entities: list[Json]) -> Text:
    bare = text.strip(SPACES) if text.strip() else ""
    if bare == text or not entities:
        return Text(bare, tuple(entities))
    shift = units(text) - units(text.lstrip(SPACES))
    end = units(bare)
    kept = []
    for entity in entities:
        first = max(0, entity["offset"] - shift)
        last = min(end, entity["offset"] - shift + entity["length"])
        if last > first:
            kept.append({**entity, "offset": first, "length": last - first})
    return Text(bare, tuple(kept))


def noticed(text: Text) -> Text:
    """Add the entities Telegram finds by itself, outside those that are there."""
    if _ANY.search(text.text) is None:
        return text
    taken = [
        (each["offset"], each["offset"] + each["length"])
        for each in text.entities
        if each["type"] in CLOSED
    ]
    found: list[Json] = []
    for kind, pattern in NOTICED.items():
        for match in pattern.finditer(text.text):
            first = units(text.text[: match.start()])
            last = first + units(match[0])
            if all(last <= begin or first >= end for begin, end in taken):
                taken.append((first, last))
                found.append({"type": kind, "offset": first, "length": last - first})
    both = sorted([*text.entities, *found], key=lambda each: (each["offset"], -each["length"]))
    return Text(text.text, tuple(both[:MOST_ENTITIES]))
