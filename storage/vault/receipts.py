"""Receipts: a number that names a case and sixteen digits that open it."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from datetime import timedelta

from nacl.public import PrivateKey
from sqlmodel import Session, select

from dialogs import receipt as paper
from dialogs.catalogue.policy import number as policy
from dialogs.errors import Refused
from storage.sealing import Keyring, unseal
from storage.tables import Case, Receipt, WrappedKey
from storage.vault.keys import salt_for, stretched
from storage.vault.papers import key_about

HOLDER = "receipt"  # the key that a receipt's digits come to
WITHIN = timedelta(minutes=15)  # in which tries are counted


@dataclass(frozen=True)
class Opening:
    """What a receipt comes to: a digest to compare and a key to open with."""

    digest: bytes = field(repr=False)
    key: bytes = field(repr=False)


def drawn() -> tuple[str, str]:
    """Draw the number and the digits of a receipt."""
    number = "".join(secrets.choice(paper.ALPHABET) for _ in range(paper.NUMBER_LENGTH))
    secret = "".join(secrets.choice("0123456789") for _ in range(paper.SECRET_LENGTH))
    return number, secret


def tried(number: str, secret: str, *, keys: Keyring) -> Opening:
    """Work out what a receipt comes to; takes about a tenth of a second and 64 MiB.

    The salt is derived from the number under a key that is not in the database.
    """
    both = stretched(secret, salt_for(f"salt:{number}", keys=keys), size=64)
    return Opening(both[:32], both[32:])


def most_tries() -> int:
    """Say how often a number may be tried within the time."""
    return policy("receipt_tries")


def case_of(session: Session, number: str, opening: Opening) -> tuple[Case, PrivateKey]:
    """Find a case by receipt, with its key; raise Refused alike for every wrong one."""
    row = session.exec(
        select(Case, Receipt)
        .join(Receipt, Receipt.case_id == Case.id)  # type: ignore[arg-type]
        .where(Case.number == number)
    ).first()
    known = row[1].digest if row else bytes(32)
    if not hmac.compare_digest(known, opening.digest) or row is None:
        raise Refused("receipt_wrong")
    case = row[0]
    wrapped = session.get(WrappedKey, (case.id, HOLDER))
    if wrapped is None:
        raise Refused("receipt_wrong")
    return case, PrivateKey(
        unseal(wrapped.sealed, key=opening.key, about=key_about(case.id, HOLDER))
    )
