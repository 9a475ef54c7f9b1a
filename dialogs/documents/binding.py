"""Bind a paper so that the same values always give the same bytes."""

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

PROPERTIES = "docProps/core.xml"
MOMENTS = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
NO_MOMENT = rb"\g<1>2000-01-01T00:00:00Z"  # the libraries would write the clock here


def bind(content: bytes) -> bytes:
    """Take the clock out of an Office file (.docx, .xlsx)."""
    bound = BytesIO()
    with ZipFile(BytesIO(content)) as loose, ZipFile(bound, "w", ZIP_DEFLATED) as book:
        for name in loose.namelist():
            part = loose.read(name)
            if name == PROPERTIES:
                part = MOMENTS.sub(NO_MOMENT, part)
            leaf = ZipInfo(name)  # dated 1980-01-01
            leaf.compress_type = ZIP_DEFLATED
            book.writestr(leaf, part)
    return bound.getvalue()
