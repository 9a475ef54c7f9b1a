from bisect import bisect_left
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.pace import IN_A_ROW, LATELY, SECOND, Pace

CHATS = st.sampled_from(["a", "b", "c", "d"])
# Each step: how many milliseconds later, whether a broadcast is due, and to which chat.
STEPS = st.lists(st.tuples(st.integers(1, 300), st.booleans(), CHATS), max_size=200)
OVERALL = 5
TRIPS = st.lists(
    st.tuples(st.integers(1, 300), st.integers(0, 900), st.integers(0, 900)), max_size=60
)


def drive(pace: Pace, steps: list[tuple[int, bool, str]]) -> list[tuple[float, str, bool]]:
    """Send all that may go, step by step; what was sent, when."""
    now, gone = 0.0, []
    for wait, bulk, chat in steps:
        now += wait / 1000
        for _ in range(len(pace.bulk_at(now, ahead=0.0)) if bulk else pace.room(now)):
            if not bulk and chat in pace.resting(now):
                break
            pace.note(now, chat, bulk=bulk)
            pace.heard(now, now)
            gone.append((now, chat, bulk))
    return gone


def most_within_a_second(times: list[float]) -> int:
    """Count the most that went in any second; what lies a whole second apart is not in one."""
    firsts = [bisect_left(times, at - 1.0 + 1e-6) for at in times]
    return max((place + 1 - first for place, first in enumerate(firsts)), default=0)


@given(st.integers(2, 40), STEPS)
def test_no_second_holds_more_messages_than_overall(
    overall: int, steps: list[tuple[int, bool, str]]
) -> None:
    times = [at for at, _, _ in drive(Pace(overall=overall), steps)]
    assert most_within_a_second(times) <= overall


@given(STEPS)
def test_no_chat_is_sent_more_than_its_burst_in_a_second(
    steps: list[tuple[int, bool, str]],
) -> None:
    gone = drive(Pace(overall=1000), [(wait, False, chat) for wait, _, chat in steps])
    for chat in {chat for _, chat, _ in gone}:
        times = [at for at, to, _ in gone if to == chat]
        assert most_within_a_second(times) <= IN_A_ROW


@given(st.integers(2, 40), STEPS)
def test_a_broadcast_leaves_room_for_an_answer_in_every_second(
    overall: int, steps: list[tuple[int, bool, str]]
) -> None:
    pace = Pace(overall=overall)
    now = 0.0
    for wait, _, chat in steps:
        now += wait / 1000
        for _ in range(len(pace.bulk_at(now, ahead=0.0))):
            pace.note(now, chat, bulk=True)
            pace.heard(now, now)
        assert pace.room(now) >= 1


@given(st.integers(2, 40), STEPS)
def test_what_is_taken_out_ahead_finds_its_place_free_when_it_leaves(
    overall: int, steps: list[tuple[int, bool, str]]
) -> None:
    pace, now, gone = Pace(overall=overall), 0.0, []
    leaving: list[float] = []
    for wait, bulk, chat in steps:
        now += wait / 1000
        for at in [one for one in leaving if one <= now]:
            pace.heard(at, at)
            leaving.remove(at)
        moments = pace.bulk_at(now) if bulk else [now] * pace.room(now)
        for at in moments:
            pace.note(now, chat, bulk=bulk)
            leaving.append(at)
            gone.append(at)
        leaving.sort()
    assert most_within_a_second(sorted(gone)) <= overall


def test_a_broadcast_goes_at_the_rate_it_is_allowed() -> None:
    pace = Pace(overall=30)
    sent = 0
    for tick in range(1000):  # ten seconds
        for _ in range(len(pace.bulk_at(tick / 100, ahead=0.0))):
            pace.note(tick / 100, str(sent), bulk=True)
            pace.heard(tick / 100, tick / 100)
            sent += 1
    assert 270 <= sent <= 290


def test_after_a_delay_a_broadcast_does_not_stumble_from_clump_to_clump() -> None:
    pace, gone = Pace(overall=30), []
    for tick in range(1000):  # ten seconds, with nothing done in half of the first
        now = tick / 100
        for _ in range(0 if 20 <= tick < 70 else len(pace.bulk_at(now, ahead=0.0))):
            pace.note(now, str(len(gone)), bulk=True)
            pace.heard(now, now)
            gone.append(now)
    later = [at for at in gone if at > 1]
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
    assert len(pace.bulk_at(14.9, ahead=0.0)) == 0
    assert pace.wait(12.0) == 3.0
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
    pace = Pace(overall=overall)
    gone = drive(pace, steps)
    now = gone[-1][0] if gone else 0.0
    assert 0.001 <= pace.wait(now) <= 0.5
    assert pace.room(now + SECOND + 0.001) == overall


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
