"""Workbooks: an .xlsx as sheets of rows of cells, and rows as an .xlsx."""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from math import ceil
from typing import TypeAlias
from unicodedata import east_asian_width
from zipfile import BadZipFile, ZipFile

import openpyxl
from openpyxl.cell import Cell as WrittenCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.header_footer import _HeaderFooterPart as HeaderFooterPart
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from dialogs.documents.binding import bind
from dialogs.documents.lettering import printable
from dialogs.errors import Refused
from dialogs.prompts import plain

MOST_BYTES = 5_000_000
MOST_BYTES_UNPACKED = 60_000_000
MOST_ROWS = 20_000  # of all sheets together, blank ones not counted
MOST_COLUMNS = 30
LAST_ROW = 200_000  # blank ones counted: a small file can claim millions

TEXT_FORMAT = "@"
DAY_FORMAT = "yyyy-mm-dd"
NUMBER_FORMAT = "General"
PERCENT_FORMAT = "0%"
HEADER_FONT = Font(name="黑体", bold=True)
HEADER_FILL = PatternFill("solid", fgColor="DCE6F1")
LINE = Side(style="thin", color="999999")
BOX = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
MIDDLE = Alignment(vertical="center", horizontal="center", wrap_text=True)
WRAPPED = Alignment(vertical="top", wrap_text=True)
READABLE = 240  # letters of columns that may share the width of a page
MARGINS = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6, header=0.3, footer=0.3)  # inches
LINE_HEIGHT, HIGHEST = 17, 409  # points, of a line and of a row
FOOTER = "&A　第 &P 頁，共 &N 頁"


@dataclass(frozen=True)
class Cell:
    """A cell as it was read: its value, and whether it is a formula or a formula's error."""

    value: object = None
    formula: bool = False
    broken: bool = False


BLANK = Cell()


@dataclass(frozen=True)
class Percent:
    """A share to write, as so many of a hundred."""

    of_hundred: int


Value: TypeAlias = "str | int | float | date | Percent | None"


@dataclass(frozen=True)
class Row:
    """A row that is not blank, under the number Excel shows."""

    number: int
    cells: Sequence[Cell]


Sheets: TypeAlias = Mapping[str, Sequence[Row]]


@dataclass(frozen=True)
class Page:
    """A sheet to write: its title, headers with widths in letters, and rows."""

    title: str
    headers: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[Value]]


def read_sheets(content: bytes) -> Sheets:
    """Read every sheet's rows; raise Refused under `not_a_workbook`, `too_large`, `too_many_rows`.

    Nothing is computed: a formula is reported, not its last result.
    """
    if len(content) > MOST_BYTES or unpacked_size(content) > MOST_BYTES_UNPACKED:
        raise Refused("too_large", most=MOST_BYTES // 1_000_000)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what the reader skips, and of days off the scale
            return gather_rows(content)
    except Refused:
        raise
    except Exception:  # noqa: BLE001 - a damaged file breaks the reader in any way there is
        raise Refused("not_a_workbook") from None


def unpacked_size(content: bytes) -> int:
    """Add up the bytes that the parts claim; reading never takes more than is claimed."""
    try:
        with ZipFile(BytesIO(content)) as parts:
            return sum(part.file_size for part in parts.infolist())
    except (BadZipFile, ValueError, OSError):
        raise Refused("not_a_workbook") from None


def gather_rows(content: bytes) -> Sheets:
    """Gather the rows of each sheet that are not blank."""
    book = openpyxl.load_workbook(BytesIO(content), read_only=True, keep_links=False)
    sheets: dict[str, list[Row]] = {}
    left = MOST_ROWS
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what a file says of its own size is often wrong
        rows = sheets.setdefault(sheet.title, [])
        for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
            row = Row(number, [read_cell(cell.value, cell.data_type) for cell in cells])
            if not all(is_blank(cell) for cell in row.cells):
                rows.append(row)
                left -= 1
            if left < 0 or number > LAST_ROW:
                raise Refused("too_many_rows", most=MOST_ROWS)
    return sheets


def read_cell(value: object, kind: str) -> Cell:
    """Read a cell of the library's kinds: f is a formula, e an error."""
    if value is None:
        return BLANK
    if isinstance(value, str):
        value = printable(value.replace("_x000D_", ""))  # how Excel writes \r
    return Cell(value, formula=kind == "f", broken=kind == "e")


def is_blank(cell: Cell) -> bool:
    """Say whether nothing can be seen in a cell."""
    return cell.value is None or (isinstance(cell.value, str) and not plain(cell.value))


def write_sheets(pages: Sequence[Page]) -> bytes:
    """Write an .xlsx: header in bold and frozen, text as text, days and numbers as such."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for page in pages:
        write_page(book.create_sheet(page.title), page)
    written = BytesIO()
    book.save(written)
    return bind(written.getvalue())


def write_page(sheet: Worksheet, page: Page) -> None:
    """Write one sheet."""
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    lay_out_for_print(sheet, wide=sum(width for _, width in page.headers))
    for column, (_, width) in enumerate(page.headers, start=1):
        dimension = sheet.column_dimensions[get_column_letter(column)]
        dimension.width = width
        dimension.number_format = TEXT_FORMAT  # so that a code 001 typed below stays 001
    header = [write_cell(sheet, title) for title, _ in page.headers]
    for cell in header:
        cell.font, cell.fill, cell.alignment = HEADER_FONT, HEADER_FILL, MIDDLE
    sheet.append(header)
    widths = [width for _, width in page.headers]
    for number, row in enumerate(page.rows, start=2):
        sheet.append([write_cell(sheet, value) for value in row])
        lines = max(map(lines_in, row, widths), default=1)
        if lines > 1:
            sheet.row_dimensions[number].height = min(lines * LINE_HEIGHT, HIGHEST)


def lines_in(value: Value, width: int) -> int:
    """Count the lines a value takes in a column; a Chinese letter is as wide as two others."""
    if not isinstance(value, str):
        return 1
    room = max(width - 1, 2)
    spans = [
        sum(2 if east_asian_width(one) in "WFA" else 1 for one in line)
        for line in value.split("\n")
    ]
    return sum(max(ceil(span / room), 1) for span in spans)


def lay_out_for_print(sheet: Worksheet, *, wide: int) -> None:
    """Print columns on the width of as many A4 sheets lying down as keep them readable."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    if wide > READABLE:
        sheet.page_setup.fitToWidth = ceil(wide / READABLE)
        sheet.print_title_cols = "A:A"  # so that a row is known on every sheet
    sheet.page_setup.fitToHeight = 0  # as many pages as the rows need
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = MARGINS
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(center=HeaderFooterPart(text=FOOTER))


def write_cell(sheet: Worksheet, value: Value) -> WrittenCell:
    """Write a value; text stays text even where it begins like a formula or an error."""
    cell = WrittenCell(sheet, row=1, column=1)
    cell.border, cell.alignment = BOX, WRAPPED
    if isinstance(value, str):
        cell.value = printable(value)
        cell.data_type = "s"
        cell.number_format = TEXT_FORMAT
        cell.quotePrefix = True
    elif isinstance(value, date):
        cell.value = value
        cell.number_format = DAY_FORMAT
    elif isinstance(value, Percent):
        cell.value = value.of_hundred / 100
        cell.number_format = PERCENT_FORMAT
    elif value is not None:
        cell.value = value
        cell.number_format = NUMBER_FORMAT
    return cell
