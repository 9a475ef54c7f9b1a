"""The organisation through the chat: the workbook in and out, rotation, leaving, who is who."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from sqlmodel import select

from dialogs.documents.roster import Roster, write_roster
from dialogs.rules.calendar import Calendar
from dialogs.vocabulary import Role
from storage.organisation import remembered
from storage.tables import Appointment, Deadline, Invitation, Person, Post, SelfCheck
from tests.builders.house import House, open_house
from tests.builders.patience import until
from tests.builders.phone import Phone, words
from tests.builders.township import example_township

ZONE = ZoneInfo("Asia/Shanghai")
CLERK = "何靜怡"
NONE = "選好了（已選 0 項）"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path / "house") as opened:
        opened.take_over(example_township())
        opened.program.start()
        yield opened


def open_records(phone: Phone, label: str) -> None:
    phone.say("/menu")
    phone.press("組織、檔案與表格")
    phone.press(label)


def keys(phone: Phone, number: int) -> list[Any]:
    """The rows of buttons under a message."""
    (message,) = [one for one in phone.messages() if one["message_id"] == number]
    rows: list[Any] = message.get("reply_markup", {}).get("inline_keyboard", [])
    return rows


def township(house: House) -> Roster:
    with house.database.reading() as session:
        return remembered(session)


def wrong_in_twenty_places() -> bytes:
    """Spoil the example workbook."""
    book = openpyxl.load_workbook(BytesIO(write_roster(example_township())))
    for row in range(2, 12):
        book["單位"][f"C{row}"].value = "街道"
        book["任職"][f"C{row}"].value = "去年"
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def renamed(roster: Roster, name: str) -> bytes:
    """Write a workbook in which the first unit is called otherwise."""
    first = replace(roster.units[0], name=name)
    return write_roster(replace(roster, units=(first, *roster.units[1:])))


# The workbook


def test_a_workbook_is_mended_shown_confirmed_and_comes_back(house: House) -> None:
    clerk, before = house.hand_over(CLERK), township(house)
    open_records(clerk, "導入組織名冊")
    clerk.sees("請把組織名冊")
    house.send_photo(clerk)
    clerk.sees("這裡要的是 Excel 工作簿")
    house.send_document(clerk, "名冊.xlsx", b"PK\x03\x04 torn")
    clerk.sees("這不是能打開的 Excel 工作簿")
    house.send_document(clerk, "名冊.xlsx", wrong_in_twenty_places())
    faults = words(clerk.sees("工作簿有 20 處要改，什麼都沒有導入"))
    assert "「單位」表第 2 行 C 列：不認得類別「街道」" in faults
    assert "「任職」表第 11 行 C 列：「去年」看不出是哪一天" in faults
    assert len(faults.splitlines()) >= 22

    house.send_document(clerk, "名冊.xlsx", renamed(before, "鎮領導班子（新）"))
    shown = words(clerk.sees("這份名冊會帶來 1 處改動"))
    assert "名稱：鎮領導班子 → 鎮領導班子（新）" in shown
    assert township(house) == before
    message, data = clerk.button("確認導入")
    clerk.press_again(message, data)
    clerk.sees("已導入，共 1 處改動")
    clerk.wait(lambda: not keys(clerk, message), "the message without its button")
    after = township(house)
    assert after.units[0].name == "鎮領導班子（新）"
    alerts = len(house.alerts())
    clerk.press_again(house.offer(clerk, data), data)
    house.sees_alert("這份名冊已經導入過", since=alerts)

    open_records(clerk, "導出組織名冊")
    workbook = clerk.download(clerk.sees("這是目前的組織名冊"))
    assert workbook == write_roster(after)
    open_records(clerk, "導入組織名冊")
    clerk.sees("請把組織名冊")
    house.send_document(clerk, "名冊.xlsx", workbook)
    clerk.sees("和現在的組織一樣，沒有要改的")


def test_what_is_confirmed_is_what_was_shown(house: House) -> None:
    clerk, before = house.hand_over(CLERK), township(house)
    open_records(clerk, "導入組織名冊")
    clerk.sees("請把組織名冊")
    house.send_document(clerk, "名冊.xlsx", renamed(before, "鎮班子"))
    clerk.sees("這份名冊會帶來 1 處改動")
    message, data = clerk.button("確認導入")
    with house.database.writing() as session:
        person = session.exec(select(Person).where(Person.code == "R002")).one()
        person.phone = "9999"
        session.add(person)
    clerk.press_again(message, data)
    clerk.sees("您看過之後，組織又有變動，所以沒有導入")
    assert "電話：9999 → 8002" in words(clerk.sees("這份名冊會帶來 2 處改動"))
    assert township(house).units[0].name == before.units[0].name
    alerts = len(house.alerts())
    clerk.press_again(house.offer(clerk, data), data)
    house.sees_alert("被新的代替", since=alerts)
    clerk.press("確認導入")
    clerk.sees("已導入，共 2 處改動")


def test_a_first_workbook_is_listed_in_a_file(tmp_path: Path) -> None:
    with open_house(tmp_path / "empty") as house:
        clerk = house.person(CLERK, roles=[Role.OFFICE_CLERK])
        house.program.start()
        open_records(clerk, "導入組織名冊")
        clerk.sees("請把組織名冊")
        house.send_document(clerk, "名冊.xlsx", write_roster(example_township()))
        paper = clerk.download(clerk.sees("逐條列在附件裡"))
        lines = [row[0].value for row in openpyxl.load_workbook(BytesIO(paper))["名冊改動"]]
        assert "人員 陳立誠（R001）：在崗人員、分管領導、黨委" in lines
        assert "陳立誠（R001） 任組長" in lines
        clerk.sees("新增（192）")
        clerk.press("確認導入")
        clerk.sees("名冊現有 22 個單位、80 個崗位、90 人")
        assert len(township(house).people) == 91


# Rotation


def choose_change(clerk: Phone, unit: str, name: str, what: str) -> None:
    open_records(clerk, "任免")
    clerk.press(unit)
    clerk.press(name)
    clerk.press(what)


def confirm(clerk: Phone, summary: str) -> None:
    """Leave the roles as they are, and confirm."""
    clerk.sees("今後擔任哪些角色")
    clerk.press("選好了")
    clerk.sees(summary)
    clerk.press("是")


def test_rotation_in_the_middle_of_a_self_check(house: House) -> None:
    clerk, old, new = (house.hand_over(name) for name in (CLERK, "許春燕", "呂思穎"))
    old.say("/menu")
    menu = old.button("崗位自查：財政所會計")
    old.press_again(*menu)
    old.press(NONE)
    old.sees("請寫明為什麼沒有")
    stale = old.button("上一步")

    choose_change(clerk, "財政所", "許春燕", "輪崗")
    clerk.sees("在「財政所會計」任到哪一天為止")
    clerk.say("昨天")
    clerk.press("民政辦")
    clerk.press("民政辦物資員")
    clerk.press("就用")
    confirm(clerk, "許春燕：輪崗")
    clerk.sees("許春燕 的任免已登記")
    old.sees("您在「財政所 財政所會計」的任職到")

    old.say("每筆業務都有兩人經手")
    old.sees("您已經不在「財政所會計」這個崗位上，這份自查到此為止")
    alerts = len(house.alerts())
    old.press_again(*stale)
    house.sees_alert("這段對話已經結束", since=alerts)
    alerts = len(house.alerts())
    old.press_again(*menu)
    house.sees_alert("您目前不在這個崗位上", since=alerts)
    assert not house.rows(SelfCheck)

    choose_change(clerk, "財政所", "呂思穎", "任職")
    clerk.press("財政所")
    clerk.press("財政所會計")
    clerk.press("就用")
    confirm(clerk, "呂思穎：任職")
    clerk.sees("呂思穎 的任免已登記")
    told = words(new.sees("按輪崗重填的規定"))
    assert "「財政所 財政所會計」" in told
    today = house.today()
    due = today + timedelta(days=30)
    assert f"{due.year}年{due.month}月{due.day}日前（含當天）" in told
    check_all(new)
    new.sees("已收到「財政所會計」的自查")
    owed = house.rows(Deadline, Deadline.post_id == post_of(house, "財政所會計").id)
    assert [bool(one.done_at) for one in owed] == [True]


def post_of(house: House, title: str) -> Post:
    (post,) = house.rows(Post, Post.title == title)
    assert isinstance(post, Post)
    return post


def check_all(phone: Phone) -> None:
    """Go through the five aspects of a town post; none has a risk."""
    phone.press("現在去填")
    for aspect in range(1, 6):
        phone.sees(f"{aspect}/5")
        phone.press(NONE)
        phone.sees("請寫明為什麼沒有")
        phone.say("每筆業務都有兩人經手")
    phone.sees("請核對您的回答")
    phone.press("確認送出")


def test_a_new_holder_is_reminded_of_the_reason_and_not_before_the_first_day(
    house: House,
) -> None:
    clerk, new = house.hand_over(CLERK), house.hand_over("呂思穎")
    choose_change(clerk, "財政所", "呂思穎", "任職")
    clerk.press("財政所")
    clerk.press("財政所會計")
    today = house.today()
    first = Calendar().add_working_days(today, 3)
    clerk.say(f"{first:%Y/%m/%d}")
    confirm(clerk, "呂思穎：任職")
    new.sees("按輪崗重填的規定")
    new.say("/menu")
    assert "財政所會計" not in str(new.sees("請選擇要辦的事")["reply_markup"])
    house.wait_till(datetime.combine(first, time(10), ZONE))
    new.sees("您新任「財政所會計」，30 天內要重填")
    new.press("現在去填")
    new.sees("崗位自查：財政所 財政所會計")


# Leaving


def test_who_leaves_has_no_access_and_may_come_back(house: House) -> None:
    clerk, leaver = house.hand_over(CLERK), house.hand_over("羅敏")
    leaver.say("/menu")
    leaver.press("通知與公示")
    forged = leaver.button("發通知")
    choose_change(clerk, "鎮紀委", "羅敏", "離任")
    clerk.say("今天")
    clerk.sees("羅敏：離任")
    clerk.press("是")
    clerk.sees("羅敏 已離任，權限已收回")
    leaver.sees("這裡的工作權限已經收回")
    alerts = len(house.alerts())
    leaver.press_again(*forged)
    house.sees_alert("這件事需要相應的職務才能辦", since=alerts)

    clerk.say("/menu")
    clerk.press("邀請加入")
    clerk.press("鎮紀委")
    shown = clerk.sees("邀請「鎮紀委」的哪一位")
    assert "羅敏" not in str(shown["reply_markup"])
    clerk.say("/cancel")
    clerk.press("刪除")
    choose_change(clerk, "鎮紀委", "羅敏", "任職")
    clerk.press("財政所")
    clerk.press("財政所票據員")
    clerk.press("就用")
    confirm(clerk, "羅敏：任職")
    clerk.sees("羅敏 尚未加入，請另外告訴本人")
    house.invitation("羅敏", "COMEBACKAGAN")
    leaver.start("COMEBACKAGAN")
    leaver.press("是")
    leaver.sees("羅敏，歡迎加入")
    assert [one.used_at is None for one in house.rows(Invitation)] == [False]


def test_the_only_clerk_stays_and_nobody_holds_a_post_twice(house: House) -> None:
    clerk = house.hand_over(CLERK)
    choose_change(clerk, "黨政辦公室", CLERK, "離任")
    clerk.say("今天")
    clerk.sees(f"{CLERK}：離任")
    clerk.press("是")
    clerk.sees("就沒有已加入的辦公室經辦")
    clerk.say("/cancel")
    clerk.press("刪除")
    clerk.sees("已取消")
    before = len(house.rows(Appointment))
    choose_change(clerk, "財政所", "許春燕", "任職")
    clerk.press("財政所")
    clerk.press("財政所會計")
    clerk.press("就用")
    confirm(clerk, "許春燕：任職")
    clerk.sees("不能重複任職")
    until(lambda: len(house.rows(Appointment)) == before, "no appointment more")


# Who is who


def test_each_sees_the_units_they_may(house: House) -> None:
    secretary, head = house.hand_over("韓守正"), house.hand_over("鄭國良")
    leader = house.hand_over("蘇曉梅")
    open_records(secretary, "👥 組織")
    secretary.press("領導小組")
    group = words(secretary.sees("廉政風險防控領導小組"))
    assert "組長：陳立誠" in group
    assert "副組長：周文博、韓守正" in group
    secretary.press("看別的單位")
    secretary.press("楓樹村")
    assert "分管領導：高建平" in words(secretary.sees("負責人：賀少華"))

    open_records(head, "👥 組織")
    units = str(head.sees("要看哪個單位")["reply_markup"])
    assert "財政所" in units
    assert "民政辦" not in units
    head.press("財政所")
    shown = words(head.sees("負責人：鄭國良"))
    assert "• 財政所會計：許春燕（" in shown
    open_records(leader, "👥 組織")
    units = str(leader.sees("要看哪個單位")["reply_markup"])
    assert "石橋村" in units
    assert "財政所" not in units
