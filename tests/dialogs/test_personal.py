"""A notice is filled in for one person; what could compute, or name nothing, is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs import personal
from dialogs.errors import Refused
from dialogs.vocabulary import Field

LU = {Field.NAME: "呂思穎", Field.OWED: "崗位自查", Field.DUE: "2026年3月31日"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{姓名}}您好", "呂思穎您好"),
        ("Dear {{name}}, {{ owed }}", "Dear 呂思穎, 崗位自查"),
        ("{% if 未辦 %}請在{{期限}}前辦好{% endif %}", "請在2026年3月31日前辦好"),
        ("{% if not 未辦 %}都辦好了{% else %}還有{% endif %}", "還有"),
        ("崗位：{{崗位}}。", "崗位：。"),
        ("<b>{{姓名}}</b> & 5 > 3", "<b>呂思穎</b> & 5 > 3"),
    ],
)
def test_fields_are_filled(text: str, said: str) -> None:
    personal.check(text)
    assert personal.filled(text, LU) == said


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("{{姓名", "template_broken"),
        ("第一行\n{% if 姓名 %}", "template_broken"),
        ("{{工資}}", "template_field"),
        ("{{ 姓名.__class__ }}", "template_computes"),
        ("{{ 7 * 7 }}", "template_computes"),
        ("{{ 姓名|upper }}", "template_computes"),
        ("{% for x in range(9) %}x{% endfor %}", "template_computes"),
        ("{% set x = 1 %}", "template_computes"),
        ("{% include 'help.html.j2' %}", "template_computes"),
        ("{{ lipsum() }}", "template_computes"),
    ],
)
def test_anything_else_is_refused_in_words(text: str, key: str) -> None:
    with pytest.raises(Refused, match=f"^{key}$"):
        personal.check(text)


def test_it_is_said_in_which_line_a_field_is_broken() -> None:
    with pytest.raises(Refused) as refused:
        personal.check("各位：\n{{姓名}}\n{{姓名")
    assert refused.value.values["line"] == 3


@pytest.mark.parametrize(
    ("text", "empty"),
    [
        ("{{姓名}}您好，{{崗位}}的{{未辦}}", [Field.POST]),
        ("{{姓名}}您好", []),
        ("{% if 崗位 %}{{崗位}}{% endif %}", []),
    ],
)
def test_a_field_somebody_has_none_of_is_told_unless_the_text_asks(
    text: str, empty: list[Field]
) -> None:
    assert list(personal.left_empty(text, LU)) == empty


@given(st.dictionaries(st.sampled_from(list(Field)), st.text(max_size=20)))
def test_what_is_filled_in_is_never_read_as_a_field(fields: dict[Field, str]) -> None:
    said = personal.filled("{{姓名}}|{{單位}}", fields)
    assert said == f"{fields.get(Field.NAME, '')}|{fields.get(Field.UNIT, '')}"
