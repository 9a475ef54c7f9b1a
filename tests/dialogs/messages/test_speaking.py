from datetime import UTC, date, datetime

import pytest
from jinja2 import UndefinedError

from bot.playground.markup import parse_html
from dialogs.messages import notices, plain_words, render, speak
from dialogs.speech import Button, Go, Label, Link, Listing, Phrase, Reply, Sayable
from dialogs.vocabulary import Aspect, Grade, Language

ZH, EN = Language.ZH_HANT, Language.EN
EVERY_LANGUAGE = pytest.mark.parametrize("language", Language)


def greeting(name: str) -> Phrase:
    return Phrase("menu.greeting", {"name": name})


def labelled(label: Sayable) -> Reply:
    return Reply((Phrase("engine.over"),), [[Button(label, Go("menu"))]])


@EVERY_LANGUAGE
def test_markup_in_a_name_is_printed_as_it_was_written(language: Language) -> None:
    said = str(speak(greeting("<b>&Li</b>"), language))
    assert "&lt;b&gt;&amp;Li&lt;/b&gt;" in said
    text, entities = parse_html(said)
    assert "<b>&Li</b>" in text
    assert entities == []


@EVERY_LANGUAGE
@pytest.mark.parametrize("wrap", [lambda s: Label({"zh-Hant": s}), lambda s: Listing([s, s])])
def test_markup_in_data_is_printed_as_it_was_written(language: Language, wrap: object) -> None:
    assert callable(wrap)
    text, entities = parse_html(str(speak(wrap("<a href='x'>"), language)))
    assert "<a href='x'>" in text
    assert entities == []


@EVERY_LANGUAGE
def test_the_catalogue_keeps_its_own_markup(language: Language) -> None:
    values: dict[str, Sayable] = {"number": "AB2C3", "secret": "1", "due": date(2026, 5, 4)}
    text, entities = parse_html(str(speak(Phrase("complaint.receipt", values), language)))
    codes = [text[e["offset"] : e["offset"] + e["length"]] for e in entities if e["type"] == "code"]
    assert codes == ["AB2C3", "1"]


@EVERY_LANGUAGE
def test_markup_in_a_button_is_printed_as_it_was_written(language: Language) -> None:
    [[(label, _)]] = render(labelled("<b>1 & 2</b>"), language).rows
    assert label == "<b>1 & 2</b>"


@EVERY_LANGUAGE
def test_a_button_says_at_most_sixty_letters(language: Language) -> None:
    [[(label, _)]] = render(labelled(Phrase("engine.ticked", {"option": "長" * 99})), language).rows
    assert len(label) == 60
    assert label.endswith("…")


def test_a_button_that_fits_is_not_shortened() -> None:
    [[(label, _)]] = render(labelled("字" * 60), ZH).rows
    assert label == "字" * 60


def test_a_button_may_open_an_address() -> None:
    reply = Reply((Phrase("engine.over"),), [[Button("12388", Link("https://www.12388.gov.cn"))]])
    assert render(reply, EN).rows == [[("12388", "https://www.12388.gov.cn")]]


@pytest.mark.parametrize(("language", "said"), [(ZH, "2026年5月4日"), (EN, "2026-05-04")])
def test_a_day_is_said_as_the_language_writes_days(language: Language, said: str) -> None:
    assert speak(date(2026, 5, 4), language) == said


@pytest.mark.parametrize(
    ("language", "said"), [(ZH, "2026年5月4日 09:05"), (EN, "2026-05-04 09:05")]
)
def test_a_moment_is_said_with_its_time(language: Language, said: str) -> None:
    assert speak(datetime(2026, 5, 4, 9, 5, tzinfo=UTC), language) == said


@EVERY_LANGUAGE
def test_a_day_within_a_sentence_is_said_in_its_language(language: Language) -> None:
    due = date(2026, 12, 15)
    said = speak(Phrase("reminder.self_check.before", {"post": "會計", "due": due}), language)
    assert speak(due, language) in said


NAMED = {
    ZH: {Grade.HIGH: "一級(高)", Grade.MEDIUM: "二級(中)", Grade.LOW: "三級(低)"},
    EN: {
        Grade.HIGH: "Grade 1 (high)",
        Grade.MEDIUM: "Grade 2 (medium)",
        Grade.LOW: "Grade 3 (low)",
    },
}


@EVERY_LANGUAGE
@pytest.mark.parametrize("grade", Grade)
def test_a_grade_is_said_with_its_name_never_as_a_bare_number(
    language: Language, grade: Grade
) -> None:
    named = NAMED[language][grade]
    assert speak(grade, language) == named
    assert plain_words(grade, language) == named
    point: dict[str, Sayable] = {"name": "a", "manifestation": "b", "measure": "c", "grade": grade}
    for phrase in (
        Phrase("ask.self_check.adopt", point),
        Phrase("ask.self_check.grade", {"suggested": grade, "name": "a"}),
        Phrase("ask.self_check.reason", {"suggested": grade, "grade": grade}),
    ):
        said = str(speak(phrase, language))
        assert named in said
        assert str(int(grade)) not in said.replace(named, "")


@pytest.mark.parametrize(
    ("language", "said"),
    [(ZH, "崗位職責、工作效率"), (EN, "Duties of the post, Efficiency")],
)
def test_a_list_in_a_line_is_joined_by_the_comma_of_the_language(
    language: Language, said: str
) -> None:
    assert speak(Listing([Aspect.DUTY, Aspect.EFFICIENCY], inline=True), language) == said


def test_a_list_stands_one_a_line() -> None:
    assert speak(Listing(["甲", "乙"]), ZH) == "甲\n乙"


def test_a_label_is_read_in_the_language_or_in_its_first() -> None:
    assert speak(Label({"zh-Hant": "是", "en": "Yes"}), EN) == "Yes"
    assert speak(Label({"zh-Hant": "是"}), EN) == "是"


def test_phrases_of_a_reply_are_paragraphs() -> None:
    assert render(Reply(("甲", "乙")), ZH).text == "甲\n\n乙"


def test_a_sentence_without_its_value_is_not_said() -> None:
    with pytest.raises(KeyError):
        speak(Phrase("menu.greeting"), ZH)


def test_a_sentence_nobody_wrote_is_not_said() -> None:
    with pytest.raises(KeyError):
        speak(Phrase("menu.no_such_sentence"), ZH)


@EVERY_LANGUAGE
def test_every_notice_is_html_that_telegram_reads_and_fits_a_message(language: Language) -> None:
    names = [
        name.removesuffix(".html.j2")
        for name in notices(language).list_templates()
        if name.endswith(".j2")
    ]
    assert {"help", "privacy"} <= set(names)
    for name in names:
        text, entities = parse_html(
            str(speak(Phrase(f"notice.{name}", {"drafts": 2, "inbox": 48}), language))
        )
        assert entities[0]["type"] == "bold", name
        assert len(text) <= 4096, name


@EVERY_LANGUAGE
def test_a_notice_that_lacks_a_value_is_not_said(language: Language) -> None:
    with pytest.raises(UndefinedError):
        notices(language).from_string("{{ town }}").render()


@EVERY_LANGUAGE
def test_a_value_in_a_notice_is_escaped(language: Language) -> None:
    assert notices(language).from_string("{{ town }}").render(town="<b>") == "&lt;b&gt;"


def test_marks_within_marks_are_the_other_kind() -> None:
    def named(name: str) -> str:
        return plain_words(Phrase("title.self_check.adopt", {"name": name}), ZH)

    assert named("集體「三資」管理") == "「集體『三資』管理」"
    assert named("所謂「叫『好』」") == "「所謂『叫「好」』」"
    assert plain_words("集體「三資」管理", ZH) == "集體「三資」管理"
