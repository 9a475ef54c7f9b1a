"""Unfinished dialogues: found by the chat's hash, sealed, one of them current.

Which a confidential one is, and about what, is sealed with it: its row tells nothing.
"""

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from nacl.exceptions import CryptoError
from pydantic import TypeAdapter
from pydantic_core import from_json, to_json
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from dialogs.engine import Draft
from dialogs.flows import FLOWS
from dialogs.rules.access import Action
from storage.database import table_of
from storage.sealing import Keyring
from storage.tables import Conversation

CONVERSATION = table_of(Conversation)

log = logging.getLogger(__name__)

CONFIDENTIAL_LASTS = timedelta(hours=2)
CONFIDENTIAL_MINUTES = int(CONFIDENTIAL_LASTS.total_seconds() // 60)
VEILED = "sealed"  # stands in the row of a confidential dialogue for which one it is
PADDED = 64 * 1024  # bytes; of how much a confidential dialogue holds, only this class is seen
REFERENCE = 8  # hex digits of the id that a button carries

TOLD: Mapping[Action, TypeAdapter[Any]] = {
    action: TypeAdapter(flow.told) for action, flow in FLOWS.items()
}


@dataclass(frozen=True)
class Talk:
    """An unfinished dialogue: which one, what it was told, how far it has come.

    `begun` is whether it has just become the current one of its chat.
    """

    action: Action
    subject: str
    told: Any = field(repr=False)
    draft: Draft = field(default_factory=Draft, repr=False)
    current: bool = False
    begun: bool = False
    id: UUID = field(default_factory=uuid4)

    @property
    def reference(self) -> str:
        """What its buttons carry."""
        return self.id.hex[:REFERENCE]

    def at(self, draft: Draft) -> "Talk":
        """Go on to another place."""
        return replace(self, draft=draft, current=True, begun=not self.current)


def about(talk: UUID) -> str:
    """Name what is sealed."""
    return f"conversation:{talk}"


def load(
    session: Session, chat_hashes: Collection[str], *, keys: Keyring, now: datetime
) -> Mapping[str, Sequence[Talk]]:
    """Find the unfinished dialogues of chats, the latest touched first.

    One that no longer fits, because a newer version tells or asks other things, is left out; the
    next of its kind takes its place.
    """
    rows = session.execute(
        sa.select(CONVERSATION)
        .where(
            CONVERSATION.c.chat_hash.in_(chat_hashes),
            sa.or_(CONVERSATION.c.expires_at.is_(None), CONVERSATION.c.expires_at > now),
        )
        .order_by(CONVERSATION.c.touched_at.desc())
    )
    talks: dict[str, list[Talk]] = {}
    told: dict[tuple[Action, bytes], Any] = {}  # what many were told alike is read once
    for row in rows:
        try:
            talks.setdefault(row.chat_hash, []).append(opened(row, keys, told))
        except (ValueError, TypeError, CryptoError) as error:
            log.warning("a dialogue (%s) no longer fits: %s", row.action, type(error).__name__)
    return talks


def opened(row: Any, keys: Keyring, read: dict[tuple[Action, bytes], Any]) -> Talk:
    """Open a sealed row; raise ValueError if its dialogue would be kept in another place now.

    `read` is what dialogues were told, as far as it has been read.
    """
    action, subject, whole = row.action, row.subject, keys.unseal(row.draft, about(row.id))
    if action == VEILED:
        name, _, whole = whole.partition(b"\n")
        action, subject = from_json(name)
    line, _, draft = whole.partition(b"\n")
    told = (Action(action), line)
    if told not in read:
        read[told] = TOLD[Action(action)].validate_json(line)
    talk = Talk(
        action=Action(action),
        subject=subject,
        told=read[told],
        draft=read_draft(draft),
        current=row.current,
        id=row.id,
    )
    if place(row.chat_hash, talk, keys) != (row.action, row.subject):
        raise ValueError("kept in another place")
    return talk


def is_confidential(talk: Talk) -> bool:
    """Say whether a dialogue is short-lived, and its row tells nothing of it."""
    return FLOWS[talk.action].confidential


def place(chat: str, talk: Talk, keys: Keyring) -> tuple[str, str]:
    """Say by what the row of a dialogue is found among those of its chat."""
    if not is_confidential(talk):
        return talk.action.value, talk.subject
    return VEILED, keys.lookup(f"conversation:{chat}:{talk.action}:{talk.subject}")


def read_draft(written: bytes) -> Draft:
    """Read a draft as `sealed` writes it; JSON knows no tuples."""
    kept = from_json(written)
    return Draft(**{**kept, "picked": tuple(kept["picked"])})


def sealed(talk: Talk, keys: Keyring) -> bytes:
    """Seal a dialogue: a line of what it was told, a line of its draft.

    Before those of a confidential one stands which it is, and blanks behind hide its length.
    """
    lines = [TOLD[talk.action].dump_json(talk.told), to_json(vars(talk.draft))]
    if is_confidential(talk):
        lines.insert(0, to_json([talk.action, talk.subject]))
    whole = b"\n".join(lines)
    blanks = -len(whole) % PADDED if is_confidential(talk) else 0
    return keys.seal(whole + b" " * blanks, about(talk.id))


def save(
    session: Session, talks: Sequence[tuple[str, Talk]], *, keys: Keyring, now: datetime
) -> None:
    """Keep dialogues, each the current one of its chat."""
    begun = [(chat, talk.id) for chat, talk in talks if talk.begun]
    if begun:
        session.execute(
            sa.update(CONVERSATION)
            .where(
                CONVERSATION.c.chat_hash.in_([chat for chat, _ in begun]),
                CONVERSATION.c.current.is_(True),
            )
            .values(current=False)
        )
    if talks:
        session.execute(
            upsert(session), [row_of(chat, talk, keys=keys, now=now) for chat, talk in talks]
        )


def upsert(session: Session) -> sa.Insert:
    """Insert a dialogue, or let it take the place of the one its chat had about the same.

    That is most often itself; it may be a confidential one that has expired and lies there still.
    """
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(CONVERSATION)
    renewed = ("id", "current", "draft", "touched_at", "expires_at")
    return statement.on_conflict_do_update(
        index_elements=["chat_hash", "action", "subject"],
        set_={name: statement.excluded[name] for name in renewed},
    )


def row_of(chat: str, talk: Talk, *, keys: Keyring, now: datetime) -> dict[str, object]:
    """Lay a dialogue out as a row; a confidential one ends by itself."""
    action, subject = place(chat, talk, keys)
    return {
        "id": talk.id,
        "chat_hash": chat,
        "action": action,
        "subject": subject,
        "current": True,
        "draft": sealed(talk, keys),
        "touched_at": now,
        "expires_at": now + CONFIDENTIAL_LASTS if is_confidential(talk) else None,
    }


def end(session: Session, ids: Collection[UUID]) -> None:
    """Forget dialogues that are over."""
    if ids:
        session.execute(sa.delete(CONVERSATION).where(CONVERSATION.c.id.in_(ids)))


def forget_expired(session: Session, *, now: datetime) -> None:
    """Forget confidential dialogues that were left lying."""
    session.execute(sa.delete(CONVERSATION).where(CONVERSATION.c.expires_at <= now))
