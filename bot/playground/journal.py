"""What happened, in order: the source of the page's live events."""

from collections import deque
from typing import Any

from bot.playground.bell import Bell
from bot.playground.wire import Json


class Journal:
    """Number what happens and keep the latest of it."""

    def __init__(self, *, kept: int = 50_000) -> None:
        self.seq = 0
        self.bell = Bell()
        self._events: deque[Json] = deque(maxlen=kept)

    def tell(self, kind: str, **facts: Any) -> None:
        """Add an event and wake those who follow."""
        self.seq += 1
        self._events.append({"seq": self.seq, "kind": kind, **facts})
        self.bell.ring()

    def since(self, seq: int) -> list[Json]:
        """List the events after `seq`; a single `reset` when they are no longer all known."""
        oldest = self._events[0]["seq"] if self._events else self.seq + 1
        if seq > self.seq or seq < oldest - 1:
            return [{"seq": self.seq, "kind": "reset"}]
        news = []
        for event in reversed(self._events):
            if event["seq"] <= seq:
                break
            news.append(event)
        return news[::-1]
