"""The organisation workbook read cell by cell: what cannot be read becomes a fault, not a stop."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from openpyxl.utils import get_column_letter

from dialogs.dates import read_day
from dialogs.documents.faults import Fault
from dialogs.documents.roster_layout import KINDS, LAYOUTS, ROLES, SEATS, STILL, Column, Layout
from dialogs.documents.workbook import BLANK, Cell, Row, Sheets, is_blank
from dialogs.prompts import plain
from dialogs.speech import Sayable
from dialogs.vocabulary import Role, Seat, UnitKind

EARLIEST, LATEST = date(1949, 10, 1), date(2100, 12, 31)
MIDNIGHT = re.compile(r"[T ]0{1,2}:00(:00(\.0+)?)?$")  # how other systems export a day
SEPARATORS = re.compile(r"[、,，;；/\n]+")
EDGES = re.compile(r"^[\s\u200b\u200e\u200f\ufeff]+|[\s\u200b\u200e\u200f\ufeff]+$")


@dataclass
class Reading:
    """A workbook being read: the faults found so far, and the codes each sheet has given out."""

    sheets: Sheets
    faults: list[Fault] = field(default_factory=list)
    codes: dict[str, dict[str, int]] = field(default_factory=dict)  # code to row, by sheet

    def rows(self, layout: Layout) -> Iterator["Line"]:
        """Read a sheet's rows under its header, which is the first row that is not blank."""
        title = self.title_of(layout)
        if title is None:
            if layout.required:
                self.add(layout.titles[0], 0, "", "sheet_missing")
            return
        rows = self.sheets[title]
        header = rows[0] if rows else Row(1, ())
        places = self.find_columns(title, header, layout.columns)
        if "code" in places:
            self.codes[layout.titles[0]] = {}
        for row in rows[1:]:
            line = Line(self, layout, title, row, places)
            if not all(is_blank(line.cell(key)) for key in places):
                yield line

    def miss_rows(self, layout: Layout) -> None:
        """Note once that a sheet has no rows for others to refer to, if it has no other fault."""
        title = self.title_of(layout) or layout.titles[0]
        if all(fault.sheet != title for fault in self.faults):
            self.add(title, 0, "", "sheet_empty")

    def title_of(self, layout: Layout) -> str | None:
        """Find the sheet of a layout, as it is written; None where there is none."""
        return next((name for name in self.sheets if fold(name) in layout.titles), None)

    def find_columns(
        self, title: str, header: Row, columns: Mapping[str, Column]
    ) -> dict[str, int]:
        """Find where each column stands, counted from 1."""
        places: dict[str, int] = {}
        for place, cell in enumerate(header.cells, start=1):
            word = fold(str(cell.value or ""))
            key = next((key for key, column in columns.items() if word in column.headers), None)
            if key in places:
                self.add(title, header.number, get_column_letter(place), "column_twice", name=word)
            elif key is not None:
                places[key] = place
        for key, column in columns.items():
            if key not in places and not column.optional:
                self.add(title, header.number, "", "column_missing", name=column.headers[0])
        return places

    def add(self, sheet: str, row: int, column: str, key: str, **values: Sayable) -> None:
        """Note a fault."""
        self.faults.append(Fault(sheet, row, column, f"roster.fault.{key}", values))


@dataclass(frozen=True)
class Line:
    """One row: each reader gives None, having noted why, where a cell cannot be read."""

    reading: Reading
    layout: Layout
    sheet: str
    row: Row
    places: Mapping[str, int]

    def cell(self, key: str) -> Cell:
        """Take a cell; an empty one where the sheet has no such column."""
        place = self.places.get(key)
        if place is None or place > len(self.row.cells):
            return BLANK
        return self.row.cells[place - 1]

    def has(self, key: str) -> bool:
        """Say whether the sheet has a column."""
        return key in self.places

    def fault(self, column: str, key: str, **values: Sayable) -> None:
        """Note what is wrong with a cell of this row."""
        letter = get_column_letter(self.places[column]) if column in self.places else ""
        self.reading.add(self.sheet, self.row.number, letter, key, **values)

    def text(self, key: str) -> str | None:
        """Read text; "" where nothing is given and nothing is required."""
        cell, column = self.cell(key), self.layout.columns[key]
        if cell.formula or cell.broken:
            self.fault(key, "formula" if cell.formula else "error_cell")
            return None
        if isinstance(cell.value, date | time | timedelta):
            self.fault(key, "day_not_text")
            return None
        text = as_text(cell.value)
        if not plain(text) and column.required:
            if key in self.places:  # a column that is missing is said once, not for each row
                self.fault(key, "empty", name=column.headers[0])
            return None
        if len(text) > column.most:
            self.fault(key, "too_long", most=column.most, length=len(text))
            return None
        return text

    def code(self) -> str | None:
        """Read this row's own code, and give it out; it may be given out once."""
        code = self.folded("code")
        if code is None:  # so too where the sheet has no such column
            return None
        given = self.reading.codes[self.layout.titles[0]]
        if code in given:
            self.fault("code", "code_twice", code=code, first=given[code])
            return None
        given[code] = self.row.number
        return code

    def reference(self, key: str, to: Layout) -> str | None:
        """Read the code of a row of another sheet; "" where none is given and none required."""
        code = self.folded(key)
        if code == "":
            return code
        given = self.reading.codes.get(to.titles[0])
        if code is None or given is None:  # that sheet's own fault is said already
            return None
        if not given:
            self.reading.miss_rows(to)
            return None
        if code not in given:
            self.fault(key, "code_unknown", code=code, other=to.titles[0])
            return None
        return code

    def folded(self, key: str) -> str | None:
        """Read text with full-width letters and digits folded."""
        text = self.text(key)
        return None if text is None else plain(text)

    def kind(self) -> UnitKind | None:
        """Read what kind of unit it is."""
        word = self.folded("kind")
        if word is None:
            return None
        kind = KINDS.get(word.lower())
        if kind is None:
            self.fault("kind", "kind_unknown", word=word)
        return kind

    def seat(self) -> Seat | None:
        """Read a seat in the leading group."""
        word = self.folded("seat")
        if word is None:
            return None
        seat = SEATS.get(word.lower())
        if seat is None:
            self.fault("seat", "seat_unknown", word=word)
        return seat

    def roles(self) -> frozenset[Role] | None:
        """Read the roles of a person."""
        text = self.text("roles")
        if text is None:
            return None
        words = [word for part in SEPARATORS.split(text) if (word := plain(part))]
        unknown = [word for word in words if word.lower() not in ROLES]
        for word in unknown or ([] if words else [text]):
            self.fault("roles", "role_unknown", word=word)
        return None if unknown or not words else frozenset(ROLES[word.lower()] for word in words)

    def day(self, key: str) -> date | None:
        """Read a day; None, without a fault, where none is given and none is required."""
        cell = self.cell(key)
        if isinstance(cell.value, date):  # a datetime is one too
            day: date | None = cell.value.date() if isinstance(cell.value, datetime) else cell.value
        else:
            text = self.folded(key)
            if not text or (text.lower() in STILL and not self.layout.columns[key].required):
                return None
            day = fixed_day(MIDNIGHT.sub("", text))
            if day is None:
                self.fault(key, "day_unreadable", text=text)
        if day is not None and not EARLIEST <= day <= LATEST:
            self.fault(key, "day_implausible", day=day)
            return None
        return day


def fold(header: str) -> str:
    """Fold a header or title for comparison."""
    return plain(header).lower().replace("_", " ").rstrip("*")


def as_text(value: object) -> str:
    """Read a cell's value as text: a number typed where text is meant keeps its digits."""
    match value:
        case None:
            return ""
        case float() if value.is_integer():
            return f"{value:.0f}"
        case _:
            return EDGES.sub("", str(value))


def fixed_day(text: str) -> date | None:
    """Read a day that does not depend on when it is read: 明天 and 5月4日 are none."""
    days = {read_day(text, today=today) for today in (date(2000, 1, 1), date(2050, 7, 1))}
    return days.pop() if len(days) == 1 else None


def in_order(faults: Sequence[Fault], layouts: Sequence[Layout] = LAYOUTS) -> Sequence[Fault]:
    """Sort faults as the workbook is read: by sheet, row and column."""
    order = {title: place for place, layout in enumerate(layouts) for title in layout.titles}
    return sorted(
        faults, key=lambda fault: (order.get(fold(fault.sheet), 0), fault.row, fault.column)
    )
