"""A holder takes up what others found, and changes or keeps what they declared."""

from dataclasses import replace
from typing import Any

import pytest

from dialogs.facts import FindingTold, NoneTold, ReturnedDeclaration
from dialogs.rules.access import Action
from dialogs.vocabulary import TOWN_ASPECTS, Aspect, FindingMethod, FindingState
from tests.builders.conversation import Conversation
from tests.dialogs.told import BUYER, some_id

FOUND = FindingTold(
    some_id(91), FindingMethod.PUBLIC, None, Aspect.PROCESS, "申請不登記", "來申請的人沒有編號"
)
CHANGEABLE = ReturnedDeclaration(
    some_id(90),
    1,
    replace(BUYER, findings=[FOUND]),
    [NoneTold(aspect, "採購只按清單，不經手。") for aspect in TOWN_ASPECTS],
)


def revise(**changed: Any) -> Conversation:
    return Conversation(Action.REVISE, replace(CHANGEABLE, **changed))


def test_declining_what_others_found_leaves_the_declaration_where_it_stands() -> None:
    conversation = revise(returned=False)
    conversation.press("否").say("每份申請都當場登記。").press("改好了")
    assert "申報不改動" in conversation.shown().text
    event = conversation.press("確認送出").event
    assert not event.changed
    assert event.explanation is None
    assert [one.state for one in event.settled] == [FindingState.DECLINED]


def test_what_was_sent_back_is_kept_with_an_explanation() -> None:
    conversation = revise(returned=True, note="表現要寫具體。")
    conversation.press("否").say("每份申請都當場登記。").press("改好了")
    assert "為什麼維持原申報" in conversation.shown().text
    event = conversation.say("已經寫到具體環節。").press("確認送出").event
    assert event.explanation == "已經寫到具體環節。"


@pytest.mark.parametrize("returned", [True, False])
def test_what_is_taken_up_changes_the_declaration(returned: bool) -> None:
    conversation = revise(returned=returned)
    conversation.press("是", "就用", "較小", "一般", "三級(低)").say("每天盤點一次。")
    event = conversation.press("改好了", "確認送出").event
    assert event.changed
