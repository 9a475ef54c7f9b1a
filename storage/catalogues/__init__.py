"""The catalogues: entries in versions, what they say, what is missing, the workbook of them all."""

from storage.catalogues.exchange import Change, codes, export, take_over
from storage.catalogues.lacks import missing, missing_by_unit
from storage.catalogues.nodes import Node, nodes_of
from storage.catalogues.reading import (
    Kept,
    Row,
    approved,
    file_of,
    is_public,
    latest,
    powers_of,
    published,
    read,
    units_published,
)
from storage.catalogues.reviewing import approvers, waiting_for
from storage.catalogues.versions import decide, find, kind_of, write

__all__ = [
    "Change",
    "Kept",
    "Node",
    "Row",
    "approved",
    "approvers",
    "codes",
    "decide",
    "export",
    "file_of",
    "find",
    "is_public",
    "kind_of",
    "latest",
    "missing",
    "missing_by_unit",
    "nodes_of",
    "powers_of",
    "published",
    "read",
    "take_over",
    "units_published",
    "waiting_for",
    "write",
]
