"""Everything the questionnaires' room says is said in every language."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from dialogs import xlsform
from dialogs.messages import catalogue, speak
from dialogs.presentation import present
from dialogs.vocabulary import Language
from dialogs.xlsform.faults import Fault, FormFaults, What
from dialogs.xlsform.library import questionnaires
from dialogs.xlsform.reading import read_form

from .builders import Talk, q, survey

SOURCE = "\n".join(file.read_text("utf-8") for file in Path(xlsform.__path__[0]).glob("*.py"))


@pytest.mark.parametrize("language", Language)
def test_every_phrase_has_its_sentence(language: Language) -> None:
    phrases = set(re.findall(r'"(xlsform\.[a-z_.]+)"', SOURCE)) - {"xlsform.message"}
    refusals = {f"refused.xlsform.{what}" for what in ("message", "constraint", "required")}
    known = set(catalogue(language))
    assert len(phrases) > 8
    assert (phrases - {"xlsform.review"} | refusals | {"ask.xlsform.review"}) - known == set()


@pytest.mark.parametrize("language", Language)
def test_every_fault_has_its_sentence_and_no_sentence_is_left_over(language: Language) -> None:
    places = {Fault(sheet, row, column, What.MEDIA).phrase.key
              for sheet, row, column in (("s", 0, ""), ("s", 1, ""), ("s", 1, "c"))}  # fmt: skip
    faults = {f"xlsform.fault.{what.value}" for what in What} | places
    assert {key for key in catalogue(language) if key.startswith("xlsform.fault.")} == faults


@pytest.mark.parametrize("what", What)
def test_every_fault_is_found_somewhere(what: What) -> None:
    assert f"What.{what.name}" in SOURCE


@pytest.mark.parametrize("language", Language)
def test_a_fault_becomes_a_sentence(language: Language) -> None:
    content = survey(
        q("txet", "a"), q("text", "b", relevant="c > 1"), q("select_one x", "b"), q("geopoint", "e")
    )
    with pytest.raises(FormFaults) as raised:
        read_form(content, "form")
    sentences = [str(speak(fault.phrase, language)) for fault in raised.value.faults]
    assert len(sentences) == 5
    assert "${c}" in sentences[1]


@pytest.mark.parametrize("language", Language)
def test_a_questionnaire_is_spoken_from_beginning_to_end(language: Language) -> None:
    conversation = Talk(questionnaires()["satisfaction"])
    steps: list[Callable[[], object]] = [
        lambda: conversation.take("housing"),
        lambda: conversation.say("昨天", "明年"),
        lambda: conversation.skip(),
        lambda: conversation.take("kind", "no"),
        lambda: conversation.say("1", "0"),
        lambda: conversation.take("five"),
        lambda: conversation.skip(),
    ]
    said = []
    for step in steps:
        reply = present(conversation.asked)
        said.append("\n\n".join(str(speak(phrase, language)) for phrase in reply.phrases))
        step()
    said += [str(speak(phrase, language)) for phrase in present(conversation.asked).phrases]
    assert all("{" not in words for words in said)
    assert "<i>" in said[1]
