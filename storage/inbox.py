"""What has been heard and not yet answered; an update is written once and done once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from storage.database import table_of
from storage.tables import Inbox

INBOX = table_of(Inbox)
KEPT = timedelta(hours=48)  # Telegram redelivers for 24 hours; as long again for a slow clock
AT_ONCE = 100
LOOKED_AT = 1_000  # of the oldest updates, before chats are looked through one by one


@dataclass(frozen=True)
class Arrival:
    """An update as it is written down: its number, its chat's hash, its sealed payload."""

    update_id: int
    chat_hash: str
    payload: bytes


def take_in(session: Session, arrivals: Sequence[Arrival], *, now: datetime) -> None:
    """Write updates down; those that came before are left as they are."""
    if not arrivals:
        return
    dialect = session.get_bind().dialect.name
    insert = postgresql.insert(INBOX) if dialect == "postgresql" else sqlite.insert(INBOX)
    session.execute(
        insert.on_conflict_do_nothing(),
        [
            {
                "update_id": arrival.update_id,
                "chat_hash": arrival.chat_hash,
                "payload": arrival.payload,
                "received_at": now,
            }
            for arrival in arrivals
        ],
    )


def waiting(session: Session, *, besides: Collection[str] = ()) -> Sequence[Arrival]:
    """Find the oldest waiting update of each chat, at most a hundred; `besides` pass some over."""
    allowed = [INBOX.c.done_at.is_(None)]
    if besides:
        allowed.append(INBOX.c.chat_hash.not_in(list(besides)))
    rows = session.execute(
        sa.select(INBOX.c.update_id, INBOX.c.chat_hash, INBOX.c.payload)
        .where(INBOX.c.update_id.in_(heads(session, *allowed)), *allowed)
        .order_by(INBOX.c.update_id)
        .limit(AT_ONCE)
    )
    return [Arrival(row.update_id, row.chat_hash, row.payload or b"") for row in rows]


def heads(
    session: Session, *allowed: sa.ColumnElement[bool]
) -> Sequence[int] | sa.Select[tuple[int]]:
    """Find the first waiting update of each chat, as far as a round needs them.

    The oldest few are enough, however many wait behind them, unless one chat has most of them.
    """
    found = session.execute(
        sa.select(INBOX.c.update_id, INBOX.c.chat_hash)
        .where(*allowed)
        .order_by(INBOX.c.update_id)
        .limit(LOOKED_AT)
    ).all()
    first: dict[str, int] = {}
    for row in found:
        first.setdefault(row.chat_hash, row.update_id)
    if len(first) >= AT_ONCE or len(found) < LOOKED_AT:
        return list(first.values())[:AT_ONCE]
    return sa.select(sa.func.min(INBOX.c.update_id)).where(*allowed).group_by(INBOX.c.chat_hash)


class AnsweredAlready(Exception):  # noqa: N818 - it is what happened
    """An update was done by somebody else meanwhile; nothing of ours may stand beside it."""


def done(session: Session, update_ids: Sequence[int], *, now: datetime) -> None:
    """Mark updates as done, and forget what they said and in which chat.

    Raises AnsweredAlready unless every one of them was still waiting.
    """
    marked = session.execute(
        sa.update(INBOX)
        .where(INBOX.c.update_id.in_(update_ids), INBOX.c.done_at.is_(None))
        .values(done_at=now, payload=None, chat_hash="")
        .returning(INBOX.c.update_id)
    )
    if len(marked.all()) != len(update_ids):
        raise AnsweredAlready


def forget(session: Session, *, now: datetime) -> None:
    """Drop the numbers of updates that cannot come again."""
    session.execute(sa.delete(INBOX).where(INBOX.c.done_at < now - KEPT))
