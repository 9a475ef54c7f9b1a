"""The commission's and the clerk's dialogues, where a transcript does not say it all."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from dialogs.errors import Refused
from dialogs.events import BroadcastOrdered, CodeTyped, Joined
from dialogs.facts import Addressed, CasesAtHand, Invited, Nothing, NotJoined
from dialogs.flows import FLOWS
from dialogs.flows.broadcast import Card
from dialogs.messages import render
from dialogs.prompts import Sent
from dialogs.rules.access import Action
from dialogs.rules.broadcast import Sending
from dialogs.vocabulary import BroadcastState, DeliveryState, Language
from tests.builders.conversation import Conversation
from tests.dialogs.told import AUDIENCE, CASE, CASES, FINANCE, HOLDERS, INVITATION, WAITING, some_id

NONE, ONE = "選好了（已選 0 項）", "選好了（已選 1 項）"


def test_every_action_has_a_dialogue() -> None:
    assert set(FLOWS) == set(Action)


def test_drafts_of_what_alleges_something_are_short_lived() -> None:
    confidential = {action for action, flow in FLOWS.items() if flow.confidential}
    assert confidential == {
        Action.SUGGEST,
        Action.OBJECT,
        Action.VOTE,
        Action.ANSWER_OBJECTION,
        Action.LODGE,
        Action.ASK_AFTER,
        Action.QUESTIONNAIRE,
        Action.PREVIEW_QUESTIONNAIRE,
        Action.CASES,
        Action.ANSWER_CASE,
        Action.CASE_CONTACT,
        Action.LODGE_FOR_ANOTHER,
        Action.FOLLOW_CASE,
        Action.SET_KEY,
        Action.SET_RECOVERY,
        Action.ASK_MATTER,
        Action.ACCEPT_MATTER,
        Action.HANDLE_MATTER,
        Action.DRAFT_WARNING,
        Action.HANDLE_WARNING,
    }


def test_without_open_cases_there_is_nothing_to_choose() -> None:
    with pytest.raises(Refused, match="no_open_cases"):
        Conversation(Action.CASES, CasesAtHand([]))


def test_when_everybody_has_joined_nobody_can_be_invited() -> None:
    with pytest.raises(Refused, match="everybody_has_joined"):
        Conversation(Action.INVITE, NotJoined([]))


def test_an_answer_thought_better_of_changes_nothing() -> None:
    answering = Conversation(Action.ANSWER_CASE, CASE).press("受理").say("已退還多收的錢。")
    assert answering.press("否").event is None


def test_a_call_thought_better_of_changes_nothing() -> None:
    assert Conversation(Action.CALL_SELF_CHECK, HOLDERS).say("3月31日").press("否").event is None


def test_a_call_says_which_one_is_running_already() -> None:
    calling = Conversation(Action.CALL_SELF_CHECK, replace(HOLDERS, running=date(2026, 3, 20)))
    assert "最晚 <b>2026年3月20日</b> 完成" in calling.shown().text
    assert "目前已有" not in Conversation(Action.CALL_SELF_CHECK, HOLDERS).shown().text


def test_a_call_is_for_a_day_within_a_year() -> None:
    calling = Conversation(Action.CALL_SELF_CHECK, HOLDERS)
    assert "日期不能晚於 2027年3月2日" in calling.say("2027-03-03").shown().text
    assert calling.say("2027-03-02").asked.prompt.key == "self_check_call.confirm"


def test_a_call_for_a_day_off_is_told_when_reminders_go_out() -> None:
    calling = Conversation(Action.CALL_SELF_CHECK, HOLDERS).say("2026-03-29")  # a Sunday
    assert "2026年3月29日 不是工作日" in calling.shown().text
    assert calling.press("是").event.due == date(2026, 3, 29)
    working = Conversation(Action.CALL_SELF_CHECK, HOLDERS).say("2026-03-31")
    assert "不是工作日" not in working.shown().text


def test_an_audience_of_which_nobody_has_joined_is_noticed_before_anything_is_written() -> None:
    ordered = Conversation(Action.BROADCAST, AUDIENCE).press(NONE, "上河村", ONE)
    assert ordered.asked.prompt.key == "broadcast.units"
    assert "沒有已加入的人" in ordered.shown().text
    assert ordered.press("財政所", "選好了").asked.prompt.key == "broadcast.text"


def test_the_number_alone_asks_for_the_digits_and_takes_both_pasted_together() -> None:
    asking = Conversation(Action.ASK_AFTER, Nothing()).say("PDMPU")
    assert asking.asked.prompt.key == "receipt.secret"
    event = asking.say("PDMPU 1295-7810-5724-7300").event
    assert (event.number, event.secret) == ("PDMPU", "1295781057247300")


def test_a_case_is_listed_without_a_word_of_what_was_written() -> None:
    listed = Conversation(Action.CASES, CASES)
    assert listed.button("PDMPU｜已收到｜03-17")
    assert listed.press("PDMPU").event.case == some_id(30)


def test_a_typed_code_is_looked_up_before_anything_is_asked() -> None:
    assert Conversation(Action.JOIN, Invited()).say("ABCD").event == CodeTyped("ABCD")


def test_an_invitation_is_taken_only_by_who_says_that_it_is_theirs() -> None:
    assert Conversation(Action.JOIN, INVITATION).press("是").event == Joined(INVITATION.code)
    assert Conversation(Action.JOIN, INVITATION).press("否").event is None


def test_people_without_a_post_can_be_invited_too() -> None:
    invited = Conversation(Action.INVITE, WAITING).press("未任職", "馮小雨")
    assert invited.event.person == some_id(22)


def test_a_broadcast_says_how_many_it_will_reach_before_it_goes() -> None:
    ordered = Conversation(Action.BROADCAST, AUDIENCE).press(NONE, "財政所", ONE).say("開會")
    ordered = ordered.press(NONE)
    assert "將發給 <b>1</b> 人；另有 1 人尚未加入" in ordered.shown().text
    to = Addressed(units=(FINANCE.unit,), roles=())
    assert ordered.press("確認送出").event == BroadcastOrdered(to, "開會")


def test_a_text_too_long_to_go_with_a_file_is_asked_for_again() -> None:
    long = Conversation(Action.BROADCAST, AUDIENCE).press(NONE, NONE).say("長" * 900)
    long.press("附文件", "選好了").hear(Sent("document", "F1", "名單.pdf", 10))
    assert long.asked.prompt.key == "broadcast.caption"
    event = long.say("短").press("確認送出").event
    assert (event.text, event.file.name) == ("短", "名單.pdf")


@pytest.mark.parametrize(
    ("state", "counts", "says"),
    [
        (
            BroadcastState.RUNNING,
            {DeliveryState.WAITING: 3},
            ("正在發送", "應發 3", "待送 3", "已送達 0", "⏸ 暫停"),
        ),
        (
            BroadcastState.FINISHED,
            {DeliveryState.SENT: 5, DeliveryState.READ: 2, DeliveryState.BLOCKED: 1},
            ("發送完畢", "應發 8", "已送達 7（其中已閱 2）", "未送達 1", "提醒未閱的人"),
        ),
        (
            BroadcastState.FINISHED,
            {DeliveryState.NOT_JOINED: 1, DeliveryState.FAILED: 2, DeliveryState.UNKNOWN: 4},
            (
                "發送完畢",
                "應發 7",
                "未送達 3",
                "無法確定 4",
                "不確定的再發一次",
                "不確定的算作已送達",
            ),
        ),
        (
            BroadcastState.CANCELLED,
            {DeliveryState.SENT: 2, DeliveryState.CANCELLED: 5},
            ("應發 7", "已送達 2", "已取消、不再發送 5"),
        ),
        (BroadcastState.DRAFT, {DeliveryState.WAITING: 3}, ("還沒有發出", "📤 發送", "收件名單")),
        (BroadcastState.DRAFT, {DeliveryState.WAITING: 999}, ("另一位紀委同事批准", "請同事批准")),
    ],
)
def test_the_card_of_a_broadcast_accounts_for_every_copy_and_offers_what_can_be_done(
    state: BroadcastState, counts: Mapping[DeliveryState, int], says: tuple[str, ...]
) -> None:
    sending = Sending(
        state,
        sum(counts.values()),
        own=True,
        unread=counts.get(DeliveryState.SENT, 0),
        unknown=counts.get(DeliveryState.UNKNOWN, 0),
    )
    card = render(Card(some_id(1), "開會", sending, counts).shown(), Language.ZH_HANT)
    shown = card.text + str(card.rows)
    assert [part for part in says if part not in shown] == []
