"""What we say, in the language of the one we say it to.

Sentences are gettext catalogues, a folder a language; longer notices are jinja2 templates beside
them. Everything that fills a placeholder is escaped; only the catalogues themselves hold markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from importlib import resources
from string import Formatter

from babel.messages.pofile import read_po
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from dialogs.speech import Brief, Button, Label, Link, Listing, Paper, Phrase, Reply, Sayable
from dialogs.tokens import write_token
from dialogs.vocabulary import Language

SOURCE = Language.ZH_HANT
NOTICE = "notice."  # phrases that are templates
OTHER_MARKS = str.maketrans("「」『』", "『』「」")  # marks within marks are the other kind
MARKUP = re.compile(r"<[^>]*>")  # only ours: what fills a placeholder is escaped


@dataclass(frozen=True)
class Rendered:
    """A reply in words: HTML text, rows of (label, token or address), and its paper."""

    text: str
    rows: Sequence[Sequence[tuple[str, str]]] = ()
    protected: bool = False
    paper: Paper | None = None


def folder(language: Language) -> str:
    """Name the folder of a language."""
    return language.value.replace("-", "_")


@cache
def catalogue(language: Language) -> Mapping[str, tuple[tuple[str, str | None], ...]]:
    """Read a language's sentences, each cut at its placeholders."""
    path = resources.files(__name__) / folder(language) / "messages.po"
    with path.open("rb") as file:
        entries = read_po(file)
    return {
        str(entry.id): tuple((text, name) for text, name, _, _ in Formatter().parse(entry.string))
        for entry in entries
        if isinstance(entry.id, str) and entry.id and isinstance(entry.string, str)
    }


@cache
def notices(language: Language) -> Environment:
    """Prepare a language's templates."""
    return Environment(
        loader=PackageLoader(__name__, folder(language)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def speak(what: Sayable, language: Language) -> Markup:
    """Put something into words, as HTML.

    Raises KeyError when the language lacks the sentence or the sentence a value.
    """
    return Markup(words(what, language, escape))  # noqa: S704 - escaped while it was put together


def plain_words(what: Sayable, language: Language) -> str:
    """Put something into words as they stand, as buttons and alerts need it."""
    return words(what, language, str)


def words(what: Sayable, language: Language, safe: Callable[[str], str]) -> str:
    """Put something into words; `safe` is applied to whatever is not a sentence of ours."""
    match what:
        case Phrase(key, values):
            return sentence(key, values, language, safe)
        case Listing(items, inline):
            mark = sentence("engine.comma", {}, language, safe) if inline else "\n"
            return mark.join(words(item, language, safe) for item in items)
        case Brief(of, most):
            return safe(shorten(" ".join(plain_words(of, language).split()), most))
        case Label():
            return safe(what.read_in(language))
        case Enum():
            key = f"word.{type(what).__name__}.{what.name}".lower()
            return sentence(key, {}, language, safe)
        case datetime():
            return sentence("engine.moment", parts(what), language, safe)
        case date():
            return sentence("engine.day", parts(what), language, safe)
        case _:
            return safe(str(what))


def parts(moment: date | datetime) -> Mapping[str, Sayable]:
    """Take a day or a moment apart for the sentence that says it."""
    numbers: dict[str, Sayable] = {
        "year": moment.year,
        "month": moment.month,
        "day": moment.day,
        "iso": f"{moment:%Y-%m-%d}",
    }
    if isinstance(moment, datetime):
        numbers["time"] = f"{moment:%H:%M}"
    return numbers


def sentence(
    key: str, values: Mapping[str, Sayable], language: Language, safe: Callable[[str], str]
) -> str:
    """Fill a sentence or a notice; what is quoted within quotation marks takes the other kind."""
    if key.startswith(NOTICE):
        filled = {name: speak(value, language) for name, value in values.items()}
        template = notices(language).get_template(f"{key.removeprefix(NOTICE)}.html.j2")
        return template.render(filled).strip()
    pieces, depth = [], 0
    for text, name in catalogue(language)[key]:
        pieces.append(bare(text) if safe is str else text)
        depth += text.count("「") - text.count("」")
        if name is not None:
            said = words(values[name], language, safe)
            pieces.append(said.translate(OTHER_MARKS) if depth % 2 else said)
    return "".join(pieces)


@cache
def bare(text: str) -> str:
    """Take the markup off a piece of a sentence of ours."""
    return Markup(MARKUP.sub("", text)).unescape()  # noqa: S704 - the catalogue is ours


def render(reply: Reply, language: Language, *, talk: str = "", prompt: str = "") -> Rendered:
    """Put a reply into words; `talk` and `prompt` are what its buttons refer to."""
    text = "\n\n".join(words(phrase, language, escape) for phrase in reply.phrases)
    rows = [[key(button, language, talk, prompt) for button in row] for row in reply.buttons]
    return Rendered(text, rows, reply.protected, reply.paper)


def key(button: Button, language: Language, talk: str, prompt: str) -> tuple[str, str]:
    """Put a button into words."""
    label = shorten(plain_words(button.label, language))
    if isinstance(button.does, Link):
        return label, button.does.url
    return label, write_token(button.does, talk=talk, prompt=prompt)


def shorten(label: str, most: int = 60) -> str:
    """Shorten what a button says."""
    return label if len(label) <= most else label[: most - 1] + "…"


__all__ = ["SOURCE", "Rendered", "plain_words", "render", "speak"]
