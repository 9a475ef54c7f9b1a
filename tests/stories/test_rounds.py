"""部署新一輪工作: the round of this year is closed when that of the next is opened, in the chat."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from dialogs.vocabulary import Role
from storage.tables import Round
from tests.builders.house import House, open_house
from tests.builders.people import a_person, a_post, a_unit, appoint
from tests.builders.phone import Phone


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


def begin(phone: Phone) -> None:
    phone.say("/menu")
    phone.press("風險查找與防控")
    phone.press("部署新一輪工作")


def name_and_date(phone: Phone, name: str, house: House) -> None:
    phone.sees("這一輪叫什麼")
    phone.say(name)
    for stage in ("宣傳發動", "深入查找", "措施防控", "建章立制"):
        phone.sees(f"「{stage}」階段哪一天")
        phone.say((house.today() + timedelta(weeks=9)).isoformat())
    phone.press("✅ 確認送出")
    phone.sees(f"「{name}」已部署")


def test_the_next_round_is_opened_once_the_present_one_may_be_closed(house: House) -> None:
    secretary = house.phone("韓守正")
    with house.database.writing() as session:
        post = a_post(session, a_unit(session, "Z1", "紀委辦公室"), "Z1-1", "紀檢專員")
        person = a_person(
            *(session, "韓守正"),
            keys=house.keys,
            account=secretary.person,
            roles=[Role.COMMISSION_SECRETARY],
        )
        appoint(session, person, post)
    house.program.start()
    begin(secretary)
    name_and_date(secretary, "2026年度排查", house)
    begin(secretary)
    secretary.sees("「2026年度排查」還在進行中，同時只能有一輪。有 1 個單位還沒有完成")
    secretary.press("是")
    name_and_date(secretary, "2027年度排查", house)
    secretary.say("/menu")
    secretary.press("風險查找與防控")
    secretary.press("階段進度與缺項")
    secretary.sees("2027年度排查")
    with house.database.reading() as session:
        rounds = session.exec(select(Round).order_by(col(Round.name))).all()
        assert [one.closed_on for one in rounds] == [house.today(), None]
