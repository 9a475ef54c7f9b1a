"""Handlers with keys, and cases sealed to them."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache

from nacl.public import PrivateKey
from sqlmodel import Session, func, select

from dialogs.events import ComplaintLodged
from dialogs.rules.calendar import Calendar
from dialogs.rules.recusal import readers
from dialogs.vocabulary import Accused, CaseKind, Language, Role
from storage.database import Database
from storage.occasion import Occasion
from storage.people import recognise
from storage.sealing import Keyring
from storage.tables import Case, HandlerKey, Person
from storage.vault import cases, keys
from storage.vault.cases import Prepared
from storage.vault.keys import NewKey
from tests.builders.people import NOON, TODAY, a_person

FIRST = 7000  # account of the first handler
PASSPHRASE = "河清海晏，時和歲豐十六字"
LODGED = ComplaintLodged(Accused.VILLAGE_CADRE, CaseKind.REPORT, "夜半搬糧", contact="找老王轉交")


def entrust(session: Session, person: Person, *, keyring: Keyring) -> HandlerKey:
    """Give somebody a key with which they read in the chat."""
    there = session.exec(select(func.count()).select_from(HandlerKey)).one()
    return keys.put_in_force(session, person.id, a_key(there, keyring), today=TODAY)


@cache
def a_key(number: int, keyring: Keyring) -> NewKey:
    """Make one of the keys of a keyring; each only once, for it takes a tenth of a second."""
    return keys.made(PASSPHRASE, keys=keyring)


@cache
def private_half(key_id: str, locked: bytes, keyring: Keyring) -> PrivateKey:
    """Unlock a key with its passphrase; each only once, for that takes as long."""
    return keys.unlocked(key_id, locked, PASSPHRASE, keys=keyring)


def handlers(database: Database, keyring: Keyring, *names: str) -> list[Person]:
    """Write down members of the commission who have joined and have keys."""
    with database.writing() as session:
        members = [
            a_person(
                session, name, keys=keyring, account=FIRST + number, roles=[Role.COMMISSION_MEMBER]
            )
            for number, name in enumerate(names)
        ]
        for member in members:
            entrust(session, member, keyring=keyring)
    return members


def unlocked(
    session: Session,
    place: int,
    *,
    books: Database,
    keyring: Keyring,
    now: datetime = NOON,
    today: date = TODAY,
) -> Occasion:
    """Let one of the handlers, by their place, be at work with their key unlocked."""
    account = FIRST + place
    hashed = keyring.lookup(account)
    known = recognise(session, [hashed], today=TODAY)[hashed]
    occasion = Occasion(now, today, account, keyring, Language.ZH_HANT, known=known, books=books)
    key = keys.own(session, occasion.person)
    private = private_half(key.id, key.locked or b"", keyring)
    occasion.memory.unlock(occasion.person, private, until=NOON.replace(year=2100))
    return occasion


def lodge(database: Database, keyring: Keyring, lodged: ComplaintLodged = LODGED) -> Prepared:
    """Put a matter into the vault, sealed to whoever may read it."""
    with database.reading() as session:
        left = readers(
            keys.handlers(session, today=TODAY),
            accused=(lodged.person,) if lodged.person else (),
            named=lodged.recused,
            unit=lodged.unit,
        )
    prepared = cases.prepare(lodged, readers=left, keys=keyring)
    with database.writing() as session:
        cases.lodge(session, prepared, lodged, today=TODAY, calendar=Calendar())
    return prepared


def read_by(
    database: Database, keyring: Keyring, person: Person, case: Case | Prepared
) -> Sequence[str]:
    """Open a case as a handler does; give the texts."""
    with database.reading() as session:
        key = keys.current(session, person.id)
        assert key is not None
        assert key.locked is not None
        private = private_half(key.id, key.locked, keyring)
        found = session.get_one(Case, case.id)
        return [one.text for one in cases.opened(session, found, key.id, private)]
