"""How fast Telegram may be spoken to: 30 messages a second in all, one a second to a chat.

Telegram counts what arrives, not what leaves, so a message keeps its place until a second after it
must have arrived. Broadcasts go one by one, evenly, and leave a place free in every second, so that
an answer never waits behind them. Their messages are taken out a few at a time, ahead: each is
promised a place that falls free, but takes it only as it leaves, so that answers still go first.
While an answer is thought about a broadcast makes way for it, briefly and not all the time, and
makes good what that held up. All times are seconds of a monotonic clock, given by the caller.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice, repeat, takewhile

SECOND = 1.005  # seconds; a little more than one, for clocks and wires that are not exact
GROUP_GAP = 3.1  # seconds between two messages to a group, which may be sent 20 a minute
IN_A_ROW = 3  # messages a chat may be sent in quick succession before it must rest
MADE_GOOD = 6  # messages of a broadcast that are made good after a delay
AHEAD = 0.1  # seconds within which a broadcast's places are promised together
SOON = 0.015  # seconds before the first of them by which its message must be taken out
CROWDED = 0.01  # seconds until a promised place is looked for again where none is known to fall
MAKES_WAY = 0.1  # seconds for which a broadcast makes way, and at least as many in which it goes on
LATELY = 100  # trips to Telegram and back by which the quickest one is known


@dataclass
class Pace:
    """What has arrived of late or is under way, and how much more may be sent.

    `overall` is messages a second; `kept_free` of them are not for broadcasts.
    """

    overall: int = 30
    kept_free: int = 1
    under_way: int = 0
    promised: int = 0
    arrived: deque[float] = field(default_factory=deque)
    trips: deque[float] = field(default_factory=lambda: deque(maxlen=LATELY))
    spoken_until: dict[str, float] = field(default_factory=dict)
    next_bulk: float = 0.0
    halted_until: float = 0.0
    out_of_the_way_until: float = 0.0

    @property
    def gap(self) -> float:
        """How many seconds lie between two messages of a broadcast."""
        return SECOND / (self.overall - self.kept_free)

    def room(self, now: float) -> int:
        """Say how many messages may go at once."""
        if now < self.halted_until:
            return 0
        return max(0, self.overall - self.under_way - len(self.lately(now)))

    def lately(self, now: float) -> list[float]:
        """List when those arrived that still have their place: it falls free at `at + SECOND`."""
        return [at for at in self.arrived if at + SECOND > now]

    def bulk_at(self, now: float) -> list[float]:
        """Say at which moments a broadcast's next messages may go, once the first must be taken."""
        moments = list(takewhile(lambda at: at <= now + AHEAD, self.places(now)))
        return moments if moments and moments[0] <= now + SOON else []

    def places(self, now: float) -> Iterator[float]:
        """Give the moments at which places for a broadcast fall free that nobody is promised."""
        turn = self.turn(now)
        for at in self.free_at(now, besides=self.promised):
            yield max(at, turn, self.out_of_the_way_until)
            turn += self.gap

    def turn(self, now: float) -> float:
        """Say when it is a broadcast's turn again; a few that are late are made good."""
        return max(self.next_bulk, now - MADE_GOOD * self.gap)

    def free_at(self, now: float, *, besides: int = 0) -> Iterator[float]:
        """Give the moments at which places for a broadcast fall free, besides the first few."""
        if now < self.halted_until:
            return iter(())
        free = self.room(now) - self.kept_free - besides
        falling = self.lately(now)[max(0, -free) :]
        return chain(repeat(now, max(0, free)), (at + SECOND for at in falling))

    def note(self, now: float, chat: str, *, bulk: bool) -> None:
        """Note that a message goes to a chat, or, of a broadcast, that it is promised a place."""
        self.spoken_until[chat] = max(self.spoken_until.get(chat, now), now) + 1.0
        if bulk:
            self.next_bulk = self.turn(now) + self.gap
            self.promised += 1
        else:
            self.under_way += 1

    def leaves_at(self, now: float) -> float:
        """Say when what is promised a place may take it: later if answers went first."""
        if now < (until := max(self.halted_until, self.out_of_the_way_until)):
            return until
        return next(self.free_at(now), now + CROWDED)

    def leave(self) -> None:
        """Note that what was promised a place takes it."""
        self.promised -= 1
        self.under_way += 1

    def make_way(self, now: float) -> None:
        """Keep a broadcast out of the way of an answer, unless it was kept out just now."""
        if now >= self.out_of_the_way_until + MAKES_WAY:
            self.out_of_the_way_until = now + MAKES_WAY

    def go_on(self, now: float) -> None:
        """Let a broadcast go on: the answer has been given."""
        self.out_of_the_way_until = min(self.out_of_the_way_until, now)

    def heard(self, left: float, now: float) -> None:
        """Note that what left then has been answered, or given up, now.

        It arrived before the way back, and what leaves next arrives after the way there; both ways
        together take no less than the quickest trip, so that much is not waited for.
        """
        self.under_way -= 1
        self.trips.append(now - left)
        known = len(self.trips) == LATELY
        at = now - (min(self.trips) if known else 0.0)
        while self.arrived and self.arrived[0] + SECOND <= now:
            self.arrived.popleft()
        self.arrived.append(max(at, self.arrived[-1]) if self.arrived else at)

    def note_group(self, now: float, chat: str) -> None:
        """Note that a chat is a group, to which less may be said."""
        self.spoken_until[chat] = now + GROUP_GAP + IN_A_ROW - 1

    def resting(self, now: float) -> list[str]:
        """List the chats that must wait."""
        self.spoken_until = {c: until for c, until in self.spoken_until.items() if until > now}
        return [c for c, until in self.spoken_until.items() if until + 1 - now > IN_A_ROW]

    def halt(self, now: float, wait: float) -> None:
        """Say nothing to anybody for a while, as Telegram asked."""
        self.halted_until = max(self.halted_until, now + wait)

    def wait(self, now: float, *, bulk: bool) -> float:
        """Say how many seconds until more may go than now; `bulk` if a broadcast has more."""
        if now < self.halted_until:
            return self.halted_until - now
        waits = [0.5, *(at - SOON - now for at in islice(self.places(now), int(bulk)))]
        if self.room(now) <= 0:
            waits += [at + SECOND - now for at in self.lately(now)[:1]]
        waits += [
            u + 1 - now - IN_A_ROW for u in self.spoken_until.values() if u + 1 - now > IN_A_ROW
        ]
        return max(0.001, min(waits))
