"""The vault: sealed cases that refer to nobody, opened by a handler's key or by a receipt."""

from __future__ import annotations

import hmac
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

import sqlalchemy as sa
from nacl.pwhash import argon2id
from sqlmodel import Session, col, select

from dialogs import receipt as paper
from dialogs.errors import Refused
from dialogs.events import ComplaintLodged
from dialogs.vocabulary import CLOSED, CaseState
from storage.sealing import Keyring, derived, seal, unseal
from storage.tables import Case, CasePaper, Receipt, WrappedKey

HEADER = '{"v":1,"alg":"xchacha20poly1305","kid":"case"}'
COMMISSION = "commission"  # the key with which handlers read on this server
HOLDER = "receipt"  # the key that a receipt's digits come to
PADDED = 512  # bytes; a text's length is known only by this class
MEMORY = 64 * 1024 * 1024  # bytes of Argon2id
PASSES = 3


@dataclass(frozen=True)
class Opening:
    """What a receipt comes to: a digest to compare and a key to open with."""

    digest: bytes = field(repr=False)
    key: bytes = field(repr=False)


@dataclass(frozen=True)
class Prepared:
    """A case made ready before the books are opened: sealed papers, wrapped keys, receipt."""

    id: UUID
    number: str
    secret: str = field(repr=False)
    papers: Sequence[tuple[UUID, str, bytes]] = field(repr=False)
    keys: Sequence[tuple[str, bytes]] = field(repr=False)
    digest: bytes = field(repr=False)


@dataclass(frozen=True)
class Text:
    """An opened paper of a case."""

    kind: str
    written_on: date
    text: str = field(repr=False)


def try_receipt(number: str, secret: str, *, keys: Keyring) -> Opening:
    """Work out what a receipt comes to; takes about a tenth of a second and 64 MiB.

    The salt is derived from the number under a key that is not in the database.
    """
    salt = derived(keys.receipts, f"salt:{number}")[: argon2id.SALTBYTES]
    both = argon2id.kdf(64, secret.encode(), salt, opslimit=PASSES, memlimit=MEMORY)
    return Opening(both[:32], both[32:])


def prepare(lodged: ComplaintLodged, *, keys: Keyring) -> Prepared:
    """Seal a complaint and make its receipt; slow, and touches no database."""
    case = uuid4()
    number = "".join(secrets.choice(paper.ALPHABET) for _ in range(paper.NUMBER_LENGTH))
    secret = "".join(secrets.choice("0123456789") for _ in range(paper.SECRET_LENGTH))
    case_key = os.urandom(32)
    texts = [("account", lodged.account)]
    if lodged.contact:
        texts.append(("contact", lodged.contact))
    opening = try_receipt(number, secret, keys=keys)
    return Prepared(
        id=case,
        number=number,
        secret=secret,
        papers=[write(case, kind, text, key=case_key) for kind, text in texts],
        keys=[
            (COMMISSION, keys.wrap(case_key)),
            (HOLDER, seal(case_key, key=opening.key, about=f"vault_key:{case}")),
        ],
        digest=opening.digest,
    )


def write(case: UUID, kind: str, text: str, *, key: bytes) -> tuple[UUID, str, bytes]:
    """Seal a paper of a case under the case's key, padded to a class of lengths."""
    plain = text.encode()
    plain += b"\0" * (-len(plain) % PADDED)
    id_ = uuid4()
    return id_, kind, seal(plain, key=key, about=f"vault_paper:{case}:{id_}:{kind}")


def lodge(
    session: Session, prepared: Prepared, lodged: ComplaintLodged, *, today: date, due_on: date
) -> None:
    """Write a prepared case down."""
    session.add(
        Case(
            id=prepared.id,
            number=prepared.number,
            kind=lodged.kind,
            accused=lodged.accused,
            unit=lodged.unit,
            state=CaseState.RECEIVED,
            received_on=today,
            due_on=due_on,
        )
    )
    session.flush()
    for paper_ in prepared.papers:
        file(session, prepared.id, paper_, today=today)
    for key_id, sealed in prepared.keys:
        session.add(WrappedKey(case_id=prepared.id, key_id=key_id, sealed=sealed))
    session.add(Receipt(case_id=prepared.id, digest=prepared.digest))


def file(session: Session, case: UUID, sealed: tuple[UUID, str, bytes], *, today: date) -> None:
    """Put a sealed paper into a case."""
    id_, kind, content = sealed
    before = session.execute(
        sa.select(sa.func.count()).where(col(CasePaper.case_id) == case)
    ).scalar_one()
    session.add(
        CasePaper(
            id=id_,
            case_id=case,
            kind=kind,
            ordinal=before,
            written_on=today,
            header=HEADER,
            sealed=content,
        )
    )
    session.flush()


def by_receipt(session: Session, number: str, opening: Opening) -> tuple[Case, Sequence[Text]]:
    """Find a case and its answers by receipt; raise Refused alike for every wrong one."""
    row = session.exec(
        select(Case, Receipt)
        .join(Receipt, col(Receipt.case_id) == Case.id)
        .where(Case.number == number)
    ).first()
    known = row[1].digest if row else bytes(32)
    if not hmac.compare_digest(known, opening.digest) or row is None:
        raise Refused("receipt_wrong")
    case = row[0]
    wrapped = session.get_one(WrappedKey, (case.id, HOLDER))
    key = unseal(wrapped.sealed, key=opening.key, about=f"vault_key:{case.id}")
    return case, read(session, case.id, key=key, kinds=("answer",))


def by_handler(session: Session, case: Case, *, keys: Keyring) -> Sequence[Text]:
    """Open every paper of a case with the key of its handlers."""
    return read(
        session,
        case.id,
        key=handlers_key(session, case, keys=keys),
        kinds=("account", "contact", "answer"),
    )


def handlers_key(session: Session, case: Case, *, keys: Keyring) -> bytes:
    """Open a case's key for its handlers."""
    return keys.unwrap(session.get_one(WrappedKey, (case.id, COMMISSION)).sealed)


def read(session: Session, case: UUID, *, key: bytes, kinds: Sequence[str]) -> Sequence[Text]:
    """Open papers of a case, in the order they were written."""
    papers = session.exec(
        select(CasePaper)
        .where(CasePaper.case_id == case, col(CasePaper.kind).in_(kinds))
        .order_by(col(CasePaper.ordinal))
    )
    return [
        Text(
            paper_.kind,
            paper_.written_on,
            unseal(paper_.sealed, key=key, about=f"vault_paper:{case}:{paper_.id}:{paper_.kind}")
            .rstrip(b"\0")
            .decode(),
        )
        for paper_ in papers
    ]


def answer(
    session: Session, case: Case, text: str, state: CaseState, *, keys: Keyring, today: date
) -> None:
    """Put an answer into a case and move it on."""
    key = handlers_key(session, case, keys=keys)
    file(session, case.id, write(case.id, "answer", text, key=key), today=today)
    case.state = state
    session.add(case)


def papers(session: Session, case: UUID) -> int:
    """Count what lies in a case."""
    count = sa.select(sa.func.count()).where(col(CasePaper.case_id) == case)
    return int(session.execute(count).scalar_one())


def open_cases(session: Session) -> Sequence[Case]:
    """List the open cases, the soonest due first."""
    return session.exec(
        select(Case)
        .where(col(Case.state).not_in(CLOSED))
        .order_by(col(Case.due_on), col(Case.number))
    ).all()


def open_case(session: Session, case: UUID) -> Case:
    """Find a case that is not concluded; raise Refused otherwise."""
    found = session.get(Case, case)
    if found is None or found.state in CLOSED:
        raise Refused("case_closed")
    return found
