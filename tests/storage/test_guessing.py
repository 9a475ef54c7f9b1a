"""Wrong numbers: a few are free, then one waits; nothing of it is kept for long."""

from datetime import timedelta

from storage.guessing import MOST_CHATS, MOST_WRONG, WITHIN, Guesses
from tests.builders.people import NOON


def test_whoever_tries_too_many_wrong_numbers_waits() -> None:
    guesses = Guesses()
    for _ in range(MOST_WRONG):
        assert guesses.minutes_to_wait("a", now=NOON) == 0
        guesses.miss("a", now=NOON)
    assert guesses.minutes_to_wait("a", now=NOON) == 15
    assert guesses.minutes_to_wait("a", now=NOON + timedelta(minutes=14, seconds=1)) == 1
    assert guesses.minutes_to_wait("a", now=NOON + WITHIN) == 0


def test_nobody_waits_for_what_another_tried() -> None:
    guesses = Guesses()
    for _ in range(MOST_WRONG):
        guesses.miss("a", now=NOON)
    assert guesses.minutes_to_wait("b", now=NOON) == 0


def test_no_more_is_remembered_than_there_is_room_for() -> None:
    guesses = Guesses()
    for number in range(MOST_CHATS + 5):
        guesses.miss(str(number), now=NOON)
    assert len(guesses.wrong) == MOST_CHATS
    assert "0" not in guesses.wrong
