"""Anybody asks what is kept, in the middle of a complaint too, and finds the way back."""

from collections.abc import Iterator

import pytest

from storage.tables import AuditEntry
from tests.builders.house import House, open_house
from tests.builders.phone import words
from tests.builders.township import example_township


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("house")) as opened:
        opened.take_over(example_township())
        opened.program.start()
        yield opened


def test_a_villager_reads_page_after_page_and_nothing_is_noted(house: House) -> None:
    villager = house.phone("王大娘")
    villager.say("/menu")
    villager.press("隱私與保存")
    villager.sees("您反映問題時")
    villager.press("來信與回執")
    assert "vault_paper" in words(villager.sees("打開這封信的鑰匙"))
    villager.press("‹ 隱私與保存")
    villager.press("保護不了的")
    villager.sees("三百人的村子")
    villager.press("‹ 隱私與保存")
    villager.press("本機設定與版本")
    villager.sees("版本：清風")
    assert house.rows(AuditEntry) == []


def test_whoever_asks_in_the_middle_of_a_complaint_goes_on_with_it(house: House) -> None:
    villager = house.phone("李大爺")
    villager.say("/menu")
    villager.press("意見與反映")
    villager.press("村（社區）幹部")
    villager.sees("是哪個村或站所辦的事")
    villager.say("/privacy")
    villager.sees("您反映問題時")
    villager.press("繼續")
    villager.press("上河村")
    villager.sees("是「上河村」的哪一位")
