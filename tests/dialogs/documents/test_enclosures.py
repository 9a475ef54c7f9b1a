from io import BytesIO
from zipfile import ZipFile

import docx
import openpyxl
import pytest

from dialogs.documents.enclosures import OLD_OFFICE, file_name, kind_of


def word() -> bytes:
    content = BytesIO()
    docx.Document().save(content)
    return content.getvalue()


def excel() -> bytes:
    content = BytesIO()
    openpyxl.Workbook().save(content)
    return content.getvalue()


def other_zip() -> bytes:
    content = BytesIO()
    with ZipFile(content, "w") as parts:
        parts.writestr("run.exe", b"MZ")
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (word(), "docx"),
        (excel(), "xlsx"),
        (b"%PDF-1.4 ...", "pdf"),
        (OLD_OFFICE + b"...", "doc"),
        (other_zip(), None),
        (b"PK\x03\x04 broken", None),
        (b"MZ\x90\x00", None),
        (b"<html>", None),
        (b"", None),
    ],
)
def test_a_document_is_told_by_its_content(content: bytes, kind: str | None) -> None:
    assert kind_of(content) == kind


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("制度.docx", "制度.docx"),
        ("制度.DOCX", "制度.DOCX"),
        ("制度", "制度.docx"),
        ("", "document.docx"),
    ],
)
def test_a_document_is_called_as_what_it_is(name: str, written: str) -> None:
    assert file_name(name, "docx") == written
