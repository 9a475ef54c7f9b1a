"""Every step of a warning is written down, and what is said with it is sealed."""

from datetime import date, datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Session, col

from dialogs.vocabulary import WarningMove
from storage.sealing import Keyring
from storage.tables import GradedWarning, WarningStep


def sealed(text: str, what: str, about: UUID, *, keys: Keyring) -> bytes:
    """Seal something a warning says."""
    return keys.seal(text.encode(), f"warning:{about}:{what}")


def opened(sealed_text: bytes, what: str, about: UUID, *, keys: Keyring) -> str:
    """Open something a warning says."""
    return keys.unseal(sealed_text, f"warning:{about}:{what}").decode()


def note(
    session: Session,
    warning: GradedWarning,
    move: WarningMove,
    *,
    by: UUID | None,
    now: datetime,
    keys: Keyring,
    text: str = "",
    due_on: date | None = None,
) -> None:
    """Write a step down; `by` None is the machine."""
    id_ = uuid4()
    session.add(
        WarningStep(
            id=id_,
            warning_id=warning.id,
            ordinal=taken(session, warning.id) + 1,
            move=move,
            person_id=by,
            taken_at=now,
            due_on=due_on,
            note=sealed(text, "note", id_, keys=keys),
        )
    )
    session.flush()


def taken(session: Session, warning: UUID) -> int:
    """Count the steps that were taken of a warning."""
    counted = sa.select(sa.func.count()).where(col(WarningStep.warning_id) == warning)
    return int(session.execute(counted).scalar_one())
