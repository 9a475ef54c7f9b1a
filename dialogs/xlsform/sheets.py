"""A workbook as rows whose columns have their proper names, whatever spelling was used."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, TypeAlias

import openpyxl
from openpyxl.utils import get_column_letter
from pyxform.xls2json_backends import md_to_dict, xlsx_to_dict

from dialogs.xlsform.faults import Fault, Findings, FormFaults, What
from dialogs.xlsform.form import Wording
from dialogs.xlsform.markup import plain

LARGEST = 5_000_000  # bytes of a file
UNPACKED = 30_000_000  # bytes of what is inside it
MOST_ROWS: Mapping[str, int] = {"survey": 1000, "choices": 3000, "settings": 10}
MOST_BLANK = 60  # rows in a row, after which pyxform reads no further
SHEETS = ("survey", "choices", "settings", "entities", "external_choices", "osm")

SPOKEN = frozenset({"label", "hint", "constraint_message", "required_message", "guidance_hint"})
ALIASES: Mapping[str, str] = {
    "caption": "label",
    "tag": "name",
    "command": "type",
    "relevance": "relevant",
    "calculate": "calculation",
    "constraining_message": "constraint_message",
    "requiredmsg": "required_message",
    "readonly": "read_only",
    "count": "repeat_count",
    "jr:count": "repeat_count",
    "bind::relevant": "relevant",
    "bind::required": "required",
    "bind::constraint": "constraint",
    "bind::calculate": "calculation",
    "bind::readonly": "read_only",
    "bind::jr:constraintmsg": "constraint_message",
    "bind::jr:requiredmsg": "required_message",
    "control::jr:count": "repeat_count",
    "body::jr:count": "repeat_count",
    "set_form_id": "form_id",
    "id_string": "form_id",
    "set_form_title": "form_title",
    "title": "form_title",
}
LANGUAGES: Mapping[str, str] = {
    "english": "en",
    "chinese": "zh-Hant",
    "中文": "zh-Hant",
    "繁體中文": "zh-Hant",
    "正體中文": "zh-Hant",
    "繁体中文": "zh-Hant",
    "简体中文": "zh-Hans",
    "簡體中文": "zh-Hans",
    "zh": "zh-Hant",
    "zh-tw": "zh-Hant",
    "zh-hk": "zh-Hant",
    "zh-mo": "zh-Hant",
    "zh-hant": "zh-Hant",
    "zh-hant-tw": "zh-Hant",
    "zh-cn": "zh-Hans",
    "zh-hans": "zh-Hans",
}

FORMULA = re.compile(rb"<f[\s>/]")  # in the XML of a sheet

Column: TypeAlias = tuple[str, str]
"""A column's proper name and, for texts, its language."""


@dataclass(frozen=True)
class Row:
    """A row with its number in the sheet; cells are stripped and never empty."""

    number: int
    cells: Mapping[Column, str]
    headers: Mapping[Column, str] = field(repr=False)

    def get(self, name: str) -> str:
        """Read a cell, "" where nothing stands."""
        return self.cells.get((name, ""), "")

    def header(self, name: str) -> str:
        """Give a column's heading as it was written, or its proper name if it is missing."""
        return next((title for (known, _), title in self.headers.items() if known == name), name)

    def wording(self, name: str, own: str) -> Wording:
        """Read a text in its languages, the form's own first."""
        texts = {
            language: plain(text) for (known, language), text in self.cells.items() if known == name
        }
        if "" in texts:
            texts.setdefault(own, texts[""])
            if own:
                del texts[""]
        return Wording(tuple(sorted(texts.items(), key=lambda text: text[0] not in ("", own))))


@dataclass(frozen=True)
class Sheet:
    """A sheet: its rows that say anything, and its columns with their headings."""

    name: str
    rows: Sequence[Row] = ()
    headers: Mapping[Column, str] = field(default_factory=dict)


Workbook: TypeAlias = Mapping[str, Sheet]


def read_workbook(content: bytes, findings: Findings) -> Workbook:
    """Read an .xlsx file; raise FormFaults at once if it is none, or too large to look into."""
    if len(content) > LARGEST:
        raise FormFaults([Fault("", 0, "", What.TOO_LARGE, {"most": LARGEST // 1_000_000})])
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise FormFaults([Fault("", 0, "", What.NOT_XLSX)]) from None
    if unpacked > UNPACKED:
        raise FormFaults([Fault("", 0, "", What.TOO_LARGE, {"most": LARGEST // 1_000_000})])
    for fault in hidden_by_the_reader(content):
        findings.add(fault.sheet, fault.row, fault.column, fault.what, **fault.values)
    findings.settle()
    book = opened(xlsx_to_dict, content, findings)
    for sheet_name, row, heading in not_worked_out(content):
        findings.add(sheet_name, row, heading, What.FORMULA)
    return book


def hidden_by_the_reader(content: bytes) -> Iterator[Fault]:
    """Find what pyxform does not say where, or passes over: double headings, rows after blanks."""
    try:
        book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
    except Exception:  # noqa: BLE001 - a broken file is told by the reader itself
        return
    for one in book.worksheets:
        sheet, blank, headings = one.title.lower(), 0, True
        if sheet not in MOST_ROWS:
            continue
        for number, row in enumerate(one.iter_rows(values_only=True), 1):
            said = [text for cell in row if cell is not None and (text := str(cell).strip())]
            if headings:
                for text in dict.fromkeys(text for text in said if said.count(text) > 1):
                    yield Fault(sheet, number, text, What.DUPLICATE_HEADING, {"heading": text})
            if said and blank >= MOST_BLANK:
                yield Fault(sheet, number, "", What.BLANK_ROWS, {"count": blank})
                break
            blank, headings = (0, False) if said else (blank + 1, headings)


def not_worked_out(content: bytes) -> Iterator[tuple[str, int, str]]:
    """Find the formulas without a last result, which would be read as blanks."""
    with zipfile.ZipFile(BytesIO(content)) as packed:
        sheets = [name for name in packed.namelist() if name.startswith("xl/worksheets/")]
        if not any(FORMULA.search(packed.read(name)) for name in sheets):
            return
    written, read = (
        openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=data_only)
        for data_only in (False, True)
    )
    for one in written.worksheets:
        if one.title.lower() not in MOST_ROWS:
            continue
        rows = zip(one.iter_rows(), read[one.title].iter_rows(), strict=False)
        headings: Sequence[object] = ()
        for number, (formulas, results) in enumerate(rows, 1):
            headings = headings or [cell.value for cell in results]
            for place, (formula, result) in enumerate(zip(formulas, results, strict=False)):
                if formula.data_type == "f" and result.value is None:
                    heading = headings[place] if place < len(headings) else None
                    yield one.title.lower(), number, str(heading or get_column_letter(place + 1))


def read_tables(text: str, findings: Findings) -> Workbook:
    """Read a workbook written as Markdown tables."""
    return opened(md_to_dict, text.encode(), findings)


def opened(
    reader: Callable[[BytesIO], Mapping[str, Any]], content: bytes, findings: Findings
) -> Workbook:
    """Let pyxform read a workbook, and name its columns properly."""
    try:
        raw = reader(BytesIO(content))
    except Exception as error:  # a broken file can do anything to its reader
        twice = re.search(r"Duplicate column header: (.*)", str(error))
        fault = (
            Fault("", 0, "", What.DUPLICATE_HEADING, {"heading": twice[1]})
            if twice
            else Fault("", 0, "", What.NOT_XLSX)
        )
        raise FormFaults([fault]) from error
    return {name: sheet(name, raw, findings) for name in SHEETS if raw.get(name) is not None}


def sheet(name: str, raw: Mapping[str, Any], findings: Findings) -> Sheet:
    """Name a sheet's columns and drop its blank rows."""
    rows = raw[name]
    most = MOST_ROWS.get(name, 0)
    if name in MOST_ROWS and len(rows) > most:
        findings.add(name, most + 2, "", What.TOO_MANY_ROWS, most=most)
        rows = rows[:most]
    titles = [title for header in raw.get(f"{name}_header", []) for title in header if title]
    headers: dict[Column, str] = {}
    columns: dict[str, Column] = {}
    for title in titles:
        column = columns[title] = proper(str(title), name)
        if column in headers:
            findings.add(name, 1, str(title), What.DUPLICATE_COLUMN, other=headers[column])
        headers.setdefault(column, str(title))
    return Sheet(
        name,
        [
            Row(number, cells, headers)
            for number, row in enumerate(rows, 2)
            if (cells := tidy(row, columns))
        ],
        headers,
    )


def tidy(row: Mapping[str, object], columns: Mapping[str, Column]) -> dict[Column, str]:
    """Keep what a row says, without blanks around it."""
    stripped = {title: str(cell).strip() for title, cell in row.items() if cell is not None}
    return {columns[title]: cell for title, cell in stripped.items() if cell and title in columns}


def proper(title: str, sheet: str) -> Column:
    """Give a heading its proper name and language: `Label::English (en)` is label in en."""
    parts = [part.strip() for part in title.split("::")]
    if len(parts) == 1 and ":" in title and not title.lower().startswith(("jr:", "bind:")):
        parts = [part.strip() for part in title.split(":", 1)]
    first = "_".join(parts[0].lower().split())
    whole = ALIASES.get("::".join([first, *parts[1:]]).lower())
    if whole:
        return whole, ""
    if sheet == "choices" and first == "value":
        first = "name"
    first = ALIASES.get(first, first)
    if sheet == "choices" and first not in ("label", "name", "list_name", "media"):
        return title.strip(), ""  # a column of the form's own, for its filters
    if first in SPOKEN and len(parts) == 2:
        return first, language(parts[1])
    return "::".join([first, *parts[1:]]), ""


def language(name: str) -> str:
    """Give the tag of a language as a heading names it: `English (en)`, `繁體中文`, `zh-TW`."""
    coded = re.search(r"[((]\s*([A-Za-z][\w-]*)\s*[))]\s*$", name)
    tag = (coded[1] if coded else name).strip().replace("_", "-")
    return LANGUAGES.get(tag.lower(), tag)
