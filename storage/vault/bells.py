"""Where to say that an answer is there, for whoever asked to be told; sealed, and not for long."""

from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from dialogs.messages import render
from dialogs.speech import say
from dialogs.vocabulary import CLOSED, Language
from storage import languages, outbox
from storage.outbox import Letter, Urgency
from storage.sealing import Keyring
from storage.tables import Case, CaseBell

LASTS = timedelta(days=120)


def hang(session: Session, case: Case, chat: int, *, keys: Keyring, today: date) -> None:
    """Remember where to ring, sealed under a key that is not in the database."""
    take_down(session, case)
    sealed = keys.seal(str(chat).encode(), f"bell:{case.id}")
    session.add(CaseBell(case_id=case.id, sealed=sealed, until=today + LASTS))


def take_down(session: Session, case: Case) -> None:
    """Forget where to ring."""
    session.execute(sa.delete(CaseBell).where(col(CaseBell.case_id) == case.id))


def ring(session: Session, case: Case, *, keys: Keyring, now: datetime) -> None:
    """Say, if it was asked for, that there is something to come back for; once more at the end."""
    hung = session.get(CaseBell, case.id)
    if hung is None:
        return
    chat = int(keys.unseal(hung.sealed, f"bell:{case.id}"))
    hashed = keys.lookup(chat)
    language = languages.chosen(session, [hashed]).get(hashed, Language.ZH_HANT)
    letter = Letter(chat, render(say("receipt.ring"), language))
    outbox.post(session, [outbox.draft(letter, keys=keys, due_at=now, urgency=Urgency.REMINDER)])
    if case.state in CLOSED:
        session.delete(hung)


def let_lapse(session: Session, *, today: date) -> None:
    """Forget where to ring once its time is over."""
    session.execute(sa.delete(CaseBell).where(col(CaseBell.until) < today))
