"""Documents as people send them: told by their first bytes, not by what they are called."""

from io import BytesIO
from zipfile import BadZipFile, ZipFile

PDF = b"%PDF-"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIPPED = b"PK\x03\x04"
PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}


def kind_of(content: bytes) -> str | None:
    """Tell whether bytes are a pdf, doc, docx or xlsx; None if they are anything else."""
    if content.startswith(PDF):
        return "pdf"
    if content.startswith(OLD_OFFICE):
        return "doc"
    if not content.startswith(ZIPPED):
        return None
    try:
        with ZipFile(BytesIO(content)) as parts:
            named = set(parts.namelist())
    except (BadZipFile, ValueError, OSError):
        return None
    return next((kind for part, kind in PARTS.items() if part in named), None)


def file_name(name: str, kind: str) -> str:
    """Give a document a name that ends as its kind does."""
    stem = name.strip() or "document"
    return stem if stem.lower().endswith(f".{kind}") else f"{stem}.{kind}"
