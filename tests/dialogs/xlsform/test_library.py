"""The questionnaires that come with Qingfeng can be read, played and understood."""

import pytest

from dialogs.xlsform.form import Form, Note, Question, walk
from dialogs.xlsform.library import questionnaires

from .builders import Talk

FORMS = list(questionnaires().values())


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_every_text_is_there_in_both_languages(form: Form) -> None:
    texts = [choice.label for choices in form.choices.values() for choice in choices]
    for _, item in walk(form.items):
        texts.append(item.label)
        if isinstance(item, Note | Question):
            texts.append(item.hint)
        if isinstance(item, Question) and item.constraint:
            assert item.constraint_message, item.name
            texts.append(item.constraint_message)
    for wording in texts:
        assert [tag for tag, _ in wording.texts] in ([], ["zh-Hant", "en"])


def test_a_villager_served_well_is_asked_little() -> None:
    talk = Talk(questionnaires()["satisfaction"]).take("housing").skip().take("kind", "no")
    assert talk.say("1", "0").take("five").skip().send() == {
        "visit": {"service": "housing", "day": None, "manner": "kind"},
        "papers": {"asked_beyond": "no"},
        "time": {"trips": 1, "days": 0},
        "overall": "five",
        "comment": None,
    }


def test_a_villager_asked_for_money_is_shown_where_to_report_it() -> None:
    talk = Talk(questionnaires()["satisfaction"]).take("other").say("辦證", "5月1日").take("bad")
    talk.skip().take("yes").say("費用、說不清")
    assert talk.refusal is not None
    talk.say("費用", "200")
    assert "意見與反映" in talk.told[0]["zh-Hant"]
    talk.say("4", "9")
    assert talk.key == "time.delay"
