"""How much a case takes: it must still fit into one file that a bot may send, to be opened."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session, col

from dialogs.catalogue.policy import number
from dialogs.errors import Refused
from dialogs.vocabulary import PaperKind
from storage.tables import CasePaper, CasePiece
from storage.vault.papers import Sealed

MEGABYTE = 1_000_000
FOR_TEXT = 1_500_000  # bytes beyond those of files, so that words are taken when files are not


def size_of(session: Session, case: object) -> int:
    """Say how many sealed bytes a case holds."""
    own = col(CasePaper.case_id) == case
    lying = sa.select(sa.func.coalesce(sa.func.sum(sa.func.length(CasePaper.sealed)), 0)).where(own)
    papers = sa.select(col(CasePaper.id)).where(own)
    pieces = sa.select(sa.func.coalesce(sa.func.sum(sa.func.length(CasePiece.sealed)), 0)).where(
        col(CasePiece.paper_id).in_(papers)
    )
    return int(session.execute(lying).scalar_one()) + int(session.execute(pieces).scalar_one())


def files_of(session: Session, case: object) -> int:
    """Count the files of a case."""
    counted = sa.select(sa.func.count()).where(
        col(CasePaper.case_id) == case, col(CasePaper.kind) == PaperKind.ORIGINAL
    )
    return int(session.execute(counted).scalar_one())


def must_fit(put_in: Sequence[Sealed], *, size: int = 0, files: int = 0) -> None:
    """Refuse what would make a case too large to be handed over in one file.

    `size` and `files` are what it holds already.
    """
    size += sum(len(one.content) for one in put_in)
    more = sum(one.kind is PaperKind.ORIGINAL for one in put_in)
    megabytes, most = number("case_megabytes"), number("case_files")
    if more and (files + more > most or size > megabytes * MEGABYTE):
        raise Refused("case_files_full", most=most, megabytes=megabytes)
    if size > megabytes * MEGABYTE + FOR_TEXT:
        raise Refused("case_full")
