"""What is sent about a warning that did not reach its addressee, or has a new one."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session

from dialogs.rules.access import COMMISSION, Action
from dialogs.speech import Button, Go, Phrase, Reply, Sayable
from dialogs.vocabulary import WarningState
from storage import letters
from storage.people import with_role
from storage.sealing import Keyring
from storage.tables import GradedWarning, Person
from storage.warnings.reading import aside, is_on_paper


def opens(warning: GradedWarning, action: Action) -> list[list[Button]]:
    """Offer to go on with a warning."""
    return [[Button(action, Go(action, warning.id.hex))]]


def not_delivered(
    session: Session, which: UUID, *, keys: Keyring, now: datetime, today: date
) -> None:
    """Tell the commission that a letter could not be delivered, so that they bring it on paper."""
    warning = session.get(GradedWarning, which)
    if warning is not None and warning.state is WarningState.ISSUED:
        to_be_brought(session, warning, keys=keys, now=now, today=today)


def to_be_brought(
    session: Session, warning: GradedWarning, *, keys: Keyring, now: datetime, today: date
) -> None:
    """Tell the commission, by its number alone, that a warning is to be delivered on paper."""
    says = Phrase("warning.not_delivered", {"number": warning.number or ""})
    tell_members(session, warning, says, keys=keys, now=now, today=today)


def remind_on_paper(
    session: Session, warning: GradedWarning, *, keys: Keyring, now: datetime, today: date
) -> None:
    """Tell the commission to bring the second notice, where a warning goes on paper."""
    if is_on_paper(session, warning):
        values: dict[str, Sayable] = {
            "number": warning.number or "",
            "due": warning.due_on or today,
        }
        says = Phrase("signal.second_notice_on_paper", values)
        tell_members(session, warning, says, keys=keys, now=now, today=today)


def tell_members(
    session: Session,
    warning: GradedWarning,
    says: Phrase,
    *,
    keys: Keyring,
    now: datetime,
    today: date,
) -> None:
    """Tell the members who may handle a warning."""
    members = {one.id for one in with_role(session, tuple(COMMISSION))}
    told = members - aside(session, warning, today=today) - {warning.person_id}
    reply = Reply([says], opens(warning, Action.HANDLE_WARNING))
    letters.tell(session, told, reply, keys=keys, now=now)


def to_the_head(
    session: Session, warning: GradedWarning, *, keys: Keyring, now: datetime, today: date
) -> None:
    """Send a unit's warning to its new head; on paper where they have not joined."""
    head = session.get_one(Person, warning.person_id)
    values: dict[str, Sayable] = {"number": warning.number or "", "due": warning.due_on or today}
    says = Reply(
        [Phrase("warning.passed_on", values)], opens(warning, Action.OPEN_WARNING), protected=True
    )
    arrives = warning.id.hex
    if not letters.write(session, [(head, says)], keys=keys, now=now, arrives=arrives):
        to_be_brought(session, warning, keys=keys, now=now, today=today)
