"""The audit log: append only, each row's digest bound to the one before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.rules.access import Action
from dialogs.vocabulary import Verdict
from storage.tables import AuditEntry

LOCK = 0x6175646974  # one writer of the log at a time, on PostgreSQL
BEGINNING = "0" * 64


@dataclass(frozen=True)
class Deed:
    """What is to be noted: by whom (None for somebody who has not joined), what, about what."""

    person: UUID | None
    verdict: Verdict
    action: Action
    subject: str = ""


def note(session: Session, deeds: Sequence[Deed], *, now: datetime) -> None:
    """Append deeds to the log."""
    if not deeds:
        return
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
    last = session.exec(select(AuditEntry).order_by(col(AuditEntry.ordinal).desc())).first()
    ordinal, digest = (last.ordinal, last.digest) if last else (0, BEGINNING)
    for deed in deeds:
        ordinal += 1
        entry = AuditEntry(
            ordinal=ordinal,
            at=now,
            person_id=deed.person,
            verdict=deed.verdict,
            action=deed.action.value,
            subject=deed.subject,
            digest="",
        )
        entry.digest = digest = bound(entry, digest)
        session.add(entry)


def bound(entry: AuditEntry, before: str) -> str:
    """Compute the digest of a row, which binds it to the digest of the row before."""
    row = (
        before,
        str(entry.ordinal),
        f"{entry.at.timestamp():.6f}",
        entry.person_id.hex if entry.person_id else "",
        entry.verdict.value,
        entry.action,
        entry.subject,
    )
    return sha256("\x1f".join(row).encode()).hexdigest()


def first_broken(session: Session) -> int | None:
    """Find the first row whose digest does not follow; None when the chain is whole."""
    before, expected = BEGINNING, 1
    for entry in session.exec(select(AuditEntry).order_by(col(AuditEntry.ordinal))):
        if entry.ordinal != expected or entry.digest != bound(entry, before):
            return entry.ordinal
        before, expected = entry.digest, expected + 1
    return None
