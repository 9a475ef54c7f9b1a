"""What a person sees of a question stays within what a message can hold."""

import html
from datetime import date
from typing import Any

import pytest

from dialogs.asking import choose, pick, review, tell, write, write_or_skip
from dialogs.engine import Asked, Dialogue, Draft, advance, resume
from dialogs.messages import render, speak
from dialogs.presentation import ANSWER, QUESTION, REVIEWED, present
from dialogs.prompts import Choice, Heard, Option, Pressed, Reviewing, Writing, Wrote, reference
from dialogs.speech import Brief, Label, Listing, Phrase, Press, Reply
from dialogs.vocabulary import Grade, Language

TODAY = date(2026, 5, 4)
MessageLimit = 4096  # characters Telegram takes


def long_form() -> Dialogue[None]:
    for number in range(1, 121):
        yield Writing(key=f"field@{number}", ask=f"field {number}", at_most=3000)
    yield Reviewing(key="check", ask="ready?")


def hear(asked: Asked, heard: Heard, begin: Any = long_form) -> Asked:
    turn = advance(begin, asked.draft, heard, today=TODAY)
    assert isinstance(turn, Asked)
    return turn


def press(asked: Asked, act: str, code: str = "", begin: Any = long_form) -> Asked:
    return hear(asked, Pressed(reference(asked.prompt.key), act, code), begin)


def begun(begin: Any) -> Asked:
    asked = resume(begin, Draft())
    assert isinstance(asked, Asked)
    return asked


def reviewing(text: str = "字") -> Asked:
    answers = {f"field@{number}": f"{text}{number}" for number in range(1, 121)}
    asked = resume(long_form, Draft(answers, at="check"))
    assert isinstance(asked, Asked)
    return asked


def presses(reply: Reply) -> list[Press]:
    return [key.does for row in reply.buttons for key in row if isinstance(key.does, Press)]


def within_limits(reply: Reply) -> bool:
    return sum(len(row) for row in reply.buttons) <= 100 and all(
        1 <= len(row) <= 8 for row in reply.buttons
    )


def test_a_review_of_120_answers_is_turned_page_by_page() -> None:
    asked, seen = reviewing(), []
    for page in range(6):
        asked = press(asked, "page", str(page))
        reply = present(asked)
        assert within_limits(reply)
        lines = reply.phrases[1]
        assert isinstance(lines, Listing)
        assert len(lines.items) == REVIEWED
        seen += [does.code for does in presses(reply) if does.act == "edit"]
        assert (Press("page", str(page - 1)) in presses(reply)) == (page > 0)
        assert (Press("page", str(page + 1)) in presses(reply)) == (page < 5)
        assert Press("send") in presses(reply)
    assert seen == [reference(f"field@{number}") for number in range(1, 121)]


def test_the_numbers_of_a_review_go_on_over_its_pages() -> None:
    reply = present(press(reviewing(), "page", "5"))
    lines = reply.phrases[1]
    assert isinstance(lines, Listing)
    last = lines.items[-1]
    assert isinstance(last, Phrase)
    assert (last.values["number"], last.values["answer"]) == (
        120,
        Brief("字120", ANSWER),
    )
    assert [key.label for row in reply.buttons for key in row if key.label == "120"] == ["120"]


def test_a_page_beyond_the_review_is_its_last() -> None:
    asked = reviewing()
    assert present(press(asked, "page", "999")) == present(press(asked, "page", "5"))


def test_an_answer_on_a_late_page_can_be_changed() -> None:
    asked = press(press(reviewing(), "page", "5"), "edit", reference("field@117"))
    assert asked.prompt.key == "field@117"
    asked = hear(asked, Wrote("new"))
    assert asked.prompt.key == "check"
    assert present(asked).phrases[0] == Phrase(
        "engine.understood", {"answer": Brief("new", ANSWER)}
    )


def said_in_full(asked: Asked) -> str:
    return render(present(asked), Language.EN).text


def test_long_answers_are_shortened_on_the_review_and_kept_whole() -> None:
    asked = reviewing("字" * 2000)
    assert len(said_in_full(asked)) < MessageLimit
    assert "字" * (ANSWER - 1) + "…" in said_in_full(asked)
    assert asked.draft.answers["field@1"] == "字" * 2000 + "1"


def test_a_long_answer_is_shortened_when_it_is_understood() -> None:
    asked = hear(begun(long_form), Wrote("字" * 3000))
    assert present(asked).phrases[0] == Phrase(
        "engine.understood", {"answer": Brief("字" * 3000, ANSWER)}
    )


def test_a_list_of_a_hundred_long_labels_is_shortened() -> None:
    labels = [Label({"zh-Hant": "長" * 500, "en": "long " * 100}) for _ in range(100)]
    assert len(speak(Brief(Listing(labels, inline=True), ANSWER), Language.EN)) == ANSWER


def test_the_questions_of_a_review_are_shortened_too() -> None:
    def asks_at_length() -> Dialogue[None]:
        for number in range(20):
            yield Writing(key=f"what@{number}", ask=Label({"zh-Hant": "問" * 3000}), at_most=3000)
        yield Reviewing(key="check", ask="ready?")

    asked = begun(asks_at_length)
    for _ in range(20):
        asked = hear(asked, Wrote("<&>" * 1000), asks_at_length)
    text = said_in_full(asked)
    assert len(html.unescape(text)) < MessageLimit
    assert "問" * (QUESTION - 1) + "…" in text


@pytest.mark.parametrize("columns", [1, 2, 8, 20])
@pytest.mark.parametrize("count", [1, 24, 25, 500])
def test_every_page_of_ticks_is_within_a_hundred_buttons_and_eight_a_row(
    count: int, columns: int
) -> None:
    def form() -> Dialogue[Any]:
        yield from write_or_skip("why")
        options = [Option(str(n), "選" * 50, n) for n in range(count)]
        picked = yield from pick("which", options, columns=columns)
        return picked

    asked = press(begun(form), "skip", begin=form)
    for page in range(25):
        assert within_limits(present(press(asked, "page", str(page), form)))


def acts(asked: Asked) -> set[str]:
    return {does.act for does in presses(present(asked))}


def test_keep_skip_and_the_way_back_or_out_are_offered_where_they_make_sense() -> None:
    def form() -> Dialogue[None]:
        yield from write("what")
        yield from write_or_skip("why")
        yield from review("check")

    asked = begun(form)
    assert acts(asked) == {"cancel"}
    asked = hear(asked, Wrote("wall"), form)
    assert acts(asked) == {"skip", "back"}
    asked = press(asked, "back", begin=form)
    assert acts(asked) == {"keep", "cancel"}
    asked = press(press(asked, "keep", begin=form), "skip", begin=form)
    assert acts(asked) == {"send", "edit", "back"}


def test_a_proposed_answer_is_offered_if_it_fits() -> None:
    def form(proposed: str) -> Dialogue[Any]:
        yield Choice(key="which", options=[Option("x", "X")], proposed=proposed)

    assert acts(begun(lambda: form("x"))) == {"take", "proposed", "cancel"}
    assert acts(begun(lambda: form("gone"))) == {"take", "cancel"}


def test_a_former_answer_that_no_longer_fits_is_not_offered() -> None:
    def form() -> Dialogue[Any]:
        yield Choice(key="which", options=[Option("x", "X")])

    asked = resume(form, Draft({"which": "gone"}, at="later"))
    assert isinstance(asked, Asked)
    assert asked.draft.kept == {"which": "gone"}
    assert acts(asked) == {"take", "cancel"}


def test_a_question_passed_over_is_passed_over_again_with_skip() -> None:
    def form() -> Dialogue[None]:
        yield from write_or_skip("why")
        yield from review("check")

    asked = press(press(begun(form), "skip", begin=form), "back", begin=form)
    assert acts(asked) == {"skip", "cancel"}


def test_a_question_says_first_what_was_understood_then_what_is_told_then_itself() -> None:
    def form() -> Dialogue[None]:
        yield from write("what")
        yield from tell("thanks")
        yield from choose("grade", Grade)

    reply = present(hear(begun(form), Wrote("wall"), form))
    assert [said.key for said in reply.phrases if isinstance(said, Phrase)] == [
        "engine.understood",
        "ask.thanks",
        "ask.grade",
    ]


def test_a_passed_over_question_is_understood_as_passed_over() -> None:
    def form() -> Dialogue[None]:
        yield from write_or_skip("why")
        yield from review("check")

    reply = present(press(begun(form), "skip", begin=form))
    assert reply.phrases[0] == Phrase(
        "engine.understood", {"answer": Brief(Phrase("engine.skipped"), ANSWER)}
    )


def test_a_refusal_comes_before_the_question() -> None:
    reply = present(hear(begun(long_form), Wrote("")))
    assert reply.phrases == [Phrase("refused.text_wanted"), "field 1"]


def test_a_change_of_the_dialogue_is_said() -> None:
    asked = resume(long_form, Draft({"field@1": "a"}, at="gone"))
    assert isinstance(asked, Asked)
    assert present(asked).phrases == [Phrase("engine.changed"), "field 2"]
