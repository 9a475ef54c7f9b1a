"""The auditor in the chat: what officers did is read, chosen, taken along, verified; no more."""

from collections.abc import Iterator
from io import BytesIO

import openpyxl
import pytest

from storage.tables import AuditEntry
from tests.builders.house import House, open_house
from tests.builders.letters import bring
from tests.builders.patience import until
from tests.builders.phone import Phone, words
from tests.builders.township import example_township

AUDITOR, MEMBER = "白瑞麟", "鄧志遠"
STORY = "低保名單沒有公示 marker-audit-2281"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("house")) as opened:
        opened.take_over(example_township())
        for name in (MEMBER, "韓守正"):
            opened.hand_over(name)
        opened.entrust(MEMBER, "韓守正")
        opened.program.start()
        yield opened


def labels(phone: Phone) -> list[str]:
    rows = phone.last()["reply_markup"]["inline_keyboard"]
    return [key["text"] for row in rows for key in row]


def test_the_auditors_menu_is_that_of_every_villager_and_the_log(house: House) -> None:
    auditor, villager = house.hand_over(AUDITOR), house.phone("王大娘")
    menus = []
    for phone in (auditor, villager):
        phone.say("/menu")
        phone.button("意見與反映")
        menus.append(labels(phone))
    ours, theirs = menus
    assert [label for label in ours if label not in theirs] == ["📜 審計日誌", "✔️ 核對日誌"]
    assert [label for label in theirs if label not in ours] == ["🎫 輸入邀請碼"]


def test_what_was_done_is_read_chosen_taken_along_and_verified(house: House) -> None:
    member, auditor, villager = (
        house.hand_over(MEMBER),
        house.hand_over(AUDITOR),
        house.phone("李大爺"),
    )
    member.say("/menu")
    member.press("風險查找與防控")
    member.press("自查進度")
    member.sees("自查")
    bring(villager, STORY)
    until(lambda: house.rows(AuditEntry), "an entry")

    auditor.say("/menu")
    auditor.press("審計日誌")
    shown = words(auditor.sees("查閱：📊 自查進度"))
    assert "鄧志遠" in shown
    assert "意見與反映" not in shown

    auditor.press("篩選")
    for label in ("今天", "查閱", "某單位的人", "鎮紀委"):
        auditor.press(label)
    chosen = words(auditor.sees("查閱、鎮紀委"))
    assert "鄧志遠" in chosen
    assert AUDITOR not in chosen

    auditor.press("導出日誌")
    book = openpyxl.load_workbook(BytesIO(auditor.download(auditor.sees("這次導出已記入日誌"))))
    (row, *_) = list(book["審計日誌"].iter_rows(min_row=2, values_only=True))
    assert row[2:5] == ("鄧志遠", "查閱", "自查進度")

    auditor.say("/menu")
    auditor.press("核對日誌")
    auditor.sees("審計日誌完整")
    kinds = [(row.action, row.verdict.value) for row in house.rows(AuditEntry) if row.person_id]
    assert ("audit_log", "read") in kinds, "reading the log is noted like any reading"
    assert ("export_log", "exported") in kinds
    assert ("verify_log", "read") in kinds
    assert STORY not in "".join(row.subject for row in house.rows(AuditEntry))
