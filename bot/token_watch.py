"""Watching over the token: whoever has it besides us can have what people write sent to themselves.

Telegram is asked again and again where updates go and as whom we are known, and at once when it
will not let us poll. Updates sent elsewhere are taken back; who can have the token changed is told.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any

from bot.channels import Undelivered
from bot.channels.telegram import Telegram
from bot.delivery import Hop
from dialogs.speech import Phrase, Reply
from dialogs.vocabulary import Role
from storage import letters, people
from storage.database import Database
from storage.sealing import Keyring

log = logging.getLogger(__name__)

EVERY = 60.0  # seconds between two looks
TOLD_FOR = 3600.0  # seconds for which the same is told once
OFTEN, WITHIN = 3, 600.0  # polls taken from us in so many seconds: no restart of ours overlapping
TOLD = (Role.OFFICE_CLERK, Role.COMMISSION_SECRETARY)


class Trouble(StrEnum):
    """What shows that somebody else may have the token."""

    SENT_ELSEWHERE = "sent_elsewhere"
    POLLED = "polled"
    RENAMED = "renamed"


@dataclass
class TokenWatch:
    """Looks whether all is as it was; `address` is where updates are sent to, empty if polled."""

    channel: Telegram
    address: str = ""
    secret: str = field(default="", repr=False)
    known: Mapping[str, Any] = field(default_factory=dict)
    taken: deque[float] = field(default_factory=lambda: deque(maxlen=OFTEN))
    told: dict[Trouble, float] = field(default_factory=dict)
    bell: asyncio.Event = field(default_factory=asyncio.Event)

    def poll_taken(self) -> None:
        """Note that a poll of ours was ended for somebody else's sake."""
        self.taken.append(time.monotonic())
        self.bell.set()

    async def run(self, say: Callable[[Collection[Trouble]], None], hop: Hop[None]) -> None:
        """Look until cancelled; `say` tells people what is seen, once an hour at most."""
        while True:
            with suppress(Undelivered):
                if seen := self.untold(await self.look(), now=time.monotonic()):
                    await hop(partial(say, seen))
            with suppress(TimeoutError):
                async with asyncio.timeout(EVERY):
                    await self.bell.wait()
            self.bell.clear()

    async def look(self) -> Collection[Trouble]:
        """Ask Telegram; take back what is sent elsewhere.

        Raises Undelivered when Telegram cannot be asked.
        """
        seen = set()
        if await self.channel.address() != self.address:
            seen.add(Trouble.SENT_ELSEWHERE)
            await self.channel.listen(self.address, secret=self.secret)
        elif len(self.taken) == OFTEN and time.monotonic() - self.taken[0] < WITHIN:
            seen.add(Trouble.POLLED)
        known = await self.channel.known_as()
        if self.known and known != self.known:
            seen.add(Trouble.RENAMED)
        self.known = known
        return seen

    def untold(self, seen: Collection[Trouble], *, now: float) -> Collection[Trouble]:
        """Leave out what was told within the hour."""
        new = {one for one in seen if now - self.told.get(one, -TOLD_FOR) >= TOLD_FOR}
        self.told |= dict.fromkeys(new, now)
        return new


def tell(seen: Collection[Trouble], *, database: Database, keys: Keyring, now: datetime) -> None:
    """Tell who can have the token changed what was seen, at whatever hour."""
    log.error("somebody else may have the token: %s", ", ".join(sorted(seen)))
    says = [Phrase(f"token.{one}") for one in sorted(seen)]
    reply = Reply([*says, Phrase("token.change")])
    with database.writing() as session:
        whom = people.with_role(session, TOLD)
        letters.write(session, [(one, reply) for one in whom], keys=keys, now=now)
