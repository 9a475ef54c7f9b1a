"""What becomes of messages under way when the office closes."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from bot.delivery import Delivery
from dialogs.messages import Rendered
from storage import outbox
from storage.database import Database
from storage.outbox import Letter
from storage.sealing import Keyring
from tests.builders.patience import until

T = TypeVar("T")


class Slow:
    """A sender who hears of a message's arrival a little later than it arrives."""

    def __init__(self) -> None:
        self.arrived: list[int] = []

    async def send(self, letter: Letter) -> int:
        self.arrived.append(letter.chat)
        await asyncio.sleep(0.2)
        return len(self.arrived)


async def hop(work: Callable[[], T]) -> T:
    return await asyncio.to_thread(work)


async def deliver(delivery: Delivery, sender: Slow, *, till: int) -> None:
    """Deliver till so many messages have arrived, then close."""
    running = asyncio.create_task(delivery.run(hop))
    await asyncio.to_thread(until, lambda: len(sender.arrived) >= till, "arrivals")
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await delivery.finish(hop)


def test_what_is_under_way_at_the_end_arrives_once(database: Database, keys: Keyring) -> None:
    sender, now = Slow(), datetime.now(UTC)
    with database.writing() as session:
        letters = [Letter(chat, Rendered("?")) for chat in range(20)]
        outbox.post(session, [outbox.draft(one, keys=keys, due_at=now) for one in letters])
    for till in (1, 20):
        delivery = Delivery(database, keys, sender, lambda: datetime.now(UTC))
        delivery.recover()
        asyncio.run(deliver(delivery, sender, till=till))
    assert sorted(sender.arrived) == list(range(20))
