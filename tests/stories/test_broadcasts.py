"""A notice for many through the chat: two people, an hour, a pause, a reminder, a list to call."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest
import sqlalchemy as sa

from dialogs.vocabulary import BroadcastState, DeliveryState, Role, Verdict
from storage.tables import AuditEntry, Broadcast, BroadcastCopy
from tests.builders.house import House, open_house
from tests.builders.patience import until
from tests.builders.people import a_person
from tests.builders.phone import Phone, words

ZONE = ZoneInfo("Asia/Shanghai")
MANY = 120  # more than one person alone may write to


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        opened.program.start()
        yield opened


@pytest.fixture
def hearers(house: House) -> list[int]:
    accounts = [house.telegram.add_person(f"聽眾{n}", started=True).id for n in range(MANY)]
    with house.database.writing() as session:
        for number, account in enumerate(accounts):
            a_person(session, f"聽眾{number}", account=account, keys=house.keys)
    return accounts


def write(officer: Phone, text: str) -> None:
    """Write a notice to everybody."""
    officer.say("/menu")
    officer.press("通知與公示")
    officer.press("發通知")
    officer.sees("發給哪些人")
    officer.press("選好了（已選 0 項）")
    officer.sees("限於哪些單位")
    officer.press("選好了（已選 0 項）")
    officer.sees("請寫通知內容")
    officer.say(text)
    officer.sees("還要縮小範圍")


def draw_up(officer: Phone, text: str) -> None:
    """Write a notice to everybody, as far as it can go by itself."""
    write(officer, text)
    officer.press("選好了（已選 0 項）")
    officer.sees("預覽")
    officer.press("確認送出")
    officer.sees("還沒有發出")


def offered(person: Phone) -> list[str]:
    """What the newest message offers."""
    rows = person.last()["reply_markup"]["inline_keyboard"]
    return [key["text"] for row in rows for key in row]


def received(house: House, account: int, text: str) -> int:
    """Count the messages of a chat that say something."""
    return sum(text in words(one) for one in Phone(house.url, account).messages())


def state(house: House) -> BroadcastState:
    return house.rows(Broadcast)[-1].state


def test_a_large_notice_takes_two_people_and_can_be_held_up_and_ended(
    house: House, hearers: list[int]
) -> None:
    officer = house.person("韓守正", roles=[Role.COMMISSION_SECRETARY])
    colleague = house.person("林正清", roles=[Role.COMMISSION_MEMBER])
    draw_up(officer, "{{姓名}}：週五開會")
    assert "要請另一位紀委同事批准" in words(officer.last())
    officer.press("請同事批准")
    colleague.sees("請您批准一則發給")
    _, forged = colleague.button("✅ 批准")
    officer.press_again(house.offer(officer, forged), forged)
    house.sees_alert("您自己擬的通知，要由另一位同事批准")
    assert not any(received(house, account, "週五開會") for account in hearers)

    colleague.press("不批准")
    officer.sees("沒有批准您的通知")
    until(lambda: offered(colleague) == ["📋 收件名單"], "the list alone")
    officer.press("請同事批准")
    until(lambda: state(house) is BroadcastState.ASKED, "asked again")
    colleague.say("/menu")
    colleague.press("今日")
    colleague.sees("待批准的群發通知 1 則")
    colleague.press("看 1 則待批准的群發通知")
    colleague.sees("近期的通知")
    colleague.press("等同事批准：")
    colleague.sees("已請同事批准")
    colleague.press("✅ 批准")
    officer.sees("已批准您的通知")
    until(lambda: any(received(house, a, "週五開會") for a in hearers), "the first copies")
    officer.press("⏸ 暫停")
    until(lambda: state(house) is BroadcastState.PAUSED, "held up")
    officer.press("✕ 取消這則通知")
    officer.sees("取消這則通知？還沒收到的人不會再收到")
    officer.press("是")
    assert "已取消、不再發送" in words(officer.sees("已取消。"))
    copies = house.rows(BroadcastCopy)
    until(
        lambda: not any(c.state is DeliveryState.WAITING for c in house.rows(BroadcastCopy)),
        "what was on its way",
    )
    sent = [c for c in house.rows(BroadcastCopy) if c.state is DeliveryState.SENT]
    got = sum(received(house, account, "週五開會") for account in hearers)
    assert len(copies) == MANY + 2
    assert 0 < got <= len(sent) < MANY + 2
    refused = [one for one in house.rows(AuditEntry) if one.verdict is Verdict.REFUSED]
    assert refused


def test_who_has_not_read_a_notice_is_reminded_and_the_list_can_be_telephoned(
    house: House,
) -> None:
    officer = house.person("韓守正", roles=[Role.COMMISSION_SECRETARY])
    reader, idle = house.person("石成林"), house.person("熊曉雯")
    gone = house.person("方玉蘭")
    house.block(gone)
    draw_up(officer, "報送名單")
    officer.press("📤 發送")
    for phone in (reader, idle):
        phone.sees("報送名單")
    reader.press("我已閱讀")
    until(lambda: state(house) is BroadcastState.FINISHED, "sent")
    officer.press("提醒未閱的人")
    idle.sees("您還沒有確認讀過這則通知")
    until(lambda: state(house) is BroadcastState.FINISHED, "sent once more")
    assert received(house, reader.person, "報送名單") == 1
    assert received(house, idle.person, "報送名單") == 2
    assert "提醒未閱的人" not in str(officer.sees("應發 4").get("reply_markup")), "once a day"

    officer.press("未送達名單")
    officer.sees("按這份名單打電話")
    rows = list(
        openpyxl.load_workbook(BytesIO(officer.download(officer.last()))).active.values  # type: ignore[union-attr]
    )
    assert rows[0][:5] == ("姓名", "單位", "崗位", "電話", "送達情況")
    assert ("方玉蘭", "已封鎖機器人") in [(row[0], row[4]) for row in rows]


def test_an_officer_decides_about_copies_that_may_have_arrived(house: House) -> None:
    officer = house.person("韓守正", roles=[Role.COMMISSION_SECRETARY])
    reader = house.person("石成林")
    draw_up(officer, "報送名單")
    officer.press("📤 發送")
    reader.sees("報送名單")
    until(lambda: state(house) is BroadcastState.FINISHED, "sent")
    for button, times in (("不確定的再發一次", 2), ("不確定的算作已送達", 2)):
        with house.database.writing() as session:
            session.execute(sa.update(BroadcastCopy).values(state=DeliveryState.UNKNOWN))
        officer.sees("無法確定 2")
        officer.say("/menu")
        officer.press("今日")
        officer.sees("無法確定是否送達的通知 2 份")
        officer.press("決定 2 份通知算不算送達")
        officer.sees("近期的通知")
        officer.press("❓ 2 份待定")
        officer.sees("無法確定 2")
        officer.press(button)
        until(lambda: all(c.state is DeliveryState.SENT for c in house.rows(BroadcastCopy)), button)
        until(lambda: state(house) is BroadcastState.FINISHED, "sent")
        assert received(house, reader.person, "報送名單") == times
    steps = house.rows(AuditEntry, AuditEntry.action == "steer_broadcast")
    (broadcast,) = house.rows(Broadcast)
    assert [one.subject for one in steps] == [
        f"{move}:{broadcast.id.hex}" for move in ("send", "again", "arrived")
    ]


def test_a_notice_waits_for_its_hour_and_carries_a_file(house: House) -> None:
    officer = house.person("韓守正", roles=[Role.COMMISSION_SECRETARY])
    reader = house.person("石成林")
    write(officer, "請看附件")
    officer.press("附文件或照片")
    officer.press("定時發送")
    officer.press("選好了（已選 2 項）")
    officer.sees("要附一份文件或照片嗎")
    house.send_document(officer, "名單.pdf", b"%PDF-1.4 x")
    officer.sees("哪一天發")
    officer.say("明天")
    officer.sees("幾點發")
    officer.say("09:00")
    officer.sees("預覽")
    officer.press("確認送出")
    officer.sees("還沒有發出")
    officer.press("📤 發送")
    until(lambda: state(house) is BroadcastState.SCHEDULED, "scheduled")
    officer.sees("開始發送")
    assert received(house, reader.person, "請看附件") == 0
    officer.say("/menu")
    officer.press("通知與公示")
    officer.press("通知列表")
    officer.press("定時待發：請看附件")
    officer.press("⏸ 暫停")
    assert "開始發送" not in words(officer.sees("已暫停"))
    officer.press("▶️ 繼續")
    officer.sees("定時待發")
    tomorrow = house.now().astimezone(ZONE) + timedelta(days=1)
    house.wait_till(tomorrow.replace(hour=9, minute=1))
    assert "名單.pdf" in reader.sees("請看附件")["document"]["file_name"]
    until(lambda: state(house) is BroadcastState.FINISHED, "sent")
