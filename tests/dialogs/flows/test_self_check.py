import pytest

from dialogs.events import SelfChecked
from dialogs.rules.access import Action
from dialogs.vocabulary import TOWN_ASPECTS, VILLAGE_ASPECTS, Aspect, Grade
from tests.builders.conversation import Conversation
from tests.dialogs.told import ACCOUNTANT, BUYER

NONE, ONE = "選好了（已選 0 項）", "選好了（已選 1 項）"


def town() -> Conversation:
    return Conversation(Action.SELF_CHECK, BUYER)


def village() -> Conversation:
    return Conversation(Action.SELF_CHECK, ACCOUNTANT)


def with_reason(conversation: Conversation, times: int) -> Conversation:
    for _ in range(times):
        conversation.press(NONE).say("本崗位不經手這類事。")
    return conversation


def points(event: SelfChecked, aspect: Aspect) -> list[tuple[str, Grade]]:
    (answer,) = (one for one in event.aspects if one.aspect is aspect)
    return [(point.name, point.grade) for point in answer.points]


def test_every_aspect_of_a_town_post_is_answered() -> None:
    event = with_reason(town(), 5).press("確認送出").event
    assert tuple(one.aspect for one in event.aspects) == TOWN_ASPECTS


def test_every_domain_of_a_village_post_is_answered() -> None:
    event = with_reason(village(), 3).press("確認送出").event
    assert tuple(one.aspect for one in event.aspects) == VILLAGE_ASPECTS


@pytest.mark.parametrize("reason", ["無", "   ", "沒有！"])
def test_no_risk_needs_a_reason_of_some_words(reason: str) -> None:
    conversation = town().press(NONE)
    before = conversation.asked.prompt.key
    conversation.say(reason)
    assert conversation.asked.prompt.key == before
    assert conversation.asked.refusal is not None


def test_a_grade_other_than_the_suggested_one_needs_a_reason() -> None:
    described = town().press("我自己寫", ONE).say("親友開店供貨", "從親友的店裡買辦公用品")
    described.press("較高", "較嚴重", "三級(低)")
    assert described.asked.prompt.key.startswith("self_check.reason@")


def test_the_suggested_grade_needs_none() -> None:
    described = town().press("我自己寫", ONE).say("親友開店供貨", "從親友的店裡買辦公用品")
    described.press("較高", "較嚴重", "二級(中)")
    assert described.asked.prompt.key.startswith("self_check.measure@")


def test_a_typical_point_taken_as_it_stands_keeps_its_code() -> None:
    conversation = town().press("收取供應商好處", ONE, "符合，採用")
    event = with_reason(conversation, 4).press("確認送出").event
    (point,) = event.aspects[0].points
    assert (point.name, point.library, point.reason) == ("收取供應商好處", "T012", None)


def test_a_point_taken_back_on_the_review_page_is_gone() -> None:
    conversation = town().press("收取供應商好處", ONE, "符合，採用")
    with_reason(conversation, 4).press("1", "收取供應商好處", NONE).say("沒有供應商往來。")
    event = conversation.press("確認送出").event
    assert points(event, Aspect.DUTY) == []
    assert event.aspects[0].none_because == "沒有供應商往來。"


def test_a_changed_likelihood_asks_for_the_grade_anew() -> None:
    conversation = town().press("我自己寫", ONE).say("親友開店供貨", "從親友的店裡買辦公用品")
    conversation.press("較小", "一般", "三級(低)").say("採購前三家比價").press("否")
    with_reason(conversation, 4)
    number = next(
        str(place)
        for place, step in enumerate(conversation.asked.path, 1)
        if step.prompt.key.startswith("self_check.severity@")
    )
    conversation.press(number, "嚴重（可能構成犯罪）")
    assert conversation.asked.prompt.key.startswith("self_check.reason@")


def test_the_review_page_shows_no_markup_as_text() -> None:
    conversation = town().press("收取供應商好處", ONE, "符合，採用")
    assert "&lt;" not in with_reason(conversation, 4).shown().text


def test_a_point_from_another_kind_of_post_says_from_which() -> None:
    labels = [says for row in town().shown().rows for says, _ in row]
    assert "☐ 收取供應商好處" in labels
    assert "☐ 主體責任空轉〔參考：黨委書記〕" in labels
    taken = town().say("主體責任空轉")
    assert "<b>主體責任空轉〔參考：黨委書記〕</b>" in taken.shown().text
    event = with_reason(taken.press("符合，採用"), 4).press("確認送出").event
    assert points(event, Aspect.DUTY)[0][0] == "主體責任空轉"


def test_the_review_says_what_was_taken_over() -> None:
    reviewed = with_reason(town().press("收取供應商好處", ONE, "符合，採用"), 4).shown().text
    assert "符合，採用：一級(高)；長期固定一家店，收回扣" in reviewed
