"""A questionnaire asks what is relevant, in its order and in its own words."""

from datetime import date

import pytest

from dialogs.engine import Ended, Stale, advance
from dialogs.errors import Refused
from dialogs.presentation import navigation
from dialogs.prompts import Choices, Pressed, Sent, reference
from dialogs.speech import Press
from dialogs.xlsform.play import MOST_REPETITIONS, play
from dialogs.xlsform.reading import read_form

from .builders import TODAY, YES_NO, Talk, form_of, q, talk, xlsx

FRUIT = [("fruit", "pear", "梨"), ("fruit", "plum", "李"), ("fruit", "none", "都沒有")]


def test_answers_come_back_as_json_of_their_kind() -> None:
    answered = (
        talk(
            q("text", "who"),
            q("integer", "age"),
            q("decimal", "weight"),
            q("date", "born"),
            q("select_one fruit", "best"),
            q("select_multiple fruit", "liked"),
            q("acknowledge", "seen"),
            choices=FRUIT,
        )
        .say("阿梅", "41", "50.5", "民國74年2月28日")
        .take("plum")
        .say("梨、李")
        .take("ok")
        .send()
    )
    assert answered == {
        "who": "阿梅",
        "age": 41,
        "weight": 50.5,
        "born": "1985-02-28",
        "best": "plum",
        "liked": ["pear", "plum"],
        "seen": "OK",
    }


def test_files_come_back_by_reference() -> None:
    conversation = talk(q("image", "picture"), q("audio", "voice"), q("file", "paper"))
    conversation.hear(Sent("photo", "F1", "", 10)).hear(Sent("voice", "F2", "v.ogg", 20))
    conversation.hear(Sent("voice", "F3"))
    assert conversation.refusal == "refused.other_file_wanted"
    answered = conversation.hear(Sent("document", "F3", "a.pdf", 30)).send()
    assert answered["paper"] == {"file": "F3", "name": "a.pdf", "kind": "document", "size": 30}


def test_a_question_not_required_may_be_passed_over() -> None:
    conversation = talk(
        q("text", "a"), q("text", "b", required="yes"), q("select_multiple fruit", "c"),
        choices=FRUIT,
    )  # fmt: skip
    conversation.skip()
    assert conversation.key == "b"
    assert not conversation.asked.prompt.optional
    assert conversation.skip().refusal == "refused.text_wanted"
    assert conversation.say("x").skip().send() == {"a": None, "b": "x", "c": []}


def test_required_may_depend_on_an_answer() -> None:
    rows = (q("integer", "age", required="yes"), q("text", "guardian", required="${age} < 18"))
    assert talk(*rows).say("17").asked.prompt.optional is False
    assert talk(*rows).say("18").asked.prompt.optional is True


def test_what_is_not_relevant_is_not_asked_and_not_answered() -> None:
    rows = (
        q("select_one yes_no", "pets", required="yes"),
        q("integer", "count", relevant="${pets} = 'yes'"),
        q("text", "last"),
    )
    assert talk(*rows, choices=YES_NO).take("no").say("x").send() == {"pets": "no", "last": "x"}
    assert talk(*rows, choices=YES_NO).take("yes").key == "count"


def test_an_answer_that_becomes_hidden_is_left_out() -> None:
    conversation = talk(
        q("select_one yes_no", "pets", required="yes"),
        q("integer", "count", relevant="${pets} = 'yes'"),
        q("calculate", "legs", None, calculation="${count} * 4"),
        choices=YES_NO,
    )
    conversation.take("yes").say("3").edit("pets").take("no")
    assert conversation.send() == {"pets": "no", "legs": ""}


def test_a_group_hides_all_that_is_in_it() -> None:
    rows = (
        q("integer", "age", required="yes"),
        q("begin group", "work", "工作", relevant="${age} >= 18"),
        q("text", "post"),
        q("begin_group", "pay", None),
        q("calculate", "tax", None, calculation="1"),
        q("end_group", "", None),
        q("end group", "", None),
    )
    assert talk(*rows).say("17").send() == {"age": 17}
    conversation = talk(*rows).say("18")
    assert (conversation.key, conversation.told) == ("work.post", ["工作"])
    assert conversation.say("x").send() == {"age": 18, "work": {"post": "x", "pay": {"tax": 1}}}


def test_a_constraint_speaks_in_its_own_words() -> None:
    conversation = talk(
        q("integer", "age", constraint=". >= 0 and . < 120", constraint_message="0 到 119。"),
        q("text", "phone", constraint="regex(., '1[0-9]{10}')"),
    )
    assert conversation.say("120").refusal == ("refused.xlsform.message", "0 到 119。")
    assert conversation.say("４１").key == "phone"
    assert conversation.say("12345").refusal == "refused.xlsform.constraint"
    assert conversation.say("13912345678").send() == {"age": 41, "phone": "13912345678"}


def test_a_constraint_may_look_at_other_answers() -> None:
    conversation = talk(q("date", "begun"), q("date", "ended", constraint=". >= ${begun}"))
    conversation.say("2026-05-02", "2026-05-01")
    assert conversation.refusal == "refused.xlsform.constraint"
    assert conversation.say("5月3日").send() == {"begun": "2026-05-02", "ended": "2026-05-03"}


def test_an_answer_passed_over_is_not_held_to_the_constraint() -> None:
    assert talk(q("integer", "age", constraint=". > 5")).skip().send() == {"age": None}


def test_nothing_ticked_is_not_held_to_the_constraint() -> None:
    conversation = talk(
        q("select_multiple fruit", "liked", constraint="count-selected(.) > 1"), choices=FRUIT
    )
    assert conversation.press("done").send() == {"liked": []}


def test_an_answer_that_was_refused_leaves_no_trace() -> None:
    form = form_of(q("integer", "age", constraint=". > 5"), q("text", "b", relevant="${age} = ''"))
    dialogue = play(form, today=TODAY)
    with pytest.raises(Refused):
        next(dialogue).accepted("3")
    assert dialogue.send(None).key == "b"


def test_a_calculation_that_is_not_relevant_is_empty() -> None:
    rows = (
        q("integer", "age", required="yes"),
        q("begin group", "g", None, relevant="${age} > 17"),
        q("calculate", "tax", None, calculation="10"),
        q("end group", "", None),
        q("calculate", "double", None, calculation="${tax} * 2", relevant="${age} > 20"),
        q("text", "untaxed", relevant="${tax} = ''"),
        q("text", "undoubled", relevant="${double} = ''"),
    )
    assert talk(*rows).say("3", "x", "y").send() == {"age": 3, "untaxed": "x", "undoubled": "y"}
    assert talk(*rows).say("18", "y").send() == {"age": 18, "g": {"tax": 10}, "undoubled": "y"}
    assert talk(*rows).say("30").send() == {"age": 30, "g": {"tax": 10}, "double": 20}


def test_several_choices_can_be_held_to_a_constraint() -> None:
    conversation = talk(
        q("select_multiple fruit", "liked", required="yes", required_message="至少一樣。",
          constraint="not(selected(., 'none') and count-selected(.) > 1)"),
        choices=FRUIT,
    )  # fmt: skip
    assert conversation.press("done").refusal == ("refused.xlsform.message", "至少一樣。")
    conversation.press("pick", "pear").press("pick", "none").press("done")
    assert conversation.refusal == "refused.xlsform.constraint"
    assert conversation.press("pick", "pear").press("done").send() == {"liked": ["none"]}


def test_choices_are_filtered_by_an_earlier_answer() -> None:
    form = read_form(
        xlsx(
            {
                "survey": [
                    ("type", "name", "label", "choice_filter"),
                    ("select_one county", "county", "縣", None),
                    ("select_one town", "town", "鎮", "county = ${county} or name = 'other'"),
                ],
                "choices": [
                    ("list name", "name", "label", "county"),
                    ("county", "east", "東", None),
                    ("county", "west", "西", None),
                    ("town", "a", "甲", "east"),
                    ("town", "b", "乙", "west"),
                    ("town", "other", "其他", None),
                ],
            }
        ),
        "towns",
    )
    town = Talk(form).take("west").asked.prompt
    assert isinstance(town.options, (list, tuple))  # type: ignore[attr-defined]  # a choice
    assert [option.code for option in town.options] == ["b", "other"]  # type: ignore[attr-defined]


def test_a_question_whose_filter_leaves_nothing_is_not_asked() -> None:
    conversation = talk(
        q("text", "want"),
        q("select_one fruit", "best", required="yes", choice_filter="name = ${want}"),
        choices=FRUIT,
    )
    assert conversation.say("meat").send() == {"want": "meat"}


@pytest.mark.parametrize(
    ("type_", "default", "said"),
    [
        ("text", "清風鎮", "清風鎮"),
        ("text", "他說“好”,it's", "他說“好”,it's"),
        ("integer", 3, 3),
        ("integer", "${before} + 1", 8),
        ("decimal", "0.5", 0.5),
        ("date", "today()", TODAY.isoformat()),
        ("date", "2026-01-31", "2026-01-31"),
        ("select_one fruit", "plum", "plum"),
    ],
)
def test_a_default_is_offered_and_taken_with_one_press(
    type_: str, default: str | int, said: object
) -> None:
    conversation = talk(q("integer", "before"), q(type_, "x", default=default), choices=FRUIT)
    conversation.say("7")
    [row] = navigation(conversation.asked)
    assert row[0].does == Press("proposed")
    assert conversation.press("proposed").send()["x"] == said


def test_a_default_of_several_choices_is_ticked_beforehand() -> None:
    conversation = talk(q("select_multiple fruit", "x", default="plum"), choices=FRUIT)
    assert isinstance(conversation.asked.prompt, Choices)
    [row] = navigation(conversation.asked)
    assert Press("proposed") not in [button.does for button in row]  # the ticks say it already
    assert conversation.press("pick", "pear").press("done").send() == {"x": ["plum", "pear"]}


@pytest.mark.parametrize("default", ["${before} - 100", "concat('x')", "${before} div 2"])
def test_a_default_that_would_be_refused_is_not_offered(default: str) -> None:
    conversation = talk(
        q("integer", "before"), q("integer", "x", default=default, constraint=". > 0")
    )
    [row] = navigation(conversation.say("7").asked)
    assert Press("proposed") not in [button.does for button in row]


def test_notes_and_headings_are_told_before_the_next_question() -> None:
    conversation = talk(
        q("note", "hello", "您好"),
        q("integer", "n", "幾個", hint="整數"),
        q("note", "many", "真多:${n}", relevant="${n} > 5"),
        q("text", "readonly", "只讀", read_only="yes"),
        q("text", "why", "為什麼是 ${n} 個?"),
    )
    assert conversation.told == ["您好"]
    assert conversation.question == ("xlsform.question", "幾個", "整數")
    conversation.say("9")
    assert conversation.told == ["真多:9", "只讀"]
    assert conversation.question == "為什麼是 9 個?"


def test_labels_speak_of_choices_by_their_labels_in_each_language() -> None:
    form = read_form(
        xlsx(
            {
                "survey": [
                    ("type", "name", "label::English (en)", "label::繁體中文 (zh-Hant)",
                     "calculation"),
                    ("select_multiple fruit", "liked", "Which?", "哪些?", None),
                    ("calculate", "best", None, None,
                     "jr:choice-name(selected-at(${liked}, 0), '${liked}')"),
                    ("text", "why", "Why ${liked}, and ${best} first?",
                     "為何是${liked},先${best}?", None),
                ],
                "choices": [
                    ("list_name", "name", "label::English (en)", "label::繁體中文 (zh-Hant)"),
                    ("fruit", "pear", "pears", "梨"),
                    ("fruit", "plum", "plums", "李"),
                ],
                "settings": [("default_language",), ("繁體中文 (zh-Hant)",)],
            }
        ),
        "fruit",
    )  # fmt: skip
    conversation = Talk(form).say("pears, 李")
    assert conversation.question == {
        "zh-Hant": "為何是梨、李,先梨?",
        "en": "Why pears, plums, and pears first?",
    }
    assert conversation.skip().send()["best"] == "梨"


def test_calculations_are_worked_out_at_the_end_wherever_they_stand() -> None:
    answered = (
        talk(
            q("calculate", "total", None, calculation="${a} + ${b}"),
            q("calculate", "day", None, calculation="today()"),
            q("calculate", "old", None, calculation="${total} > 5"),
            q("calculate", "none", None, calculation="${a} div 0"),
            q("today", "filled", None),
            q("start", "start", None),
            q("integer", "a"),
            q("integer", "b"),
        )
        .say("2", "4")
        .send()
    )
    assert answered == {
        "total": 6,
        "day": "2026-05-04",
        "old": True,
        "none": "",
        "filled": "2026-05-04",
        "a": 2,
        "b": 4,
    }


HOUSEHOLD = (
    q("begin_repeat", "member", "家人"),
    q("text", "who", "名字", required="yes"),
    q("integer", "age", "${who}幾歲?", required="yes"),
    q("text", "school", "${who}在哪上學?", relevant="${age} < 18", required="yes"),
    q("calculate", "order", None, calculation="position(..)"),
    q("end_repeat", "", None),
    q("calculate", "ages", None, calculation="sum(${age})"),
    q("note", "sum", "一共 ${ages} 歲"),
)


def test_a_repeat_goes_on_as_long_as_there_is_another() -> None:
    conversation = talk(*HOUSEHOLD)
    assert conversation.question == ("xlsform.first", "家人")
    conversation.take("yes").say("Li")
    assert (conversation.key, conversation.question) == ("member.1.age", "Li幾歲?")
    conversation.say("41")
    assert conversation.question == ("xlsform.another", "家人")
    conversation.take("yes")
    assert conversation.told == [("xlsform.repetition", "家人", 2)]
    conversation.say("Wu", "9")
    assert conversation.question == "Wu在哪上學?"
    conversation.say("村小").take("no")
    assert conversation.told == ["一共 50 歲"]
    assert conversation.send() == {
        "member": [
            {"who": "Li", "age": 41, "order": 1},
            {"who": "Wu", "age": 9, "school": "村小", "order": 2},
        ],
        "ages": 50,
    }


def test_a_repeat_may_not_happen_at_all() -> None:
    assert talk(*HOUSEHOLD).take("no").send() == {"member": [], "ages": 0}


def test_a_repeat_is_asked_as_often_as_was_counted() -> None:
    rows = (
        q("integer", "n", required="yes"),
        q("begin repeat", "r", None, repeat_count="${n}"),
        q("text", "a"),
        q("end repeat", "", None),
    )
    assert talk(*rows).say("0").send() == {"n": 0, "r": []}
    conversation = talk(*rows).say("2")
    assert conversation.told == [("xlsform.repetition", "xlsform.entry", 1)]
    assert conversation.say("x", "y").send() == {"n": 2, "r": [{"a": "x"}, {"a": "y"}]}


def test_a_repeat_counted_too_high_says_where_it_ends() -> None:
    conversation = talk(
        q("integer", "n"),
        q("begin repeat", "r", None, repeat_count="${n}"),
        q("note", "only", "說明"),
        q("end repeat", "", None),
        q("text", "last"),
    ).say("1000000")
    assert conversation.told[0] == ("xlsform.shortened", MOST_REPETITIONS)
    assert conversation.key == "last"


def test_repeats_within_repeats_keep_their_answers_apart() -> None:
    conversation = talk(
        q("begin repeat", "house", None, repeat_count="2"),
        q("begin group", "yard", None),
        q("begin repeat", "animal", None, repeat_count="2"),
        q("text", "kind"),
        q("text", "again", "${kind}?", relevant="${kind} = 'cat'"),
        q("end repeat", "", None),
        q("end group", "", None),
        q("calculate", "animals", None, calculation="count(${animal})"),
        q("end repeat", "", None),
    )
    conversation.say("dog", "cat")
    assert conversation.key == "house.1.yard.animal.2.again"
    assert conversation.say("yes", "hen", "cow").send() == {
        "house": [
            {"yard": {"animal": [{"kind": "dog"}, {"kind": "cat", "again": "yes"}]}, "animals": 2},
            {"yard": {"animal": [{"kind": "hen"}, {"kind": "cow"}]}, "animals": 2},
        ]
    }


def test_an_earlier_repetition_can_be_read() -> None:
    conversation = talk(
        q("begin repeat", "r", None, repeat_count="2"),
        q("text", "village", default="indexed-repeat(${village}, ${r}, position(..) - 1)"),
        q("end repeat", "", None),
    )
    assert conversation.asked.prompt.proposed is None
    assert conversation.say("柳村").asked.prompt.proposed == "柳村"


def test_long_and_foreign_choice_names_fit_on_a_button() -> None:
    long = "an_answer_that_goes_on_and_on_and_on"
    conversation = talk(
        q("select_one x", "a"), choices=[("x", long, "長"), ("x", "是", "是"), ("x", "a:b", "冒")]
    )
    options = conversation.asked.prompt.options  # type: ignore[attr-defined]  # a choice
    assert all(len(option.code.encode()) <= 24 and ":" not in option.code for option in options)
    assert conversation.take(options[0].code).send() == {"a": long}


def test_names_with_points_do_not_run_into_paths() -> None:
    conversation = talk(
        q("begin repeat", "a", None, repeat_count="1"),
        q("text", "b"),
        q("end repeat", "", None),
        q("text", "a.1.b"),
    )
    assert conversation.say("x", "y").send() == {"a": [{"b": "x"}], "a.1.b": "y"}


def test_nothing_to_ask_leads_straight_to_the_review() -> None:
    conversation = talk(q("note", "hello", "您好"))
    assert conversation.key == "xlsform.review"
    assert conversation.told == ["您好"]
    assert conversation.send() == {}


def test_the_event_names_form_and_version() -> None:
    conversation = Talk(form_of(q("text", "a"), form_id="f1", version=3, form_title="T"))
    conversation.say("x").press("send")
    assert isinstance(conversation.turn, Ended)
    event = conversation.turn.event
    assert (event.form, event.version, event.answers) == ("f1", "3", {"a": "x"})


def test_today_is_the_day_it_is_told() -> None:
    form = form_of(q("date", "d", constraint=". <= today()"))
    assert Talk(form, today=date(2020, 1, 1)).say("2020-01-02").refusal
    assert Talk(form, today=date(2020, 1, 2)).say("2020-01-02").refusal is None


def test_a_button_of_another_question_changes_nothing() -> None:
    conversation = talk(q("select_one fruit", "a"), q("select_one fruit", "b"), choices=FRUIT)
    before = conversation.take("pear").asked.draft
    heard = Pressed(reference("a"), "take", "plum")
    turn = advance(conversation.begin, before, heard, today=TODAY)
    assert isinstance(turn, Stale)
    assert turn.now.draft == before
