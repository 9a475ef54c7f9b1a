"""A case taken away: packed as it lies in the vault, opened on a computer without a database."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey

from dialogs.errors import Refused
from dialogs.vocabulary import PaperKind
from storage.sealing import unseal_with
from storage.vault import papers
from storage.vault.papers import Opened

VERSION = 2
DAMAGED = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True)
class CarriedPaper:
    """A paper of a case, sealed as it lies."""

    id: UUID
    kind: PaperKind
    written_on: date
    sealed: bytes = field(repr=False)


@dataclass(frozen=True)
class Carried:
    """A case to take away: its papers, and its key sealed to a handler and to recovery."""

    case: UUID
    number: str
    key: str
    wrapped: Mapping[str, bytes] = field(repr=False)
    papers: Sequence[CarriedPaper] = field(repr=False)

    def packed(self) -> bytes:
        """Write it as a file."""
        packed = {
            "v": VERSION,
            "case": self.case.hex,
            "number": self.number,
            "key": self.key,
            "wrapped": {key_id: b64(sealed) for key_id, sealed in self.wrapped.items()},
            "papers": [
                {
                    "id": one.id.hex,
                    "kind": one.kind.value,
                    "on": one.written_on.isoformat(),
                    "sealed": b64(one.sealed),
                }
                for one in self.papers
            ],
        }
        return json.dumps(packed).encode()

    def must_be_sealed_to(self, key_id: str) -> None:
        """Refuse a case that is another key's."""
        if key_id not in self.wrapped:
            raise Refused("carried_to_another", mark=self.key, own=key_id)

    def opened(self, key_id: str, private: PrivateKey) -> Sequence[Opened]:
        """Open every paper; raise Refused where the key is another's or the file damaged."""
        self.must_be_sealed_to(key_id)
        try:
            key = papers.unwrapped(self.case, key_id, self.wrapped[key_id], private=private)
            return [self.open(one, key) for one in self.papers]
        except (CryptoError, *DAMAGED):
            raise Refused("carried_damaged") from None

    def open(self, paper: CarriedPaper, key: PrivateKey) -> Opened:
        """Open a paper with the case's key."""
        about = papers.about(self.case, paper.id, paper.kind)
        plain = papers.unpadded(unseal_with(paper.sealed, private=key, about=about))
        return Opened(paper.kind, paper.written_on, plain)


def read(content: bytes) -> Carried:
    """Read a case that was taken away; raise Refused for what is none."""
    try:
        packed = json.loads(content)
        if packed["v"] != VERSION:
            raise Refused("carried_newer")
        return Carried(
            case=UUID(packed["case"]),
            number=str(packed["number"]),
            key=str(packed["key"]),
            wrapped={str(one): unb64(sealed) for one, sealed in packed["wrapped"].items()},
            papers=[
                CarriedPaper(
                    UUID(one["id"]),
                    PaperKind(one["kind"]),
                    date.fromisoformat(one["on"]),
                    unb64(one["sealed"]),
                )
                for one in packed["papers"]
            ],
        )
    except DAMAGED:
        raise Refused("carried_damaged") from None


def b64(content: bytes) -> str:
    """Write bytes as letters."""
    return b64encode(content).decode()


def unb64(letters: str) -> bytes:
    """Read bytes written as letters; raise ValueError for what is none."""
    return b64decode(letters, validate=True)
