"""Delivery: takes what is due from the outbox and sees it through Telegram's limits.

`sending` is committed before the call. What is known not to have left is tried again; what nobody
can tell is sent again if it is an answer or a reminder, and left as unknown if it is a broadcast,
so that an officer decides.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from functools import partial
from itertools import groupby
from typing import Protocol, TypeVar
from uuid import UUID

from sqlmodel import Session

from bot.channels import Moved, NotSent, Rejected, TooFast, Undecided, Undelivered, Unreachable
from bot.pace import Pace
from dialogs.rules.calendar import Calendar
from dialogs.vocabulary import DeliveryState
from storage import broadcasts, late_letters, mailing, outbox, warnings
from storage.database import Database
from storage.outbox import Letter, Parcel, Urgency
from storage.sealing import Keyring

log = logging.getLogger(__name__)

T = TypeVar("T")
Hop = Callable[[Callable[[], T]], Awaitable[T]]

AT_ONCE = 64  # messages under way at once, and as many of broadcasts
A_FEW = 10  # copies that have arrived and are noted even if no more of a broadcast goes
ENOUGH = 40  # free places worth a unit of work while more messages wait than there is room for
GLANCE = 0.02  # seconds after which a thread that stands aside looks again
HALF_AN_HOUR = 11  # attempts after which all but answers waits for office hours
GIVE_UP = 20  # attempts at an answer or reminder that may have arrived before it is dropped
LAST_WAIT = 5.0  # seconds that messages under way are waited for when the office closes
LONGEST_WAIT = timedelta(minutes=10)


class Sender(Protocol):
    """A channel, as delivery sees it."""

    async def send(self, letter: Letter) -> int | None:
        """Send a letter; raise Undelivered with what is known of its fate."""

    async def delete(self, chat: int, messages: Sequence[int]) -> None:
        """Delete several messages of a chat; raise Undelivered as above."""


@dataclass(frozen=True)
class Fate:
    """What became of a parcel: the message it is now, or why it is none."""

    parcel: Parcel
    message: int | None = None
    letter: Letter | None = field(default=None, repr=False)
    failure: Undelivered | None = None


@dataclass
class Delivery:
    """The one sender of a township; what is late, answers excepted, waits for office hours.

    `fates` are to be noted with the next turn; `arrived` are those of a broadcast's copies that got
    through, noted together when its next few are taken out, so that no answer waits for them.
    """

    database: Database
    keys: Keyring
    sender: Sender
    clock: Callable[[], datetime]
    pace: Pace = field(default_factory=Pace)
    zone: tzinfo = UTC
    calendar: Calendar = Calendar()
    places: int = AT_ONCE
    under_way: set[asyncio.Task[None]] = field(default_factory=set)
    busy: set[str] = field(default_factory=set)
    fates: list[Fate] = field(default_factory=list)
    arrived: list[Fate] = field(default_factory=list)
    bell: asyncio.Event = field(default_factory=asyncio.Event)
    crowded: bool = False

    def wake(self) -> None:
        """Say that there is something new to send."""
        self.bell.set()

    def make_way(self) -> None:
        """Have broadcasts make way for an answer that is about to be thought of."""
        self.pace.make_way(time.monotonic())

    def stand_aside(self, seconds: float) -> None:
        """Wait some seconds, in a thread of its own, and as long as an answer is made way for."""
        until = time.monotonic() + seconds
        while (left := self.held_back(until)) > 0:
            time.sleep(min(left, GLANCE))

    def held_back(self, until: float) -> float:
        """Say how many seconds are left until a moment has come and nobody is made way for."""
        return max(until, self.pace.out_of_the_way_until) - time.monotonic()

    def recover(self) -> None:
        """Decide about what was being sent when the last process ended."""
        with self.database.writing() as session:
            rows = outbox.undecided(session)
            again = [id_ for id_, urgency, _ in rows if urgency is not Urgency.BROADCAST]
            lost = [id_ for id_, urgency, _ in rows if urgency is Urgency.BROADCAST]
            outbox.put_back(session, again)
            broadcasts.settle(
                session,
                {copy: DeliveryState.UNKNOWN for id_, _, copy in rows if copy and id_ in lost},
            )
            outbox.sent(session, lost)

    async def run(self, hop: Hop[Sequence[Parcel]]) -> None:
        """Deliver until cancelled; `hop` runs a unit of work off the loop.

        Raises what a unit of work raises; nothing is forgotten, and it can be run again.
        """
        while True:
            self.bell.clear()
            while self.crowded and self.places + len(self.fates) < ENOUGH:
                await self.bell.wait()
                self.bell.clear()
            if wait := await self.turn(hop):
                await self.rest(wait)

    async def finish(self, hop: Hop[None]) -> None:
        """Let what is under way arrive, and note its fate, so that it is not sent again."""
        if self.under_way:
            await asyncio.wait(self.under_way, timeout=LAST_WAIT)
        fates = (*self.fates, *self.arrived)
        await hop(partial(self.close, fates, all_told=not self.under_way))

    def close(self, fates: Sequence[Fate], *, all_told: bool) -> None:
        """Settle what has been sent; with `all_told` whatever else was taken out never left."""
        self.settle_and_take(fates, resting=(), room=0, bulk_room=0)
        if all_told:
            with self.database.writing() as session:
                rows = outbox.undecided(session)
                outbox.put_back(session, [id_ for id_, *_ in rows])
                mailing.come_back(session, [copy for *_, copy in rows if copy])

    async def rest(self, seconds: float) -> None:
        """Wait for the bell, or until more may go and nobody is made way for."""
        until = time.monotonic() + seconds
        while (left := self.held_back(until)) > 0:
            with suppress(TimeoutError):
                async with asyncio.timeout(left):  # wait_for would miss being told to stop
                    await self.bell.wait()
                    return

    async def turn(self, hop: Hop[Sequence[Parcel]]) -> float:
        """Settle what has been sent, take out what goes next, and send it on its way.

        Gives the seconds until more may go: none if more may be due than there was room for.
        """
        now = time.monotonic()
        moments = self.pace.bulk_at(now)
        fates = tuple(self.fates)
        arrived = tuple(self.arrived if moments or len(self.arrived) >= A_FEW else ())
        settled = {fate.parcel.chat_hash for fate in fates}
        free = max(0, self.places + len(fates))
        room, moments = min(self.pace.room(now), free), moments[:free]
        if not fates and not arrived and room <= 0 and not moments:
            return self.pace.wait(now, bulk=True)
        work = partial(
            self.settle_and_take,
            (*fates, *arrived),
            resting={*self.pace.resting(now), *(self.busy - settled)},
            room=room,
            bulk_room=len(moments),
        )
        parcels = await hop(work)
        del self.fates[: len(fates)], self.arrived[: len(arrived)]
        self.busy -= settled
        self.places += len(fates) - len(parcels)
        now, pressing = time.monotonic(), 0
        for chat, some in groupby(parcels, key=lambda parcel: parcel.chat_hash):
            together = tuple(some)
            bulk = together[0].urgency is Urgency.BROADCAST
            pressing += 0 if bulk else len(together)
            self.pace.note(now, chat, bulk=bulk)
            self.busy.add(chat)
            task = asyncio.create_task(self.carry(together, at=moments.pop(0) if bulk else None))
            self.under_way.add(task)
            task.add_done_callback(self.under_way.discard)
        self.crowded = len(parcels) >= ENOUGH
        if pressing >= room and self.pace.room(now) > 0:
            return 0.0
        return self.pace.wait(now, bulk=not moments)

    async def carry(self, parcels: Sequence[Parcel], *, at: float | None) -> None:
        """Send what goes to a chat at once, of a broadcast in the place it is promised.

        Of several that are refused together each is tried alone.
        """
        if at is not None:
            await self.place(at)
        left, message, failure = time.monotonic(), None, None
        letters: Sequence[Letter | None] = [None] * len(parcels)
        try:
            letters = opened = [outbox.unpack(parcel, keys=self.keys) for parcel in parcels]
            if opened[0].chat < 0:
                self.pace.note_group(left, parcels[0].chat_hash)
            message = await self.send(opened)
        except Undelivered as undelivered:
            failure = undelivered
        except Exception as error:  # noqa: BLE001 - a fault of ours must not lose the parcel
            log.error("a message could not be sent: %s", type(error).__name__)
            failure = Rejected(type(error).__name__)
        if len(parcels) > 1 and isinstance(failure, Rejected):
            failure = NotSent(str(failure))
        self.pace.heard(left, time.monotonic())
        if isinstance(failure, TooFast):
            self.pace.halt(time.monotonic(), failure.wait)
        fates = [
            Fate(parcel, message, letter, failure)
            for parcel, letter in zip(parcels, letters, strict=True)
        ]
        if at is None:
            self.pace.go_on(time.monotonic())
        if failure or at is None:
            self.fates += fates
            self.bell.set()
        else:
            self.arrived += fates
            self.places += len(fates)
            self.busy.discard(parcels[0].chat_hash)
            if self.crowded:
                self.bell.set()

    async def send(self, letters: Sequence[Letter]) -> int | None:
        """Send a letter; several together are of messages of one chat that are to be deleted."""
        first, *others = letters
        if not others:
            return await self.sender.send(first)
        swept = [one.sweeps for one in letters if one.sweeps is not None]
        await self.sender.delete(first.chat, swept)
        return None

    async def place(self, at: float) -> None:
        """Take the place that is promised for a moment, as soon as it is free."""
        now = time.monotonic()
        while (at := max(at, self.pace.leaves_at(now))) > now:
            await asyncio.sleep(at - now)
            now = time.monotonic()
        self.pace.leave()

    def settle_and_take(
        self, fates: Sequence[Fate], *, resting: Collection[str], room: int, bulk_room: int
    ) -> Sequence[Parcel]:
        """Do the unit of work of a turn."""
        now = self.clock()
        with self.database.writing() as session:
            for fate in fates:
                self.settle(session, fate, now)
            self.settle_sent(session, [fate for fate in fates if fate.failure is None])
            late = [
                fate.parcel.copy_id for fate in fates if isinstance(fate.failure, NotSent | TooFast)
            ]
            if copies := [copy for copy in late if copy]:
                mailing.come_back(session, copies)
            if room <= 0 and not bulk_room:
                return ()
            late_letters.hold(session, now=now, zone=self.zone, calendar=self.calendar)
            parcels = outbox.take_out(
                session, now=now, resting=resting, room=room, bulk_room=bulk_room
            )
            return late_letters.drop_done(session, parcels, keys=self.keys)

    def settle_sent(self, session: Session, fates: Sequence[Fate]) -> None:
        """Forget what has been sent; note the copies it was."""
        outbox.sent(session, [fate.parcel.id for fate in fates])
        broadcasts.settle(
            session,
            {fate.parcel.copy_id: DeliveryState.SENT for fate in fates if fate.parcel.copy_id},
        )
        self.let_pass(session, fates)
        for fate in fates:
            letter, message = fate.letter, fate.message
            if letter and letter.shows and message and message != letter.edit:
                broadcasts.shown_in(session, UUID(letter.shows), message)
        arrived = {fate.letter.arrives for fate in fates if fate.letter and fate.letter.arrives}
        if arrived:
            now = self.clock()
            warnings.arrived(session, [UUID(one) for one in arrived], keys=self.keys, now=now)

    def let_pass(self, session: Session, fates: Sequence[Fate]) -> None:
        """Have what was sent to be read and no more deleted when its minutes are over."""
        now = self.clock()
        outbox.post(
            session,
            [
                outbox.sweep(
                    fate.letter.chat,
                    fate.message,
                    keys=self.keys,
                    due_at=now + timedelta(minutes=fate.letter.lasts),
                )
                for fate in fates
                if fate.letter and fate.message and fate.letter.lasts is not None
            ],
        )

    def settle(self, session: Session, fate: Fate, now: datetime) -> None:
        """Decide about a message that did not get through."""
        parcel = fate.parcel
        match fate.failure:
            case None:
                return
            case TooFast():
                outbox.put_back(session, [parcel.id])
            case NotSent():
                self.again(session, parcel, now)
            case Undecided() if parcel.copy_id is None:
                self.again(session, parcel, now, undecided=True)
            case Undecided():
                self.drop(session, parcel, DeliveryState.UNKNOWN)
            case Moved(chat=chat):
                outbox.forward(session, parcel, chat=chat, keys=self.keys, now=now)
            case Unreachable():
                self.drop(session, parcel, DeliveryState.BLOCKED)
                self.must_be_brought(session, fate, now)
            case _:
                log.warning("Telegram rejected a message: %s", fate.failure)
                self.drop(session, parcel, DeliveryState.FAILED)
                self.must_be_brought(session, fate, now)

    def must_be_brought(self, session: Session, fate: Fate, now: datetime) -> None:
        """Say of a warning's letter that did not arrive that it is to be brought on paper."""
        if fate.letter and fate.letter.arrives:
            which, today = UUID(fate.letter.arrives), now.astimezone(self.zone).date()
            warnings.not_delivered(session, which, keys=self.keys, now=now, today=today)

    def again(
        self, session: Session, parcel: Parcel, now: datetime, *, undecided: bool = False
    ) -> None:
        """Try again later, and later each time.

        Only what may have arrived is given up: what cannot leave us waits, however long that is.
        """
        if undecided and parcel.attempts >= GIVE_UP:
            log.warning("a message was given up after %d attempts", parcel.attempts)
            self.drop(session, parcel, DeliveryState.FAILED)
            return
        wait = min(timedelta(seconds=2 ** min(parcel.attempts, GIVE_UP) / 2), LONGEST_WAIT)
        then = now + wait
        if parcel.urgency in late_letters.WAIT and parcel.attempts >= HALF_AN_HOUR:
            opens = late_letters.opening(session, then, zone=self.zone, calendar=self.calendar)
            then = max(then, opens)
        outbox.put_back(session, [parcel.id], due_at=then)

    def drop(self, session: Session, parcel: Parcel, state: DeliveryState) -> None:
        """Give a message up and say what became of its copy."""
        outbox.sent(session, [parcel.id])
        if parcel.copy_id:
            broadcasts.settle(session, {parcel.copy_id: state})
