"""What is slow is thought about beside the rounds, and nobody else waits for it."""

from threading import Event

import pytest

from bot.aside import Aside

PATIENCE = 10


@pytest.fixture
def rung() -> Event:
    return Event()


def test_a_chat_is_passed_over_until_its_thought_is_ready(rung: Event) -> None:
    aside, go = Aside(rung.set), Event()
    aside.begin(7, "chat", "event", lambda: go.wait(PATIENCE) and "thought")
    assert aside.chats() == {"chat"}
    assert aside.take(7, "event") is None
    go.set()
    assert rung.wait(PATIENCE)
    assert aside.chats() == set()
    thought = aside.take(7, "event")
    assert thought is not None
    assert thought.result == "thought"
    assert aside.take(7, "event") is None, "it is taken once"


def test_a_thought_about_another_event_is_not_taken(rung: Event) -> None:
    aside = Aside(rung.set)
    aside.begin(7, "chat", "event", lambda: "thought")
    assert rung.wait(PATIENCE)
    assert aside.take(7, "another") is None


def test_a_thought_that_fails_says_so_where_it_is_taken(rung: Event) -> None:
    def stumble() -> None:
        raise ValueError("stumbled")

    aside = Aside(rung.set)
    aside.begin(7, "chat", "event", stumble)
    assert rung.wait(PATIENCE)
    thought = aside.take(7, "event")
    assert thought is not None
    assert isinstance(thought.failure, ValueError)


def test_what_is_thought_is_not_printed(rung: Event) -> None:
    aside = Aside(rung.set)
    aside.begin(7, "chat", "what happened", lambda: "夜半搬糧")
    assert rung.wait(PATIENCE)
    assert "夜半" not in repr(aside.take(7, "what happened"))
