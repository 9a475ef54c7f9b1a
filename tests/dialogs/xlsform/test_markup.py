"""A questionnaire marked up for a screen reads as plain words in a chat."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.xlsform.markup import plain
from dialogs.xlsform.reading import read_form

from .builders import YES_NO, q, survey


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("**請如實**填寫", "請如實填寫"),
        ("請 **如實** 填寫", "請 如實 填寫"),
        ("_Please_ be __frank__", "Please be frank"),
        ("**a *b* c**", "a b c"),
        ("# 第一部分\n說明", "第一部分\n說明"),
        ('<span style="color:red">必填</span><br>說明', "必填\n說明"),
        ("<b>必填</b> 1 < 2 <i>x</i>", "必填 1 < 2 x"),
        ("見[辦法](https://example.org/a_b_c)", "見辦法 (https://example.org/a_b_c)"),
        ("您說 ${_name_} 和 ${a_b_c}", "您說 ${_name_} 和 ${a_b_c}"),
        (r"5 \* 3", "5 * 3"),
        ("3 * 4 * 5 = 60, a_b_c, 2*3*4", "3 * 4 * 5 = 60, a_b_c, 2*3*4"),
        ("第1題 #1, ____", "第1題 #1, ____"),
        ("# Part 1\n## About __you__", "Part 1\nAbout you"),
        ("* one\n* two", "* one\n* two"),
        ("\\*not bold\\*, **${a_b}**", "*not bold*, ${a_b}"),
    ],
)
def test_marks_are_taken_off_and_all_else_stays(written: str, said: str) -> None:
    assert plain(written) == said


@given(st.text(alphabet="a b*_#[](){}$\\<>/br\n"))
def test_no_text_is_too_odd(text: str) -> None:
    assert len(plain(text)) <= len(text) + text.count("](") * 2


def test_questions_hints_and_choices_are_read_without_marks() -> None:
    choices = [(*YES_NO[0][:2], "**有**"), YES_NO[1]]
    content = survey(
        q("select_one yes_no", "a", "# 問 **一**", hint="<i>提示</i>"), choices=choices
    )
    form = read_form(content, "f")
    said = [form.questions["a"].label, form.questions["a"].hint, form.choices["yes_no"][0].label]
    assert [wording.texts[0][1] for wording in said] == ["問 一", "提示", "有"]
