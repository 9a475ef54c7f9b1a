"""Telegram's HTML, read as strictly as Telegram reads it: text and entities, or a refusal."""

import html
import re
from dataclasses import dataclass, field

from bot.playground.wire import Json, Refusal, bad_request

KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
BARE_ATTRIBUTES = {"blockquote": "expandable"}

_PIECE = re.compile(
    r"""<(?:[^<>"']|"[^"]*"|'[^']*')*>?|"""
    r"&(?:lt|gt|amp|quot|#[0-9]+|#[xX][0-9a-fA-F]+);|[^<&]+|&"
)
_END = re.compile(r"</([^\s>]*)\s*>\Z")
_START = re.compile(r"<([^\s>]*)(?=[\s>])")
_ATTRIBUTE = re.compile(r"""\s*([^\s=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([\w.-]+)))?""")


def units(text: str) -> int:
    """Count UTF-16 code units, as Telegram counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


@dataclass
class _Open:
    tag: str
    at: int
    facts: Json


@dataclass
class _Reading:
    parts: list[str] = field(default_factory=list)
    length: int = 0
    open: list[_Open] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def write(self, text: str) -> None:
        self.parts.append(text)
        self.length += units(text)


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Separate text and entities; offsets in a refusal count bytes of the source."""
    if "<" not in source and "&" not in source:
        return source, []
    reading, at = _Reading(), 0
    for piece in _PIECE.findall(source):
        if piece[0] == "<":
            _tag(reading, piece, at=at)
        elif piece[0] == "&" and len(piece) > 1:
            reading.write(html.unescape(piece))
        else:
            reading.write(piece)
        at += len(piece.encode())
    if reading.open:
        tag = reading.open[-1].tag
        raise _wrong(f'Can\'t find end tag corresponding to start tag "{tag}"')
    return "".join(reading.parts), _merged(reading.entities)


def _wrong(what: str, at: int | None = None) -> Refusal:
    where = "" if at is None else f" at byte offset {at}"
    return bad_request(f"can't parse entities: {what}{where}")


def _tag(reading: _Reading, piece: str, *, at: int) -> None:
    if piece.startswith("</"):
        _close(reading, piece, at=at)
        return
    found = _START.match(piece)
    name = found[1].lower() if found else ""
    if found is not None and name not in KINDS:
        raise _wrong(f'Unsupported start tag "{name}"', at)
    if found is None or piece[-1] != ">":
        raise _wrong("Unclosed start tag", at)
    facts = _facts(name, piece[found.end() : -1], at=at)
    reading.open.append(_Open(name, reading.length, facts))


def _facts(tag: str, attributes: str, *, at: int) -> Json:
    """Read what the attributes say of the entity; others are passed over."""
    said: dict[str, str] = {}
    for found in _ATTRIBUTE.finditer(attributes.rstrip()):
        name, *values = found.groups()
        value = next((each for each in values if each is not None), None)
        if value is None and BARE_ATTRIBUTES.get(tag) != name:
            said_so = f'Expected equal sign in declaration of an attribute of the tag "{tag}"'
            raise _wrong(said_so, at)
        said[name] = html.unescape(value or "")
    match tag:
        case "span" if said.get("class") != "tg-spoiler":
            raise _wrong('Tag "span" must have class "tg-spoiler"', at)
        case "a":
            return {"url": said.get("href", "")}
        case "code" if said.get("class", "").startswith("language-"):
            return {"language": said["class"].removeprefix("language-")}
        case "blockquote" if "expandable" in said:
            return {"type": "expandable_blockquote"}
        case _:
            return {}


def _close(reading: _Reading, piece: str, *, at: int) -> None:
    found = _END.match(piece)
    if not reading.open:
        raise _wrong("Unexpected end tag", at)
    if found is None:
        raise _wrong("Unclosed end tag", at)
    opened, name = reading.open.pop(), found[1].lower()
    if name not in ("", opened.tag):
        raise _wrong(
            f'Unmatched end tag at byte offset {at}, expected "</{opened.tag}>", found "</{name}>"'
        )
    length = reading.length - opened.at
    if length and opened.facts.get("url") != "":  # a link that leads nowhere is plain text
        kind = {"type": KINDS[opened.tag], "offset": opened.at, "length": length}
        reading.entities.append(kind | opened.facts)


def _merged(entities: list[Json]) -> list[Json]:
    """Order entities, the outer first, and take <pre><code class=…> as the one it means."""
    entities.reverse()
    entities.sort(key=lambda each: (each["offset"], -each["length"]))
    result: list[Json] = []
    for entity in entities:
        if entity["type"] == "code":
            language = entity.pop("language", "")
            place = {"type": "pre", "offset": entity["offset"], "length": entity["length"]}
            if language and result and result[-1] == place:
                result[-1] = place | {"language": language}
                continue
        result.append(entity)
    return result
