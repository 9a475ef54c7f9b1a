"""The demo's letters: the commission reads in the chat, and one letter waits for it."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, select

from dialogs.events import ComplaintLodged
from dialogs.rules.calendar import Calendar
from dialogs.rules.recusal import readers
from dialogs.vocabulary import Accused, CaseKind
from storage.sealing import Keyring
from storage.tables import Person, Unit
from storage.vault import cases
from storage.vault import keys as handler_keys

PASSPHRASE = "qingfeng-demo"  # noqa: S105 - the page tells it to whoever plays a handler
ABOUT = "下河村"
ACCOUNT = "上個月起，村裡修渠的水泥夜裡用三輪車運走，白天賬上還是原數。望查一查進出庫的登記。"


def entrust(session: Session, members: Sequence[Person], *, keys: Keyring, today: date) -> None:
    """Give members of the commission a key each, all locked with one passphrase."""
    for member in members:
        made = handler_keys.made(PASSPHRASE, keys=keys)
        handler_keys.put_in_force(session, member.id, made, today=today)


def lodge(session: Session, *, keys: Keyring, today: date) -> None:
    """Put a letter into the vault, sealed to whoever of the commission may read it."""
    unit = session.exec(select(Unit.id).where(Unit.name == ABOUT)).one()
    letter = ComplaintLodged(Accused.VILLAGE_CADRE, CaseKind.REPORT, ACCOUNT, unit=unit)
    left = readers(handler_keys.handlers(session, today=today), accused=(), named=(), unit=unit)
    prepared = cases.prepare(letter, readers=left, keys=keys)
    cases.lodge(session, prepared, letter, today=today, calendar=Calendar())
