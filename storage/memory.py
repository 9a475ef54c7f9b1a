"""What is remembered only while the program runs: keys unlocked for minutes, tries counted."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2b
from uuid import UUID

from nacl.public import PrivateKey

from dialogs.errors import Refused

MOST_COUNTED = 10_000  # whoever is counted beyond that pushes out the oldest


@dataclass
class Memory:
    """Nothing of this is written down; it ends with the process.

    `seed` is new with every process, so that what is counted names nobody afterwards.
    """

    opened: dict[UUID, tuple[PrivateKey, datetime]] = field(default_factory=dict, repr=False)
    tries: dict[str, list[datetime]] = field(default_factory=dict, repr=False)
    visits: dict[str, tuple[UUID, datetime]] = field(default_factory=dict, repr=False)
    seed: bytes = field(default_factory=lambda: os.urandom(32), repr=False)

    def unlock(self, person: UUID, private: PrivateKey, *, until: datetime) -> None:
        """Hold somebody's private key until a moment."""
        self.opened[person] = (private, until)

    def lock(self, person: UUID) -> None:
        """Let go of somebody's private key."""
        self.opened.pop(person, None)

    def key_of(self, person: UUID, *, now: datetime) -> PrivateKey | None:
        """Find somebody's private key, if it is unlocked; forget those whose time is over."""
        for whose in [one for one, (_, until) in self.opened.items() if until <= now]:
            self.lock(whose)
        held = self.opened.get(person)
        return held[0] if held else None

    def admit(self, case: UUID, *, chat: int, until: datetime) -> str:
        """Let the chat that showed a case's receipt go on with it; gives the word for it."""
        word = os.urandom(8).hex()
        self.visits[self.mark(word, chat)] = (case, until)
        return word

    def visited(self, word: str, *, chat: int, now: datetime) -> UUID:
        """Find the case a word stands for in a chat; raise Refused once its time is over."""
        for over in [one for one, (_, until) in self.visits.items() if until <= now]:
            self.visits.pop(over, None)
        mark = self.mark(word, chat)
        if mark not in self.visits:
            raise Refused("receipt_again")
        return self.visits[mark][0]

    def mark(self, what: str, who: int | str) -> str:
        """Name what somebody does, so that neither can be read from it."""
        return blake2b(f"{what}:{who}".encode(), key=self.seed, digest_size=16).hexdigest()

    def lately(
        self, what: str, who: int | str, *, within: timedelta, now: datetime
    ) -> Sequence[datetime]:
        """List when somebody did something within a time, the earliest first."""
        return [at for at in self.tries.get(self.mark(what, who), ()) if now - at < within]

    def count(self, what: str, who: int | str, *, within: timedelta, now: datetime) -> None:
        """Count that somebody did something; what is older than a time is forgotten."""
        recent, mark = self.lately(what, who, within=within, now=now), self.mark(what, who)
        self.tries.pop(mark, None)  # so that it stands behind the others
        self.tries[mark] = [*recent, now]
        for oldest in list(self.tries)[: max(0, len(self.tries) - MOST_COUNTED)]:
            self.tries.pop(oldest, None)

    def forget(self, what: str, who: int | str) -> None:
        """Forget how often somebody did something."""
        self.tries.pop(self.mark(what, who), None)

    def minutes_to_wait(
        self, what: str, who: int | str, *, most: int, within: timedelta, now: datetime
    ) -> int:
        """Say how long somebody waits who did something so many times within a time; 0 if not.

        Nothing is counted: where only what went wrong is to count, whoever notices it counts it.
        """
        recent = self.lately(what, who, within=within, now=now)
        return minutes_to(recent[-most] + within - now) if len(recent) >= most else 0

    def must_not_hurry(
        self, what: str, who: int | str, *, most: int, within: timedelta, now: datetime
    ) -> None:
        """Count a try of somebody at something; raise Refused beyond so many within a time."""
        if minutes := self.minutes_to_wait(what, who, most=most, within=within, now=now):
            raise Refused("too_many_tries", minutes=minutes)
        self.count(what, who, within=within, now=now)


def minutes_to(span: timedelta) -> int:
    """Say a span in whole minutes, at least one."""
    return max(1, -(-int(span.total_seconds()) // 60))
