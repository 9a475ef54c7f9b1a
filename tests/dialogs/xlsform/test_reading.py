"""Questionnaires are read as people write them."""

import pickle

from dialogs.xlsform.form import Calculation, Choice, Group, Note, Question, Repeat, Wording
from dialogs.xlsform.kinds import Kind
from dialogs.xlsform.library import questionnaires
from dialogs.xlsform.reading import read_form, read_markdown

from .builders import YES_NO, Talk, form_of, q, xlsx

KOBO = xlsx(
    {
        "survey": [
            ("Type", "Name", "Label::English (en)", "label::中文", "Hint :: English (en)", None,
             "Required", "Relevance", "Constraint", "constraint_message::English (en)",
             "constraint_message::中文", "Appearance", "$kuid", "Default", "remarks"),
            ("start", "start", None, None, None, None, None, None, None, None, None, None, "x1"),
            ("end", "end"),
            (None, None, None),
            ("select one yes_no ", " consent ", " Do you agree? ", "您同意嗎?", None, None, "TRUE"),
            ("begin group", "household", "Household", "家庭", None, None, None,
             "${consent} = ‘yes’"),
            ("integer", "size", "How many?", "幾口人?", "All who live there", None, True, None,
             ". > 0 and . <= 30", "Between 1 and 30.", "1 到 30。", "w4", None, 3),
            (None, None, None),
            ("begin_repeat", "person", "Person", "家人"),
            ("Text", "who", "Name", "名字", None, None, "yes"),
            ("select_multiple  skills", "skills", "Skills", "技能"),
            ("end repeat",),
            ("end_group", None, None, None, None, None, None, None, None, None, None, None, None,
             None, "the end of it"),
            ("note", None, "Thanks, ${size} of you", "謝謝 ${size} 位"),
            ("text", "old", "Old", "舊", *[None] * 9, None, "not used"),
        ],
        "choices": [
            ("list name", "Name", "Label::English (en)", "Label::中文", "order"),
            ("yes_no", "yes", "Yes", "是", 1),
            ("yes_no", "no", "No", "否", 2),
            (None, None, None, None),
            ("skills ", "weld", "Welding", None, 1),
            ("skills", 2, "Driving", "開車", 2),
        ],
        "settings": [
            ("form_title", "form_id", "version", "default_language", "style"),
            ("Household survey", "household_2026", 2026050401, "中文", "pages"),
        ],
    }
)  # fmt: skip


def test_a_form_as_kobo_exports_it_is_read() -> None:
    form = read_form(KOBO, "file")
    assert (form.id, form.title, form.version) == (
        "household_2026", "Household survey", "2026050401",
    )  # fmt: skip
    assert (form.language, form.languages) == ("zh-Hant", ("zh-Hant", "en"))
    start, end, consent, household, thanks, old = form.items
    assert [isinstance(one, Calculation) and one.kept for one in (start, end)] == [False, False]
    assert isinstance(consent, Question)
    assert (consent.name, consent.kind, consent.required) == ("consent", Kind.SELECT_ONE, "true()")
    assert consent.label.texts == (("zh-Hant", "您同意嗎?"), ("en", "Do you agree?"))
    assert isinstance(household, Group)
    size, person = household.items
    assert isinstance(size, Question)
    assert (size.default, size.hint.texts) == ("'3'", (("en", "All who live there"),))
    assert isinstance(person, Repeat)
    assert [item.name for item in person.items] == ["who", "skills"]
    assert isinstance(thanks, Note)
    assert form.choices["skills"] == (
        Choice("weld", Wording((("en", "Welding"),)),
               (("list_name", "skills"), ("name", "weld"), ("order", "1"))),
        Choice("2", Wording((("zh-Hant", "開車"), ("en", "Driving"))),
               (("list_name", "skills"), ("name", "2"), ("order", "2"))),
    )  # fmt: skip
    assert old.name == "old"


def test_a_form_as_kobo_exports_it_is_played() -> None:
    conversation = Talk(read_form(KOBO, "file")).take("yes")
    assert conversation.say("31").refusal[0] == "refused.xlsform.message"
    conversation.press("proposed").take("yes").say("Li", "開車").take("no")
    assert conversation.told[-1] == {"zh-Hant": "謝謝 3 位", "en": "Thanks, 3 of you"}
    assert conversation.skip().send() == {
        "consent": "yes",
        "household": {"size": 3, "person": [{"who": "Li", "skills": ["2"]}]},
        "old": None,
    }


def test_old_spellings_are_understood() -> None:
    form = read_form(
        xlsx(
            {
                "Survey": [
                    ("type", "name", "caption:en", "label:zh", "bind::relevant", "jr:count",
                     "calculate", "read_only"),
                    ("string", "a", "A", "甲", None, None, None, "no"),
                    ("int", "b", "B", "乙", "${a} = 'x'", None, None, None),
                    ("select1 x", "c", "C", "丙", None, None, None, None),
                    ("begin repeat", "r", None, None, None, "2", None, None),
                    ("calculate", "d", None, None, None, None, "1 + 1", None),
                    ("end repeat", None, None),
                ],
                "Choices": [("list_name", "value", "caption"), ("x", "1", "one")],
                "SETTINGS": [("id_string", "title"), ("f", "F")],
            }
        ),
        "file",
    )  # fmt: skip
    a, b, c, r = form.items
    assert a.label.texts == (("en", "A"), ("zh-Hant", "甲"))
    assert b.relevant == "${a} = 'x'"
    assert isinstance(c, Question)
    assert c.choices == "x"
    assert isinstance(r, Repeat)
    assert r.count == "2"
    assert r.items == (Calculation(name="d", formula="1 + 1"),)
    assert (form.id, form.title) == ("f", "F")


def test_what_is_not_said_is_filled_in() -> None:
    form = form_of(q("text", "a"))
    assert (form.id, form.title, form.version, form.language) == ("form", "form", "", "")
    assert form.languages == ()


def test_a_plain_label_is_in_the_default_language() -> None:
    form = form_of(q("text", "a", "甲"), default_language="繁體中文 (zh-Hant)")
    assert form.items[0].label.texts == (("zh-Hant", "甲"),)


def test_disabled_rows_are_left_out() -> None:
    form = form_of(q("text", "a"), q("frobnicate", "b", disabled="yes"))
    assert [item.name for item in form.items] == ["a"]


def test_a_single_sheet_of_any_name_is_the_survey() -> None:
    form = read_form(xlsx({"Sheet1": [("type", "name", "label"), ("text", "a", "A")]}), "f")
    assert form.items[0].name == "a"


def test_names_may_be_chinese() -> None:
    form = form_of(q("integer", "人數"), q("text", "為何", relevant="${人數}>5"))
    assert Talk(form).say("6").key == "為何"


def test_markdown_says_the_same_as_a_workbook() -> None:
    text = """
    | survey |         |      |       |          |
    |        | type    | name | label | relevant |
    |        | integer | a    | A \\| B |        |
    |        | text    | b    | B     | ${a} > 1 |
    | settings |
    |          | form_id | version |
    |          | f       | 1       |
    """
    workbook = xlsx(
        {
            "survey": [
                ("type", "name", "label", "relevant"),
                ("integer", "a", "A | B", None),
                ("text", "b", "B", "${a} > 1"),
            ],
            "settings": [("form_id", "version"), ("f", 1)],
        }
    )
    assert read_markdown(text, "x") == read_form(workbook, "x")


def test_a_form_can_be_hashed_and_pickled() -> None:
    form = questionnaires()["satisfaction"]
    again = pickle.loads(pickle.dumps(form))  # noqa: S301 - our own
    assert again == form
    assert hash(again) == hash(form)
    Talk(form)
    assert pickle.loads(pickle.dumps(form)) == form  # noqa: S301 - our own


def test_the_row_that_heads_a_grid_of_choices_wants_no_answer() -> None:
    form = form_of(
        q("select_one yes_no", "head", "Do you have …", appearance="label"),
        q("select_one yes_no", "well", "a well?", appearance="list-nolabel"),
        choices=YES_NO,
    )
    head, well = form.items
    assert isinstance(head, Note)
    assert isinstance(well, Question)
