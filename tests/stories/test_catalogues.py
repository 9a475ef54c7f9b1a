"""The catalogues through the chat: taken over, approved by another, looked up by anybody."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image
from sqlmodel import col, select

from dialogs.documents.catalogues import Catalogues, write_catalogues
from dialogs.vocabulary import EntryState
from storage.tables import Person, Rule, RuleFile, Unit
from tests.builders.catalogues import POWERS, PROCESSES, RULES, example_catalogues
from tests.builders.house import House, open_house
from tests.builders.phone import Phone, words
from tests.builders.township import example_township
from tests.builders.web import HTTP

CLERK, HEAD, OTHER_HEAD, LEADER, SECRETARY = "何靜怡", "鄭國良", "沈惠芳", "周文博", "韓守正"
PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\n%%EOF\n"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("house")) as opened:
        opened.take_over(example_township())
        with opened.database.writing() as session:
            leader = session.exec(select(Person).where(Person.name == LEADER)).one()
            unit = session.exec(select(Unit).where(Unit.code == "Z05")).one()
            unit.leader_id = leader.id
            session.add(unit)
        opened.program.start()
        yield opened


def hears(phone: Phone, text: str) -> None:
    """Wait until the newest message is one with a text."""

    def newest() -> bool:
        said = [message for message in phone.messages() if message["from"]["is_bot"]]
        return bool(said) and text in words(said[-1])

    phone.wait(newest, text)


def section(phone: Phone, label: str) -> None:
    """Open the catalogues' page of the menu and press a button of it."""
    phone.say("/menu")
    hears(phone, "便民服務")
    phone.press("目錄與制度")
    hears(phone, "目錄與制度")
    phone.press(label)


def hand_in(house: House, clerk: Phone, content: bytes) -> None:
    section(clerk, "導入目錄")
    clerk.sees("請發目錄工作簿")
    house.send_document(clerk, "目錄.xlsx", content)
    clerk.sees("收到「目錄.xlsx」")


def approve(phone: Phone, name: str) -> None:
    section(phone, "目錄審定")
    hears(phone, "待您審定")
    phone.press(name)
    phone.wait(lambda: "🖋 審核" in str(phone.last().get("reply_markup")), name)
    phone.press("🖋 審核")
    hears(phone, f"「{name}」第 1 版：")
    phone.press("審定通過")
    hears(phone, f"「{name}」第 1 版已審定")


# The stories below are told in order: what is taken over is then approved, looked up and changed.


def test_a_workbook_with_mistakes_is_refused_with_every_place_named(house: House) -> None:
    clerk = house.hand_over(CLERK)
    wrong = replace(POWERS[0], posts=("Z05-99",), public=False)
    hand_in(house, clerk, write_catalogues(Catalogues((wrong,), PROCESSES[:1], RULES)))
    clerk.press("📥 導入")
    clerk.sees("工作簿有 2 處要改，什麼都沒有導入")
    clerk.sees("「職權」表第 2 行 E 列：「名冊」表裡沒有代碼「Z05-99」")
    clerk.sees("「職權」表第 2 行 K 列：不公開的職權要寫理由")
    clerk.press("上一步")
    clerk.sees("請發目錄工作簿")
    house.send_document(clerk, "什麼.xlsx", b"no workbook")
    clerk.press("試一遍")
    clerk.sees("這不是能打開的 Excel 工作簿")
    clerk.say("/cancel")
    clerk.press("刪除")
    clerk.sees("已取消")


def test_a_workbook_is_tried_then_taken_over_and_those_who_approve_are_told(house: House) -> None:
    clerk, head = house.hand_over(CLERK), house.hand_over(HEAD)
    hand_in(house, clerk, write_catalogues(example_catalogues()))
    clerk.press("試一遍")
    clerk.sees("什麼都沒有寫入")
    clerk.sees("＋ 職權「惠農補貼資金發放」（新增）")
    clerk.press("📥 導入")
    clerk.sees("已導入 14 條")
    head.sees("辦公室導入了一批目錄")
    hand_in(house, clerk, write_catalogues(example_catalogues()))
    clerk.press("📥 導入")
    clerk.sees("與現有目錄完全一樣")


def test_nothing_is_public_before_it_is_approved(house: House) -> None:
    villager = house.phone("王大娘")
    villager.say("/menu")
    villager.press("辦事流程")
    house.sees_alert("現在還沒有公開的職權和流程")


def test_the_head_reads_a_process_with_its_picture_and_approves_it(house: House) -> None:
    head = house.hand_over(HEAD)
    section(head, "目錄審定")
    head.sees("待您審定 5 條")
    head.press("惠農補貼發放流程")
    head.sees("第 1 版 · 待審")
    shown = head.sees("流程圖")
    picture = HTTP.get(f"{house.url}/play/file/{shown['photo'][-1]['file_id']}").content
    assert Image.open(BytesIO(picture)).width >= 1000
    head.press("🖋 審核")
    head.press("審定通過")
    head.sees("「惠農補貼發放流程」第 1 版已審定")


def test_the_head_approves_several_in_one_step_and_the_rest_stays_waiting(house: House) -> None:
    head = house.hand_over(HEAD)
    section(head, "目錄審定")
    hears(head, "待您審定 4 條")
    head.press("勾選多條一起審定")
    head.sees("財政所：待您審定的條目")
    head.press("全部")
    head.press("☑ 職權「機關經費報銷審核」第 1 版")
    head.press("選好了（已選 3 項）")
    head.sees("審定通過這 3 條，即日生效")
    head.press("是")
    head.sees("已審定 3 條，即日生效")
    with house.database.reading() as session:
        person = session.exec(select(Person).where(Person.name == HEAD)).one().id
        rules = session.exec(select(Rule).where(col(Rule.title).startswith("財政所"))).all()
    assert {(rule.state, rule.decided_by) for rule in rules} == {(EntryState.APPROVED, person)}
    assert all(rule.decided_at for rule in rules)
    approve(head, "機關經費報銷審核")
    section(head, "目錄審定")
    head.sees("目前沒有待您審定的條目")


def test_anybody_looks_up_what_is_public_and_nothing_else(house: House) -> None:
    villager = house.phone("李老伯")
    villager.say("/menu")
    villager.press("辦事流程")
    villager.press("財政所")
    listed = villager.sees("財政所公開的職權和辦事流程，共 2 條")
    labels = [key["text"] for row in listed["reply_markup"]["inline_keyboard"] for key in row]
    assert labels == ["業務流程｜惠農補貼發放流程", "職權｜惠農補貼資金發放"]
    villager.press("惠農補貼發放流程")
    villager.sees("4 個環節，17 個工作日")
    villager.sees("撥付到卡")
    assert "photo" in villager.sees("流程圖")


def test_a_forged_button_opens_nothing_that_is_not_public(house: House) -> None:
    villager, head = house.phone("外人"), house.hand_over(OTHER_HEAD)
    with house.database.reading() as session:
        rule = session.exec(select(Rule).where(col(Rule.code) == "Z05-time_limit")).one()
    for phone in (villager, head):
        message = house.offer(phone, f"g:open_entry:{rule.id.hex}")
        phone.press_again(message, f"g:open_entry:{rule.id.hex}")
    house.sees_alert("這一條沒有公開")
    message = house.offer(head, f"g:decide_entry:{rule.id.hex}")
    before = len(house.alerts())
    head.press_again(message, f"g:decide_entry:{rule.id.hex}")
    house.sees_alert("這是別的單位的事", since=before)


def test_who_wrote_an_entry_does_not_approve_it_the_leader_does(house: House) -> None:
    head, leader = house.hand_over(HEAD), house.hand_over(LEADER)
    section(head, "填報職權")
    hears(head, "新填一條職權")
    head.press("惠農補貼資金發放")
    head.press("就用「惠農補貼資金發放」")
    head.press("就用「行政給付」")
    head.press("選好了（已選 2 項）")
    hears(head, "行使依據")
    head.press("就用")
    head.press("就用「鎮財政所」")
    head.sees("服務承諾")
    head.say("公示滿 7 天後 5 個工作日內到卡。")
    hears(head, "工作紀律")
    head.press("就用")
    hears(head, "對外公開嗎")
    head.press("是")
    head.press("確認送出")
    head.sees("「惠農補貼資金發放」第 2 版已記下，狀態：待審")
    head.sees("已通知審定人")
    section(head, "目錄審定")
    head.sees("目前沒有待您審定的條目")

    leader.sees("財政所有一條目錄待您審定：職權「惠農補貼資金發放」")
    leader.press("👁 查看")
    leader.sees("與現行版本不同：服務承諾")
    leader.press("🖋 審核")
    leader.press("退回修改")
    leader.say("5 天做得到嗎？請與銀行核實。")
    head.sees("第 2 版已退回。意見：5 天做得到嗎？")
    head.press("👁 查看")
    hears(head, "第 2 版 · 已退回")
    head.press("較早的第 1 版")
    head.sees("第 1 版 · 已審定")


def test_a_rule_comes_as_a_file_told_by_its_content(house: House) -> None:
    head = house.hand_over(HEAD)
    section(head, "填報制度")
    head.press("首問負責制")
    hears(head, "文件標題")
    head.say("財政所首問負責制")
    hears(head, "文號")
    head.press("略過")
    hears(head, "施行")
    head.say("2026年1月1日")
    head.press("發文件")
    hears(head, "請發文件")
    house.send_document(head, "制度.docx", b"MZ\x90\x00")
    hears(head, "請核對您的回答")
    head.press("確認送出")
    hears(head, "這不是能收的文件")
    head.press("6")
    hears(head, "請發文件")
    house.send_document(head, "首問負責制", PDF)
    hears(head, "請核對您的回答")
    head.press("確認送出")
    head.sees("「財政所首問負責制」第 1 版已記下")
    with house.database.reading() as session:
        kept = session.exec(select(RuleFile)).one()
    assert (kept.name, kept.content) == ("首問負責制.pdf", PDF)
    hears(head, "「財政所首問負責制」第 1 版已記下")
    head.press("👁 查看")
    head.wait(lambda: "document" in head.last(), "the document")
    assert head.download(head.last()) == PDF


def test_the_clerk_writes_for_any_unit_and_its_head_approves(house: House) -> None:
    clerk, head = house.hand_over(CLERK), house.hand_over("王建國")
    section(clerk, "填報制度")
    hears(clerk, "請選單位")
    clerk.press("上河村")
    hears(clerk, "上河村：填報六項制度中的哪一項？")
    clerk.press("首問負責制")
    hears(clerk, "文件標題")
    clerk.say("上河村首問負責制")
    hears(clerk, "文號")
    clerk.press("略過")
    hears(clerk, "施行")
    clerk.say("2026年1月1日")
    hears(clerk, "文件怎麼給")
    clerk.press("以後再補")
    hears(clerk, "請核對您的回答")
    clerk.press("確認送出")
    clerk.sees("「上河村首問負責制」第 1 版已記下")
    head.sees("上河村有一條目錄待您審定：制度「上河村首問負責制」")
    approve(head, "上河村首問負責制")
    section(head, "目錄缺項")
    head.sees("首問負責制沒有正文也沒有文件")


def test_each_sees_what_is_missing_where_they_look_after_it(house: House) -> None:
    head, secretary = house.hand_over(HEAD), house.hand_over(SECRETARY)
    section(head, "目錄缺項")
    head.sees("職權「機關經費報銷審核」還沒有業務流程")
    head.sees("「財政所首問負責制」待審定")
    section(secretary, "目錄缺項")
    secretary.sees("22 個單位中 0 個已齊全")
    secretary.press("上河村")
    secretary.sees("上河村的目錄還差")


def test_the_clerk_gets_the_catalogues_back_as_a_workbook(house: House) -> None:
    clerk = house.hand_over(CLERK)
    section(clerk, "導出目錄")
    paper = clerk.sees("各單位目錄的最新版本")
    assert clerk.download(paper)[:2] == b"PK"
