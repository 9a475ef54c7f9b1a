"""A letter from the first tap to the last step, for each who has a part in it."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from dialogs.vocabulary import CaseMove, CaseState, PaperKind, Verdict
from storage.tables import (
    AuditEntry,
    Case,
    CaseBell,
    CasePaper,
    CaseStep,
    Conversation,
    Inbox,
    Receipt,
    WrappedKey,
)
from tests.builders.house import House, open_house
from tests.builders.letters import (
    Slip,
    ask_after,
    begin_letter,
    bring,
    go_on,
    is_noted,
    open_letter,
    slip,
    step,
    unlock,
)
from tests.builders.patience import until
from tests.builders.phone import words
from tests.builders.township import example_township
from tests.builders.vault import PASSPHRASE
from tests.builders.web import HTTP

SECRETARY, MEMBER, THIRD = "韓守正", "鄧志遠", "羅敏"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("house")) as opened:
        opened.take_over(example_township())
        for name in (SECRETARY, MEMBER):
            opened.hand_over(name)
        opened.entrust(SECRETARY, MEMBER)
        opened.open_for_business()
        opened.program.start()
        yield opened


def settled(house: House) -> bool:
    """Look whether all that was heard is answered."""
    heard = [row for row in house.rows(Inbox) if row.done_at is None]
    return not house.telegram.updates.pending and not heard


def case(house: House, receipt: Slip) -> Case:
    (found,) = house.rows(Case, Case.number == receipt.number)
    return found


def test_a_letter_with_a_photo_takes_at_most_eight_taps_and_one_text(house: House) -> None:
    villager = house.phone("第一次用的人", started=False)
    villager.start()
    before = ("意見與反映", "村（社區）幹部", "上河村", "王建國", "反映幹部問題")
    after = ("沒有別的了", "確認送出")
    for label in before:
        villager.press(label)
    villager.sees("請寫下事情經過")
    villager.say("低保名單沒有公示，評議會只開了十分鐘")
    villager.sees("可以附照片、文件或錄音")
    house.send_photo(villager)
    villager.sees("✓ 已附文件")
    for label in after:
        villager.press(label)
    assert len(["開始", *before, *after]) <= 8, "START included, one text and a photo"
    receipt = villager.sees("這是您的回執，只顯示這一次")
    assert receipt["has_protected_content"]
    until(
        lambda: [m for m in villager.messages() if "低保名單" in words(m)] == [],
        "what was written is swept from the chat",
    )
    villager.press("我抄好了，清除這段對話")
    swept = villager.sees("已清除我們能刪的訊息")
    assert "選單" in str(swept["reply_markup"])
    until(
        lambda: [m for m in villager.messages() if "查詢碼" in words(m)] == [],
        "the receipt is swept once it is copied",
    )


def test_b_a_letter_is_handled_to_its_end(house: House) -> None:
    villager, secretary, member = (
        house.phone("王大娘"),
        *(house.hand_over(name) for name in (SECRETARY, MEMBER)),
    )
    receipt = bring(villager, "修村道說好三公里，只鋪了兩公里", unit="上河村", person="王建國")
    house.open_for_business()  # today they have heard of one letter already
    for handler in (secretary, member):
        assert "村道" not in words(handler.sees(f"收到一件新的來信，編號 {receipt.number}"))

    secretary.say("/menu")
    secretary.press("待辦")
    assert "村道" not in words(secretary.sees("密封給您的來信還有"))
    unlock(secretary)
    until(
        lambda: not [m for m in secretary.messages() if PASSPHRASE in words(m)],
        "the passphrase is swept",
    )
    open_letter(secretary, receipt.number)
    shown = secretary.sees("只鋪了兩公里")
    assert shown["has_protected_content"]
    assert f"閱卷人 {SECRETARY}" in words(shown)
    step(secretary, receipt.number, "受理", "已受理，十五日內派人丈量。")
    assert case(house, receipt).state is CaseState.ACCEPTED
    until(
        lambda: not [m for m in secretary.messages() if "只鋪了兩公里" in words(m)],
        "the case is swept from the handler's chat",
    )

    ask_after(villager, receipt)
    villager.sees("十五日內派人丈量")
    villager.press("補充、撤回、評價")
    villager.press("有答覆時在這裡通知我")
    villager.press("是")
    villager.sees("有答覆時在這裡告訴您")

    unlock(member)
    open_letter(member, receipt.number)
    step(member, receipt.number, "請來信人補充", "請說明是哪一段路。")
    villager.sees("您有一條新消息")
    go_on(villager, receipt, "補充情況")
    villager.sees("請寫下要補充的情況")
    villager.say("村口到水庫那一段")
    villager.wait(lambda: "請發一張照片" in words(villager.last()), "a file asked for")
    villager.press("略過")
    villager.sees("補充已送達經辦人")
    until(
        lambda: not [m for m in villager.messages() if "水庫那一段" in words(m)],
        "what was added is swept",
    )
    assert "補充已送達經辦人" in words(villager.last()), "what came of it stays"
    assert case(house, receipt).state is CaseState.ACCEPTED

    member.sees(f"{receipt.number}：來信人有補充")
    member.press("來信來訪")
    open_letter(member, receipt.number)
    member.sees("村口到水庫那一段")
    step(member, receipt.number, "申請延期", "丈量要等雨停。")
    due = case(house, receipt).due_on
    unlock(secretary)
    open_letter(secretary, receipt.number)
    secretary.sees("丈量要等雨停")
    step(secretary, receipt.number, "批准延期", "因雨順延三十日，向您說明。")
    assert case(house, receipt).due_on == due + timedelta(days=30)
    unlock(member)
    open_letter(member, receipt.number)
    step(member, receipt.number, "辦結", "查實少鋪一公里，已責令補鋪。")
    go_on(villager, receipt, "評價辦理結果")
    villager.press("基本滿意")
    villager.sees("謝謝您的評價")
    assert not house.rows(CaseBell), "the bell ended with the case"
    moves = [
        one.move
        for one in sorted(
            house.rows(CaseStep, CaseStep.case_id == case(house, receipt).id),
            key=lambda one: one.ordinal,
        )
    ]
    assert moves == [
        *(CaseMove.LODGE, CaseMove.ACCEPT, CaseMove.ASK, CaseMove.SUPPLEMENT),
        *(CaseMove.ASK_EXTENSION, CaseMove.EXTEND, CaseMove.CONCLUDE, CaseMove.RATE),
    ]


def test_bb_who_gave_their_name_is_told_the_result_and_it_is_noted(house: House) -> None:
    villager, member = house.phone("留了姓名的人"), house.hand_over(MEMBER)
    begin_letter(villager)
    villager.say("蓋章要先交五十元才肯辦")
    villager.press("留姓名和聯繫方式")
    villager.sees("請寫下姓名和聯繫方式")
    villager.say("王大娘 8001")
    villager.wait(lambda: "留姓名" not in str(villager.last()), "what else to add")
    villager.press("沒有別的了")
    villager.press("確認送出")
    receipt = slip(villager)
    for move, text in (("受理", "已受理。"), ("辦結", "已退還並公開道歉。")):
        unlock(member)
        open_letter(member, receipt.number)
        step(member, receipt.number, move, text)
    unlock(member)
    open_letter(member, receipt.number)
    assert "告知辦理結果" in words(member.sees("期限："))
    member.press("辦理這件來信")
    member.press("記下已告知結果")
    member.press("電話")
    member.press("就用")
    member.press("略過")
    member.sees("告知辦理結果（電話）")
    member.press("是")
    member.wait(lambda: is_noted(member, receipt.number, "記下已告知結果"), "noted")
    ask_after(villager, receipt)
    assert "記下" not in words(villager.sees("公開道歉"))


def test_c_retaliation_is_marked_urgent_and_a_case_that_was_over_is_taken_up_again(
    house: House,
) -> None:
    villager, member = house.phone("李老伯"), house.hand_over(MEMBER)
    receipt = bring(villager, "食堂的賬三年沒有公布過")
    unlock(member)
    open_letter(member, receipt.number)
    step(member, receipt.number, "不予受理", "此事由村務監督委員會辦理。")
    go_on(villager, receipt, "因此受到報復")
    villager.say("低保被停了，說是我多嘴。")
    villager.wait(lambda: "請發一張照片" in words(villager.last()), "a file asked for")
    villager.press("略過")
    villager.sees("已標為緊急")
    member.sees(f"{receipt.number}：來信人反映受到報復")
    unlock(member)
    open_letter(member, receipt.number)
    member.sees("低保被停了")
    step(member, receipt.number, "不予受理", "已轉監委會，由他們答覆。")
    until(lambda: case(house, receipt).state is CaseState.DECLINED, "declined again")
    go_on(villager, receipt, "請重新辦理")
    villager.say("監委會不肯收。")
    villager.wait(lambda: "請發一張照片" in words(villager.last()), "a file asked for")
    villager.press("略過")
    villager.sees("已重新受理登記")
    found = case(house, receipt)
    assert found.urgent
    assert found.state is CaseState.RECEIVED


def test_d_a_withdrawn_letter_is_destroyed(house: House) -> None:
    villager = house.phone("改變主意的人")
    receipt = bring(villager, "我再想一想再說")
    id_ = case(house, receipt).id
    go_on(villager, receipt, "撤回並銷毀內容")
    villager.press("是")
    villager.sees("已撤回，內容已銷毀")
    until(
        lambda: not [m for m in villager.messages() if "不能恢復" in words(m)],
        "the question is swept",
    )
    assert "已撤回，內容已銷毀" in words(villager.last()), "what came of it stays"
    assert case(house, receipt).state is CaseState.WITHDRAWN
    for table in (CasePaper, WrappedKey, Receipt):
        assert not house.rows(table, table.case_id == id_)
    villager.say("/menu")
    villager.press("查詢進度")
    villager.say(str(receipt))
    villager.sees("編號或查詢碼不對")


def test_e_with_too_few_handlers_left_nothing_is_written_down(house: House) -> None:
    cases, drafts = len(house.rows(Case)), len(house.rows(Conversation))
    villager = house.phone("不放心的人")
    begin_letter(villager)
    villager.say("我怕經辦的人認得我")
    villager.sees("可以附照片、文件或錄音")
    villager.press("請某位經辦人迴避")
    villager.sees("請勾選您希望迴避的人")
    villager.press(MEMBER)
    villager.press("選好了")
    villager.sees("鎮裡不能辦這件來信")
    villager.press("向縣紀委監委反映")
    villager.sees("請不要寫在這裡")
    villager.sees("12388")
    assert len(house.rows(Case)) == cases
    assert len(house.rows(Conversation)) == drafts


def test_f_a_clerk_writes_down_for_somebody_who_came(house: House) -> None:
    clerk = house.hand_over("何靜怡")
    clerk.say("/menu")
    clerk.press("代錄來信")
    clerk.sees("照來信人的原意記錄")
    clerk.press("來訪")
    clerk.press("不針對個人")
    clerk.press("上河村")
    clerk.press("辦事投訴")
    clerk.sees("請寫下事情經過")
    clerk.say("張大爺來訪：補貼三個月沒有發。")
    clerk.press("沒有別的了")
    clerk.press("確認送出")
    said = words(clerk.sees("請把回執交給來信人抄下"))
    number = said.partition("編號：")[2].split()[0]
    (found,) = house.rows(Case, Case.number == number)
    assert found.assisted
    entries = house.rows(AuditEntry, AuditEntry.action == "lodge_for_another")
    assert [one.verdict for one in entries] == [Verdict.DONE]
    assert entries[0].subject == number


def test_g_a_receipt_is_not_tried_for_ever(house: House) -> None:
    villager = house.phone("猜號碼的人")
    villager.say("/menu")
    villager.press("查詢進度")
    villager.sees("請輸入回執上的編號")
    for sign in "EFGHJ":
        villager.say(f"ABCD{sign} 1234 5678 9012 3456")
        villager.wait(lambda: settled(house), "an answer")
    villager.say("ABCDK 1234 5678 9012 3456")
    villager.sees("試得太多了")


def test_h_a_new_colleague_is_given_earlier_cases_by_a_person(house: House) -> None:
    secretary, third = house.hand_over(SECRETARY), house.hand_over(THIRD)
    third.say("/menu")
    third.press("來信來訪")
    house.sees_alert("您還沒有閱卷密鑰")
    third.press("來信辦理")
    third.press("我的閱卷密鑰")
    third.sees("您要怎樣閱卷")
    third.press("在聊天裡閱卷")
    third.sees("請寫一句至少 10 個字的口令")
    third.say(PASSPHRASE)
    third.sees("閱卷密鑰已設定")
    unlock(third)

    house.wait_till(house.now() + timedelta(minutes=11))
    unlock(secretary)
    secretary.press(f"授予 {THIRD}")
    secretary.sees("請先當面核對其密鑰編號")
    secretary.press("是")
    secretary.sees(f"件來信密封給 {THIRD}")
    unlock(third)
    third.sees("請選擇要查看的來信")


def test_hh_a_list_left_standing_asks_for_the_passphrase_again(house: House) -> None:
    villager, secretary = house.phone("又一位"), house.hand_over(SECRETARY)
    receipt = bring(villager, "水庫的魚塘包給了誰沒有說清")
    unlock(secretary)
    secretary.sees("請選擇要查看的來信")
    house.wait_till(house.now() + timedelta(minutes=11))
    secretary.press(receipt.number)
    secretary.wait(lambda: "請輸入閱卷口令" in words(secretary.last()), "the passphrase asked for")
    secretary.say(PASSPHRASE)
    secretary.wait(lambda: "請選擇要查看的來信" in words(secretary.last()), "the list")
    house.wait_till(house.now() + timedelta(minutes=11))
    unlock(secretary)
    open_letter(secretary, receipt.number)
    secretary.sees("魚塘包給了誰")


def test_j_a_photo_is_sealed_as_it_came_and_shown_without_what_it_carries(house: House) -> None:
    villager, member = house.phone("拍了照片的人"), house.hand_over(MEMBER)
    photo = with_position()
    assert b"Exif" in photo
    begin_letter(villager)
    villager.say("路面的照片附上")
    villager.sees("可以附照片、文件或錄音")
    house.send_document(villager, "我家門口.jpg", photo)
    villager.sees("✓ 我家門口.jpg")
    villager.press("沒有別的了")
    villager.press("確認送出")
    receipt = slip(villager)
    papers = house.rows(CasePaper, CasePaper.case_id == case(house, receipt).id)
    assert sorted(one.kind for one in papers) == [
        *(PaperKind.ACCOUNT, PaperKind.COPY, PaperKind.MANIFEST, PaperKind.ORIGINAL)
    ]
    assert not [one for one in papers if b"Exif" in one.sealed or "我家".encode() in one.sealed]

    unlock(member)
    member.press(receipt.number)
    shown = member.sees("已重新繪製，不帶拍攝位置")
    assert shown["has_protected_content"]
    assert "photo" in shown
    file_id = shown["photo"][-1]["file_id"]
    content = HTTP.get(f"{member.url}/play/file/{file_id}", timeout=10).content
    assert b"Exif" not in content
    with Image.open(BytesIO(content)) as picture:
        assert picture.size == (640, 480)


def test_jj_whoever_cannot_write_well_speaks_and_handlers_read_that_it_was_spoken(
    house: House,
) -> None:
    villager, member = house.phone("不會寫字的人"), house.hand_over(MEMBER)
    begin_letter(villager)
    house.send_voice(villager)
    villager.sees("聽得出您的聲音")
    villager.press("沒有別的了")
    villager.press("確認送出")
    receipt = slip(villager)
    assert case(house, receipt).state is CaseState.RECEIVED
    unlock(member)
    open_letter(member, receipt.number)
    member.sees("（見語音）")
    heard = next(m["document"] for m in member.messages() if "document" in m)
    assert heard["file_name"] == "file.ogg"


def test_k_what_is_no_evidence_is_refused_and_the_letter_stays(house: House) -> None:
    villager = house.phone("發錯文件的人")
    begin_letter(villager)
    villager.say("證據都在程序裡，附上。")
    villager.sees("可以附照片、文件或錄音")
    house.send_document(villager, "照片.jpg", b"MZ" + b"\0" * 500)
    villager.sees("這裡收不了這種文件")
    assert "可以附照片、文件或錄音" in words(villager.last()), "at once, and not at the end"
    house.trouble("getFile")
    house.send_photo(villager)
    villager.sees("沒能從 Telegram 取回來")
    house.send_photo(villager)
    villager.sees("✓ 已附文件")
    villager.press("沒有別的了")
    villager.press("確認送出")
    receipt = slip(villager)
    papers = house.rows(CasePaper, CasePaper.case_id == case(house, receipt).id)
    assert [one.kind for one in papers].count(PaperKind.ORIGINAL) == 1


def with_position() -> bytes:
    """Take a photo that carries where it was taken."""
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (30.0, 15.0, 0.0), 3: "E", 4: (103.0, 30.0, 0.0)}
    written = BytesIO()
    Image.new("RGB", (640, 480), "#7a9").save(written, "JPEG", exif=exif)
    return written.getvalue()


def test_i_whoever_opens_a_case_is_in_the_log_and_nothing_of_what_it_says(house: House) -> None:
    entries = house.rows(AuditEntry, AuditEntry.action == "cases")
    assert {one.verdict for one in entries} == {Verdict.READ}
    assert {len(one.subject) for one in entries} <= {0, 5, 16, 32}, "a letter, a key, an id"
    assert PaperKind.ACCOUNT in {one.kind for one in house.rows(CasePaper)}
