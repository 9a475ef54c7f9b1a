"""What each kind of question understands, and what it refuses."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.asking import hour
from dialogs.errors import Refused
from dialogs.prompts import (
    PAGE,
    Attachment,
    Choice,
    Choices,
    Day,
    Handing,
    Heard,
    Json,
    Number,
    Option,
    Pressed,
    Prompt,
    Reviewing,
    Sent,
    Writing,
    Wrote,
    options_of,
    plain,
    reference,
)
from dialogs.speech import Label, Phrase, Press
from dialogs.vocabulary import Grade, UnitKind

TODAY = date(2026, 5, 4)
PHOTO = Sent("photo", "file-1", "photo.jpg", 1000)
FRUITS = (
    Option("pear", Label({"zh-Hant": "梨（大）", "en": "Big pear"}), "P"),
    Option("plum", Label({"zh-Hant": "李", "en": "Plum"}), "L"),
    Option("fig", "Fig", "F"),
)
EVERY_PROMPT = (
    Writing(key="text"),
    Number(key="number"),
    Number(key="amount", decimal=True),
    Day(key="day"),
    Choice(key="choice", options=FRUITS),
    Choices(key="choices", options=FRUITS),
    Handing(key="file"),
    Reviewing(key="check"),
)


def answer(prompt: Prompt, heard: Heard | str) -> Json:
    return prompt.read(Wrote(heard) if isinstance(heard, str) else heard, today=TODAY)


def value(prompt: Prompt, heard: Heard | str) -> Any:
    return prompt.value(answer(prompt, heard))


def refusal(prompt: Prompt, heard: Heard | str) -> str:
    with pytest.raises(Refused) as refused:
        answer(prompt, heard)
    return refused.value.phrase.key.removeprefix("refused.")


def press(act: str, code: str = "") -> Pressed:
    return Pressed(reference("any"), act, code)


HEARD = st.one_of(
    st.builds(Wrote, st.text(st.characters(), max_size=60)),
    st.builds(Pressed, st.text(max_size=8), st.text(max_size=8), st.text(max_size=8)),
    st.builds(Sent, st.sampled_from(["photo", "document", "voice", "other", ""]), st.text()),
)


@given(st.sampled_from(EVERY_PROMPT), HEARD)
def test_whatever_is_heard_is_an_answer_of_worth_or_refused(prompt: Prompt, heard: Heard) -> None:
    try:
        given_answer = answer(prompt, heard)
    except Refused:
        return
    prompt.value(given_answer)
    assert prompt.echo(given_answer) is not None


JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(st.sampled_from(EVERY_PROMPT), JSON)
def test_a_stored_answer_fits_or_is_refused(prompt: Prompt, stored: Any) -> None:
    try:
        prompt.value(stored)
    except Refused:
        return
    if not isinstance(prompt, Reviewing):
        prompt.echo(stored)


@pytest.mark.parametrize("prompt", EVERY_PROMPT[:-1], ids=lambda prompt: prompt.key)
def test_no_answer_at_all_is_no_answer(prompt: Prompt) -> None:
    with pytest.raises(Refused):
        prompt.value(None)


# Text.


def test_text_is_taken_without_the_space_around_it() -> None:
    assert value(Writing(key="text"), "  橋壞了。\n") == "橋壞了。"


def test_text_of_exactly_the_length_allowed_is_taken() -> None:
    assert value(Writing(key="text", at_least=3, at_most=3), "好好好") == "好好好"


def test_text_too_long_is_refused_with_its_length_and_the_most() -> None:
    with pytest.raises(Refused) as refused:
        answer(Writing(key="text"), "字" * 5000)
    assert refused.value.phrase == Phrase("refused.too_long", {"most": 2000, "length": 5000})


def test_an_emoji_counts_for_two_as_channels_count_it() -> None:
    assert answer(Writing(key="text", at_most=4), "好😀好") == "好😀好"
    with pytest.raises(Refused) as refused:
        answer(Writing(key="text", at_most=3), "😀😀")
    assert refused.value.phrase == Phrase("refused.too_long", {"most": 3, "length": 4})


def test_text_too_short_is_refused_with_its_length_and_the_least() -> None:
    with pytest.raises(Refused) as refused:
        answer(Writing(key="text", at_least=4), "字")
    assert refused.value.phrase == Phrase("refused.too_short", {"least": 4, "length": 1})


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "\u3000", "\u200b", "\u200b \u200d", "\x00", "\x00 \u2060", "\ud800"]
)
def test_text_that_nobody_can_see_is_no_text(text: str) -> None:
    assert refusal(Writing(key="text"), text) == "text_wanted"


@pytest.mark.parametrize(
    "text",
    [
        "👍",
        "👩‍👩‍👧",
        "❤️",
        "<b>粗</b> & <script>",
        "*_[x](y)`",
        "{name} {{ 1 }} %s",
        "שלום עולם",
        "مرحبا يا",
        "第一行\n第二行",
        "一\t二",
        "a\u0301",
        "𠮷野家",
        "＄１２３（全形）",
    ],
)
def test_text_is_kept_as_it_was_written(text: str) -> None:
    assert value(Writing(key="text"), text) == text


@pytest.mark.parametrize("sign", "\u200e\u200f\u202a\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_signs_that_turn_the_order_are_dropped_and_letters_that_run_leftwards_stay(
    sign: str,
) -> None:
    assert value(Writing(key="text"), f"合同{sign}שלום") == "合同שלום"
    assert plain(f"合同{sign}שלום") == "合同שלום"


def test_a_line_break_in_a_name_is_a_space_and_stays_in_a_text() -> None:
    assert value(Writing(key="name", one_line=True), " 公章\n 失控 ") == "公章 失控"
    assert value(Writing(key="text"), "公章\n失控") == "公章\n失控"


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\x7f", "\x9f", "\r", "\udc80"])
def test_signs_that_no_page_can_hold_are_dropped_from_text(sign: str) -> None:
    assert value(Writing(key="text"), f"前{sign}後") == "前後"


def test_a_photo_where_text_is_asked_is_refused_as_a_file() -> None:
    assert refusal(Writing(key="text"), PHOTO) == "text_wanted"


def test_a_press_where_text_is_asked_is_refused() -> None:
    assert refusal(Writing(key="text"), press("take", "pear")) == "text_wanted"


def test_a_check_may_refuse_text_further() -> None:
    def no_walls(text: str) -> None:
        if "wall" in text:
            raise Refused("no_walls")

    prompt = Writing(key="text", check=no_walls)
    assert prompt.accepted(answer(prompt, "a road")) == "a road"
    with pytest.raises(Refused, match="no_walls"):
        prompt.accepted(answer(prompt, "a wall"))


@pytest.mark.parametrize("stored", [5, True, ["x"], {"file": "x"}])
def test_the_answer_of_another_kind_of_question_is_no_text(stored: Any) -> None:
    with pytest.raises(Refused):
        Writing(key="text").value(stored)


# Numbers.


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("5", 5),
        (" 5 ", 5),
        ("５", 5),
        ("１２３", 123),
        ("1,234", 1234),
        ("1,234,567", 1234567),
        ("１，２３４", 1234),
        ("12.0", 12),
        ("007", 7),
        ("+3", 3),
        ("-3", -3),
        ("-0", 0),
        ("\u200b5\u200b", 5),
        ("999999999999999", 999999999999999),
        ("五", 5),
        ("三十二", 32),
        ("二百零一", 201),
    ],
)
def test_whole_numbers_as_people_write_them(text: str, number: int) -> None:
    prompt = Number(key="number")
    assert value(prompt, text) == number
    assert prompt.echo(answer(prompt, text)) == str(number)


@pytest.mark.parametrize(
    ("text", "number"),
    [("12.5", "12.5"), ("１２．５", "12.5"), ("1,234.50", "1234.50"), ("0.000001", "0.000001")],
)
def test_decimal_numbers_keep_their_digits(text: str, number: str) -> None:
    prompt = Number(key="amount", decimal=True)
    assert value(prompt, text) == Decimal(number)
    assert prompt.echo(answer(prompt, text)) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "many",
        "3萬",
        "5元",
        "1e3",
        "1E3",
        "1e999999999",
        "∞",
        "inf",
        "NaN",
        "sNaN",
        "1_000",
        "0x10",
        "1,23",
        "1,2345",
        ",5",
        "1..2",
        "12.",
        "1/2",
        "½",
        "٣",
        "1\n2",
        "1 2",
        "--1",
        "5" * 5000,
        "1000000000000000",
        "0." + "0" * 3000 + "1",
    ],
)
def test_what_is_no_plain_number_is_refused(text: str) -> None:
    assert refusal(Number(key="number"), text) == "number_wanted"
    assert refusal(Number(key="amount", decimal=True), text) == "number_wanted"


def test_half_a_thing_is_refused_where_whole_ones_are_counted() -> None:
    assert refusal(Number(key="number"), "1.5") == "whole_number_wanted"


def test_a_number_out_of_bounds_is_refused_with_the_bound() -> None:
    prompt = Number(key="number", low=Decimal(1), high=Decimal(10))
    assert (value(prompt, "1"), value(prompt, "10")) == (1, 10)
    with pytest.raises(Refused) as low:
        answer(prompt, "0")
    with pytest.raises(Refused) as high:
        answer(prompt, "11")
    assert (low.value.values, high.value.values) == ({"low": "1"}, {"high": "10"})


@pytest.mark.parametrize("heard", [PHOTO, press("take", "5")])
def test_a_number_is_neither_sent_nor_pressed(heard: Heard) -> None:
    assert refusal(Number(key="number"), heard) == "number_wanted"


@given(st.decimals(-(10**12), 10**12, places=4))
def test_a_number_reads_the_same_from_its_stored_answer(number: Decimal) -> None:
    prompt = Number(key="amount", decimal=True)
    stored = answer(prompt, f"{number:f}")
    assert isinstance(stored, str)
    assert prompt.value(stored) == number
    assert answer(prompt, stored) == stored


# Days are read in test_dates.py.


@pytest.mark.parametrize("heard", [PHOTO, press("take", "5")])
def test_a_day_is_neither_sent_nor_pressed(heard: Heard) -> None:
    assert refusal(Day(key="day"), heard) == "day_wanted"


# Choices.


@pytest.mark.parametrize(
    ("heard", "code"),
    [
        (press("take", "pear"), "pear"),
        ("pear", "pear"),
        ("PEAR", "pear"),
        ("梨（大）", "pear"),
        ("梨(大)", "pear"),
        (" Big pear\u200b ", "pear"),
        ("ＰＬＵＭ", "plum"),
        ("fig", "fig"),
    ],
)
def test_a_choice_is_pressed_or_typed(heard: Heard | str, code: str) -> None:
    assert answer(Choice(key="fruit", options=FRUITS), heard) == code


@pytest.mark.parametrize("text", ["", "\u200b", "grape", "梨", "pear, plum", "1"])
def test_a_typed_choice_that_is_not_offered_asks_for_a_press(text: str) -> None:
    assert refusal(Choice(key="fruit", options=FRUITS), text) == "press_a_button"


def test_an_empty_label_is_not_chosen_by_saying_nothing() -> None:
    prompt = Choice(key="fruit", options=[Option("none", "", None)])
    assert refusal(prompt, "\u200b") == "press_a_button"


def test_a_forged_code_is_not_offered() -> None:
    assert refusal(Choice(key="fruit", options=FRUITS), press("take", "grape")) == "not_offered"


def test_a_photo_where_a_choice_is_asked_is_refused() -> None:
    assert refusal(Choice(key="fruit", options=FRUITS), PHOTO) == "press_a_button"


def test_the_members_of_a_closed_set_are_offered_by_their_names() -> None:
    prompt = Choice(key="grade", options=options_of(list(Grade)))
    assert value(prompt, press("take", "high")) is Grade.HIGH
    assert value(Choice(key="unit", options=options_of(list(UnitKind))), "village") == "village"


@pytest.mark.parametrize(
    "text",
    [
        "pear、fig",
        "pear,fig",
        "pear，fig",
        "pear;fig",
        "pear；fig",
        "pear fig",
        "pear\nfig",
        "Big pear, Fig",
        "梨（大）、fig、pear",
        " pear , fig ,",
    ],
)
def test_several_choices_are_typed_with_any_mark_between(text: str) -> None:
    assert value(Choices(key="fruits", options=FRUITS), text) == ("P", "F")


@pytest.mark.parametrize("text", ["", ",", "\u200b", "、、", "pear、grape", "pear grape"])
def test_typed_choices_are_all_offered_or_none_is_taken(text: str) -> None:
    assert refusal(Choices(key="fruits", options=FRUITS), text) == "press_a_button"


def test_too_few_and_too_many_choices_are_refused() -> None:
    prompt = Choices(key="fruits", options=FRUITS, at_least=2, at_most=2)
    assert refusal(prompt, "pear") == "pick_more"
    assert refusal(prompt, "pear, plum, fig") == "pick_fewer"


@pytest.mark.parametrize("stored", ["pear", {"pear": True}, 1])
def test_one_answer_is_not_a_list_of_answers(stored: Any) -> None:
    with pytest.raises(Refused):
        Choices(key="fruits", options=FRUITS).value(stored)


def test_ticks_of_options_not_offered_are_not_counted() -> None:
    buttons = Choices(key="fruits", options=FRUITS).buttons(["pear", "grape"], 0)
    assert buttons[-1][0].label == Phrase("engine.done", {"count": 1})


# Buttons.


def many(count: int, *, columns: int = 1) -> Choice:
    return Choice(key="n", options=[Option(str(n), str(n)) for n in range(count)], columns=columns)


@pytest.mark.parametrize("count", [1, PAGE, PAGE + 1, 5 * PAGE])
def test_turning_the_pages_shows_every_option_once(count: int) -> None:
    prompt, codes, page = many(count), [], 0
    while True:
        presses = [key.does for row in prompt.buttons([], page) for key in row]
        codes += [does.code for does in presses if isinstance(does, Press) and does.act == "take"]
        page += 1
        if Press("page", str(page)) not in presses:
            break
    assert codes == [str(n) for n in range(count)]


@pytest.mark.parametrize("page", [-1, 3, 999])
def test_a_page_that_is_not_there_is_the_nearest(page: int) -> None:
    prompt = many(3 * PAGE)
    assert prompt.buttons([], page) == prompt.buttons([], max(0, min(page, 2)))


@pytest.mark.parametrize("columns", [0, 1, 3, 8, 50])
def test_a_row_has_one_to_eight_buttons(columns: int) -> None:
    rows = many(PAGE, columns=columns).buttons([], 0)
    assert all(1 <= len(row) <= 8 for row in rows)


def test_no_options_are_no_buttons() -> None:
    assert many(0).buttons([], 0) == []


# Files.


def test_a_file_is_taken_by_its_reference() -> None:
    assert value(Handing(key="file"), PHOTO) == Attachment("file-1", "photo.jpg", "photo", 1000)


def test_a_file_of_another_kind_is_refused() -> None:
    assert refusal(Handing(key="file"), Sent("voice", "file-1")) == "other_file_wanted"


def test_a_file_too_large_is_refused_with_the_most_in_megabytes() -> None:
    with pytest.raises(Refused) as refused:
        answer(Handing(key="file"), Sent("document", "file-1", size=20_000_001))
    assert refused.value.phrase == Phrase("refused.file_too_large", {"most": 20})


@pytest.mark.parametrize("heard", ["here it is", press("take", "x")])
def test_a_file_is_neither_written_nor_pressed(heard: Heard | str) -> None:
    assert refusal(Handing(key="file"), heard) == "file_needed"
    assert refusal(Handing(key="file", optional=True), heard) == "file_wanted"


def test_the_name_of_a_file_is_freed_of_signs_no_page_can_hold() -> None:
    prompt = Handing(key="file")
    assert value(prompt, Sent("document", "f", "a\x00b.pdf")).name == "ab.pdf"


def test_a_file_without_a_name_is_said_back_as_a_file() -> None:
    prompt = Handing(key="file")
    assert prompt.echo(answer(prompt, Sent("photo", "f"))) == Phrase("engine.file")


# The review.


def test_the_review_ends_by_its_button_alone() -> None:
    prompt = Reviewing(key="check")
    assert answer(prompt, press("send")) is True
    assert refusal(prompt, "send") == "press_a_button"
    assert refusal(prompt, PHOTO) == "press_a_button"


def test_a_key_names_its_question_without_which_one_it_is() -> None:
    assert Writing(key="case.title@7").question() == Phrase("ask.case.title")


def test_a_reference_is_eight_signs() -> None:
    assert len(reference("complaint.account")) == 8
    assert reference("a") != reference("b")


@pytest.mark.parametrize(
    "text", ["9", "9:00", "09:00", "０９：００", "9 點", "9點", "9点", "9時", "上午9時"]
)
def test_an_hour_is_understood_however_it_is_written(text: str) -> None:
    assert value(next(hour("at", range(8, 19))), text) == 9
