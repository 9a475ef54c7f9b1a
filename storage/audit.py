"""The audit log: append only, each row's digest bound to the one before."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from hashlib import sha256
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.errors import Refused
from dialogs.rules.access import Action
from dialogs.speech import Phrase, Sayable
from dialogs.vocabulary import Verdict
from storage.tables import AuditEntry, AuditRoot

LOCK = 0x6175646974  # one writer of the log at a time, on PostgreSQL
BEGINNING = "0" * 64
ROOT = re.compile(r"([1-9][0-9]{0,17}):([0-9a-f]{16,64})")
BEFORE_ALL = -(2**62)
AT_A_TIME = 1_000  # rows in memory while the log is read through


@dataclass(frozen=True)
class Deed:
    """What is to be noted: by whom (None for somebody who has not joined), what, about what."""

    person: UUID | None
    verdict: Verdict
    action: Action
    subject: str = ""


@dataclass(frozen=True)
class Root:
    """根值: a row's number and digest, which stand for it and every row before it.

    One that was written down by hand may be just the beginning of the digest.
    """

    ordinal: int
    digest: str

    def __str__(self) -> str:
        return f"{self.ordinal}:{self.digest}"

    @classmethod
    def read(cls, text: str) -> "Root":
        """Read a root as it is printed; raise Refused if it is none."""
        found = ROOT.fullmatch("".join(text.split()).lower())
        if found is None:
            raise Refused("root_unreadable")
        return cls(int(found[1]), found[2])


@dataclass(frozen=True)
class Inspected:
    """What reading the whole log came to: where it ends, and what is wrong first, if anything."""

    head: Root | None = None
    at: datetime | None = None
    fault: Phrase | None = None

    def said(self, zone: tzinfo) -> Sequence[Phrase]:
        """Say whether the log is whole, and where it ends."""
        if self.head is None or self.at is None:
            return [self.fault or Phrase("audit.empty")]
        values: dict[str, Sayable] = {
            "ordinal": self.head.ordinal,
            "at": self.at.astimezone(zone),
            "root": str(self.head),
        }
        return [self.fault or Phrase("audit.whole"), Phrase("audit.head", values)]


def note(session: Session, deeds: Sequence[Deed], *, now: datetime) -> None:
    """Append deeds to the log."""
    if not deeds:
        return
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
    last = newest(session)
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


def newest(session: Session) -> AuditEntry | None:
    """Find the last row."""
    return session.exec(
        select(AuditEntry).order_by(col(AuditEntry.ordinal).desc()).limit(1)
    ).first()


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


def keep_root(session: Session, day: date) -> Root | None:
    """Keep the root of a day; None if there is one already, or nothing to stand for."""
    last = newest(session)
    if last is None or session.get(AuditRoot, day) is not None:
        return None
    session.add(AuditRoot(day=day, ordinal=last.ordinal, digest=last.digest))
    return Root(last.ordinal, last.digest)


def first_broken(session: Session) -> int | None:
    """Find the first row that does not follow; None when the chain is whole."""
    before, expected = BEGINNING, 1
    for entry in in_order(session):
        if entry.ordinal != expected or entry.digest != bound(entry, before):
            return entry.ordinal
        before, expected = entry.digest, expected + 1
    return None


def in_order(
    session: Session, wanted: sa.ColumnElement[bool] | None = None
) -> Iterator[AuditEntry]:
    """Read the log, or the rows of it that are wanted, never all of it at once."""
    rows = select(AuditEntry).order_by(col(AuditEntry.ordinal)).limit(AT_A_TIME)
    rows = rows if wanted is None else rows.where(wanted)
    after = BEFORE_ALL
    while found := session.exec(rows.where(col(AuditEntry.ordinal) > after)).all():
        yield from found
        after = found[-1].ordinal


def inspect(session: Session, root: Root | None = None) -> Inspected:
    """Read the whole log and hold it to the roots of its days, and to one written down."""
    last = newest(session)
    head = Root(last.ordinal, last.digest) if last else None
    at = last.at if last else None
    if (broken := first_broken(session)) is not None:
        return Inspected(head, at, Phrase("audit.broken", {"ordinal": broken}))
    kept = session.exec(select(AuditRoot).order_by(col(AuditRoot.day))).all()
    for one in kept:
        if not holds(session, Root(one.ordinal, one.digest)):
            unfit = Phrase("audit.day_does_not_fit", {"day": one.day, "ordinal": one.ordinal})
            return Inspected(head, at, unfit)
    if root and not holds(session, root):
        ends = head.ordinal if head else 0
        key = "audit.cut_off" if ends < root.ordinal else "audit.rewritten"
        return Inspected(head, at, Phrase(key, {"ordinal": root.ordinal, "end": ends}))
    return Inspected(head, at)


def holds(session: Session, root: Root) -> bool:
    """Say whether the row a root names is there and is the one it was."""
    entry = session.get(AuditEntry, root.ordinal)
    return entry is not None and entry.digest.startswith(root.digest)
