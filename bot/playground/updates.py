"""What waits for the bot: updates in order, forgotten only when the bot says so."""

import asyncio
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any

from bot.playground.bell import Bell
from bot.playground.wire import Json, conflict

FIRST_ID = 500_000_001
KEPT_FOR = 24 * 3600
"""Seconds by the playground's clock after which Telegram forgets an unfetched update."""
LONGEST_POLL = 50
UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds that come only to a bot that asks for them."""


class Updates:
    """Queue of updates, by id, with the chat each belongs to."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self.next_id = FIRST_ID
        self.pending: dict[int, Json] = {}
        self.chats: dict[int, int] = {}
        self.born: dict[int, float] = {}
        self.allowed: list[str] = []
        self.bell = Bell()
        self.closed = False
        self.changes = 0
        self._poll = 0
        self._ended = ""

    def add(self, kind: str, body: Json, *, chat_id: int) -> None:
        """Queue an update unless the bot has not asked for its kind."""
        wanted = kind in self.allowed if self.allowed else kind not in UNASKED
        if wanted:
            self.pending[self.next_id] = {"update_id": self.next_id, kind: body}
            self.chats[self.next_id] = chat_id
            self.born[self.next_id] = self._now()
            self.next_id += 1
            self.changes += 1
            self.bell.ring()

    def forget(self, ids: Sequence[int]) -> None:
        """Drop updates that are confirmed, delivered or too old."""
        self.changes += len(ids)
        for update_id in ids:
            for memory in (self.pending, self.chats, self.born):
                memory.pop(update_id, None)

    def drop_all(self) -> None:
        """Forget whatever is pending."""
        self.forget(list(self.pending))

    def expire(self) -> None:
        """Forget what has waited for more than a day."""
        oldest = self._now() - KEPT_FOR
        late = []
        for update_id, born in self.born.items():
            if born >= oldest:
                break
            late.append(update_id)
        self.forget(late)

    def confirm(self, offset: int) -> None:
        """Forget what lies below `offset`; a negative one keeps that many from the end."""
        if offset < 0:
            self.forget(list(self.pending)[:offset])
            return
        confirmed = []
        for update_id in self.pending:
            if update_id >= offset:
                break
            confirmed.append(update_id)
        self.forget(confirmed)

    async def poll(self, asked: Json) -> list[Json]:
        """Answer getUpdates; a poll that still hangs when another comes is ended with 409."""
        mine = self.interrupt(
            "terminated by other getUpdates request; "
            "make sure that only one bot instance is running"
        )
        if asked.get("allowed_updates", self.allowed) != self.allowed:
            self.allowed = asked["allowed_updates"]
            self.changes += 1
        self.expire()
        self.confirm(asked.get("offset", 0))
        if not self.pending and asked.get("timeout", 0) > 0:
            await self._hang(mine, seconds=min(asked["timeout"], LONGEST_POLL))
        return list(islice(self.pending.values(), asked.get("limit", 100)))

    def interrupt(self, why: str) -> int:
        """End a poll that hangs, and give the number of the next."""
        self._poll += 1
        self._ended = why
        self.bell.ring()
        return self._poll

    async def _hang(self, mine: int, *, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while not self.pending and not self.closed and loop.time() < end:
            await self.bell.wait(self.bell.rings, at_most=end - loop.time())
            if self._poll != mine:
                raise conflict(self._ended)

    def close(self) -> None:
        """End every poll at once."""
        self.closed = True
        self.bell.ring()

    def state(self) -> Json:
        """Give what must survive a restart."""
        rows: list[Any] = [
            [update, self.chats[update_id], self.born[update_id]]
            for update_id, update in self.pending.items()
        ]
        return {"next_id": self.next_id, "allowed": self.allowed, "pending": rows}

    def restore(self, state: Json, *, leap: int) -> None:
        """Take over what an earlier run left; new ids begin further on."""
        self.next_id, self.allowed = state["next_id"] + leap, state["allowed"]
        for update, chat_id, born in state["pending"]:
            self.pending[update["update_id"]] = update
            self.chats[update["update_id"]] = chat_id
            self.born[update["update_id"]] = born
