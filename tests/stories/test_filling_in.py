"""A clerk fills in a self-check for somebody without Telegram, and never decides about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO

import docx
import pytest
from sqlmodel import select

from dialogs.events import AspectChecked
from dialogs.vocabulary import Aspect, MeasureState, Role
from storage import declarations
from storage.tables import Declaration, Measure, Person, Post, StepTaken
from tests.builders.grading import POINT
from tests.builders.house import House, open_house
from tests.builders.people import a_person, a_post, a_unit, appoint
from tests.builders.phone import Phone, words
from tests.builders.self_checks import nothing_here

HEAD, CLERK, HOLDER, CASHIER = "鄭國良", "何文書", "許春燕", "馮小雨"


@dataclass
class Office:
    """A unit with two heads, one of whom is the clerk, and somebody who has not joined."""

    house: House
    head: Phone
    clerk: Phone


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with open_house(tmp_path_factory.mktemp("house"), flood=False) as house:
        head, clerk = house.phone(HEAD), house.phone(CLERK)
        with house.database.writing() as session:
            unit = a_unit(session, "Z1", "財政所")
            for code, title, name, phone, roles in (
                ("Z1-1", "所長", HEAD, head, [Role.UNIT_HEAD]),
                ("Z1-2", "副所長", CLERK, clerk, [Role.OFFICE_CLERK, Role.UNIT_HEAD]),
                ("Z1-3", "會計", HOLDER, None, []),
                ("Z1-4", "出納", CASHIER, None, []),
            ):
                account = phone.person if phone else None
                person = a_person(session, name, keys=house.keys, account=account, roles=roles)
                appoint(session, person, a_post(session, unit, code, title))
        house.program.start()
        yield Office(house, head, clerk)


def waits(phone: Phone, text: str) -> str:
    """Wait until the newest message has a text; give its words."""
    phone.wait(lambda: text in words(phone.last()), text)
    return words(phone.last())


def test_1_it_is_the_holders_declaration_and_theirs_to_sign(office: Office) -> None:
    house, clerk = office.house, office.clerk
    clerk.say("/menu")
    clerk.press("風險查找與防控")
    clerk.press("代填")
    clerk.sees("是哪個單位")
    clerk.press("財政所")
    offered = clerk.sees("替誰代填")["reply_markup"]["inline_keyboard"]
    assert [row[0]["text"] for row in offered][:2] == ["會計（許春燕）", "出納（馮小雨）"]
    clerk.press("會計（許春燕）")
    assert "替 許春燕 代填" in words(clerk.sees("1/5"))
    nothing_here(clerk, 5, then="確認送出")
    clerk.press("✅ 確認送出")
    handed = clerk.sees("已收到代 許春燕 填的「會計」自查")
    signed = docx.Document(BytesIO(clerk.download(handed))).tables[2].cell(2, 0).text
    assert "由何文書代填" in signed
    assert "許春燕" not in signed, "they sign it themselves"
    (declaration,) = house.rows(Declaration)
    (step,) = house.rows(StepTaken)
    people = {person.id: person.name for person in house.rows(Person)}
    assert people[declaration.person_id] == HOLDER
    assert people[step.person_id] == CLERK


def test_2_who_filled_it_in_decides_nothing_about_it(office: Office) -> None:
    house, clerk = office.house, office.clerk
    (declaration,) = house.rows(Declaration)
    clerk.say("/menu")
    waits(clerk, "請選擇要辦的事")
    clerk.press("📌 待辦")
    assert "現在沒有等您辦的事" in waits(clerk, "等您辦的事")
    message = house.offer(clerk, f"g:review:{declaration.id.hex}")
    clerk.press_again(message, f"g:review:{declaration.id.hex}")
    house.sees_alert("這份申報是您代填的")


def test_3_the_reviewer_is_told_and_what_is_sent_back_comes_to_the_clerk(
    office: Office,
) -> None:
    head, clerk = office.head, office.clerk
    head.say("/menu")
    waits(head, "請選擇要辦的事")
    head.press("📌 待辦")
    waits(head, "等您辦的事")
    head.press("單位審核：會計")
    assert "由 何文書 代 許春燕 填寫" in waits(head, "您的意見")
    head.press("退回")
    waits(head, "退回的理由")
    head.say("請補上票據保管的情況。")
    waits(head, "確認")
    head.press("是")
    clerk.sees("被 鄭國良 退回")
    clerk.press("再代填：會計")
    assert "退回意見：請補上票據保管的情況。" in words(clerk.sees("1/5"))


def test_4_measures_of_one_without_telegram_are_planned_and_reported_for_them(
    office: Office,
) -> None:
    house, clerk, head = office.house, office.clerk, office.head
    (cashier,) = house.rows(Person, Person.name == CASHIER)
    with house.database.writing() as session:
        (post,) = session.exec(select(Post).where(Post.title == "出納"))
        declarations.declare(
            *(session, cashier.id, post.id, [AspectChecked(Aspect.DUTY, (POINT,))]),
            round_id=None,
            now=datetime.now(UTC),
            today=house.today(),
        )
    clerk.say("/cancel")
    clerk.sees("已取消")
    choose_cashier(clerk)
    clerk.press("落實措施（1 項還沒有責任人和期限）")
    clerk.sees("由誰負責")
    clerk.press(CASHIER)
    clerk.sees("哪一天以前做到")
    clerk.say((house.today() + timedelta(days=2)).isoformat())
    clerk.sees("用什麼指標看出")
    clerk.say("盤點表每月一張")
    clerk.sees("請核對您的回答")
    clerk.press("確認送出")
    clerk.sees("1 項措施已落實到人")
    (measure,) = house.rows(Measure)
    assert (measure.owner_id, measure.state) == (cashier.id, MeasureState.UNDER_WAY)
    choose_cashier(clerk)
    clerk.press("報告措施：票據外流")
    clerk.sees("做了什麼？")
    clerk.say("盤點過一次，相符。")
    clerk.sees("已經做到了嗎")
    clerk.press("是")
    clerk.sees("有現成的憑據")
    clerk.press("略過")
    clerk.sees("送出「票據外流」的措施進度")
    clerk.press("是")
    clerk.sees("已報完成")
    button = f"g:verify_measure:{measure.id.hex}"
    clerk.press_again(house.offer(clerk, button), button)
    house.sees_alert("由您自己負責或代報，要由別人來核驗")
    head.say("/menu")
    waits(head, "請選擇要辦的事")
    head.press("📌 待辦")
    head.sees("票據外流")


def choose_cashier(clerk: Phone) -> None:
    """Choose to fill in for the cashier."""
    clerk.say("/menu")
    waits(clerk, "請選擇要辦的事")
    clerk.press("風險查找與防控")
    waits(clerk, "請選擇：")
    clerk.press("代填")
    clerk.sees("是哪個單位")
    clerk.press("財政所")
    clerk.sees("替誰代填")
    clerk.press("出納（馮小雨）")
    waits(clerk, "替 馮小雨 填什麼")
