"""Broadcasts: one row a copy, so that nobody is sent it twice and everybody is accounted for."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.errors import Refused
from dialogs.flows.broadcast import Card
from dialogs.rules.broadcast import AT_WORK, OVER, Sending
from dialogs.speech import Phrase, Sayable
from dialogs.vocabulary import BroadcastState, DeliveryState
from storage.people import posts_of
from storage.tables import Broadcast, BroadcastCopy, Person

REACHED = (DeliveryState.SENT, DeliveryState.READ)
WATCHED = timedelta(days=1)  # how long a sent broadcast's progress goes on being renewed


@dataclass(frozen=True)
class Recipient:
    """A person a broadcast is for, and what became of their copy."""

    name: str
    unit: str
    post: str
    phone: str
    state: DeliveryState
    read_at: datetime | None = None


def get(session: Session, broadcast: UUID) -> Broadcast:
    """Find a broadcast; raise Refused where there is none."""
    found = session.get(Broadcast, broadcast)
    if found is None:
        raise Refused("unknown_action")
    return found


def of_late(session: Session, *, most: int, besides: Collection[UUID] = ()) -> Sequence[Broadcast]:
    """List the newest broadcasts, the newest first; what is not over, and some others, if older."""
    newest = sa.select(col(Broadcast.id)).order_by(col(Broadcast.ordered_at).desc()).limit(most)
    return session.exec(
        select(Broadcast)
        .where(
            sa.or_(
                col(Broadcast.id).in_(newest),
                col(Broadcast.id).in_(besides),
                col(Broadcast.state).in_((BroadcastState.ASKED, *AT_WORK)),
            )
        )
        .order_by(col(Broadcast.ordered_at).desc())
    ).all()


def undecided(session: Session) -> Mapping[UUID, int]:
    """Count by broadcast the copies of which an officer decides whether they arrived."""
    rows = session.execute(
        sa.select(col(BroadcastCopy.broadcast_id), sa.func.count())
        .join(Broadcast, col(Broadcast.id) == col(BroadcastCopy.broadcast_id))
        .where(col(Broadcast.state).in_(OVER), col(BroadcastCopy.state) == DeliveryState.UNKNOWN)
        .group_by(col(BroadcastCopy.broadcast_id))
    )
    return dict(rows.all())


def card(
    broadcast: Broadcast,
    counts: Mapping[DeliveryState, int],
    *,
    by: UUID,
    now: datetime,
    zone: tzinfo,
) -> Card:
    """Lay out a broadcast for somebody who looks at it."""
    starts = broadcast.starts_at
    sending = Sending(
        state=broadcast.state,
        people=sum(counts.values()),
        own=by == broadcast.ordered_by,
        later=starts is not None and starts > now,
        unread=counts.get(DeliveryState.SENT, 0),
        unknown=counts.get(DeliveryState.UNKNOWN, 0),
        nudged=broadcast.nudged_on == now.astimezone(zone).date(),
    )
    at: Sayable = starts.astimezone(zone) if starts else ""
    if starts and starts <= now:
        at = Phrase("broadcast.hour_passed")
    return Card(broadcast.id, broadcast.text, sending, counts, at)


def settle(session: Session, states: Mapping[UUID, DeliveryState]) -> None:
    """Write down what became of copies; what was sent stays sent, and what was read stays read.

    Whatever becomes of a reminder of a copy, its reader was reached before.
    """
    for state in set(states.values()):
        ids = [copy for copy, outcome in states.items() if outcome is state]
        session.execute(
            sa.update(BroadcastCopy)
            .where(
                col(BroadcastCopy.id).in_(ids),
                col(BroadcastCopy.read_at).is_(None),
                col(BroadcastCopy.state) != DeliveryState.SENT,
            )
            .values(state=state)
        )


def acknowledge(session: Session, copy: UUID, *, person: UUID, now: datetime) -> bool:
    """Note that somebody has read their copy; False if it is not theirs."""
    found = session.get(BroadcastCopy, copy)
    if found is None or found.person_id != person:
        return False
    if found.read_at is None:
        found.state, found.read_at = DeliveryState.READ, now
        session.add(found)
    return True


def counts(session: Session, broadcast: UUID) -> Counter[DeliveryState]:
    """Count the copies of a broadcast by what became of them."""
    rows = session.execute(
        sa.select(col(BroadcastCopy.state), sa.func.count())
        .where(col(BroadcastCopy.broadcast_id) == broadcast)
        .group_by(col(BroadcastCopy.state))
    )
    return Counter(dict(rows.all()))


def watched(session: Session, *, since: datetime) -> Sequence[Broadcast]:
    """List the broadcasts whose progress is still shown: those at work, and those sent of late.

    What was never sent is shown as of the moment it was drawn up.
    """
    begun = sa.func.coalesce(col(Broadcast.starts_at), col(Broadcast.ordered_at))
    return session.exec(
        select(Broadcast).where(
            sa.or_(
                col(Broadcast.state).in_(AT_WORK),
                begun > since,
                col(Broadcast.nudged_on) > since.date(),
            )
        )
    ).all()


def shown_in(session: Session, broadcast: UUID, message: int) -> None:
    """Keep in which message progress is shown from now on: the one it was in may be deleted."""
    session.execute(
        sa.update(Broadcast).where(col(Broadcast.id) == broadcast).values(progress_message=message)
    )


def due(session: Session, *, now: datetime) -> Sequence[Broadcast]:
    """List the broadcasts whose copies are to be posted: the running, and those whose hour came."""
    return session.exec(
        select(Broadcast).where(
            sa.or_(
                col(Broadcast.state) == BroadcastState.RUNNING,
                sa.and_(
                    col(Broadcast.state) == BroadcastState.SCHEDULED,
                    col(Broadcast.starts_at) <= now,
                ),
            )
        )
    ).all()


def recipients(
    session: Session, broadcast: UUID, *, today: date, missed: bool = False
) -> Sequence[Recipient]:
    """List a broadcast's recipients by code; with `missed`, only those it has not reached."""
    statement = (
        select(Person, BroadcastCopy)
        .join(BroadcastCopy, col(BroadcastCopy.person_id) == Person.id)
        .where(BroadcastCopy.broadcast_id == broadcast)
        .order_by(col(Person.code))
    )
    if missed:
        statement = statement.where(
            col(BroadcastCopy.state).not_in((*REACHED, DeliveryState.WAITING))
        )
    rows = session.exec(statement).all()
    posts = posts_of(session, [person.id for person, _ in rows], today=today)
    return [
        Recipient(
            name=person.name,
            unit=held[0].unit_name if held else "",
            post=held[0].title if held else "",
            phone=person.phone,
            state=copy.state,
            read_at=copy.read_at,
        )
        for person, copy in rows
        for held in [posts.get(person.id, ())]
    ]
