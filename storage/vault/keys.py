"""Handlers' keys: whose they are, how they are unlocked, and who has one in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey
from nacl.pwhash import argon2id
from sqlmodel import Session, col, select

from dialogs.errors import Refused
from dialogs.facts import Handler
from dialogs.rules.access import COMMISSION
from dialogs.vocabulary import Viewing
from storage.people import places_held, units_led
from storage.sealing import Keyring, derived, seal, seal_to, unseal
from storage.tables import HandlerKey, Kinship, Person, RoleHeld, WrappedKey

MEMORY = 64 * 1024 * 1024  # bytes of Argon2id
PASSES = 3


@dataclass(frozen=True)
class NewKey:
    """A pair of keys made just now; `locked` is the private one under a passphrase, if kept."""

    id: str
    public: bytes
    viewing: Viewing
    locked: bytes | None = field(default=None, repr=False)


class Reader(Protocol):
    """Whatever has a key that a case can be sealed to."""

    @property
    def key_id(self) -> str:
        """The key's fingerprint."""

    @property
    def public(self) -> bytes:
        """Its public half."""


@dataclass(frozen=True)
class KeyHolder(Handler):
    """A handler with the key in force, to which cases are sealed."""

    key_id: str = ""
    public: bytes = field(default=b"", repr=False)


def fingerprint(public: bytes) -> str:
    """Name a public key, in sixteen signs that two people can compare."""
    return blake2b(public, digest_size=8, person=b"qingfeng").hexdigest()


def stretched(
    secret: str, salt: bytes, *, size: int = 32, passes: int = PASSES, memory: int = MEMORY
) -> bytes:
    """Work out the bytes a secret comes to; takes about a tenth of a second and 64 MiB."""
    come_to: bytes = argon2id.kdf(size, secret.encode(), salt, opslimit=passes, memlimit=memory)
    return come_to


def salt_for(what: str, *, keys: Keyring) -> bytes:
    """Derive the salt of a secret under a key that is not in the database."""
    return derived(keys.receipts, what)[: argon2id.SALTBYTES]


def made(passphrase: str, *, keys: Keyring) -> NewKey:
    """Make a pair of keys whose private half stays on the server, locked."""
    private = PrivateKey.generate()
    public = bytes(private.public_key)
    id_ = fingerprint(public)
    key = stretched(passphrase, salt_for(f"passphrase:{id_}", keys=keys))
    locked = seal(bytes(private), key=key, about=f"handler_key:{id_}")
    return NewKey(id_, public, Viewing.IN_CHAT, locked)


def unlocked(key_id: str, locked: bytes, passphrase: str, *, keys: Keyring) -> PrivateKey:
    """Unlock a private key; raise Refused if the passphrase is another."""
    key = stretched(passphrase, salt_for(f"passphrase:{key_id}", keys=keys))
    try:
        return PrivateKey(unseal(locked, key=key, about=f"handler_key:{key_id}"))
    except CryptoError:
        raise Refused("passphrase_wrong", about=key_id) from None


def current(session: Session, person: UUID) -> HandlerKey | None:
    """Find the key somebody's cases are sealed to."""
    return session.exec(
        select(HandlerKey).where(
            HandlerKey.person_id == person, col(HandlerKey.retired_on).is_(None)
        )
    ).first()


def own(session: Session, person: UUID) -> HandlerKey:
    """Find the key somebody's cases are sealed to; raise Refused without one."""
    key = current(session, person)
    if key is None:
        raise Refused("no_key_yet")
    return key


def was_in_force(session: Session, key_id: str) -> bool:
    """Say whether a key is or was anybody's."""
    return session.get(HandlerKey, key_id) is not None


def can_be_sealed_to(public: bytes) -> bool:
    """Say whether anything can be sealed to a public key; what is none would stop every case."""
    try:
        seal_to(b"", public=PublicKey(public), about="trial")
    except (CryptoError, RuntimeError):
        return False
    return True


def put_in_force(session: Session, person: UUID, new: NewKey, *, today: date) -> HandlerKey:
    """Let a key be the one somebody's cases are sealed to from now on."""
    before = current(session, person)
    if before:
        before.retired_on = today
        session.add(before)
        session.flush()
    key = HandlerKey(
        id=new.id,
        person_id=person,
        public=new.public,
        viewing=new.viewing,
        locked=new.locked,
        made_on=today,
    )
    session.add(key)
    session.flush()
    return key


def handlers(session: Session, *, today: date) -> Sequence[KeyHolder]:
    """List who may be given cases: of the commission, joined, with a key in force."""
    rows = session.execute(
        sa.select(col(Person.id), col(Person.name), col(HandlerKey.id), col(HandlerKey.public))
        .select_from(Person)
        .join(HandlerKey, col(HandlerKey.person_id) == col(Person.id))
        .where(
            col(HandlerKey.retired_on).is_(None),
            col(Person.account_hash).is_not(None),
            col(Person.id).in_(
                sa.select(col(RoleHeld.person_id)).where(col(RoleHeld.role).in_(tuple(COMMISSION)))
            ),
        )
        .order_by(col(Person.code))
    ).all()
    people = [person for person, *_ in rows]
    kin, places = kin_of(session, people), places_held(session, people, today=today)
    led, none = units_led(session, people), frozenset[UUID]()
    return [
        KeyHolder(
            person=person,
            name=name,
            key_id=key_id,
            public=public,
            kin=kin.get(person, frozenset()),
            units=led.get(person, none).union(places.get(person, {}).values()),
        )
        for person, name, key_id, public in rows
    ]


def kin_of(session: Session, people: Sequence[UUID]) -> dict[UUID, frozenset[UUID]]:
    """Find the declared relatives of people, whichever side declared them."""
    rows = session.execute(
        sa.select(col(Kinship.person_id), col(Kinship.relative_id)).where(
            sa.or_(col(Kinship.person_id).in_(people), col(Kinship.relative_id).in_(people))
        )
    )
    found: dict[UUID, set[UUID]] = {}
    for person, relative in rows:
        found.setdefault(person, set()).add(relative)
        found.setdefault(relative, set()).add(person)
    return {person: frozenset(kin) for person, kin in found.items()}


def revoke(session: Session, person: UUID, *, today: date) -> int:
    """Take every case's key from somebody at once; say how many they were."""
    ids = session.exec(select(HandlerKey).where(HandlerKey.person_id == person)).all()
    for key in ids:
        key.retired_on = key.retired_on or today
        key.locked = None
        session.add(key)
    taken = session.execute(
        sa.delete(WrappedKey)
        .where(col(WrappedKey.key_id).in_([key.id for key in ids]))
        .returning(col(WrappedKey.case_id))
    )
    return len(taken.all())


def close_for_others(session: Session, *, today: date) -> int:
    """Take the cases' keys from whoever belongs to the commission no more; say how many."""
    within = sa.select(col(RoleHeld.person_id)).where(col(RoleHeld.role).in_(tuple(COMMISSION)))
    left = session.execute(
        sa.select(col(HandlerKey.person_id))
        .where(col(HandlerKey.retired_on).is_(None), col(HandlerKey.person_id).not_in(within))
        .distinct()
    )
    return sum(revoke(session, person, today=today) for person in left.scalars().all())


def forget(session: Session, key_id: str) -> None:
    """Forget a retired key whose cases are sealed to its successor."""
    session.execute(sa.delete(WrappedKey).where(col(WrappedKey.key_id) == key_id))
    old = session.get_one(HandlerKey, key_id)
    old.locked = None
    session.add(old)
    session.flush()


def ever(session: Session, person: UUID) -> Sequence[str]:
    """List every key somebody has or had."""
    return session.exec(
        select(HandlerKey.id).where(HandlerKey.person_id == person).order_by(HandlerKey.id)
    ).all()
