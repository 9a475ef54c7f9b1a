"""Broadcasts: their hour comes, their copies go out bit by bit, and their progress is shown."""

from datetime import datetime, timedelta, tzinfo

from sqlmodel import Session

from dialogs.messages import render
from dialogs.rules.calendar import Calendar
from dialogs.speech import Reply
from dialogs.vocabulary import BroadcastState, DeliveryState, Language
from storage import broadcasts, languages, late_letters, mailing, outbox, people
from storage.outbox import Letter, Urgency
from storage.sealing import Keyring
from storage.tables import Broadcast, Person

NOT_BEGUN = (BroadcastState.DRAFT, BroadcastState.ASKED)
LATE = timedelta(minutes=30)  # after its hour a broadcast begins in office hours alone


def post_copies(
    session: Session, *, now: datetime, zone: tzinfo, calendar: Calendar, keys: Keyring
) -> int:
    """Post the next few copies of every broadcast that is running or due; count them."""
    today = now.astimezone(zone).date()
    posted = 0
    for broadcast in broadcasts.due(session, now=now):
        opens = late_letters.opening(session, now, zone=zone, calendar=calendar)
        if broadcast.state is BroadcastState.SCHEDULED:
            begin(session, broadcast, now=now, opens=opens)
        elif opens > now and mailing.held(session, broadcast.id, until=opens):
            mailing.call_back(session, broadcast.id)
            wait(session, broadcast, opens)
        if broadcast.state is BroadcastState.RUNNING:
            posted += mailing.feed(session, broadcast, keys=keys, now=now, today=today)
    return posted


def begin(session: Session, broadcast: Broadcast, *, now: datetime, opens: datetime) -> None:
    """Begin with one whose hour has come; if that was missed, it waits until offices open."""
    if broadcast.starts_at and now - broadcast.starts_at > LATE and opens > now:
        wait(session, broadcast, opens)
    else:
        mailing.begin(session, broadcast, now=now)


def wait(session: Session, broadcast: Broadcast, opens: datetime) -> None:
    """Let a broadcast that was held up for long go on when offices open, and not before."""
    broadcast.state, broadcast.starts_at, broadcast.shown = BroadcastState.SCHEDULED, opens, ""
    session.add(broadcast)


def show_progress(session: Session, *, now: datetime, zone: tzinfo, keys: Keyring) -> int:
    """Renew the progress of broadcasts whose counts have changed; count those renewed."""
    changed = [
        broadcast
        for broadcast in broadcasts.watched(session, since=now - broadcasts.WATCHED)
        if renew(session, broadcast, now=now, zone=zone, keys=keys)
    ]
    return len(changed)


def renew(
    session: Session, broadcast: Broadcast, *, now: datetime, zone: tzinfo, keys: Keyring
) -> bool:
    """Renew one progress message; False if there is nothing new to show."""
    counts = broadcasts.counts(session, broadcast.id)
    if broadcast.state is BroadcastState.RUNNING and not (
        counts[DeliveryState.WAITING] or mailing.under_way(session, broadcast.id)
    ):
        broadcast.state = BroadcastState.FINISHED
    shown = ",".join([broadcast.state, *(f"{state}:{counts[state]}" for state in DeliveryState)])
    if shown == broadcast.shown:
        return False
    broadcast.shown = shown
    session.add(broadcast)
    officer = session.get_one(Person, broadcast.ordered_by)
    if officer.account is None or not is_watched(broadcast):
        return False
    card = broadcasts.card(broadcast, counts, by=officer.id, now=now, zone=zone)
    letter = progress(session, broadcast, officer, card.shown(), keys=keys)
    outbox.post(session, [outbox.draft(letter, keys=keys, due_at=now, urgency=Urgency.REMINDER)])
    return True


def is_watched(broadcast: Broadcast) -> bool:
    """Say whether there is a message to show progress in, or there is to be one from now on."""
    return broadcast.progress_message is not None or broadcast.state not in NOT_BEGUN


def progress(
    session: Session, broadcast: Broadcast, officer: Person, says: Reply, *, keys: Keyring
) -> Letter:
    """Write how far a broadcast has come, in the place of what was written before."""
    language = languages.chosen(session, [officer.account_hash or ""])
    return Letter(
        people.account_of(officer, keys=keys),
        render(says, language.get(officer.account_hash or "", Language.ZH_HANT)),
        edit=broadcast.progress_message,
        shows=broadcast.id.hex,
    )
