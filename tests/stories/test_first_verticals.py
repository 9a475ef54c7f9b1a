"""Each side through the chat: joining, self-checks, a complaint, a broadcast, reminders."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import docx
import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

from bot.playground.server import listening, url_of
from dialogs.catalogue.library import suggestions
from dialogs.rules.calendar import Calendar
from dialogs.vocabulary import Aspect, DeliveryState, Role, UnitKind, Verdict
from scheduler import timetable
from storage.tables import (
    AuditEntry,
    AuditRoot,
    BroadcastCopy,
    Inbox,
    Person,
    Reminder,
    RiskPoint,
    SelfCheck,
)
from tests.builders.house import House, open_house
from tests.builders.patience import until
from tests.builders.phone import Phone, words
from tests.builders.township import example_township
from tests.builders.web import HTTP

ZONE = ZoneInfo("Asia/Shanghai")
CLERK, MEMBER, SECRETARY = "何靜怡", "鄧志遠", "韓守正"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("house")) as opened:
        opened.take_over(example_township())
        opened.program.start()
        yield opened


def written_in(document: bytes) -> str:
    """Read every word of a .docx."""
    paper = docx.Document(BytesIO(document))
    cells = [c.text for table in paper.tables for row in table.rows for c in row.cells]
    return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])


def nothing_here(phone: Phone, reason: str, *, then: str) -> None:
    """Answer an aspect with a reason why there is no risk in it."""
    phone.press("選好了（已選 0 項）")
    phone.sees("請寫明為什麼沒有")
    phone.say(reason)
    phone.sees(then)


# Joining


def test_a_clerk_invites_and_the_link_lets_its_person_in(house: House) -> None:
    clerk, newcomer = house.hand_over(CLERK), house.phone("小丁", started=False)
    clerk.say("/menu")
    clerk.press("邀請加入")
    clerk.press("財政所")
    clerk.press("丁曉峰")
    invitation = words(clerk.sees("只能用一次"))
    link = next(word for word in invitation.split() if "?start=" in word).removeprefix("連結：")

    newcomer.start(link.partition("?start=")[2])
    newcomer.sees("這份邀請是給 丁曉峰 的（任職：財政所 財政所惠農專管員）")
    newcomer.press("是")
    newcomer.sees("丁曉峰，歡迎加入")
    newcomer.say("/menu")
    newcomer.button("崗位自查：財政所惠農專管員")

    other = house.phone("外人", started=False)
    other.start(link.partition("?start=")[2])
    other.sees("這個邀請碼已經用過了")


@pytest.mark.parametrize(
    ("name", "code", "written"),
    [
        ("呂思穎", "ABCDEFGHJKMN", "abcd efgh-jkmn"),
        ("沈惠芳", "ABCDEFGHJKMP", "ＡＢＣＤ－ＥＦＧＨ　ｊｋｍｐ"),
        ("蔣衛國", "ABCDEFGHJKMQ", "https://t.me/qingfeng_bot?start=ABCDEFGHJKMQ"),
    ],
)
def test_a_typed_code_lets_its_person_in_however_it_is_written(
    house: House, name: str, code: str, written: str
) -> None:
    house.invitation(name, code)
    phone = house.phone("新人")
    phone.say("/menu")
    phone.press("輸入邀請碼")
    phone.sees("請輸入辦公室給您的邀請碼")
    phone.say(written)
    phone.sees(f"這份邀請是給 {name} 的")
    phone.press("是")
    phone.sees(f"{name}，歡迎加入")


@pytest.mark.parametrize(
    ("code", "made", "refusal"),
    [
        ("NBNBNBNBNBNB", None, "沒有這個邀請碼"),
        ("LATELATELATE", datetime.now(UTC) - timedelta(days=8), "這個邀請碼已經過期"),
    ],
)
def test_a_code_that_opens_nothing_is_refused_with_a_reason(
    house: House, code: str, made: datetime | None, refusal: str
) -> None:
    if made:
        house.invitation("魏子涵", code, made=made)
    phone = house.phone("生人", started=False)
    phone.start(code)
    phone.sees(refusal)


def test_somebody_who_has_joined_cannot_take_the_invitation_of_another(house: House) -> None:
    phone = house.hand_over("盧秋菊")
    phone.start(house.invitation("魏子涵", "FREMDFREMDFR"))
    phone.press("是")
    phone.sees("這個帳號已經以「盧秋菊」的身份加入")


# Self-checks


def test_a_town_post_is_checked_with_a_step_back_a_restart_and_an_edit(house: House) -> None:
    phone = house.hand_over("許春燕")
    typical = suggestions("財政所會計", UnitKind.OFFICE, Aspect.DUTY)[0].name
    phone.say("/menu")
    phone.press("崗位自查：財政所會計")
    phone.sees("1/5 崗位職責")
    phone.press(f"☐ {typical[:20]}")
    phone.button(f"☑ {typical[:20]}")
    phone.press("選好了（已選 1 項）")
    phone.press("符合，採用")
    phone.sees("2/5 業務流程")
    nothing_here(phone, "每筆業務都有兩人經手", then="3/5 制度機制")

    phone.press("上一步")
    phone.sees("請寫明為什麼沒有")
    phone.press("保留原答案")
    phone.sees("3/5 制度機制")
    nothing_here(phone, "制度每年都修訂一次", then="4/5 工作效率")

    house.program.stop()
    house.program.start()
    phone.say("/menu")
    phone.press("繼續自查：財政所會計")
    phone.sees("繼續上次的")
    nothing_here(phone, "辦理時限寫在牆上", then="5/5 外部環境")
    nothing_here(phone, "沒有親屬在本鎮經商", then="請核對您的回答")
    phone.press("4")
    phone.sees("您在「業務流程」方面沒有選風險點")
    phone.say("每筆業務都有兩人經手並互相覆核")
    phone.sees("互相覆核")
    phone.press("確認送出")

    paper = written_in(phone.download(phone.sees("已收到「財政所會計」的自查")))
    for word in ("許春燕", "財政所會計", typical, "並互相覆核", "沒有親屬在本鎮經商", "清河鎮"):
        assert word in paper
    assert "兩人經手\n" not in paper
    (check,) = [row for row in house.rows(SelfCheck) if row.person_id == person(house, "許春燕")]
    (point,) = house.rows(RiskPoint, RiskPoint.self_check_id == check.id)
    assert point.name == typical


def person(house: House, name: str) -> object:
    (row,) = house.rows(Person, Person.name == name)
    return row.id


def test_a_village_post_is_checked_with_a_risk_of_its_holders_own_words(house: House) -> None:
    phone = house.hand_over("張秀英")
    phone.say("/menu")
    phone.press("崗位自查：村會計")
    phone.sees("1/3 農村建房土地審批")
    phone.press("我自己寫")
    phone.press("選好了（已選 1 項）")
    phone.sees("請給這個風險點起個名字")
    phone.say("代填申請表時收好處")
    phone.sees("會有哪些具體表現")
    phone.say("幫人填表時暗示要<b>表示</b> & 收煙")
    phone.press("較高")
    phone.press("嚴重（可能構成犯罪）")
    phone.sees("建議等級是 一級(高)")
    phone.press("二級(中)")
    phone.sees("與建議的 一級(高) 不同。請寫明理由。")
    phone.say("金額小，且已有公示")
    phone.sees("用什麼措施防住")
    phone.say("填表由村民自己寫，兩人在場")
    phone.press("否")
    phone.sees("2/3 專項資金管理")
    nothing_here(phone, "本年度沒有專項資金", then="3/3 農村集體")
    nothing_here(phone, "賬目由農經站代管", then="請核對您的回答")
    phone.press("確認送出")

    paper = written_in(phone.download(phone.sees("已收到「村會計（文書）」的自查")))
    for word in ("上河村", "代填申請表時收好處", "<b>表示</b> & 收煙", "二級", "兩人在場"):
        assert word in paper


def everything_written_down(house: House) -> dict[str, int]:
    """Count the rows of every table, but for updates that came in and the root of the day."""
    apart = {Inbox.__tablename__, AuditRoot.__tablename__}
    tables = [table for table in SQLModel.metadata.sorted_tables if table.name not in apart]
    with house.database.reading() as session:
        return {
            table.name: session.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in tables
        }


@pytest.mark.parametrize("accused", ["鎮領導班子成員", "鎮紀委的人"])
def test_a_matter_about_leaders_is_sent_elsewhere_and_nothing_is_written_down(
    house: House, accused: str
) -> None:
    villager = house.phone("李老伯")
    villager.say("/menu")
    villager.button("意見與反映")
    before = everything_written_down(house)
    villager.press("意見與反映")
    villager.press(accused)
    villager.sees("12388")
    until(lambda: everything_written_down(house) == before, "nothing written down", seconds=10)


# A broadcast


def test_a_broadcast_is_seen_before_it_goes_and_every_copy_is_accounted_for(house: House) -> None:
    officer = house.hand_over(SECRETARY)
    reader, away = house.hand_over("石成林"), house.hand_over("熊曉雯")
    house.block(away)
    officer.say("/menu")
    officer.press("通知與公示")
    officer.press("發通知")
    officer.sees("發給哪些人")
    officer.press("選好了（已選 0 項）")
    officer.press("☐ 農經站")
    officer.press("選好了（已選 1 項）")
    officer.sees("請寫通知內容")
    officer.say("{{姓名}}，請於<週五>前報送補貼名單 & 公示照片")
    officer.sees("還要縮小範圍")
    officer.press("選好了（已選 0 項）")
    officer.sees("請於<週五>前報送補貼名單 & 公示照片\n──")
    officer.sees("將發給 2 人；另有 2 人尚未加入")
    officer.press("確認送出")
    progress = officer.sees("應發 4")
    assert "還沒有發出" in words(progress)
    officer.press("收件名單")
    officer.sees("收件名單，共 4 人")
    officer.press("📤 發送")
    reader.sees("石成林，請於<週五>前報送補貼名單 & 公示照片\n\n韓守正")
    message, data = reader.button("我已閱讀")
    reader.press_again(message, data)
    reader.button("✅ 已閱")
    house.sees_alert("已登記您讀過這則通知")
    shown = officer.sees("已送達 1（其中已閱 1）")
    assert shown["message_id"] == progress["message_id"]
    assert "發送完畢" in words(shown)
    assert "未送達 3" in words(shown)
    officer.press("未送達名單")
    missing = words(officer.sees("沒有送到的人（共 3 人）"))
    for name, state in (("熊曉雯", "已封鎖機器人"), ("康文華", "尚未加入"), ("方玉蘭", "尚未加入")):
        assert f"{name}（農經站）：{state}" in missing
    states = [copy.state for copy in house.rows(BroadcastCopy)]
    assert sorted(states) == sorted(
        [DeliveryState.READ, DeliveryState.BLOCKED, *[DeliveryState.NOT_JOINED] * 2]
    )


# Bad input


def test_whatever_is_sent_is_answered_by_a_clear_sentence_and_nothing_is_lost(house: House) -> None:
    phone = house.hand_over("袁大勇")
    phone.say("/menu")
    phone.press("崗位自查：黨政辦公車管理員")
    phone.sees("1/5")
    phone.say("隨便什麼")
    phone.sees("這一題請按下面的按鈕回答。")
    phone.press("選好了（已選 0 項）")
    phone.sees("請寫明為什麼沒有")
    house.send_photo(phone)
    phone.sees("您發來的文件沒有保存。這一題請用文字回答。")
    phone.say("👍")
    phone.sees("太短了（目前 1 字），請至少寫 4 個字。")
    phone.say("長" * 501)
    phone.sees("太長了（目前 501 字），最多 500 字。")
    phone.say("/nonsense")
    phone.sees("沒看懂您的意思")
    reason = "<b>&lt;無</b> 👨‍👩‍👧 & \u202eשלום مرحبا\u202c {x} %s"
    phone.say(reason)
    phone.sees("2/5")
    assert "<b>&lt;無</b> 👨‍👩‍👧 &" in words(phone.last())


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("改天吧", "看不懂這個日期"),
        ("2020/1/1", "日期不能早於"),
        ("２０９９年１２月１日", "日期不能晚於"),
        ("188/12/1", "日期不能晚於"),
        ("20991201", "日期不能晚於"),
        ("明天", "前（含當天）完成自查"),
    ],
)
def test_days_are_understood_as_people_write_them(house: House, written: str, answer: str) -> None:
    officer = house.person(f"委員{written}", roles=[Role.COMMISSION_MEMBER])
    officer.say("/menu")
    officer.press("風險查找與防控")
    officer.press("部署自查")
    officer.sees("請各崗位最晚在哪一天完成自查")
    officer.say(written)
    officer.sees(answer)


def test_a_button_pressed_twice_counts_once(house: House) -> None:
    villager = house.phone("急性子")
    villager.say("/menu")
    villager.press("意見與反映")
    message, data = villager.button("村（社區）幹部")
    pressing = {"person_id": villager.person, "message_id": message, "data": data}
    alerts = len(house.alerts())
    house.at_once(pressing, pressing)
    villager.sees("是哪個村或站所辦的事")
    house.sees_alert("這個按鈕屬於已經答過的問題", since=alerts)
    assert "是哪個村或站所辦的事" in words(villager.last())


def test_two_devices_at_once_are_both_answered_and_nothing_is_lost(house: House) -> None:
    phone = house.hand_over("孫浩然")
    phone.say("/menu")
    phone.press("崗位自查：黨政辦採購員")
    message, data = phone.button("選好了（已選 0 項）")
    pressing = {"person_id": phone.person, "message_id": message, "data": data}
    alerts = len(house.alerts())
    house.at_once(
        pressing,
        {"person_id": phone.person, "text": "採購都走政採平台"},
        pressing,
        {"person_id": phone.person, "text": "這一句來自另一部手機"},
    )
    phone.sees("2/5 業務流程")
    house.sees_alert("這個按鈕屬於已經答過的問題", since=alerts)
    phone.sees("這一題請按下面的按鈕回答。")


# Roles


FORGED = ("cases", "broadcast", "call_self_check", "who_is_late", "invite", "self_check")


def test_a_forged_button_opens_nothing_to_a_villager(house: House) -> None:
    villager = house.phone("好奇的人")
    before = everything_written_down(house)
    message = house.offer(villager, *(f"g:{action}:" for action in FORGED), "g:nonsense:", "zzz")
    for data, answer in [
        *((f"g:{action}:", "這件事需要相應的職務才能辦") for action in FORGED),
        ("g:nonsense:", "這個按鈕已經失效"),
        ("zzz", "這個按鈕已經失效"),
    ]:
        alerts = len(house.alerts())
        villager.press_again(message, data)
        house.sees_alert(answer, since=alerts)
    refused = len(FORGED)  # each is noted, without whom
    assert everything_written_down(house) == {
        **before,
        "audit_entry": before["audit_entry"] + refused,
    }
    noted = house.rows(AuditEntry, AuditEntry.person_id == None)  # noqa: E711 - a column
    assert {entry.verdict for entry in noted} == {Verdict.REFUSED}


# A webhook


def test_by_webhook_what_came_while_the_program_was_dead_is_answered_when_it_lives_again(
    tmp_path: Path,
) -> None:
    with listening() as free:
        port = url_of(free).rpartition(":")[2]
    address = f"http://127.0.0.1:{port}"
    with open_house(
        tmp_path / "house",
        mode="webhook",
        webhook_url=address,
        webhook_port=port,
    ) as house:
        villager = house.phone("王大娘")
        house.program.start()
        villager.say("/menu")
        villager.sees("便民服務")
        assert HTTP.post(f"{address}/updates", json={"update_id": 1}).status_code == 404
        house.program.kill()
        villager.say("/privacy")
        house.program.start()
        villager.sees("Telegram")
        assert house.telegram.webhook["url"] == f"{address}/updates"
        villager.press("意見與反映")
        villager.sees("這件事是關於誰的？")


# Reminders


@pytest.fixture
def another_house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path / "another") as opened:
        opened.take_over(example_township())
        yield opened


def at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), ZONE)


def test_the_late_are_reminded_in_office_hours_once_and_no_more_when_they_are_done(
    another_house: House,
) -> None:
    house = another_house
    officer, diligent, slow = (house.hand_over(n) for n in ("羅敏", "張秀英", "楊麗華"))
    start = Calendar().next_open_moment(house.now() + timedelta(days=1), zone=ZONE)
    house.wait_till(at(start.astimezone(ZONE).date(), "20:00"))  # the sweeps are at work as well
    house.program.start()
    today = house.today()
    due = Calendar().add_working_days(today, 5)
    officer.say("/menu")
    officer.press("風險查找與防控")
    officer.press("部署自查")
    officer.sees("請各崗位最晚在哪一天完成自查")
    officer.say(f"{due.month}月{due.day}日")
    officer.sees("尚未加入，收不到提醒")
    officer.press("是")
    officer.sees("已部署")

    duty = timetable.Duty(house.database, house.keys, house.now, ZONE)
    eve = Calendar().add_working_days(today, 2)
    house.wait_till(at(eve, "20:00"))
    timetable.remind(duty)
    assert house.rows(Reminder) == []
    house.wait_till(at(Calendar().add_working_days(eve, 1), "09:01"))
    reminded = slow.sees("請於")
    assert "提醒：您在「村會計（文書）」的崗位自查" in words(reminded)
    diligent.sees("提醒：您在「村會計（文書）」的崗位自查")
    count = len(house.rows(Reminder))
    timetable.remind(duty)
    assert len(house.rows(Reminder)) == count
    assert sum("提醒：" in words(m) for m in slow.messages()) == 1

    diligent.press("現在去填")
    diligent.sees("1/3")
    nothing_here(diligent, "今年沒有建房審批", then="2/3")
    nothing_here(diligent, "今年沒有專項資金", then="3/3")
    nothing_here(diligent, "賬目由農經站代管", then="請核對您的回答")
    diligent.press("確認送出")
    diligent.sees("已收到「村會計（文書）」的自查")
    done_with = len(diligent.messages())

    house.wait_till(at(Calendar().add_working_days(due, 1), "09:00"))
    slow.sees("到期，尚未完成。請儘快補上。")
    house.wait_till(at(Calendar().add_working_days(due, 5), "09:00"))
    slow.sees("已逾期較久")
    assert len(diligent.messages()) == done_with
    officer.say("/menu")
    officer.press("風險查找與防控")
    officer.press("自查進度")
    officer.sees("上河村：1/")
