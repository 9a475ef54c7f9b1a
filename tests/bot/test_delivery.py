"""What becomes of messages under way when the office closes."""

import asyncio
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest

from bot.channels import NotSent, Rejected, TooFast, Undelivered
from bot.delivery import AT_ONCE, Delivery, Fate
from dialogs.messages import Rendered
from dialogs.vocabulary import BroadcastState, DeliveryState
from scheduler.publications import show_progress
from storage import outbox
from storage.database import Database
from storage.outbox import Letter
from storage.sealing import Keyring
from storage.tables import Broadcast
from tests.builders.patience import until
from tests.builders.people import NOON
from tests.storage.test_mailing import Mailing

T = TypeVar("T")


class Slow:
    """A sender who hears of a message's arrival a little later than it arrives."""

    def __init__(self) -> None:
        self.arrived: list[int] = []

    async def send(self, letter: Letter) -> int:
        self.arrived.append(letter.chat)
        await asyncio.sleep(0.2)
        return len(self.arrived)

    async def delete(self, chat: int, messages: Sequence[int]) -> None:
        raise AssertionError((chat, messages))


class Sweeping(Slow):
    """A sender who deletes, but none together that may not all be deleted."""

    def __init__(self, *, too_old: int) -> None:
        super().__init__()
        self.too_old, self.asked = too_old, list[list[int]]()

    async def send(self, letter: Letter) -> int:
        assert letter.sweeps is not None
        await self.delete(letter.chat, [letter.sweeps])
        return 0

    async def delete(self, chat: int, messages: Sequence[int]) -> None:
        self.asked.append([*messages])
        if self.too_old in messages:
            raise Rejected("message can't be deleted")
        self.arrived += messages


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


@pytest.mark.parametrize("too_old", [0, 2])
def test_what_cannot_be_deleted_together_is_deleted_one_by_one(
    database: Database, keys: Keyring, too_old: int
) -> None:
    sender, now = Sweeping(too_old=too_old), datetime.now(UTC)
    with database.writing() as session:
        sweeps = [outbox.sweep(5, number, keys=keys, due_at=now) for number in (1, 2, 3)]
        outbox.post(session, sweeps)
    delivery = Delivery(database, keys, sender, lambda: datetime.now(UTC))
    asyncio.run(deliver(delivery, sender, till=2 if too_old else 3))
    with database.reading() as session:
        assert outbox.undecided(session) == []
    assert sender.asked[0] == [1, 2, 3]
    assert sender.asked[1:] == ([[1], [2], [3]] if too_old else [])


def test_an_answer_does_not_wait_for_copies_to_be_noted(database: Database, keys: Keyring) -> None:
    sent = Mailing(database, keys, 3)
    sent.feed()
    delivery = Delivery(database, keys, Slow(), lambda: NOON)
    assert asyncio.run(beside_a_broadcast(delivery, sent)) == [
        {DeliveryState.WAITING: 3},
        {DeliveryState.WAITING: 3},
        {DeliveryState.SENT: 3},
    ]
    with database.reading() as session:
        assert outbox.undecided(session) == []
    assert delivery.places == AT_ONCE


async def beside_a_broadcast(
    delivery: Delivery, sent: Mailing
) -> Sequence[Mapping[DeliveryState, int]]:
    """Send copies, an answer while none may go, and nothing; give what is noted after each."""
    noted = []
    for answers, next_bulk in ((0, time.monotonic() + 60), (1, 0.0), (0, 0.0)):
        letters = [Letter(4711, Rendered("?"))] * answers
        with delivery.database.writing() as session:
            drafts = [outbox.draft(one, keys=delivery.keys, due_at=NOON) for one in letters]
            outbox.post(session, drafts)
        await delivery.turn(hop)
        if delivery.under_way:
            await asyncio.wait(delivery.under_way)
        noted.append(sent.counts())
        delivery.pace.next_bulk = next_bulk
    return noted


def test_copies_make_way_for_an_answer_until_it_has_been_given(
    database: Database, keys: Keyring
) -> None:
    sent = Mailing(database, keys, 3)
    sent.feed()
    with database.writing() as session:
        letter = Letter(4711, Rendered("?"))
        outbox.post(session, [outbox.draft(letter, keys=keys, due_at=NOON)])
    sender = Slow()
    delivery = Delivery(database, keys, sender, lambda: NOON)
    delivery.pace.out_of_the_way_until = time.monotonic() + 600
    asyncio.run(deliver(delivery, sender, till=4))
    assert sender.arrived[0] == 4711
    assert sent.counts() == {DeliveryState.SENT: 3}


def test_whoever_stands_aside_goes_on_once_the_answer_has_been_given(
    database: Database, keys: Keyring
) -> None:
    delivery = Delivery(database, keys, Slow(), lambda: NOON)
    delivery.pace.out_of_the_way_until = time.monotonic() + 600
    aside = threading.Thread(target=delivery.stand_aside, args=(0.0,))
    aside.start()
    aside.join(0.2)
    assert aside.is_alive()
    delivery.pace.go_on(time.monotonic())
    aside.join(60)
    assert not aside.is_alive()


def test_whoever_stands_aside_rests_as_long_as_asked_though_nobody_waits(
    database: Database, keys: Keyring
) -> None:
    began = time.monotonic()
    Delivery(database, keys, Slow(), lambda: NOON).stand_aside(0.1)
    assert time.monotonic() - began >= 0.1


@pytest.mark.parametrize("failure", [NotSent("away"), TooFast(1.0)])
@pytest.mark.parametrize(
    ("state", "does", "left"),
    [
        (BroadcastState.CANCELLED, "give_up", {DeliveryState.CANCELLED: 9}),
        (BroadcastState.PAUSED, "call_back", {DeliveryState.WAITING: 9}),
    ],
)
def test_what_did_not_leave_of_a_broadcast_held_up_or_ended_stays_here(
    database: Database,
    keys: Keyring,
    failure: Undelivered,
    state: BroadcastState,
    does: str,
    left: Mapping[DeliveryState, int],
) -> None:
    sent = Mailing(database, keys, 9)
    sent.feed()
    delivery = Delivery(database, keys, Slow(), lambda: NOON)
    going = delivery.settle_and_take((), resting=(), room=5, bulk_room=5)
    assert len(going) == 5
    with database.writing() as session:
        session.get_one(Broadcast, sent.id).state = state
    sent.do(does)
    fates = [Fate(one, failure=failure) for one in going]
    delivery.clock = lambda: NOON + timedelta(hours=1)
    assert not delivery.settle_and_take(fates, resting=(), room=9, bulk_room=9)
    assert (sent.letters(), sent.counts()) == ([], left)
    with database.writing() as session:
        session.get_one(Broadcast, sent.id).state = BroadcastState.RUNNING
    assert sent.feed() == left.get(DeliveryState.WAITING, 0)


@pytest.mark.parametrize("watched", [77, None])
def test_progress_goes_on_in_the_message_that_took_the_place_of_a_deleted_one(
    database: Database, keys: Keyring, watched: int | None
) -> None:
    """Or in the first, where whoever ordered it has typed the word of a button."""
    sent = Mailing(database, keys, 3)
    with database.writing() as session:
        session.get_one(Broadcast, sent.id).progress_message = watched
    delivery = Delivery(database, keys, Slow(), lambda: NOON)
    edits = []
    for state in (BroadcastState.PAUSED, BroadcastState.RUNNING):
        with database.writing() as session:
            session.get_one(Broadcast, sent.id).state = state
            show_progress(session, now=NOON, zone=UTC, keys=keys)
        (parcel,) = delivery.settle_and_take((), resting=(), room=5, bulk_room=0)
        letter = outbox.unpack(parcel, keys=keys)
        edits.append(letter.edit)
        with database.writing() as session:
            delivery.settle_sent(session, [Fate(parcel, 99, letter)])
    assert edits == [watched, 99]
