"""What is to be sent: answers before reminders before broadcasts, each chat in order."""

from base64 import b64decode, b64encode
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic_core import from_json, to_json
from sqlmodel import Session

from dialogs.messages import Rendered
from dialogs.speech import Paper
from storage.database import table_of
from storage.sealing import Keyring
from storage.tables import Outbox

OUTBOX = table_of(Outbox)


class Urgency(IntEnum):
    """What goes first."""

    ANSWER = 0
    REMINDER = 1
    BROADCAST = 2
    SWEEP = 3


@dataclass(frozen=True)
class Draft:
    """A message to be posted: the chat's hash, the sealed payload, when it is due."""

    chat_hash: str
    payload: bytes
    due_at: datetime
    urgency: Urgency = Urgency.ANSWER
    copy_id: UUID | None = None


@dataclass(frozen=True)
class Letter:
    """A message and the chat it goes to; `edit` is the message of ours it takes the place of.

    With `buttons_only` just the buttons of that message are replaced. `lasts` is after how many
    minutes it is deleted again; `sweeps` is the message that this one deletes, saying nothing;
    `arrives` is the warning whose delivery is noted when it has been sent; `reminds` names the
    deadlines it reminds of; `shows` is the broadcast whose progress it shows.
    """

    chat: int
    words: Rendered
    edit: int | None = None
    buttons_only: bool = False
    lasts: int | None = None
    sweeps: int | None = None
    arrives: str = ""
    reminds: Sequence[str] = ()
    shows: str = ""


@dataclass(frozen=True)
class Parcel:
    """A message taken out to be sent."""

    id: int
    chat_hash: str
    urgency: Urgency
    attempts: int
    copy_id: UUID | None
    payload: bytes


def draft(
    letter: Letter,
    *,
    keys: Keyring,
    due_at: datetime,
    urgency: Urgency = Urgency.ANSWER,
    copy_id: UUID | None = None,
) -> Draft:
    """Seal a letter for the outbox."""
    chat_hash = keys.lookup(letter.chat)
    paper = letter.words.paper
    content = {
        "chat": letter.chat,
        "text": letter.words.text,
        "rows": letter.words.rows,
        "protected": letter.words.protected,
        "paper": paper and wrapped(paper),
        "edit": letter.edit,
        "buttons_only": letter.buttons_only,
        "lasts": letter.lasts,
        "sweeps": letter.sweeps,
        "arrives": letter.arrives,
        "reminds": letter.reminds,
        "shows": letter.shows,
    }
    sealed = keys.seal(to_json(content), f"outbox:{chat_hash}")
    return Draft(chat_hash, sealed, due_at, urgency, copy_id)


def wrapped(paper: Paper) -> Sequence[Any]:
    """Lay a paper out so that it can be sealed."""
    return [paper.name, b64encode(paper.content).decode(), paper.picture, paper.held]


def unpack(parcel: "Parcel", *, keys: Keyring) -> Letter:
    """Open a parcel."""
    content = from_json(keys.unseal(parcel.payload, f"outbox:{parcel.chat_hash}"))
    paper = content["paper"]
    words = Rendered(
        text=content["text"],
        rows=[[(label, does) for label, does in row] for row in content["rows"]],
        protected=content["protected"],
        paper=Paper(paper[0], b64decode(paper[1]), *paper[2:]) if paper else None,
    )
    how = {key: content[key] for key in ("edit", "buttons_only", "lasts", "sweeps")}
    reminds = tuple(content.get("reminds", ()))
    how |= {key: content.get(key, "") for key in ("arrives", "shows")}
    return Letter(content["chat"], words, reminds=reminds, **how)


def sweep(chat: int, message: int, *, keys: Keyring, due_at: datetime) -> Draft:
    """Have a message deleted at a moment."""
    letter = Letter(chat, Rendered(""), sweeps=message)
    return draft(letter, keys=keys, due_at=due_at, urgency=Urgency.SWEEP)


def hurry(session: Session, chats: Collection[str], *, now: datetime) -> None:
    """Have what is to be deleted in some chats, by their hashes, deleted now."""
    if chats:
        session.execute(
            sa.update(OUTBOX)
            .where(OUTBOX.c.chat_hash.in_(chats), OUTBOX.c.urgency == int(Urgency.SWEEP))
            .where(OUTBOX.c.due_at > now)
            .values(due_at=now)
        )


def post(session: Session, drafts: Sequence[Draft]) -> None:
    """Put messages into the outbox, in order."""
    if drafts:
        session.execute(
            sa.insert(OUTBOX),
            [
                {
                    "chat_hash": draft.chat_hash,
                    "urgency": int(draft.urgency),
                    "due_at": draft.due_at,
                    "sending": False,
                    "attempts": 0,
                    "copy_id": draft.copy_id,
                    "payload": draft.payload,
                }
                for draft in drafts
            ],
        )


def take_out(
    session: Session, *, now: datetime, resting: Collection[str], room: int, bulk_room: int
) -> Sequence[Parcel]:
    """Take what goes next, at most one message a chat, and mark it as being sent.

    What is to be deleted in a chat where nothing else goes comes together. `resting` are the hashes
    of chats that must wait; `bulk_room` is how many may go of broadcasts, `room` how many of
    everything else.
    """
    parcels = next_parcels(session, PRESSING, now=now, resting=resting, room=room)
    if bulk_room > 0:
        busy = [*resting, *(parcel.chat_hash for parcel in parcels)]
        parcels += next_parcels(session, BULK, now=now, resting=busy, room=bulk_room)
    if parcels:
        session.execute(
            sa.update(OUTBOX)
            .where(OUTBOX.c.id.in_([parcel.id for parcel in parcels]))
            .values(sending=True, attempts=OUTBOX.c.attempts + 1)
        )
    return parcels


def next_parcels(
    session: Session,
    which: sa.Select[Any],
    *,
    now: datetime,
    resting: Collection[str],
    room: int,
) -> list[Parcel]:
    """Find what goes next among some messages, chat by chat."""
    rows = session.execute(which, {"now": now, "resting": list(resting), "room": room})
    first: dict[str, list[Parcel]] = {}
    for id_, chat_hash, urgency, *how in rows:
        parcels = first.setdefault(chat_hash, [])
        if not parcels or parcels[0].urgency is Urgency.SWEEP:
            parcels.append(Parcel(id_, chat_hash, Urgency(urgency), *how))
    return [parcel for parcels in first.values() for parcel in parcels]


def due(which: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """Ask for what goes next among some messages."""
    return (
        sa.select(
            OUTBOX.c.id,
            OUTBOX.c.chat_hash,
            OUTBOX.c.urgency,
            OUTBOX.c.attempts,
            OUTBOX.c.copy_id,
            OUTBOX.c.payload,
        )
        .where(
            which,
            OUTBOX.c.sending.is_(False),
            OUTBOX.c.due_at <= sa.bindparam("now"),
            OUTBOX.c.chat_hash.not_in(sa.bindparam("resting", expanding=True)),
            ~retried_before(),
        )
        .order_by(OUTBOX.c.urgency, OUTBOX.c.id)
        .limit(sa.bindparam("room"))
        .with_for_update(skip_locked=True)  # should there ever be two at work
    )


def retried_before() -> sa.ColumnElement[bool]:
    """Tell whether an earlier message of its kind still waits to be tried again in its chat."""
    earlier = OUTBOX.alias("earlier")
    return sa.exists().where(
        earlier.c.chat_hash == OUTBOX.c.chat_hash,
        earlier.c.urgency == OUTBOX.c.urgency,
        earlier.c.id < OUTBOX.c.id,
        earlier.c.attempts > 0,
    )


# Written once: every turn of delivery asks both, and to write them takes longer than to run them.
PRESSING = due(OUTBOX.c.urgency != int(Urgency.BROADCAST))
BULK = due(OUTBOX.c.urgency == int(Urgency.BROADCAST))


def sent(session: Session, ids: Sequence[int]) -> None:
    """Forget messages that are sent, or never will be."""
    if ids:
        session.execute(sa.delete(OUTBOX).where(OUTBOX.c.id.in_(ids)))


def put_back(session: Session, ids: Sequence[int], *, due_at: datetime | None = None) -> None:
    """Let messages be tried again, not before a moment if one is given."""
    if ids:
        then = {} if due_at is None else {"due_at": due_at}
        session.execute(sa.update(OUTBOX).where(OUTBOX.c.id.in_(ids)).values(sending=False, **then))


def undecided(session: Session) -> Sequence[tuple[int, Urgency, UUID | None]]:
    """List the messages that were being sent when the last process ended."""
    rows = session.execute(
        sa.select(OUTBOX.c.id, OUTBOX.c.urgency, OUTBOX.c.copy_id).where(OUTBOX.c.sending.is_(True))
    )
    return [(row.id, Urgency(row.urgency), row.copy_id) for row in rows]


def forward(session: Session, parcel: Parcel, *, chat: int, keys: Keyring, now: datetime) -> None:
    """Address a message to the number its chat goes by now."""
    letter = replace(unpack(parcel, keys=keys), chat=chat)
    moved = draft(letter, keys=keys, due_at=now)
    session.execute(
        sa.update(OUTBOX)
        .where(OUTBOX.c.id == parcel.id)
        .values(chat_hash=moved.chat_hash, payload=moved.payload, sending=False)
    )
