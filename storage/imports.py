"""Workbooks that wait, sealed, for the word of the clerk who was shown what they would change."""

from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlmodel import Session, col

from dialogs.documents.roster import Roster
from dialogs.errors import Refused
from storage.sealing import Keyring
from storage.tables import PendingImport

WAITS = timedelta(days=1)  # a day later the township may have changed too much to remember
ROSTER = TypeAdapter(Roster)


def about(pending: UUID) -> str:
    """Name what is sealed."""
    return f"import:{pending}"


def keep(
    session: Session, roster: Roster, *, person: UUID, shown: str, keys: Keyring, now: datetime
) -> PendingImport:
    """Keep what a workbook said until its clerk gives the word; an earlier one of theirs goes."""
    session.execute(sa.delete(PendingImport).where(col(PendingImport.person_id) == person))
    pending = PendingImport(person_id=person, roster=b"", shown=shown, expires_at=now + WAITS)
    pending.roster = keys.seal(ROSTER.dump_json(roster), about(pending.id))
    session.add(pending)
    session.flush()
    return pending


def find(session: Session, pending: UUID, *, person: UUID, now: datetime) -> PendingImport:
    """Find what a clerk was shown; raise Refused if it is theirs no more, or too old."""
    found = session.get(PendingImport, pending)
    if found is None or found.person_id != person or found.expires_at <= now:
        raise Refused("import_gone")
    return found


def opened(pending: PendingImport, *, keys: Keyring) -> Roster:
    """Open what a workbook said."""
    return ROSTER.validate_json(keys.unseal(pending.roster, about(pending.id)))


def forget_expired(session: Session, *, now: datetime) -> None:
    """Forget workbooks nobody gave the word for."""
    session.execute(sa.delete(PendingImport).where(col(PendingImport.expires_at) <= now))
