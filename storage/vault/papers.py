"""Papers of a case: anybody may put one in, only who holds the case's key takes one out.

A case has a pair of keys. Its papers are sealed to the public one, which lies beside them; the
private one is sealed to every handler and to the receipt.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID, uuid4

import sqlalchemy as sa
from nacl.public import PrivateKey, PublicKey
from sqlmodel import Session, col, select

from dialogs.speech import Phrase, Sayable
from dialogs.vocabulary import CameBy, PaperKind, ToldBy
from storage.database import Database
from storage.sealing import seal_to, unseal_with
from storage.tables import Case, CasePaper
from storage.vault import pieces

PADDED = 512  # bytes; a text's length is known only by this class
FILE_PADDED = 64 * 1024  # bytes, of a file
ALGORITHM = "x25519-xchacha20poly1305"
WORDS = {PaperKind.CAME_BY: CameBy, PaperKind.TOLD_BY: ToldBy}  # papers that are but a word


@dataclass(frozen=True)
class Sealed:
    """A paper, sealed and ready to be filed."""

    id: UUID
    kind: PaperKind
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Opened:
    """An opened paper of a case."""

    kind: PaperKind
    written_on: date
    content: bytes = field(repr=False)

    @property
    def text(self) -> str:
        """What a text says."""
        return self.content.decode()

    @property
    def said(self) -> Sayable:
        """What a text says, the word of the trade that it is, or that it was spoken."""
        word = WORDS.get(self.kind)
        return word(self.text) if word else self.text or Phrase("complaint.spoken")


def header(key_id: str) -> str:
    """Say how a paper is sealed: version, algorithm, key."""
    return json.dumps({"v": 2, "alg": ALGORITHM, "kid": key_id}, separators=(",", ":"))


def about(case: UUID, paper: UUID, kind: PaperKind) -> str:
    """Say what a paper is; a sealed one cannot be passed off as another."""
    return f"vault_paper:{case}:{paper}:{kind}"


def key_about(case: UUID, key_id: str) -> str:
    """Say what a case's key is where it is sealed to another."""
    return f"vault_key:{case}:{key_id}"


def unwrapped(case: UUID, key_id: str, sealed: bytes, *, private: PrivateKey) -> PrivateKey:
    """Open a case's key with a reader's; raise nacl.exceptions.CryptoError if it is another's."""
    return PrivateKey(unseal_with(sealed, private=private, about=key_about(case, key_id)))


def padded(plain: bytes, size: int) -> bytes:
    """Hide a length: its own in four bytes, the content, zeros up to a multiple of `size`."""
    whole = len(plain).to_bytes(4) + plain
    return whole + b"\0" * (-len(whole) % size)


def unpadded(whole: bytes) -> bytes:
    """Take the content out of what was padded."""
    return whole[4 : 4 + int.from_bytes(whole[:4])]


def write(case: UUID, kind: PaperKind, plain: str | bytes, *, public: PublicKey) -> Sealed:
    """Seal a paper to a case's public key."""
    id_ = uuid4()
    whole = padded(plain.encode(), PADDED) if isinstance(plain, str) else padded(plain, FILE_PADDED)
    return Sealed(id_, kind, seal_to(whole, public=public, about=about(case, id_, kind)))


def laid_down(books: Database, papers: Sequence[Sealed]) -> Sequence[Sealed]:
    """Write the large ones of some papers ahead of their case; give them all, those empty."""
    for one in papers:
        if len(one.content) > pieces.SIZE:
            pieces.lay_down(books, one.id, one.content)
    return [replace(one, content=b"") if len(one.content) > pieces.SIZE else one for one in papers]


def file(session: Session, case: Case, papers: Sequence[Sealed], *, today: date) -> None:
    """Put sealed papers into a case."""
    before = count(session, case.id)
    for ordinal, one in enumerate(papers, before):
        session.add(
            CasePaper(
                id=one.id,
                case_id=case.id,
                kind=one.kind,
                ordinal=ordinal,
                written_on=today,
                header=header("case"),
                sealed=one.content,
            )
        )
    session.flush()


def read(
    session: Session, case: UUID, *, private: PrivateKey, kinds: Collection[PaperKind]
) -> Sequence[Opened]:
    """Open papers of a case, in the order they were put in."""
    papers = session.exec(
        select(CasePaper)
        .where(CasePaper.case_id == case, col(CasePaper.kind).in_(kinds))
        .order_by(col(CasePaper.ordinal))
    )
    return [
        Opened(one.kind, one.written_on, unpadded(unseal_with(sealed, private=private, about=says)))
        for one in papers
        for sealed in [pieces.whole(session, one)]
        for says in [about(case, one.id, one.kind)]
    ]


def count(session: Session, case: UUID) -> int:
    """Count what lies in a case."""
    counted = sa.select(sa.func.count()).where(col(CasePaper.case_id) == case)
    return int(session.execute(counted).scalar_one())
