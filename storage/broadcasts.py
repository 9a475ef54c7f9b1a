"""Broadcasts: one row a copy, so that nobody is sent it twice and everybody is accounted for."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.facts import Listener
from dialogs.vocabulary import BroadcastState, DeliveryState
from storage.people import posts_of, roles_of, standing
from storage.tables import Broadcast, BroadcastCopy, Person

REACHED = (DeliveryState.SENT, DeliveryState.READ)
WATCHED = timedelta(days=1)  # how long a sent broadcast's progress goes on being renewed


@dataclass(frozen=True)
class Unreached:
    """A person a broadcast did not reach, and why."""

    name: str
    unit: str
    state: DeliveryState


def listeners(session: Session, *, today: date) -> Sequence[tuple[Person, Listener]]:
    """List everybody a broadcast could reach, with today's units and roles."""
    people = session.exec(select(Person).order_by(col(Person.code))).all()
    ids = [person.id for person in people]
    roles = roles_of(session, ids)
    posts = posts_of(session, ids, today=today)
    return [
        (
            person,
            Listener(
                units=frozenset(post.unit for post in posts.get(person.id, ())),
                roles=standing(roles.get(person.id, frozenset()), holds=person.id in posts),
                joined=person.account is not None,
            ),
        )
        for person in people
    ]


def settle(session: Session, states: Mapping[UUID, DeliveryState]) -> None:
    """Write down what became of copies; one that has been read stays read."""
    for state in set(states.values()):
        ids = [copy for copy, outcome in states.items() if outcome is state]
        session.execute(
            sa.update(BroadcastCopy)
            .where(col(BroadcastCopy.id).in_(ids), col(BroadcastCopy.read_at).is_(None))
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
    """List the broadcasts whose progress is still shown: the running, and those sent of late."""
    return session.exec(
        select(Broadcast).where(
            sa.or_(
                col(Broadcast.state) == BroadcastState.RUNNING,
                col(Broadcast.ordered_at) > since,
            )
        )
    ).all()


def unreached(session: Session, broadcast: UUID, *, today: date) -> Sequence[Unreached]:
    """List the people a broadcast has not reached, unit by unit."""
    rows = session.exec(
        select(Person, BroadcastCopy)
        .join(BroadcastCopy, col(BroadcastCopy.person_id) == Person.id)
        .where(
            BroadcastCopy.broadcast_id == broadcast,
            col(BroadcastCopy.state).not_in((*REACHED, DeliveryState.WAITING)),
        )
        .order_by(col(Person.code))
    ).all()
    posts = posts_of(session, [person.id for person, _ in rows], today=today)
    return [
        Unreached(
            person.name, posts[person.id][0].unit_name if person.id in posts else "", copy.state
        )
        for person, copy in rows
    ]
