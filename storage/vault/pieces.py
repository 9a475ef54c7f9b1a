"""A large paper lies in pieces, laid down ahead of its case, so that nobody waits for one photo.

What is laid down belongs to nothing until its case is filed. Whatever never was filed is sealed to
a key that was never written down; it is cleared away when the next process begins.
"""

import time
from itertools import islice
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from storage.database import Database, table_of
from storage.tables import CasePaper, CasePiece

SIZE = 64 * 1024  # bytes; what is no larger lies in its paper
AT_ONCE = 4  # pieces in a unit of work, which takes some milliseconds
GIVE_WAY = 0.002  # seconds between two of them, in which whoever waits to write goes first
PIECE = table_of(CasePiece)


def lay_down(books: Database, paper: UUID, sealed: bytes) -> None:
    """Write a sealed paper down, a few pieces at a time."""
    rows = (
        {"paper_id": paper, "ordinal": ordinal, "sealed": sealed[start : start + SIZE]}
        for ordinal, start in enumerate(range(0, len(sealed), SIZE))
    )
    while some := list(islice(rows, AT_ONCE)):
        with books.writing() as session:
            session.execute(sa.insert(PIECE), some)
        time.sleep(GIVE_WAY)


def whole(session: Session, paper: CasePaper) -> bytes:
    """Give a sealed paper, whichever way it lies."""
    if paper.sealed:
        return paper.sealed
    rows = session.execute(
        sa.select(PIECE.c.sealed).where(PIECE.c.paper_id == paper.id).order_by(PIECE.c.ordinal)
    )
    return b"".join(rows.scalars())


def erase(session: Session, case: UUID) -> None:
    """Destroy the pieces of a case's papers."""
    papers = sa.select(col(CasePaper.id)).where(col(CasePaper.case_id) == case)
    session.execute(sa.delete(PIECE).where(PIECE.c.paper_id.in_(papers)))


def forget_unfiled(session: Session) -> None:
    """Destroy what was laid down for a case that was never filed; only while nobody lays down."""
    filed = sa.select(col(CasePaper.id))
    session.execute(sa.delete(PIECE).where(PIECE.c.paper_id.not_in(filed)))
