"""Slow thoughts, thought beside the rounds, so that nobody waits for somebody else's photo.

The update stays where it is in the inbox; its chat is passed over until the thought is ready, and
then it is heard again and finds it. Should the process end meanwhile, nothing is lost.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

AT_ONCE = max(1, (os.cpu_count() or 1) // 2)  # the other half stays with whoever only asks
GIVE_WAY = 0.1  # seconds before a thought, in which rounds, and what is said of the last, go first


@dataclass(frozen=True)
class Thought:
    """What thinking about an event came to, or how it failed."""

    event: Any = field(repr=False)
    result: Any = field(default=None, repr=False)
    failure: Exception | None = None


@dataclass
class Aside:
    """Thinks in threads of its own; `ring` says that a thought is ready."""

    ring: Callable[[], None]
    threads: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(AT_ONCE))
    going: dict[int, str] = field(default_factory=dict)
    ready: dict[int, Thought] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def chats(self) -> Collection[str]:
        """List the hashes of the chats that are being thought about."""
        with self.lock:
            return set(self.going.values())

    def take(self, update: int, event: Any) -> Thought | None:
        """Take the thought about an update, if it is ready and about the same event still.

        One that failed stays until it is forgotten, so that its update fails when taken alone.
        """
        with self.lock:
            thought = self.ready.pop(update, None)
            if thought and thought.failure:
                self.ready[update] = thought
        return thought if thought and thought.event == event else None

    def forget(self, update: int) -> None:
        """Forget a thought that failed."""
        with self.lock:
            self.ready.pop(update, None)

    def begin(self, update: int, chat: str, event: Any, think: Callable[[], Any]) -> None:
        """Begin to think about an update."""
        with self.lock:
            self.going[update] = chat
        self.threads.submit(self.finish, update, event, think)

    def finish(self, update: int, event: Any, think: Callable[[], Any]) -> None:
        """Think, keep what came of it, and ring."""
        time.sleep(GIVE_WAY)
        try:
            thought = Thought(event, think())
        except Exception as failure:  # noqa: BLE001 - raised again where the update is answered
            thought = Thought(event, failure=failure)
        with self.lock:
            self.ready[update] = thought
            self.going.pop(update, None)
        self.ring()

    def close(self) -> None:
        """Begin nothing more."""
        self.threads.shutdown(wait=False, cancel_futures=True)
