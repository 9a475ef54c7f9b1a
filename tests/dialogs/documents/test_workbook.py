"""How a workbook lies on paper."""

from io import BytesIO

import openpyxl
import pytest

from dialogs.documents.ledger import COLUMNS, SUMMARY
from dialogs.documents.warning_ledger import COLUMNS as OF_WARNINGS
from dialogs.documents.workbook import READABLE, Page, write_sheets

ACROSS = 150  # letters of the size workbooks are written in, on the width of A4 lying down


def test_every_sheet_is_printed_on_the_width_of_a4_with_numbered_pages() -> None:
    book = openpyxl.load_workbook(BytesIO(write_sheets([Page("台賬", COLUMNS, [])])))
    (sheet,) = book.worksheets
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)
    assert sheet.print_title_rows == "$1:$1"
    assert "&P" in sheet.oddFooter.center.text


def test_a_sheet_too_wide_for_one_page_takes_several_each_with_the_first_column() -> None:
    book = openpyxl.load_workbook(BytesIO(write_sheets([Page("預警台賬", OF_WARNINGS, [])])))
    (sheet,) = book.worksheets
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (2, 0)
    assert sheet.print_title_cols == "$A:$A"
    assert sum(width for _, width in OF_WARNINGS) / 2 <= READABLE


@pytest.mark.parametrize("headers", [COLUMNS, SUMMARY])
def test_the_ledger_is_printed_no_smaller_than_two_thirds(
    headers: tuple[tuple[str, int], ...],
) -> None:
    assert sum(width for _, width in headers) * 2 / 3 <= ACROSS


def test_a_row_is_as_high_as_what_stands_in_it_so_that_nothing_is_cut_off() -> None:
    page = Page(
        "台賬", [("崗位", 12), ("措施", 24)], [["會計", "短"], ["財政所惠農專管員", "一\n二\n三"]]
    )
    (sheet,) = openpyxl.load_workbook(BytesIO(write_sheets([page]))).worksheets
    assert [sheet.row_dimensions[row].height for row in (2, 3)] == [None, 51]
