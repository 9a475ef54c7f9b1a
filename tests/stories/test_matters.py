"""A matter from the counter to its end, asked after by number, and what monitoring makes of it."""

import re
from collections.abc import Iterator

import pytest

from storage.tables import AuditEntry, Matter, MatterDeed, MatterStep
from tests.builders.house import House, open_house
from tests.builders.matters import found_township
from tests.builders.phone import Phone, words
from tests.builders.traces import content

GRANTS, HEAD, CASHIER = "丁曉峰", "鄭國良", "呂思穎"
CLERK, SECRETARY, LEADER = "何靜怡", "韓守正", "蘇曉梅"
NUMBER = re.compile(r"[A-Z2-9]{4}-[A-Z2-9]{4}")
WANTED, APPLICANT = "補發兩畝 marker-wanted-5521", "祁連山人 marker-applicant-8114"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("house")) as opened:
        with opened.database.writing() as session:
            found_township(session)
        opened.program.start()
        yield opened


def hears(phone: Phone, text: str) -> str:
    """Wait until the newest message is one with a text; give its words."""

    def newest() -> str:
        said = [message for message in phone.messages() if message["from"]["is_bot"]]
        return words(said[-1]) if said and text in words(said[-1]) else ""

    found: str = phone.wait(newest, text)
    return found


def section(phone: Phone, label: str) -> None:
    """Open the page of matters in the menu and press a button of it."""
    phone.say("/menu")
    hears(phone, "便民服務")
    phone.press("辦件與效能監察")
    hears(phone, "辦件與效能監察")
    phone.press(label)


def accept(phone: Phone, *, met: int) -> str:
    """Accept a matter with so many of the three conditions met; give its number."""
    hears(phone, "逐項核對")
    for number in range(1, met + 1):
        phone.press(f"☐ {number}.")
        phone.button(f"選好了（已選 {number} 項）")
    phone.press("選好了")
    hears(phone, "申請辦什麼")
    phone.say(WANTED)
    hears(phone, "申請人怎麼稱呼")
    phone.say(APPLICANT)
    hears(phone, "怎麼聯繫申請人")
    phone.press("略過")
    hears(phone, "請核對您的回答")
    phone.press("確認送出")
    hears(phone, "已受理")
    slip = words(phone.sees("受理號："))
    found = NUMBER.search(slip)
    assert found, slip
    assert APPLICANT not in slip
    return found[0]


def ask(phone: Phone, number: str, text: str) -> str:
    """Ask where a matter stands."""
    phone.say("/menu")
    phone.press("查辦件進度")
    hears(phone, "請發受理通知上的受理號")
    phone.say(number)
    return hears(phone, text)


def take(phone: Phone, number: str, note: str, *, finish: bool = False) -> None:
    """Open a matter from what waits, and take the step it is at."""
    phone.say("/menu")
    hears(phone, "便民服務")
    phone.press("待辦")
    hears(phone, "等您辦的事")
    phone.press(f"辦件 {number}")
    phone.wait(lambda: "✍️ 辦理" in str(phone.last().get("reply_markup")), number)
    phone.press("✍️ 辦理")
    hears(phone, "怎麼辦？")
    phone.press("辦結" if finish else "本環節辦畢")
    hears(phone, "辦理結果是什麼" if finish else "這個環節做了什麼")
    phone.say(note)
    hears(phone, "確定嗎")
    phone.press("是")
    hears(phone, f"已記下。辦件 {number}")


# The stories below are told in order, about one matter.


def test_a_clerk_accepts_for_somebody_and_what_is_missing_is_told_once(house: House) -> None:
    clerk, grants = house.hand_over(CLERK), house.hand_over(GRANTS)
    section(clerk, "受理辦件")
    hears(clerk, "哪個單位受理")
    clerk.press("財政所")
    hears(clerk, "哪一項")
    clerk.press("惠農補貼發放流程")
    number = accept(clerk, met=2)
    clerk.sees("一次性告知")
    clerk.sees("3. 已登記社會保障卡賬號")

    section(grants, "辦件列表")
    hears(grants, "在辦 1 件")
    grants.press(number)
    hears(grants, "受理")
    grants.sees(APPLICANT)
    grants.press("✍️ 辦理")
    hears(grants, "怎麼辦？")
    grants.press("材料已補齊")
    hears(grants, "確定嗎")
    grants.press("是")
    hears(grants, "應在")


def number_of(house: House) -> str:
    matter = house.rows(Matter)[0]
    return f"{matter.number[:4]}-{matter.number[4:]}"


def test_anybody_asks_by_number_and_hears_no_name(house: House) -> None:
    villager = house.phone("王大娘")
    number = number_of(house)
    said = ask(villager, number.lower().replace("-", " "), "現在在第 1 個環節「收集名單」，共 4 個")
    assert "應在" in said
    for secret in (APPLICANT, WANTED, GRANTS, CLERK):
        assert secret not in said


def test_whoever_tries_numbers_out_waits(house: House) -> None:
    stranger = house.phone("外人")
    stranger.say("/menu")
    stranger.press("查辦件進度")
    hears(stranger, "請發受理通知上的受理號")
    for digit in "23456":
        stranger.say(f"AAAA-AAA{digit}")
        stranger.wait(lambda: "查不到這個受理號" in words(stranger.last()), "no such number")
        stranger.say("?")
        hears(stranger, "這不像受理號")
    stranger.say(number_of(house))
    hears(stranger, "15 分鐘後再查")


def test_each_step_waits_for_its_post_and_the_last_one_finishes(house: House) -> None:
    grants, head, cashier = (house.hand_over(name) for name in (GRANTS, HEAD, CASHIER))
    number, villager = number_of(house), house.phone("李老伯")
    matter = house.rows(Matter)[0]
    message = house.offer(cashier, f"g:handle_matter:{matter.id.hex}")
    cashier.press_again(message, f"g:handle_matter:{matter.id.hex}")
    house.sees_alert("環節「收集名單」由承辦崗位的人辦")
    take(grants, number, "名單收齊。")
    take(grants, number, "公示七天無異議。")
    head.sees(f"辦件 {number}（惠農補貼發放流程）到了您的環節「審核」")
    take(head, number, "同意。")
    cashier.sees("到了您的環節「撥付到卡」")
    take(cashier, number, "補發到卡。", finish=True)
    steps = sorted(house.rows(MatterStep), key=lambda step: step.ordinal)
    assert all(step.done_on for step in steps)
    said = ask(villager, number, "已辦結")
    assert "補發到卡" not in said


def test_who_only_watches_reads_no_name_and_records_a_lapse(house: House) -> None:
    cadre, secretary, head = (house.hand_over(name) for name in (GRANTS, SECRETARY, HEAD))
    section(cadre, "受理辦件")
    hears(cadre, "哪一項")
    cadre.press("惠農補貼發放流程")
    number = accept(cadre, met=3)

    section(secretary, "辦件列表")
    hears(secretary, "在辦 1 件")
    secretary.press(number)
    said = hears(secretary, "現在在第 1 個環節")
    assert APPLICANT not in said
    assert WANTED not in said
    secretary.press("記錄效能問題")
    hears(secretary, "哪個環節的問題")
    secretary.press("1. 收集名單")
    hears(secretary, "哪一類問題")
    secretary.press("擅自增加條件")
    hears(secretary, "哪一天的事")
    secretary.press("就用")
    hears(secretary, "寫清事實")
    secretary.say("多要一份村證明。")
    hears(secretary, "確定嗎")
    secretary.press("是")
    hears(secretary, "已記錄")

    hears(head, "效能監察記錄了財政所的一個問題")
    head.press("效能監察")
    said = hears(head, "不排名")
    assert "擅自增加條件" in said
    assert "多要一份村證明" in said
    assert "監察記錄 少於 3" in said
    assert "服務投訴 月底以後才說" in said


def test_a_forged_button_opens_nothing_of_another_unit(house: House) -> None:
    buyer = house.hand_over("孫浩然")
    matter = house.rows(Matter)[0]
    forged = {
        f"g:open_matter:{matter.id.hex}": "這是別的單位的事",
        f"g:accept_matter:{matter.process_id.hex}": "這是別的單位的事",
        f"g:handle_matter:{matter.id.hex}": "這件已經辦完了",
        f"g:record_lapse:{matter.id.hex}": "這件事需要相應的職務",
        f"g:monitoring:2026-03{matter.unit_id.hex}": "這件事需要相應的職務",
    }
    message = house.offer(buyer, *forged)
    for data, refused in forged.items():
        before = len(house.alerts())
        buyer.press_again(message, data)
        house.sees_alert(refused, since=before)


def test_each_sees_the_counts_of_the_units_they_look_after(house: House) -> None:
    leader, committee = house.hand_over(LEADER), house.hand_over("陳立誠")
    section(leader, "效能監察")
    said = hears(leader, "不排名")
    assert "其餘 4 個單位：沒有逾期" in said
    assert "財政所" not in said
    section(committee, "效能監察")
    assert "財政所" in hears(committee, "不排名")
    committee.press("‹ 上個月")
    hears(committee, "不排名")


def test_nothing_that_was_written_lies_open(house: House) -> None:
    deeds = house.rows(MatterDeed)
    assert len(deeds) == 7
    kept = [content(path) for path in house.program.log.parent.iterdir() if path.is_file()]
    for secret in ("marker-wanted-5521", "marker-applicant-8114"):
        assert not any(secret.encode() in one for one in kept)
    assert any(entry.action == "open_matter" for entry in house.rows(AuditEntry))
