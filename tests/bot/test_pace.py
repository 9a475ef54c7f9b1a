from bisect import bisect_left
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from bot.pace import IN_A_ROW, LATELY, MAKES_WAY, SECOND, Pace

CHATS = st.sampled_from(["a", "b", "c", "d"])
# Each step: how many milliseconds later, whether a broadcast is due, and to which chat.
STEPS = st.lists(st.tuples(st.integers(1, 300), st.booleans(), CHATS), max_size=200)
OVERALL = 5
TRIPS = st.lists(
    st.tuples(st.integers(1, 300), st.integers(0, 900), st.integers(0, 900)), max_size=60
)


class Road:
    """Sends what may go over a road that takes no time, and knows what went, when."""

    def __init__(self, pace: Pace) -> None:
        self.pace = pace
        self.promised: list[float] = []
        self.gone: list[tuple[float, str]] = []

    def leave(self, now: float) -> None:
        """Let leave what is promised a place, each as soon as its own is free."""
        waiting = sorted(self.promised)
        while waiting and (at := max(waiting[0], self.pace.leaves_at(waiting[0]))) <= now:
            if at > waiting[0]:
                waiting = sorted([at, *waiting[1:]])
                continue
            self.pace.leave()
            self.pace.heard(at, at)
            self.gone.append((waiting.pop(0), ""))
        self.promised = waiting

    def broadcast(self, now: float) -> None:
        """Take out of a broadcast what may be."""
        for at in self.pace.bulk_at(now):
            self.pace.note(now, f"reader {len(self.gone) + len(self.promised)}", bulk=True)
            self.promised.append(at)
        self.leave(now)

    def answer(self, now: float, chat: str) -> None:
        """Send one chat all it may be sent at once."""
        for _ in range(self.pace.room(now)):
            if chat in self.pace.resting(now):
                break
            self.pace.note(now, chat, bulk=False)
            self.pace.heard(now, now)
            self.gone.append((now, chat))

    def times(self) -> list[float]:
        """List when something went."""
        return sorted(at for at, _ in self.gone)


def drive(pace: Pace, steps: list[tuple[int, bool, str]]) -> Road:
    """Send all that may go, step by step; for one of the chats way is made."""
    road, now = Road(pace), 0.0
    for wait, bulk, chat in steps:
        now += wait / 1000
        if chat == "d":
            pace.make_way(now)
        road.leave(now)
        if bulk:
            road.broadcast(now)
        else:
            road.answer(now, chat)
    return road


def most_within_a_second(times: list[float]) -> int:
    """Count the most that went in any second; what lies a whole second apart is not in one."""
    firsts = [bisect_left(times, at - 1.0 + 1e-6) for at in times]
    return max((place + 1 - first for place, first in enumerate(firsts)), default=0)


@given(st.integers(2, 40), STEPS)
def test_no_second_holds_more_messages_than_overall(
    overall: int, steps: list[tuple[int, bool, str]]
) -> None:
    assert most_within_a_second(drive(Pace(overall=overall), steps).times()) <= overall


@given(STEPS)
def test_no_chat_is_sent_more_than_its_burst_in_a_second(
    steps: list[tuple[int, bool, str]],
) -> None:
    road = drive(Pace(overall=1000), [(wait, False, chat) for wait, _, chat in steps])
    for chat in {chat for _, chat in road.gone}:
        times = [at for at, to in road.gone if to == chat]
        assert most_within_a_second(times) <= IN_A_ROW


@given(st.integers(2, 40), STEPS)
@example(  # the last falls on the moment at which the first one's place does, but for rounding
    4, [(wait, False, "a") for wait in (1, 213, 300, 281, 1, 1, 89, 300, 184, 208, 222)]
)
def test_a_broadcast_leaves_room_for_an_answer_in_every_second(
    overall: int, steps: list[tuple[int, bool, str]]
) -> None:
    road, now = Road(Pace(overall=overall)), 0.0
    for wait, _, _ in steps:
        now += wait / 1000
        road.leave(now)
        road.broadcast(now)
        assert road.pace.room(now) >= 1


def test_what_is_promised_waits_when_answers_have_taken_its_place() -> None:
    road = Road(Pace(overall=3))
    road.answer(0.0, "a")
    road.broadcast(0.9)
    road.broadcast(0.995)  # the first answers' places fall free a second after them
    assert len(road.promised) == 2
    road.answer(1.006, "b")
    road.leave(1.5)
    assert (len(road.promised), road.pace.promised) == (2, 2)
    road.leave(2.5)
    assert (len(road.promised), road.pace.promised) == (0, 0)
    assert most_within_a_second(road.times()) <= 3


def test_what_is_promised_stays_when_telegram_says_wait() -> None:
    pace = Pace()
    assert pace.bulk_at(10.0)
    pace.note(10.0, "a", bulk=True)
    pace.halt(10.0, 5.0)
    assert pace.leaves_at(10.0) == 15.0
    assert pace.leaves_at(15.0) == 15.0


def test_a_few_of_a_broadcast_are_taken_out_together() -> None:
    road, taken = Road(Pace(overall=30)), []
    for tick in range(1000):  # ten seconds
        before = len(road.gone) + len(road.promised)
        road.leave(tick / 100)
        road.broadcast(tick / 100)
        taken.append(len(road.gone) + len(road.promised) - before)
    later = [count for count in taken[200:] if count]
    assert 2 <= sum(later) / len(later) <= 4


def test_a_broadcast_goes_at_the_rate_it_is_allowed() -> None:
    road = Road(Pace(overall=30))
    for tick in range(1000):  # ten seconds
        road.leave(tick / 100)
        road.broadcast(tick / 100)
    assert 0.95 * 300 <= len(road.gone) <= 290


def test_a_broadcast_makes_way_for_an_answer_until_it_is_given() -> None:
    pace = Pace()
    pace.note(10.0, "a", bulk=True)
    pace.make_way(10.0)
    assert pace.leaves_at(10.0) == 10.0 + MAKES_WAY
    assert pace.bulk_at(10.0) == []
    assert pace.room(10.0) == 30
    pace.go_on(10.01)
    assert pace.leaves_at(10.01) == 10.01
    assert pace.bulk_at(10.01)


def test_a_broadcast_that_made_way_just_now_goes_on_though_more_is_asked() -> None:
    road, held = Road(Pace(overall=30)), 0
    for tick in range(1000):  # ten seconds, somebody asking in each hundredth
        road.pace.make_way(tick / 100)
        held += tick / 100 < road.pace.out_of_the_way_until
        road.leave(tick / 100)
        road.broadcast(tick / 100)
    assert 400 <= held <= 600
    assert 0.95 * 290 <= len(road.gone) <= 290
    assert most_within_a_second(road.times()) <= 29


def test_after_a_delay_a_broadcast_does_not_stumble_from_clump_to_clump() -> None:
    road = Road(Pace(overall=30))
    for tick in range(1000):  # ten seconds, with nothing done in half of the first
        if not 20 <= tick < 70:
            road.leave(tick / 100)
            road.broadcast(tick / 100)
    later = [at for at in road.times() if at > 1]
    assert max(after - before for before, after in pairwise(later)) <= 0.3
    assert len(later) >= 0.95 * 29 * 9


@given(st.integers(0, 400), TRIPS)
def test_however_long_the_way_telegram_never_receives_too_many_within_a_second(
    quickest: int, trips: list[tuple[int, int, int]]
) -> None:
    arrived, _ = over_the_wire(quickest / 1000, trips)
    assert most_within_a_second(sorted(arrived)) <= OVERALL


def test_a_long_way_that_is_always_as_long_costs_no_speed() -> None:
    arrived, pace = over_the_wire(0.25, [(10, 0, 0)] * 1000)  # ten seconds
    assert len(arrived) >= 0.95 * OVERALL * 10
    assert pace.under_way <= OVERALL


def over_the_wire(quickest: float, trips: list[tuple[int, int, int]]) -> tuple[list[float], Pace]:
    """Send whatever may go; give when each arrived there.

    Each trip: milliseconds since the one before, and what the way there and the way back take
    longer than half of the quickest trip, which has been made so often that it is known.
    """
    pace = Pace(overall=OVERALL)
    for number in range(LATELY):
        pace.note(float(number), "a", bulk=False)
        pace.heard(number - quickest, float(number))
    now = LATELY + 10.0
    arrived: list[float] = []
    answers: list[tuple[float, float]] = []
    for wait, there, back in trips:
        now += wait / 1000
        for heard, left in [one for one in sorted(answers) if one[0] <= now]:
            pace.heard(left, heard)
            answers.remove((heard, left))
        for _ in range(pace.room(now)):
            pace.note(now, str(len(arrived)), bulk=False)
            at = now + quickest / 2 + there / 1000
            arrived.append(at)
            answers.append((at + quickest / 2 + back / 1000, now))
    return arrived, pace


def test_when_telegram_says_wait_nothing_goes_until_then() -> None:
    pace = Pace()
    pace.halt(10.0, 5.0)
    pace.halt(10.0, 2.0)
    assert pace.room(14.9) == 0
    assert pace.bulk_at(14.9) == []
    assert pace.wait(12.0, bulk=True) == 3.0
    assert pace.room(15.0) == 30


def test_a_chat_that_must_wait_is_left_out_and_comes_back() -> None:
    pace = Pace()
    for _ in range(IN_A_ROW):
        assert pace.resting(0.0) == []
        pace.note(0.0, "a", bulk=False)
    assert pace.resting(0.9) == ["a"]
    assert pace.resting(1.1) == []


@given(st.integers(2, 40), STEPS)
def test_waiting_takes_some_time_and_never_longer_than_half_a_second(
    overall: int, steps: list[tuple[int, bool, str]]
) -> None:
    road = drive(Pace(overall=overall), steps)
    now = max(road.times(), default=0.0)
    assert 0.001 <= road.pace.wait(now, bulk=True) <= 0.5
    assert 0.001 <= road.pace.wait(now, bulk=False) <= 0.5
    road.leave(now + 1)
    assert road.pace.room(now + 1 + SECOND + 0.001) == overall


def test_a_broadcast_that_has_nothing_more_is_not_asked_at_each_free_place() -> None:
    assert Pace().wait(10.0, bulk=False) == 0.5


def test_a_group_is_sent_no_more_than_twenty_messages_a_minute() -> None:
    pace, gone = Pace(), 0
    for tenth in range(600):
        now = tenth / 10
        if "group" not in pace.resting(now):
            pace.note(now, "group", bulk=False)
            pace.heard(now, now)
            pace.note_group(now, "group")
            gone += 1
    assert 18 <= gone <= 20
