"""Recovery: a key that nobody has whole, to which every case is sealed besides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from nacl.public import PrivateKey
from sqlmodel import Session, col, select

from dialogs.errors import Refused
from dialogs.flows.carried_keys import LINE
from storage.tables import Case, HandlerKey, RecoveryKey, WrappedKey
from storage.vault import cases, shares
from storage.vault.keys import fingerprint
from storage.vault.receipts import HOLDER
from storage.vault.shares import Share

AT_ONCE = 500  # cases sealed to it when a handler unlocks


@dataclass(frozen=True)
class Spare:
    """A recovery key in force, as one more reader of a case."""

    key_id: str
    public: bytes = field(repr=False)


def made(*, parts: int, needed: int) -> tuple[Spare, Sequence[Share]]:
    """Make a recovery key: the public half, and the private one in shares."""
    private = PrivateKey.generate()
    public = bytes(private.public_key)
    spare = Spare(fingerprint(public), public)
    mark = bytes.fromhex(spare.key_id)
    return spare, shares.cut(bytes(private), mark=mark, parts=parts, needed=needed)


def joined(lines: Sequence[str]) -> tuple[str, PrivateKey]:
    """Bring a recovery key back from its shares, with its name."""
    read = [shares.read(line) for line in lines]
    private = PrivateKey(shares.joined(read))
    key_id = fingerprint(bytes(private.public_key))
    if bytes.fromhex(key_id)[: shares.MARK] != read[0].mark:
        raise Refused("shares_do_not_fit")
    return key_id, private


def current(session: Session) -> RecoveryKey | None:
    """Find the recovery key in force."""
    return session.exec(select(RecoveryKey).where(col(RecoveryKey.retired_on).is_(None))).first()


def line(public: bytes) -> str:
    """Write a recovery key's public half as the line that is pasted into the bot."""
    return f"{LINE}{public.hex()}"


def spares(session: Session) -> Sequence[Spare]:
    """Give the recovery key as one more reader of a case, if there is one."""
    key = current(session)
    return [Spare(key.id, key.public)] if key else []


def put_in_force(session: Session, public: bytes, *, by: UUID, today: date) -> RecoveryKey:
    """Seal cases to a recovery key from now on; raise Refused for a key that is known."""
    id_ = fingerprint(public)
    if session.get(RecoveryKey, id_) or session.get(HandlerKey, id_):
        raise Refused("key_known")
    before = current(session)
    if before:
        before.retired_on = today
        session.add(before)
        session.flush()
    key = RecoveryKey(id=id_, public=public, set_by=by, made_on=today)
    session.add(key)
    session.flush()
    return key


def lacking(session: Session, spare: Spare) -> Sequence[Case]:
    """List the cases that lie there sealed to somebody, and not to a recovery key."""
    sealed = sa.select(col(WrappedKey.case_id))
    return session.exec(
        select(Case)
        .where(col(Case.id).in_(sealed.where(col(WrappedKey.key_id) != HOLDER)))
        .where(col(Case.id).not_in(sealed.where(col(WrappedKey.key_id) == spare.key_id)))
        .order_by(col(Case.number))
    ).all()


def left(session: Session) -> int:
    """Count the cases that came before the recovery key and are not sealed to it yet."""
    return sum(len(lacking(session, spare)) for spare in spares(session))


def seal_earlier(session: Session, own: str, private: PrivateKey) -> int:
    """Seal to the recovery key what came before it and a handler's key opens; say how many."""
    count = 0
    for spare in spares(session):
        mine = {case.id for case in cases.sealed_to(session, own)}
        for case in [one for one in lacking(session, spare) if one.id in mine][:AT_ONCE]:
            key = cases.key_of(session, case, own, private)
            key_id, sealed = cases.wrapped(case.id, key, spare)
            session.add(WrappedKey(case_id=case.id, key_id=key_id, sealed=sealed))
            count += 1
    session.flush()
    return count


def sealed(session: Session) -> Sequence[Case]:
    """List the cases that are sealed to a recovery key."""
    found = sa.select(col(WrappedKey.case_id)).join(
        RecoveryKey, col(RecoveryKey.id) == col(WrappedKey.key_id)
    )
    return session.exec(select(Case).where(col(Case.id).in_(found)).order_by(Case.number)).all()


def opens(session: Session, found: Sequence[Case]) -> Sequence[Case]:
    """Leave out the cases that are sealed to no recovery key."""
    return [case for case in found if wrapped(session, case.id)]


def wrapped(session: Session, case: UUID) -> dict[str, bytes]:
    """Find a case's key as it is sealed to recovery keys."""
    rows = session.execute(
        sa.select(col(WrappedKey.key_id), col(WrappedKey.sealed))
        .join(RecoveryKey, col(RecoveryKey.id) == col(WrappedKey.key_id))
        .where(col(WrappedKey.case_id) == case)
    )
    return {key_id: sealed for key_id, sealed in rows}  # noqa: C416 - a row is no pair to mypy
