"""Cells of the workbook of catalogues: words of a closed set, numbers, several codes at once."""

from collections.abc import Collection, Mapping
from typing import TypeVar

from dialogs.documents.roster_layout import Layout
from dialogs.documents.roster_rows import SEPARATORS, Line
from dialogs.prompts import plain

T = TypeVar("T")

ROSTER = "名冊"  # where the codes of units and posts come from


def one_of(line: Line, key: str, words: Mapping[str, T]) -> T | None:
    """Read one word of a closed set; None, without a fault, where none is given or required."""
    word = line.folded(key)
    if not word:
        return None
    if word.lower() in words:
        return words[word.lower()]
    offered = "、".join(written for written in words if not written.isascii())
    line.fault(key, "word_unknown", word=word, offered=offered)
    return None


def number(line: Line, key: str, *, least: int, most: int) -> int | None:
    """Read a whole number."""
    text = line.folded(key)
    if text is None:
        return None
    if text.isascii() and text.isdigit() and least <= int(text) <= most:
        return int(text)
    line.fault(key, "number_unreadable", text=text, least=least, most=most)
    return None


def known(line: Line, key: str, codes: Collection[str], where: str = ROSTER) -> str | None:
    """Read the code of something we know already."""
    code = line.folded(key)
    if code is None or code in codes:
        return code
    line.fault(key, "code_unknown", code=code, other=where)
    return None


def several(
    line: Line, key: str, codes: Collection[str], where: str = ROSTER
) -> tuple[str, ...] | None:
    """Read codes with a mark between them, each of something we know."""
    text = line.text(key)
    if text is None:
        return None
    written = [code for part in SEPARATORS.split(text) if (code := plain(part))]
    unknown = [code for code in written if code not in codes]
    for code in unknown or ([] if written else [text]):
        line.fault(key, "code_unknown", code=code, other=where)
    return None if unknown or not written else tuple(sorted(set(written)))


def given_out(line: Line, to: Layout) -> Collection[str]:
    """List the codes another sheet of the same workbook has given out."""
    return line.reading.codes.get(to.titles[0], {})
