"""Typing what a button says is as good as pressing it, and nothing else is taken for it."""

from typing import Any

import pytest

from bot.naming import named
from dialogs.asking import choose, review, write, write_or_skip
from dialogs.engine import Asked, Dialogue, Draft, resume
from dialogs.prompts import Pressed, reference
from dialogs.vocabulary import Grade, Language


def at(key: str, **answers: Any) -> Asked:
    def form() -> Dialogue[None]:
        yield from write("what")
        yield from write_or_skip("why")
        yield from choose("language", Language)
        yield from choose("grade", Grade)
        yield from review("check")

    asked = resume(form, Draft(answers))
    assert isinstance(asked, Asked)
    assert asked.prompt.key == key
    return asked


@pytest.mark.parametrize("typed", ["略過", " skip ", "Skip", "ＳＫＩＰ"])
def test_skip_is_understood_where_a_question_may_be_passed_over(typed: str) -> None:
    assert named(at("why", what="橋"), typed) == Pressed(reference("why"), "skip")


def test_skip_is_an_answer_like_any_other_where_none_may_be_passed_over() -> None:
    assert named(at("what"), "略過") is None


@pytest.mark.parametrize("typed", ["繁體中文", "English", "english"])
def test_the_words_of_a_closed_set_are_understood(typed: str) -> None:
    pressed = named(at("language", what="橋", why=None), typed)
    assert pressed is not None
    assert (pressed.act, pressed.code) == ("take", "en" if typed[0] in "Ee" else "zh_hant")


def test_the_words_on_the_review_send_without_their_ornament() -> None:
    asked = at("check", what="橋", why=None, language="en", grade="low")
    assert named(asked, "確認送出") == Pressed(reference("check"), "send")
    assert named(asked, "再看看") is None
