"""How far broadcasts have come, shown in the one message the officer watches."""

from datetime import datetime

from sqlmodel import Session

from dialogs.flows.broadcast import progress
from dialogs.messages import render
from dialogs.vocabulary import BroadcastState, DeliveryState, Language
from storage import broadcasts, languages, outbox, people
from storage.outbox import Letter, Urgency
from storage.sealing import Keyring
from storage.tables import Broadcast, Person


def show_progress(session: Session, *, now: datetime, keys: Keyring) -> int:
    """Renew the progress of broadcasts whose counts have changed; count those renewed."""
    changed = [
        broadcast
        for broadcast in broadcasts.watched(session, since=now - broadcasts.WATCHED)
        if renew(session, broadcast, now=now, keys=keys)
    ]
    return len(changed)


def renew(session: Session, broadcast: Broadcast, *, now: datetime, keys: Keyring) -> bool:
    """Renew one progress message; False if there is nothing new to show."""
    counts = broadcasts.counts(session, broadcast.id)
    shown = ",".join(f"{state}:{counts[state]}" for state in DeliveryState)
    if shown == broadcast.shown:
        return False
    broadcast.shown = shown
    if not counts[DeliveryState.WAITING]:
        broadcast.state = BroadcastState.FINISHED
    session.add(broadcast)
    officer = session.get_one(Person, broadcast.ordered_by)
    if officer.account is None or broadcast.progress_message is None:
        return False
    language = languages.chosen(session, [officer.account_hash or ""])
    words = render(
        progress(broadcast.id, broadcast.text, counts),
        language.get(officer.account_hash or "", Language.ZH_HANT),
    )
    letter = Letter(people.account_of(officer, keys=keys), words, edit=broadcast.progress_message)
    outbox.post(session, [outbox.draft(letter, keys=keys, due_at=now, urgency=Urgency.REMINDER)])
    return True
