"""Copies of a broadcast go to the outbox a few at a time, so that it can be held up or ended."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from dialogs.messages import render
from dialogs.personal import filled
from dialogs.rules.access import Action
from dialogs.speech import Button, Go, Paper, Phrase, Reply, Sayable
from dialogs.vocabulary import BroadcastState, DeliveryState, Language
from storage import audience, languages, outbox, people
from storage.database import table_of
from storage.outbox import Letter, Urgency
from storage.sealing import Keyring
from storage.tables import Broadcast, BroadcastCopy, Outbox, Person

AHEAD = 240  # copies lying in the outbox at once: some seconds' worth
AT_A_TIME = 10  # copies posted in one unit of work, for as long as nobody else can write
COPY, OUTBOX = table_of(BroadcastCopy), table_of(Outbox)


def feed(
    session: Session, broadcast: Broadcast, *, keys: Keyring, now: datetime, today: date
) -> int:
    """Post the next few copies of a running broadcast, up to what the outbox should hold.

    Gives how many were looked at; who has not joined is noted and gets none.
    """
    room = min(AT_A_TIME, AHEAD - lying(session, broadcast.id))
    if room <= 0:
        return 0
    rows = session.execute(next_copies(broadcast.id, most=room)).all()
    copies = [(copy, person) for copy, person in rows if person.account is not None]
    post(session, broadcast, copies, keys=keys, now=now, today=today)
    for copy, person in rows:
        copy.posted = person.account is not None or copy.nudged
        if not copy.posted:
            copy.state = DeliveryState.NOT_JOINED
        session.add(copy)
    return len(rows)


def next_copies(broadcast: UUID, *, most: int) -> sa.Select[BroadcastCopy, Person]:
    """Find some copies to be posted, in whatever order they are found: none sorts the rest."""
    return (
        sa.select(BroadcastCopy, Person)
        .join(Person, col(Person.id) == col(BroadcastCopy.person_id))
        .where(*waits(broadcast))
        .limit(most)
    )


def begin(session: Session, broadcast: Broadcast, *, now: datetime) -> None:
    """Begin to send a broadcast, or go on with it, to whoever has joined by now."""
    broadcast.state, broadcast.starts_at = BroadcastState.RUNNING, now
    session.add(broadcast)
    joined = sa.select(col(Person.id)).where(col(Person.account).is_not(None))
    session.execute(
        sa.update(COPY)
        .where(
            COPY.c.broadcast_id == broadcast.id,
            COPY.c.state == DeliveryState.NOT_JOINED,
            COPY.c.person_id.in_(joined),
        )
        .values(state=DeliveryState.WAITING, posted=False)
    )


def lying(session: Session, broadcast: UUID) -> int:
    """Count the copies of a broadcast that lie in the outbox."""
    counted = (
        sa.select(sa.func.count())
        .select_from(OUTBOX.join(COPY, COPY.c.id == OUTBOX.c.copy_id))
        .where(COPY.c.broadcast_id == broadcast)
    )
    return int(session.execute(counted).scalar_one())


def held(session: Session, broadcast: UUID, *, until: datetime) -> bool:
    """Say whether copies lie in the outbox that wait for a moment, having been late."""
    waiting = sa.select(OUTBOX.c.id).join(COPY, COPY.c.id == OUTBOX.c.copy_id)
    found = waiting.where(COPY.c.broadcast_id == broadcast, OUTBOX.c.due_at >= until).limit(1)
    return session.execute(found).first() is not None


def under_way(session: Session, broadcast: UUID) -> bool:
    """Say whether copies are still to be posted, or lie in the outbox."""
    left = sa.select(col(BroadcastCopy.id)).where(*waits(broadcast)).limit(1)
    return lying(session, broadcast) > 0 or session.execute(left).first() is not None


def waits(broadcast: UUID) -> Sequence[sa.ColumnElement[bool]]:
    """Tell which copies are to be posted: those never sent, and those to be read after all."""
    return (
        COPY.c.broadcast_id == broadcast,
        COPY.c.posted.is_(False),
        sa.or_(
            COPY.c.state == DeliveryState.WAITING,
            sa.and_(COPY.c.state == DeliveryState.SENT, COPY.c.nudged.is_(True)),
        ),
    )


def post(
    session: Session,
    broadcast: Broadcast,
    copies: Sequence[tuple[BroadcastCopy, Person]],
    *,
    keys: Keyring,
    now: datetime,
    today: date,
) -> None:
    """Post copies, each in its reader's language and filled for them."""
    chosen = languages.chosen(session, [p.account_hash for _, p in copies if p.account_hash])
    spoken = {
        person.id: chosen.get(person.account_hash or "", Language.ZH_HANT) for _, person in copies
    }
    sent: dict[str, Sayable] = {
        "by": session.get_one(Person, broadcast.ordered_by).name,
        "day": today,
    }
    fields = audience.fields(session, [p for _, p in copies], today=today, languages=spoken)
    outbox.post(
        session,
        [
            outbox.draft(
                Letter(
                    people.account_of(person, keys=keys),
                    render(
                        letter(broadcast, copy, filled(broadcast.text, fields[person.id]), sent),
                        spoken[person.id],
                    ),
                ),
                keys=keys,
                due_at=now,
                urgency=Urgency.BROADCAST,
                copy_id=copy.id,
            )
            for copy, person in copies
        ],
    )


def letter(
    broadcast: Broadcast, copy: BroadcastCopy, text: str, sent: Mapping[str, Sayable]
) -> Reply:
    """Lay a copy out: the text, who sends it and when, its file, the button that it was read."""
    says = Phrase("broadcast.letter", {"text": text, **sent})
    again = [Phrase("broadcast.nudge")] if copy.nudged else []
    button = Button(Phrase("broadcast.acknowledge"), Go(Action.ACKNOWLEDGE, copy.id.hex))
    return Reply([*again, says], [[button]], paper=enclosed(broadcast))


def enclosed(broadcast: Broadcast) -> Paper | None:
    """Give the file that goes with a broadcast, by the channel's reference: it is sent up once."""
    if not broadcast.file:
        return None
    return Paper(broadcast.file_name, picture=broadcast.file_is_picture, held=broadcast.file)


def call_back(session: Session, broadcast: UUID) -> None:
    """Take what has not left yet out of the outbox again."""
    of_it = sa.select(COPY.c.id).where(COPY.c.broadcast_id == broadcast)
    lies = sa.and_(OUTBOX.c.copy_id.in_(of_it), OUTBOX.c.sending.is_(False))
    back = session.execute(sa.select(OUTBOX.c.copy_id).where(lies)).scalars().all()
    session.execute(sa.delete(OUTBOX).where(lies))
    session.execute(sa.update(COPY).where(COPY.c.id.in_(back)).values(posted=False))


def give_up(session: Session, broadcast: UUID) -> None:
    """Send no more of a broadcast; what is on its way arrives, and what arrived stays so."""
    call_back(session, broadcast)
    session.execute(
        sa.update(COPY)
        .where(*waits(broadcast), COPY.c.state == DeliveryState.WAITING)
        .values(state=DeliveryState.CANCELLED)
    )
    session.execute(sa.update(COPY).where(*waits(broadcast)).values(posted=True, nudged=False))


def come_back(session: Session, copies: Collection[UUID]) -> None:
    """Have copies that did not leave wait with a broadcast held up, or end with one cancelled."""
    rows = session.execute(
        sa.select(col(Broadcast.id), col(Broadcast.state))
        .join(BroadcastCopy, col(BroadcastCopy.broadcast_id) == col(Broadcast.id))
        .where(col(BroadcastCopy.id).in_(copies))
        .distinct()
    )
    for broadcast, state in rows.all():
        if state is BroadcastState.PAUSED:
            call_back(session, broadcast)
        elif state is BroadcastState.CANCELLED:
            give_up(session, broadcast)


def nudge(session: Session, broadcast: UUID) -> None:
    """Have whoever was reached and has not said so written to again; reached they stay."""
    session.execute(
        sa.update(COPY)
        .where(COPY.c.broadcast_id == broadcast, COPY.c.state == DeliveryState.SENT)
        .values(posted=False, nudged=True)
    )


def decide(session: Session, broadcast: UUID, *, arrived: bool) -> None:
    """Count copies that may have arrived as sent, or send them once more."""
    state = DeliveryState.SENT if arrived else DeliveryState.WAITING
    session.execute(
        sa.update(COPY)
        .where(COPY.c.broadcast_id == broadcast, COPY.c.state == DeliveryState.UNKNOWN)
        .values(state=state, posted=arrived)
    )
