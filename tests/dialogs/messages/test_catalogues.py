import re
from collections import Counter
from collections.abc import Iterator
from importlib import resources
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from bot.playground.markup import parse_html
from dialogs import messages
from dialogs.messages import SOURCE, catalogue, folder
from dialogs.vocabulary import Language
from tests.dialogs.messages.said import said, words

EVERY_LANGUAGE = pytest.mark.parametrize("language", Language)
OTHERS = pytest.mark.parametrize("language", [one for one in Language if one is not SOURCE])

DAYS = {"engine.day", "engine.moment"}  # each language takes the parts it needs
BOTH = {  # said in both languages at once, for whoever cannot read the other
    "ask.language",
    "command.language",
    "word.action.language",
    "word.language.zh_hant",
}
LONGEST_LABEL = 60
FORMULA = re.compile(r"[\w:-]+\(\)|'[^']*'|\[ \]、\( \)")  # what is quoted from a spreadsheet
GRADE = re.compile(r"[一二三]級\([高中低]\)")  # as the forms print it
TAG = re.compile(r"</?[a-z][^<>]*>")


def sources(language: Language) -> Iterator[tuple[str, str]]:
    """Read a catalogue as it is written."""
    with (resources.files(messages) / folder(language) / "messages.po").open("rb") as file:
        for entry in read_po(file):
            if entry.id:
                yield str(entry.id), str(entry.string)


def templates(language: Language) -> dict[str, str]:
    """Read the notices as they are written."""
    place = resources.files(messages) / folder(language)
    return {
        file.name: file.read_text(encoding="utf-8")
        for file in place.iterdir()
        if file.name.endswith(".j2")
    }


def everything(language: Language) -> list[tuple[str, str]]:
    return [*sources(language), *templates(language).items()]


def placeholders(text: str) -> Counter[str]:
    return Counter(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def gaps(text: str) -> set[str]:
    """Name what a notice's template leaves open."""
    return set(re.findall(r"{{.*?}}|{%.*?%}", text))


def tags(text: str) -> Counter[str]:
    return Counter(TAG.findall(text))


def filled(text: str) -> str:
    """Fill every placeholder with a Chinese word."""
    return "".join(
        part + ("字" if name is not None else "") for part, name, _, _ in Formatter().parse(text)
    )


@OTHERS
def test_every_language_has_the_same_sentences(language: Language) -> None:
    assert catalogue(language).keys() == catalogue(SOURCE).keys()


@OTHERS
def test_every_language_has_the_same_notices(language: Language) -> None:
    assert templates(language).keys() == templates(SOURCE).keys()


@EVERY_LANGUAGE
def test_no_key_stands_twice_in_a_catalogue(language: Language) -> None:
    path = resources.files(messages) / folder(language) / "messages.po"
    keys = Counter(re.findall(r'^msgid "(.+)"$', path.read_text(encoding="utf-8"), re.MULTILINE))
    assert [key for key, times in keys.items() if times > 1] == []
    assert keys.keys() == catalogue(language).keys()


@EVERY_LANGUAGE
def test_every_sentence_has_words(language: Language) -> None:
    assert [key for key, text in everything(language) if not text.strip()] == []


@OTHERS
def test_a_translation_keeps_the_placeholders(language: Language) -> None:
    ours = dict(sources(SOURCE))
    different = {
        key: text
        for key, text in sources(language)
        if key not in DAYS and placeholders(text).keys() != placeholders(ours[key]).keys()
    }
    assert different == {}


@OTHERS
def test_a_translated_notice_leaves_open_what_its_source_does(language: Language) -> None:
    ours = templates(SOURCE)
    for name, text in templates(language).items():
        assert gaps(text) == gaps(ours[name]), name


@EVERY_LANGUAGE
def test_a_placeholder_is_a_bare_name(language: Language) -> None:
    for key, text in sources(language):
        for _, name, form, conversion in Formatter().parse(text):
            if name is not None:
                assert name.isidentifier(), key
                assert not form, key
                assert conversion is None, key


@EVERY_LANGUAGE
def test_no_value_is_put_inside_a_tag(language: Language) -> None:
    assert [key for key, text in sources(language) if re.search(r"<[^<>]*{[^<>]*>", text)] == []


@OTHERS
def test_a_translation_keeps_the_tags(language: Language) -> None:
    ours = dict(everything(SOURCE))
    different = {key: text for key, text in everything(language) if tags(text) != tags(ours[key])}
    assert different == {}


@EVERY_LANGUAGE
def test_every_sentence_is_html_that_telegram_reads(language: Language) -> None:
    for key, text in sources(language):
        plain, _ = parse_html(filled(text))
        assert "<" not in plain, key
        assert not re.search(r"&(?!(lt|gt|amp|quot);)", text), key


@EVERY_LANGUAGE
def test_no_sentence_comes_near_the_longest_message_there_can_be(language: Language) -> None:
    assert [key for key, text in everything(language) if len(text) > 2000] == []


@EVERY_LANGUAGE
def test_what_a_button_says_is_short_and_has_no_markup(language: Language) -> None:
    labels = {one.key for one in said() if one.on_a_button} | words()
    assert "engine.send" in labels
    assert "self_check.own" in labels
    for key, text in sources(language):
        if key in labels:
            assert tags(text).total() == 0, key
            assert len(filled(text)) <= LONGEST_LABEL, key
            assert "\n" not in text, key


@EVERY_LANGUAGE
def test_commands_are_described_in_plain_words(language: Language) -> None:
    for key, text in sources(language):
        if key.startswith("command."):
            assert tags(text).total() == 0, key
            assert 3 <= len(text) <= 256, key


def test_chinese_is_written_with_full_width_marks() -> None:
    half = re.compile(r"[\u3001-\u9fff」）][,;:?!()]|[,;:?!()][\u4e00-\u9fff「（]|\.\.\.|[\"']")
    narrow = {
        key: found[0]
        for key, text in everything(Language.ZH_HANT)
        if (found := half.search(FORMULA.sub("", TAG.sub("", GRADE.sub("", filled(text))))))
    }
    assert narrow == {}


def test_english_is_written_in_english() -> None:
    chinese = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
    assert {key for key, text in everything(Language.EN) if chinese.search(text)} == BOTH


@EVERY_LANGUAGE
def test_nobody_is_promised_to_stay_anonymous(language: Language) -> None:
    denials = ("不是「完全匿名」", "not “completely anonymous”")
    for key, text in everything(language):
        for denial in denials:
            text = text.replace(denial, "")
        assert "匿名" not in text, key
        assert "anonym" not in text.lower(), key


@EVERY_LANGUAGE
def test_before_a_matter_is_written_it_is_said_what_telegram_sees(language: Language) -> None:
    seen = {
        Language.ZH_HANT: "Telegram 看得到您的帳號和您在這裡發的訊息。",
        Language.EN: "Telegram sees your account and the messages you send here.",
    }[language]
    assert f"<b>{seen}</b>" in dict(sources(language))["ask.complaint.promise"]
    assert seen in templates(language)["privacy.html.j2"]
