"""Reminders through the chat: a digest at one's hour, later, done, moved, climbed, after a stop."""

from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from dialogs.events import AspectChecked
from dialogs.rules.calendar import Calendar
from dialogs.vocabulary import TOWN_ASPECTS
from scheduler import timetable
from storage import declarations, self_checks
from storage.tables import Deadline, OwnDay, Person, Post, Reminder, Snooze
from tests.builders.house import House, open_house
from tests.builders.phone import Phone, words
from tests.builders.township import example_township

ZONE = ZoneInfo("Asia/Shanghai")
DAYS = Calendar()
MONDAY = date(2027, 3, 1)  # a month without holidays


@pytest.fixture
def house(tmp_path: Path, database_url: str) -> Iterator[House]:
    with open_house(tmp_path / "house", database_url=database_url) as opened:
        opened.take_over(example_township())
        opened.wait_till(at(MONDAY, "10:00"))
        yield opened


def at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), ZONE)


def after(count: int, day: date = MONDAY) -> date:
    return DAYS.add_working_days(day, count)


def sweep(house: House) -> None:
    """Sweep beside the program, so that nothing has to be waited for to be absent."""
    timetable.remind(timetable.Duty(house.database, house.keys, house.now, ZONE))


def owe(session: Session, due: date) -> None:
    self_checks.call(session, due=due, today=MONDAY)


def declare(house: House, name: str, title: str) -> None:
    """Let somebody have handed in a self-check of a post, in which there is no risk."""
    with house.database.writing() as session:
        post = session.exec(select(Post).where(Post.title == title)).one()
        holder = session.exec(select(Person).where(Person.name == name)).one()
        none = [AspectChecked(one, none_because="本崗位不經手這類事") for one in TOWN_ASPECTS]
        declarations.declare(
            *(session, holder.id, post.id, none),
            round_id=None,
            now=house.now(),
            today=house.today(),
        )


def said_to(phone: Phone, text: str) -> int:
    return sum(text in words(message) for message in phone.messages())


def test_one_hears_of_what_is_due_at_one_s_hour_puts_it_off_and_it_climbs(house: House) -> None:
    accountant, cashier, head = (house.hand_over(n) for n in ("許春燕", "呂思穎", "鄭國良"))
    due = after(4)
    with house.database.writing() as session:
        owe(session, due)
    house.program.start()
    accountant.sees("鎮紀委已部署崗位自查")

    accountant.say("/menu")
    accountant.press("提醒時間")
    accountant.sees("現在是 9 點")
    accountant.press("15 點")
    accountant.sees("工作日 15 點")

    house.wait_till(at(after(1), "09:05"))
    assert "2 項" in words(cashier.sees("快要到期"))  # two posts, one message
    sweep(house)
    assert said_to(accountant, "提醒：您在") == 0
    house.wait_till(at(after(1), "15:01"))
    accountant.sees("提醒：您在「財政所會計」的崗位自查")

    accountant.press("稍後再提醒")
    accountant.sees("哪一天再提醒您")
    accountant.say(after(9).isoformat())
    accountant.sees("日期不能晚於")
    accountant.say(after(2).isoformat())
    accountant.sees("為什麼要延後")
    accountant.press("出差或請假")
    accountant.sees("逾期仍會逐級上報")
    (snooze,) = house.rows(Snooze)
    assert (snooze.due_on, snooze.until) == (due, after(2))

    house.wait_till(at(after(2), "15:01"))
    accountant.wait(lambda: said_to(accountant, "提醒：您在") == 2, "said again")
    house.wait_till(at(after(3, due), "09:01"))
    climbed = words(head.sees("本單位逾期未辦"))
    assert "「財政所會計」崗位自查" in climbed
    assert "已延後 1 次：出差或請假" in climbed
    assert "許春燕" not in climbed


def test_after_five_days_of_silence_there_is_one_message_and_what_is_done_is_over(
    house: House,
) -> None:
    cashier, done = house.hand_over("呂思穎"), house.hand_over("許春燕")
    due = after(4)
    with house.database.writing() as session:
        owe(session, due)
    house.program.start()
    cashier.sees("新交辦的事項")
    done.sees("鎮紀委已部署崗位自查")
    house.program.stop()
    before = len(cashier.messages())

    with house.database.writing() as session:
        person = session.execute(sa.select(Person).where(Person.name == "許春燕")).scalar_one()
        session.execute(
            sa.update(Deadline).where(Deadline.person_id == person.id).values(done_at=house.now())  # type: ignore[arg-type]
        )
    house.wait_till(at(after(5, due), "10:30"))
    house.program.start()
    cashier.sees("逾期較久")
    sweep(house)
    assert len(cashier.messages()) == before + 1
    assert said_to(done, "提醒") == 0
    sweep(house)
    assert len(house.rows(Reminder, Reminder.person_id == person.id)) == 1


def test_a_call_for_another_day_is_spoken_of_by_that_day(house: House) -> None:
    officer, accountant = house.hand_over("羅敏"), house.hand_over("許春燕")
    with house.database.writing() as session:
        owe(session, after(4))
    house.program.start()
    accountant.sees("鎮紀委已部署崗位自查")
    officer.say("/menu")
    officer.press("風險查找與防控")
    officer.press("部署自查")
    officer.sees("請各崗位最晚在哪一天完成自查")
    officer.say(after(8).isoformat())
    officer.sees("確定部署嗎")
    officer.press("是")
    officer.sees("已部署")
    moved = after(8)
    accountant.sees(f"{moved.year}年{moved.month}月{moved.day}日")
    house.wait_till(at(after(1), "09:05"))  # three days before the first day
    sweep(house)
    assert said_to(accountant, "提醒：您在") == 0
    house.wait_till(at(after(5), "09:05"))
    accountant.sees("提醒：您在「財政所會計」的崗位自查")


def test_on_a_day_the_clerk_entered_as_off_nobody_is_reminded(house: House) -> None:
    clerk, accountant = house.hand_over("何靜怡"), house.hand_over("許春燕")
    with house.database.writing() as session:
        owe(session, after(4))
    house.program.start()
    accountant.sees("鎮紀委已部署崗位自查")
    clerk.say("/menu")
    clerk.press("組織、檔案與表格")
    clerk.press("工作日曆")
    clerk.sees("本鎮自己登記的放假與調班")
    clerk.press("加放假日")
    clerk.sees("從哪一天起")
    clerk.say(after(1).isoformat())
    clerk.sees("到哪一天為止")
    clerk.press("就用")
    clerk.sees("原因是什麼")
    clerk.say("停電檢修")
    clerk.sees("確定嗎")
    clerk.press("是")
    clerk.sees("已登記")
    (off,) = house.rows(OwnDay)
    assert (off.day, off.worked) == (after(1), False)
    house.wait_till(at(after(1), "09:05"))
    sweep(house)
    assert said_to(accountant, "提醒：您在") == 0
    house.wait_till(at(after(2), "09:05"))
    accountant.sees("提醒：您在「財政所會計」的崗位自查")


def test_a_review_is_told_of_before_and_after_its_day_until_it_is_taken_and_then_climbs(
    house: House,
) -> None:
    head, leader, member = (house.hand_over(n) for n in ("鄭國良", "周文博", "羅敏"))
    house.program.start()
    declare(house, "許春燕", "財政所會計")
    declare(house, "呂思穎", "財政所出納")
    house.wait_till(at(after(1), "09:05"))
    told = head.sees("新交辦的事項（2 項）")
    assert "「財政所會計」單位審核" in words(told)
    head.press("單位審核・財政所會計")
    head.sees("本崗位不經手這類事")
    head.press("同意")
    head.press("略過")
    head.press("是")
    head.sees("現在：待鎮紀委界定")
    house.wait_till(at(after(2), "09:05"))
    member.sees("「財政所會計」的風險等級到了您這一環")

    house.wait_till(at(after(5), "09:05"))
    head.sees("提醒：「財政所出納」的自查表等您審核，今天到期。")
    assert said_to(head, "提醒：「財政所會計」") == 0
    house.wait_till(at(after(8), "09:05"))
    climbed = words(leader.sees("逾期未辦、已報到您這裡的事項"))
    assert "財政所：1 項" in climbed
    assert said_to(leader, "等您審核") == 0
