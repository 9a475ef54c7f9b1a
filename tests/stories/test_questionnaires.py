"""A questionnaire through the chat: sent, mended, tried, published, renewed, answered, exported."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest

from dialogs.vocabulary import Role, UnitKind
from storage.tables import QuestionnaireAnswer
from tests.builders.house import House, open_house
from tests.builders.people import a_post, a_unit
from tests.builders.phone import Phone, words
from tests.builders.questionnaires import faulty_roads, roads

MENU, RECORDS = "/menu", "組織、檔案與表格"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("house")) as opened:
        with opened.database.writing() as session:
            office = a_unit(session, "Z1", "財政所")
            village = a_unit(session, "V1", "上河村", kind=UnitKind.VILLAGE)
            a_post(session, office, "Z1-1", "會計")
            a_post(session, village, "V1-1", "村會計")
        opened.program.start()
        yield opened


@pytest.fixture(scope="module")
def officer(house: House) -> Phone:
    return house.person("韓守正", roles=[Role.COMMISSION_SECRETARY])


def add(officer: Phone, house: House, workbook: bytes) -> None:
    officer.say(MENU)
    officer.press(RECORDS)
    officer.press("新增問卷")
    officer.sees("請把問卷的 .xlsx 文件發到這裡")
    house.send_document(officer, "村道.xlsx", workbook)


def publish(officer: Phone, until: str, *, ticks: int = 0) -> None:
    """Publish to village cadres and villagers."""
    officer.press("發布…")
    officer.sees("發給哪些人")
    officer.press("☐ 在崗人員")
    officer.press("☐ 村民")
    officer.press("選好了（已選 2 項）")
    officer.sees("限於哪些單位")
    officer.press("☐ 上河村")
    officer.press("選好了（已選 1 項）")
    officer.sees("截止到哪一天")
    officer.say(until)
    officer.press("確認送出")


def begin(phone: Phone) -> None:
    phone.say(MENU)
    phone.press("村道問卷")
    phone.sees("村裡的路修好了嗎")


def finish(phone: Phone, *, place: str) -> None:
    """Answer from the second question on."""
    phone.sees("哪裡不好")
    phone.press("☐ 坑")
    phone.press("選好了（已選 1 項）")
    phone.press("是")
    phone.sees("在哪裡")
    phone.say(place)
    phone.sees("大約幾米")
    phone.say("零")
    phone.say("0")
    phone.sees("請填大於 0 的數")
    phone.say("30")
    phone.sees("還有下一筆嗎")
    phone.press("否")
    phone.sees("還有什麼要說")
    phone.say("=1+1")


def test_a_questionnaire_goes_its_whole_way(house: House, officer: Phone) -> None:
    add(officer, house, faulty_roads())
    told = words(officer.sees("有 2 處要改"))
    assert "工作表「survey」第 9 行「type」列：不認得題型「txet」，是不是「text」" in told
    assert "工作表「survey」第 10 行「relevant」列：「c」在第 11 行才問" in told

    house.send_document(officer, "村道.xlsx", roads("1"))
    officer.sees("《村道問卷》檢查通過，已存為草稿。")
    officer.press("預覽")
    officer.sees("什麼都不會保存")
    officer.press("修好了")
    officer.press("略過")
    officer.press("確認送出")
    officer.sees("剛才的回答沒有保存")
    assert house.rows(QuestionnaireAnswer) == []

    until = (house.today() + timedelta(days=20)).isoformat()
    publish(officer, until)
    officer.sees("《村道問卷》已發布")

    first, second = house.phone("王大娘"), house.phone("李老伯")
    village = house.person("張秀英", posts=["V1-1"])
    office = house.person("許春燕", posts=["Z1-1"])
    village.say(MENU)
    village.button("村道問卷")
    office.say(MENU)
    office.sees("您好")
    assert office._button("村道問卷") is None

    begin(first)
    first.press("沒有")
    finish(first, place="橋頭")
    first.press("確認送出")
    first.sees("謝")

    begin(second)
    second.press("沒有")
    second.sees("哪裡不好")

    add(officer, house, roads("1"))
    officer.sees("版本「1」已經發布過")
    house.send_document(
        officer, "村道.xlsx", roads("2", ("integer", "years", "住了幾年？", "How long?"))
    )
    officer.sees("版本：2")
    publish(officer, until)
    officer.sees("《村道問卷》已發布")

    finish(second, place="河邊")
    second.press("確認送出")
    second.sees("謝")
    third = house.phone("周文博")
    begin(third)
    third.press("修好了")
    third.press("略過")
    third.sees("住了幾年")
    third.say("12")
    third.press("確認送出")
    third.sees("謝")

    officer.say(MENU)
    officer.press(RECORDS)
    officer.press("問卷管理")
    officer.press("村道問卷 · 版本 2 · 發布中")
    officer.sees("收到答覆：1 份")
    officer.press("導出答覆")
    book = openpyxl.load_workbook(BytesIO(officer.download(officer.sees("共 3 份，2 個版本"))))
    assert book.sheetnames == ["roads-1", "roads-1-places", "roads-2", "roads-2-places"]
    main = [list(row) for row in book["roads-1"].iter_rows(values_only=True)]
    assert main[0] == [
        *("_index", "_answered_on", "fixed", "wrongs", "wrongs/holes", "wrongs/short", "words"),
    ]
    assert [row[2:] for row in main[1:]] == [["no", "holes", 1, 0, "=1+1"]] * 2
    assert book["roads-1"]["G2"].data_type == "s"
    places = [list(row) for row in book["roads-1-places"].iter_rows(values_only=True)]
    assert {row[3] for row in places[1:]} == {"橋頭", "河邊"}
    assert [row[:3] for row in places[1:]] == [[1, "roads-1", 1], [2, "roads-1", 2]]


def test_what_was_withdrawn_or_comes_too_late_is_refused_in_words(
    house: House, officer: Phone
) -> None:
    villager = house.phone("魏子涵")
    until = (house.today() + timedelta(days=1)).isoformat()
    add(officer, house, roads("3", title="急件問卷"))
    officer.sees("版本：3")
    publish(officer, until)
    officer.sees("《急件問卷》已發布")
    villager.say(MENU)
    villager.press("急件問卷")
    villager.press("修好了")
    villager.press("略過")
    villager.sees("請核對您的回答")
    officer.press("撤回…")
    officer.press("是")
    officer.sees("《急件問卷》已撤回")
    villager.press("確認送出")
    villager.sees("《急件問卷》已經撤回")

    add(officer, house, roads("4", title="末班問卷"))
    officer.sees("版本：4")
    publish(officer, until)
    officer.sees("《末班問卷》已發布")
    villager.say(MENU)
    offered = villager.button("末班問卷")
    house.wait_till(house.now() + timedelta(days=4))
    since = len(house.alerts())
    villager.press_again(*offered)
    house.sees_alert("截止，不再收答覆", since=since)
