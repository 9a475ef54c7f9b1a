"""Warnings from the draft to the file, through the chat: yellow, orange, red, and one that left."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx
import openpyxl
import pytest
from sqlmodel import col

from dialogs.rules.warning import AT_WORK
from dialogs.vocabulary import CaseKind, Verdict, WarningState
from storage.tables import AuditEntry, Case, GradedWarning, WarningReason, WarningStep
from tests.builders.house import House, open_house
from tests.builders.matters import found_township
from tests.builders.patience import until
from tests.builders.phone import Phone, words
from tests.builders.traces import content

SECRETARY, AUTHOR, REVIEWER, THIRD = "韓守正", "羅敏", "姚遠航", "鄧志遠"
CASHIER, HEAD, COMMITTEE = "呂思穎", "鄭國良", "陳立誠"
FACT = "二月的現金日清沒有做 marker-fact-7731"
CAUSE = "年終事多，沒有按時清點 marker-cause-2290"
LEAD = "疑似挪用公款三萬元 marker-lead-5512"
BESIDE = "回覆裡承認另有賬外現金 marker-beside-3308"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("house")) as opened:
        with opened.database.writing() as session:
            found_township(session)
        for name in (SECRETARY, AUTHOR, REVIEWER, THIRD, CASHIER, HEAD, COMMITTEE):
            opened.hand_over(name)
        opened.entrust(SECRETARY, AUTHOR, REVIEWER)
        opened.program.start()
        yield opened


def hears(phone: Phone, text: str) -> str:
    """Wait until the newest message is one with a text; give its words."""

    def newest() -> str:
        said = words(last(phone))
        return said if text in said else ""

    found: str = phone.wait(newest, text)
    return found


def last(phone: Phone) -> dict[str, Any]:
    """Give the newest message of the bot, empty before there is any."""
    return next((one for one in reversed(phone.messages()) if one["from"]["is_bot"]), {})


def offers(phone: Phone, label: str) -> None:
    """Wait until the newest message offers a button, and press it."""
    phone.wait(lambda: label in str(last(phone).get("reply_markup")), label)
    phone.press(label)


def section(phone: Phone, label: str) -> None:
    """Open the page of warnings in the menu and press a button of it."""
    phone.say("/menu")
    hears(phone, "請選擇要辦的事")
    phone.press("⚠️ 預警")
    offers(phone, label)


def own_warnings(phone: Phone) -> None:
    """Press what stands in the menu of somebody who is no member of the commission."""
    phone.say("/menu")
    hears(phone, "請選擇要辦的事")
    offers(phone, "我的預警")


def answers(phone: Phone, question: str, text: str) -> None:
    """Write the answer to a question."""
    hears(phone, question)
    phone.say(text)


def draft(phone: Phone, level: str, *, unit: str = "財政所", who: str = CASHIER) -> None:
    """Draft a warning with one fact."""
    section(phone, "起草預警")
    hears(phone, "預警針對哪個單位")
    phone.press(unit)
    hears(phone, "針對單位，還是")
    phone.press(who)
    hears(phone, "等級？")
    phone.press(level)
    hears(phone, "這條事實從哪裡來")
    phone.press("措施逾期")
    answers(phone, "事實是什麼", FACT)
    answers(phone, "發生在哪一天", "2026-02-20")
    answers(phone, "由什麼證實", "措施台賬")
    hears(phone, "還有別的事實")
    phone.press("否")
    answers(phone, "要求對方做什麼", "七日內補做並說明")
    hears(phone, "請核對您的回答")
    phone.press("確認送出")
    hears(phone, "草案已記下")


def step(phone: Phone, move: str, *said: str) -> None:
    """Take a step of the warning whose button was offered last; write what it asks."""
    offers(phone, "辦理預警")
    hears(phone, "要辦哪一步")
    phone.press(move)
    for text in said:
        phone.wait(lambda: "要辦哪一步" not in words(last(phone)), "what the step asks")
        phone.say(text)
    hears(phone, "確定嗎")
    phone.press("是")
    hears(phone, "已辦：")


def open_from_ping(phone: Phone, ping: str) -> None:
    """Open the warning that a ping speaks of."""
    hears(phone, ping)
    phone.press("查看預警")
    phone.wait(lambda: "現在：" in str([words(one) for one in phone.messages()[-4:]]), "the page")


def reply(phone: Phone, house: House, *, cause: str = CAUSE, anew: bool = False) -> None:
    """Reply to the warning that stands open."""
    hears(phone, "原因剖析")
    phone.say(cause)
    hears(phone, "整改措施：打算怎麼改")
    if anew:
        offers(phone, "就用")
    else:
        phone.say("每日下班前清點登記，雙人簽字")
    hears(phone, "整改在哪一天前完成")
    phone.say(f"{house.today():%Y-%m-%d}")
    hears(phone, "附上佐證")
    if anew:
        phone.press("略過")
    else:
        house.send_photo(phone)
        hears(phone, "已附文件")
        phone.press("發完了")
    hears(phone, "承諾：")
    if anew:
        offers(phone, "就用")
    else:
        phone.say("按時日清，絕不拖延")
    hears(phone, "請核對您的回答")
    phone.press("確認送出")
    hears(phone, "的回覆已送出")


def newest(house: House) -> GradedWarning:
    return sorted(house.rows(GradedWarning), key=lambda one: one.number or "")[-1]


# The stories below are told in order.


def test_a_yellow_warning_is_drafted_issued_and_signed_for(house: House) -> None:
    author, cashier, head = (house.hand_over(one) for one in (AUTHOR, CASHIER, HEAD))
    draft(author, "三級（黃）提醒")
    assert house.rows(GradedWarning)[0].state is WarningState.DRAFTED
    reviewer = house.hand_over(REVIEWER)
    open_from_ping(reviewer, "有一份預警等著紀委辦理")
    offers(reviewer, "辦理預警")
    hears(reviewer, "要辦哪一步")
    reviewer.press("簽發")
    hears(reviewer, "要求對方做什麼")
    offers(reviewer, "就用")
    hears(reviewer, "確定嗎")
    reviewer.press("是")
    hears(reviewer, "已辦：簽發")
    letter = cashier.sees(FACT)
    assert letter.get("has_protected_content")
    assert FACT not in words(head.sees("有人收到一份預警，編號"))
    cashier.wait(
        lambda: house.rows(GradedWarning)[0].state is WarningState.DELIVERED, "its arrival"
    )
    offers(cashier, "簽收")
    hears(cashier, "已簽收預警")
    assert house.rows(GradedWarning)[0].state is WarningState.SIGNED


def test_its_addressee_finds_it_among_what_waits_and_takes_no_other_step(house: House) -> None:
    cashier = house.hand_over(CASHIER)
    cashier.say("/menu")
    hears(cashier, "請選擇要辦的事")
    cashier.press("待辦")
    assert "三級（黃）提醒" in hears(cashier, "等您辦的事")
    own_warnings(cashier)
    hears(cashier, "發給您的預警")
    assert not any("辦理預警" in str(one.get("reply_markup")) for one in cashier.messages()), (
        "an addressee is offered their own steps only"
    )


def test_it_is_answered_sent_back_and_answered_again(house: House) -> None:
    cashier, reviewer = house.hand_over(CASHIER), house.hand_over(REVIEWER)
    own_warnings(cashier)
    hears(cashier, "發給您的預警")
    cashier.press("● 三級（黃）提醒")
    offers(cashier, "回覆預警")
    hears(cashier, "原因剖析")
    cashier.say("/menu")  # leaves, and comes back to where it was
    hears(cashier, "請選擇要辦的事")
    cashier.press("回覆預警")
    reply(cashier, house)
    open_from_ping(reviewer, "有了回覆，請審核")
    reviewer.sees(CAUSE)
    offers(reviewer, "查看佐證")
    hears(reviewer, "佐證：")
    reviewer.press("辦理預警")
    hears(reviewer, "要辦哪一步")
    reviewer.press("退回重訂")
    hears(reviewer, "哪些部分要重寫")
    reviewer.press("☐ 原因剖析")
    offers(reviewer, "選好了（已選 1 項）")
    answers(reviewer, "要怎麼改", "沒有說清楚為什麼沒有清點")
    hears(reviewer, "重新回覆？")
    offers(reviewer, "就用")
    hears(reviewer, "確定嗎")
    reviewer.press("是")
    hears(reviewer, "已辦：退回重訂")
    hears(cashier, "的回覆被退回")
    cashier.press("查看預警")
    offers(cashier, "回覆預警")
    assert "沒有說清楚為什麼沒有清點" in hears(cashier, "上次的回覆被退回")
    reply(cashier, house, cause="換了手機，提醒沒有收到，也沒有主動去看", anew=True)
    open_from_ping(reviewer, "有了回覆，請審核")
    assert "原因剖析" in words(reviewer.sees("與上次相比有改動"))


def test_who_drafted_it_neither_passes_nor_lifts_it(house: House) -> None:
    author, reviewer, cashier = (house.hand_over(one) for one in (AUTHOR, REVIEWER, CASHIER))
    section(author, "預警列表")
    hears(author, "預警 1 份")
    author.press("三級（黃）提醒 20")
    offers(author, "辦理預警")
    hears(author, "要辦哪一步")
    assert "審核通過" not in str(author.last().get("reply_markup"))
    author.press("取消")
    step(reviewer, "審核通過", "原因找得準，措施可查")
    hears(cashier, "的回覆已審核通過")
    section(reviewer, "預警列表")
    hears(reviewer, "預警 1 份")
    reviewer.press("三級（黃）提醒 20")
    offers(reviewer, "辦理預警")
    hears(reviewer, "要辦哪一步")
    reviewer.press("解除預警")
    answers(reviewer, "解除的依據", "抽查三週日清記錄齊全")
    hears(reviewer, "附上佐證")
    offers(reviewer, "略過")
    hears(reviewer, "確定嗎")
    reviewer.press("是")
    hears(reviewer, "已辦：解除預警")
    hears(cashier, "已解除")
    step(reviewer, "歸檔", "清廉檔2026-7")
    warning = house.rows(GradedWarning)[0]
    assert (warning.state, warning.archive_number) == (WarningState.ARCHIVED, "清廉檔2026-7")
    assert warning.look_back_on is not None


def test_its_papers_say_what_was_said(house: House) -> None:
    cashier, author = house.hand_over(CASHIER), house.hand_over(AUTHOR)
    for label, expected in (
        ("預警通知書", [FACT, "措施台賬", "三級（黃）提醒", AUTHOR, REVIEWER, CASHIER]),
        ("預警回覆書", ["換了手機", "雙人簽字", "絕不拖延", "原因找得準"]),
        ("解除預警通知書", ["抽查三週", REVIEWER, "清廉檔2026-7"]),
    ):
        own_warnings(cashier)
        hears(cashier, "發給您的預警")
        cashier.press("三級（黃）提醒 20")
        offers(cashier, "預警文書")
        hears(cashier, "要哪一份文書")
        offers(cashier, label)
        hears(cashier, f"{label}，編號 {house.today().year}-0001")
        paper = docx.Document(BytesIO(cashier.download(cashier.last())))
        text = "\n".join(
            cell.text for table in paper.tables for row in table.rows for cell in row.cells
        )
        for one in expected:
            assert one in text, (label, one)
    section(author, "預警台賬")
    hears(author, "已簽發的 1 份")
    book = openpyxl.load_workbook(BytesIO(author.download(author.last())))
    ledger = [[cell.value for cell in row] for row in book["預警台賬"].iter_rows()]
    assert ledger[1][0] == f"{house.today().year}-0001"
    exported = house.rows(AuditEntry, AuditEntry.verdict == Verdict.EXPORTED)
    assert [one.action for one in exported] == ["warning_paper"] * 3 + ["warning_ledger"]


def test_an_orange_warning_needs_a_second_person(house: House) -> None:
    author, secretary, cashier = (house.hand_over(one) for one in (AUTHOR, SECRETARY, CASHIER))
    draft(author, "二級（橙）督導")
    offers(author, "辦理預警")
    hears(author, "要辦哪一步")
    assert "簽發" not in str(author.last()["reply_markup"]).replace("提請簽發", "")
    author.press("提請簽發")
    hears(author, "要求對方做什麼")
    offers(author, "就用")
    hears(author, "確定嗎")
    author.press("是")
    hears(author, "已辦：提請簽發")
    open_from_ping(secretary, "有一份預警等著紀委辦理：二級（橙）督導")
    step(secretary, "簽發")
    assert newest(house).number == f"{house.today().year}-0002"
    hears(cashier, "依據：措施台賬")
    offers(cashier, "簽收")
    hears(cashier, "已簽收預警")


def test_more_time_is_asked_for_and_granted(house: House) -> None:
    cashier, secretary = house.hand_over(CASHIER), house.hand_over(SECRETARY)
    due = newest(house).due_on
    assert due is not None
    cashier.press("查看預警")
    offers(cashier, "申請延期")
    hears(cashier, "想延到哪一天")
    until = (
        due.replace(day=due.day + 1) if due.day < 28 else due.replace(month=due.month + 1, day=2)
    )
    cashier.say(f"{until:%Y-%m-%d}")
    answers(cashier, "為什麼需要更多時間", "等銀行對賬單")
    hears(cashier, "送出嗎")
    cashier.press("是")
    hears(cashier, "等紀委書記決定")
    open_from_ping(secretary, "申請延期，請紀委書記決定")
    step(secretary, "同意延期")
    hears(cashier, "同意延期，回覆期限改為")
    assert newest(house).due_on == until


def test_a_red_warning_is_countersigned_and_the_committee_told(house: House) -> None:
    author, secretary = house.hand_over(AUTHOR), house.hand_over(SECRETARY)
    third, committee = house.hand_over(THIRD), house.hand_over(COMMITTEE)
    draft(author, "一級（紅）糾錯")
    offers(author, "辦理預警")
    hears(author, "要辦哪一步")
    author.press("提請簽發")
    hears(author, "要求對方做什麼")
    offers(author, "就用")
    hears(author, "確定嗎")
    author.press("是")
    hears(author, "已辦：提請簽發")
    open_from_ping(third, "有一份預警等著紀委辦理：一級（紅）糾錯")
    step(third, "會簽")
    open_from_ping(secretary, "有一份預警等著紀委辦理：一級（紅）糾錯")
    step(secretary, "簽發")
    committee.sees("按規定告知黨委")
    told = committee.sees(FACT)
    assert told.get("has_protected_content")
    assert "簽收" not in str(told.get("reply_markup"))


def test_a_draft_that_is_a_lead_leaves_and_keeps_nothing(house: House) -> None:
    author, cashier = house.hand_over(THIRD), house.hand_over(CASHIER)
    before = len(cashier.messages())
    draft(author, "三級（黃）提醒")
    offers(author, "辦理預警")
    hears(author, "要辦哪一步")
    author.press("轉為問題線索")
    answers(author, "為什麼是問題線索", LEAD)
    hears(author, "被反映人不會知道")
    author.press("是")
    hears(author, "已轉為問題線索，編號")
    (case,) = house.rows(Case)
    assert case.kind is CaseKind.REPORT
    (left,) = house.rows(GradedWarning, GradedWarning.state == WarningState.LEFT)
    assert (left.unit_id, left.person_id, left.author_id) == (None, None, None)
    assert house.rows(WarningReason, WarningReason.warning_id == left.id) == []
    (kept,) = house.rows(WarningStep, WarningStep.warning_id == left.id)
    assert kept.move == "leave"
    assert len(cashier.messages()) == before, "the accused hears nothing"
    until(
        lambda: not any(LEAD in words(one) for one in author.messages()),
        "what was written is swept from the chat",
    )
    house.open_for_business()
    hears(house.hand_over(REVIEWER), "收到一件新的來信")


def test_a_lead_is_opened_beside_a_warning_at_work_and_nobody_sees_it_there(house: House) -> None:
    author, cashier, head = (house.hand_over(one) for one in (THIRD, CASHIER, HEAD))
    warning = newest(house)
    assert warning.state in AT_WORK
    trail = house.rows(WarningStep, WarningStep.warning_id == warning.id)
    before = [len(phone.messages()) for phone in (cashier, head)]
    section(author, "預警列表")
    hears(author, "預警 4 份")
    author.press("一級（紅）糾錯 20")
    offers(author, "辦理預警")
    hears(author, "要辦哪一步")
    author.press("另立問題線索")
    answers(author, "從回覆裡看出來的", BESIDE)
    hears(author, "這份預警照常辦理，上面不留任何記載")
    author.press("是")
    hears(author, "已另立問題線索，編號")
    assert [one.kind for one in house.rows(Case)] == [CaseKind.REPORT] * 2
    assert newest(house) == warning
    assert house.rows(WarningStep, WarningStep.warning_id == warning.id) == trail
    until(
        lambda: not any(BESIDE in words(one) for one in author.messages()),
        "what was written is swept from the chat",
    )
    own_warnings(cashier)
    hears(cashier, "發給您的預警")
    cashier.press("一級（紅）糾錯 20")
    assert "線索" not in hears(cashier, "現在：")
    own = sum(not one["from"]["is_bot"] for one in cashier.messages()[before[0] :])
    assert len(head.messages()) == before[1], "the head of the unit hears nothing"
    assert own == 1, "and the addressee only what they asked for"
    entries = house.rows(AuditEntry, AuditEntry.subject == warning.id.hex)
    assert (entries[-1].action, entries[-1].verdict) == ("open_warning", Verdict.READ)
    assert "handle_warning" in [one.action for one in entries]


def test_nothing_that_was_written_lies_open(house: House) -> None:
    folder = house.program.log.parent
    for file in [*folder.glob("qingfeng.db*"), folder / "log"]:
        kept = content(file)
        for marker in (FACT, CAUSE, LEAD, BESIDE):
            assert marker.split()[-1].encode() not in kept, file.name
    noted = house.rows(AuditEntry, col(AuditEntry.action).contains("warning"))
    assert {one.verdict for one in noted} >= {Verdict.DONE, Verdict.READ, Verdict.EXPORTED}
