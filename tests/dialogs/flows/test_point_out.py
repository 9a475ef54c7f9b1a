"""Pointing out a risk: only of an audit or an inspection it is asked whether there was a loss."""

import pytest

from dialogs.facts import PostNamed, PostsToPointAt
from dialogs.rules.access import Action
from dialogs.vocabulary import FindingMethod, UnitKind
from tests.builders.conversation import Conversation
from tests.dialogs.told import some_id

TOLD = PostsToPointAt(
    [PostNamed(some_id(1), "財政所出納", some_id(2), "財政所", UnitKind.OFFICE, ("呂思穎",))],
    [FindingMethod.ORGANISATION],
)


@pytest.mark.parametrize(
    ("channel", "asked"), [("財務審計", True), ("執法檢查", True), ("廉政風險談話", False)]
)
def test_a_loss_is_asked_after_where_it_is_established(channel: str, *, asked: bool) -> None:
    talk = Conversation(Action.POINT_OUT, TOLD)
    talk.press("財政所出納")
    talk.press(channel)
    talk.say("審字〔2026〕3 號")
    assert ("已經造成損失" in talk.shown().text) is asked
    if asked:
        talk.press("是")
    talk.press("崗位職責")
    talk.say("坐支現金")
    talk.say("收入不入賬，直接支出")
    talk.press("是")
    assert talk.event.loss is asked
