"""The office at work: it listens, answers and delivers, side by side, until it is told to stop."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar

from bot.aside import Aside
from bot.channels import Taken, Undelivered
from bot.channels.telegram import Telegram, chat_of, kept_of
from bot.delivery import Delivery
from bot.desk import Desk
from bot.token_watch import TokenWatch, Trouble, tell
from dialogs.messages import plain_words
from dialogs.speech import Phrase
from dialogs.vocabulary import Language

log = logging.getLogger(__name__)

T = TypeVar("T")

COMMANDS = ("menu", "cancel", "help", "language", "privacy")
LONGEST_PAUSE = 30.0  # seconds between two tries to reach Telegram


@dataclass
class Office:
    """A channel, a desk, a delivery and a watch; units of work run in threads, off the loop."""

    channel: Telegram
    desk: Desk
    delivery: Delivery
    watch: TokenWatch
    threads: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(4))
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    async def hop(self, work: Callable[[], T]) -> T:
        """Run a unit of work in a thread; who is told to stop waits until it is whole."""
        done = asyncio.get_running_loop().run_in_executor(self.threads, work)
        try:
            return await asyncio.shield(done)
        except asyncio.CancelledError:
            await asyncio.wait([done])
            raise

    async def run(self, *, listen: bool = True) -> None:
        """Work until cancelled; without `listen` updates are handed in by a webhook."""
        loop = asyncio.get_running_loop()
        self.desk.fetch = self.fetch_from(loop)
        self.desk.aside = Aside(lambda: ring(loop, self.arrived))
        await self.hop(self.delivery.recover)
        await self.hop(self.desk.clear_away)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self.keep_at("answering", self.answer))
                tasks.create_task(self.keep_at("delivery", lambda: self.delivery.run(self.hop)))
                tasks.create_task(
                    self.keep_at("the watch", lambda: self.watch.run(self.warn, self.hop))
                )
                if listen:
                    tasks.create_task(self.keep_at("listening", self.listen))
        finally:
            self.desk.aside.close()
            await self.delivery.finish(self.hop)

    def fetch_from(self, loop: asyncio.AbstractEventLoop) -> Callable[[str], bytes]:
        """Let the desk, in its thread, wait for a file that the loop fetches."""

        def fetch(file: str) -> bytes:
            return asyncio.run_coroutine_threadsafe(self.channel.fetch(file), loop).result()

        return fetch

    async def keep_at(self, what: str, work: Callable[[], Awaitable[None]]) -> None:
        """Take work up again after a stumble, such as a full disk or a database that is away."""
        pause = 1.0
        while True:
            begun = time.monotonic()
            try:
                await work()
            except Exception as error:  # noqa: BLE001 - one stumble must not close the office
                log.error("%s stumbled: %s", what, type(error).__name__)
            if time.monotonic() - begun > LONGEST_PAUSE:
                pause = 1.0
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    def warn(self, seen: Collection[Trouble]) -> None:
        """Say that somebody else may have the token."""
        tell(seen, database=self.desk.database, keys=self.desk.keys, now=self.desk.clock())

    async def listen(self) -> None:
        """Poll; what has come is written down before the next poll lets Telegram forget it."""
        offset, pause = 0, 1.0
        while True:
            try:
                updates = await self.channel.poll(offset)
                pause = 1.0
            except Undelivered as failure:
                log.warning("Telegram cannot be polled (%s)", type(failure).__name__)
                if isinstance(failure, Taken):
                    self.watch.poll_taken()
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
                continue
            if updates:
                await self.take_in(updates)
            # After an empty poll nothing is left to confirm, and after a quiet week Telegram may
            # count anew from a lower number.
            offset = updates[-1]["update_id"] + 1 if updates else 0

    async def take_in(self, updates: Sequence[dict[str, Any]]) -> None:
        """Write updates down and tell the desk; broadcasts make way for what it will answer."""
        self.delivery.make_way()
        letters = [
            (update["update_id"], chat_of(update), json.dumps(update).encode())
            for update in map(kept_of, updates)
            if update is not None
        ]
        await self.hop(lambda: self.desk.take_in(letters))
        self.arrived.set()

    async def answer(self) -> None:
        """Answer what waits, as long as anything does."""
        words: set[asyncio.Task[None]] = set()
        while True:
            self.arrived.clear()
            while (done := await self.hop(self.desk.work)).count:
                self.delivery.wake()
                for query, text in done.presses:
                    task = asyncio.create_task(self.channel.answer_press(query, text))
                    words.add(task)
                    task.add_done_callback(words.discard)
            await self.arrived.wait()

    async def offer_commands(self) -> None:
        """Show the commands menu in every language."""
        for language in (Language.ZH_HANT, Language.EN):
            commands = [
                (name, plain_words(Phrase(f"command.{name}"), language)) for name in COMMANDS
            ]
            await self.channel.offer_commands(commands, language)


def ring(loop: asyncio.AbstractEventLoop, bell: asyncio.Event) -> None:
    """Ring a bell of the loop from a thread; a loop that is closed hears nothing any more."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(bell.set)
