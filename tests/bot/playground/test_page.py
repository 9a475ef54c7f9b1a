"""The page in a real browser: people use their phones while the test plays the bot over HTTP."""

import re
import shutil
import struct
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from bot.playground.server import Hooks, serving
from bot.playground.telegram import Telegram

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="The page is tested in Chromium, and there is none on this machine."
)
FLAGS = (
    "--no-sandbox --disable-gpu --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)
TOKEN = "42:page"
DESKTOP = {"width": 1440, "height": 900}
POCKET = {"width": 390, "height": 844}
LIN, LIU, XIE = 1001, 1002, 1003
expect.set_options(timeout=15_000)  # a busy machine is slow, not wrong


def png(width: int, height: int) -> bytes:
    """Paint a grey picture."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checked = kind + content
        return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x99" * width) * height)
    parts = (chunk(b"IHDR", header), chunk(b"IDAT", rows), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@dataclass
class Bot:
    """The bot's side, played by the test."""

    http: httpx.Client
    offset: int = 0

    def call(self, method: str, **asked: Any) -> Any:
        answer = self.http.post(method, json=asked).json()
        assert answer["ok"], answer
        return answer["result"]

    def say(self, chat_id: int, text: str, **more: Any) -> int:
        said = self.call("sendMessage", chat_id=chat_id, text=text, **more)
        return int(said["message_id"])

    def send_file(self, method: str, chat_id: int, name: str, content: bytes, **more: str) -> None:
        kind = method.removeprefix("send").lower()
        data = {"chat_id": str(chat_id), **more}
        answer = self.http.post(method, data=data, files={kind: (name, content)}).json()
        assert answer["ok"], answer

    def hear(self) -> Any:
        """Wait for the next update."""
        (update,) = self.call("getUpdates", offset=self.offset, limit=1, timeout=10)
        self.offset = update["update_id"] + 1
        return update


@dataclass
class Town:
    """A served playground with three people, its bot, and the browser's windows on it."""

    telegram: Telegram
    url: str
    bot: Bot
    browser: Browser
    closing: ExitStack
    faults: list[str] = field(default_factory=list)

    def window(self, address: str = "", *, size: dict[str, int] | None = None) -> Page:
        size = size or DESKTOP
        context = self.browser.new_context(
            viewport={"width": size["width"], "height": size["height"]},
            locale="zh-TW",
            permissions=["clipboard-read", "clipboard-write"],
        )
        self.closing.callback(context.close)
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.goto(f"{self.url}/{address}")
        expect(page.locator(f'[data-person="{LIN}"]')).to_be_attached()
        return page


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield opened
        opened.close()


@pytest.fixture
def town(browser: Browser) -> Iterator[Town]:
    telegram = Telegram(flood=False)
    telegram.add_person("林國棟", note="鎮紀委書記", started=True)
    telegram.add_person("劉玉蘭", note="青山村黨支部書記", started=True)
    telegram.add_person("謝金水", note="青山村村民", link="https://t.me/qingfeng_bot?start=join-7")
    with ExitStack() as closing:
        url = closing.enter_context(serving(telegram, token=TOKEN))
        http = closing.enter_context(httpx.Client(base_url=f"{url}/bot{TOKEN}/", timeout=20))
        there = Town(telegram, url, Bot(http), browser, closing)
        yield there
        assert there.faults == []


def phone(page: Page, person: int) -> Locator:
    return page.locator(f'[data-phone="{person}"]')


def writing(page: Page, person: int) -> Locator:
    return phone(page, person).locator("[data-role=composer] textarea")


def inline(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


# ---- the list and the desk


def test_the_list_is_searched_by_name_and_by_role(town: Town) -> None:
    page = town.window()
    expect(page.locator("[data-person]:visible")).to_have_count(3)
    page.locator("[data-role=search]").fill("青山村 書記")
    expect(page.locator("[data-person]:visible")).to_have_count(1)
    expect(page.locator("[data-person]:visible")).to_contain_text("劉玉蘭")
    page.locator("[data-role=search]").fill("沒有這個人")
    expect(page.get_by_text("沒有符合的人。")).to_be_visible()


def test_two_phones_lie_side_by_side_and_come_back_after_a_reload(town: Town) -> None:
    page = town.window()
    for person in (LIN, LIU):
        page.locator(f'[data-person="{person}"]').click()
    for _ in range(2):
        left, right = (phone(page, person).bounding_box() for person in (LIN, LIU))
        assert left is not None
        assert right is not None
        assert left["x"] + left["width"] <= right["x"]
        page.reload()
        expect(phone(page, LIU)).to_be_visible()
    phone(page, LIN).locator("[data-role=close]").click()
    expect(page.locator("[data-phone]")).to_have_count(1)


def test_a_fifth_phone_puts_away_the_one_unused_longest(town: Town) -> None:
    for number in range(2):
        town.telegram.add_person(f"村民{number}", started=True)
    page = town.window(f"#{LIN},{LIU},{XIE},1004")
    phone(page, LIN).locator("header").click()
    page.locator('[data-person="1005"]').click()
    expect(page.locator("[data-phone]")).to_have_count(4)
    expect(phone(page, LIN)).to_be_visible()
    expect(phone(page, LIU)).to_have_count(0)


def test_what_arrives_in_a_closed_phone_is_counted_until_it_is_opened(town: Town) -> None:
    page = town.window()
    for text in ("提醒一", "提醒二"):
        town.bot.say(LIN, text)
    entry = page.locator(f'[data-person="{LIN}"]')
    expect(entry.locator(".badge")).to_have_text("2")
    expect(entry).to_contain_text("提醒二")
    entry.click()
    expect(entry.locator(".badge")).to_be_hidden()
    page.reload()
    expect(phone(page, LIN)).to_contain_text("提醒二")
    expect(entry.locator(".badge")).to_be_hidden()


def test_a_person_is_added_and_gets_a_phone(town: Town) -> None:
    page = town.window()
    page.locator("[data-role=add-person]").click()
    page.get_by_label("姓名", exact=True).fill("陳<i>新</i>")
    page.get_by_label("身分", exact=False).last.fill("鎮黨政辦文書")
    page.get_by_role("button", name="新增", exact=True).click()
    expect(page.locator("[data-phone] h2")).to_have_text("陳<i>新</i>")
    expect(page.locator("[data-phone]")).to_contain_text("鎮黨政辦文書")


def test_a_narrow_screen_shows_the_list_or_one_phone(town: Town) -> None:
    page = town.window(size=POCKET)
    page.locator(f'[data-person="{LIN}"]').click()
    box = phone(page, LIN).bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (POCKET["width"], POCKET["height"])
    expect(page.locator("[data-person]:visible")).to_have_count(0)
    for leave in (phone(page, LIN).locator("[data-role=back]").click, page.go_back):
        leave()
        expect(page.locator("[data-person]:visible")).to_have_count(3)
        page.locator(f'[data-person="{LIN}"]').click()
        expect(phone(page, LIN)).to_be_visible()
    phone(page, LIN).locator("[data-role=back]").click()
    expect(page.locator("[data-person]:visible")).to_have_count(3)
    expect(page.locator("[data-phone]")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= POCKET["width"]


def test_the_page_speaks_english_when_asked(town: Town) -> None:
    page = town.window(f"#{XIE}")
    page.locator("[data-role=language]").click()
    expect(phone(page, XIE).locator("[data-role=start]")).to_have_text("START")
    assert page.evaluate("document.documentElement.lang") == "en"


# ---- beginning


def test_nothing_is_written_before_start_is_pressed(town: Town) -> None:
    page = town.window(f"#{XIE}")
    expect(writing(page, XIE)).to_have_count(0)
    phone(page, XIE).locator("[data-role=start]").click()
    expect(writing(page, XIE)).to_be_visible()
    assert town.bot.hear()["message"]["text"] == "/start"


def test_a_waiting_link_is_followed_with_its_code(town: Town) -> None:
    page = town.window(f"#{XIE}")
    follow = phone(page, XIE).locator("[data-role=follow]")
    follow.click()
    assert town.bot.hear()["message"]["text"] == "/start join-7"
    expect(follow).to_be_hidden()


def test_whoever_holds_an_invitation_is_marked_until_it_is_used(town: Town) -> None:
    page = town.window(f"#{XIE}")
    entry = page.locator(f'[data-person="{XIE}"]')
    expect(entry).to_contain_text("（收到邀請）")
    phone(page, XIE).locator("[data-role=start]").click()
    expect(entry).to_contain_text("（收到邀請）")
    writing(page, XIE).fill("Join 7")
    writing(page, XIE).press("Enter")
    expect(entry).not_to_contain_text("（收到邀請）")
    expect(phone(page, XIE).locator("[data-role=follow]")).to_be_hidden()


def test_the_opening_page_says_with_whom_to_try_what(town: Town) -> None:
    town.telegram.add_person("王大娘", note="村民", tries="意見與反映")
    page = town.window()
    suggested = page.locator(".suggestions button")
    expect(suggested).to_have_count(1)
    expect(suggested).to_contain_text("試試：意見與反映")
    suggested.click()
    expect(page.locator("[data-phone]")).to_have_count(1)


@pytest.mark.parametrize("typed", ["https://t.me/qingfeng_bot?start=code_1", "code_1"])
def test_a_link_or_its_bare_code_can_be_typed(town: Town, typed: str) -> None:
    page = town.window(f"#{LIN}")
    phone(page, LIN).locator("[data-role=menu] summary").click()
    phone(page, LIN).get_by_role("button", name="開啟連結…").click()
    phone(page, LIN).locator("[data-role=link] input").fill(typed)
    phone(page, LIN).locator("[data-role=link] input").press("Enter")
    assert town.bot.hear()["message"]["text"] == "/start code_1"


def test_a_link_of_another_bot_is_not_followed(town: Town) -> None:
    page = town.window(f"#{LIN}")
    phone(page, LIN).locator("[data-role=menu] summary").click()
    phone(page, LIN).get_by_role("button", name="開啟連結…").click()
    field = phone(page, LIN).locator("[data-role=link] input")
    field.fill("https://t.me/other_bot?start=code_1")
    field.press("Enter")
    expect(phone(page, LIN).locator("[data-role=toast]")).to_contain_text("不是這個機器人的連結")
    expect(field).to_have_value("https://t.me/other_bot?start=code_1")


# ---- talking


def test_what_is_typed_reaches_the_bot_and_its_answer_the_phone(town: Town) -> None:
    page = town.window(f"#{LIN},{LIU}")
    writing(page, LIN).press_sequentially("第一行")
    writing(page, LIN).press("Shift+Enter")
    writing(page, LIN).press_sequentially("第二行")
    writing(page, LIN).press("Enter")
    heard = town.bot.hear()["message"]
    assert (heard["from"]["id"], heard["text"]) == (LIN, "第一行\n第二行")
    expect(writing(page, LIN)).to_have_value("")
    answer = town.bot.say(LIN, "收到了")
    shown = phone(page, LIN).locator(f'[data-message="{answer}"]')
    expect(shown).to_contain_text("收到了")
    expect(shown).to_be_in_viewport()
    expect(phone(page, LIU).locator("[data-message]")).to_have_count(0)


def test_what_looks_like_html_is_shown_as_written(town: Town) -> None:
    page = town.window(f"#{LIN}")
    typed = '<img src=x onerror="document.title=1"> & <b>低保</b>'
    writing(page, LIN).fill(typed)
    phone(page, LIN).locator("[data-role=send]").click()
    own = town.bot.hear()["message"]["message_id"]
    town.bot.say(LIN, typed)
    for number in (own, own + 1):
        text = phone(page, LIN).locator(f'[data-message="{number}"] .text')
        expect(text).to_contain_text(typed)
        expect(text.locator("img, b")).to_have_count(0)
    expect(page).to_have_title("清風演練場")


def test_entities_are_counted_as_telegram_counts(town: Town) -> None:
    page = town.window(f"#{LIN}")
    text = "🟠 橙色預警：機密內容"
    entities = [
        {"type": "bold", "offset": 3, "length": 4},
        {"type": "italic", "offset": 5, "length": 2},
        {"type": "spoiler", "offset": 8, "length": 4},
    ]
    number = town.bot.say(LIN, text, entities=entities)
    shown = phone(page, LIN).locator(f'[data-message="{number}"]')
    expect(shown.locator("strong")).to_have_text("橙色預警")
    expect(shown.locator("strong em")).to_have_text("預警")
    expect(shown.locator(".spoiler")).to_have_text("機密內容")
    shown.locator(".spoiler").click()
    expect(shown.locator(".spoiler")).to_have_class(re.compile("shown"))


def test_a_command_in_a_text_is_sent_when_clicked(town: Town) -> None:
    page = town.window(f"#{LIN}")
    number = town.bot.say(LIN, "輸入 /check 開始自查")
    phone(page, LIN).locator(f'[data-message="{number}"]').get_by_text("/check").click()
    assert town.bot.hear()["message"]["text"] == "/check"


def test_commands_are_completed_while_they_are_typed(town: Town) -> None:
    commands = [
        {"command": "check", "description": "自查我的崗位"},
        {"command": "complain", "description": "投訴舉報"},
        {"command": "mine", "description": "我的待辦"},
    ]
    town.bot.call("setMyCommands", commands=commands)
    page = town.window(f"#{LIN}")
    expect(phone(page, LIN).get_by_role("button", name="指令")).to_be_visible()
    writing(page, LIN).press_sequentially("/c")
    expect(phone(page, LIN).get_by_role("option")).to_have_count(2)
    writing(page, LIN).press("ArrowDown")
    writing(page, LIN).press("Enter")
    assert town.bot.hear()["message"]["text"] == "/complain"


def test_two_quick_presses_change_what_one_wrote(town: Town) -> None:
    page = town.window(f"#{LIN}")
    writing(page, LIN).fill("三公里")
    writing(page, LIN).press("Enter")
    number = town.bot.hear()["message"]["message_id"]
    page.once("dialog", lambda asked: asked.accept("兩公里"))
    mine = phone(page, LIN).locator(f'[data-message="{number}"]')
    mine.locator(".bubble").dblclick()
    assert town.bot.hear()["edited_message"]["text"] == "兩公里"
    expect(mine).to_contain_text("已編輯")


def test_a_reply_is_shown_as_a_quote(town: Town) -> None:
    page = town.window(f"#{LIN}")
    number = town.bot.say(LIN, "請說明理由")
    asked = phone(page, LIN).locator(f'[data-message="{number}"]')
    asked.hover()
    asked.get_by_role("button", name="回覆").click()
    writing(page, LIN).fill("因為公示不足")
    writing(page, LIN).press("Enter")
    heard = town.bot.hear()["message"]
    assert heard["reply_to_message"]["message_id"] == number
    reply = phone(page, LIN).locator(f'[data-message="{heard["message_id"]}"]')
    expect(reply.locator(".quote")).to_contain_text("請說明理由")


def test_a_refused_text_comes_back_to_the_composer(town: Town) -> None:
    page = town.window(f"#{LIN}")
    page.route("**/play/send", lambda route: route.fulfill(status=400, body="not now"))
    writing(page, LIN).fill("長")
    writing(page, LIN).press("Enter")
    expect(phone(page, LIN).locator("[data-role=toast]")).to_contain_text("not now")
    expect(writing(page, LIN)).to_have_value("長")


def test_a_long_text_is_sent_in_pieces_as_telegram_sends_it(town: Town) -> None:
    page = town.window(f"#{LIN}")
    writing(page, LIN).fill("a" * 4095 + "😀" + "長" * 900)
    writing(page, LIN).press("Enter")
    first, rest = town.bot.hear(), town.bot.hear()
    assert first["message"]["text"] == "a" * 4095
    assert rest["message"]["text"] == "😀" + "長" * 900


def test_a_draft_outlives_closing_the_phone_and_reloading(town: Town) -> None:
    page = town.window(f"#{LIN}")
    writing(page, LIN).fill("寫到一半")
    phone(page, LIN).locator("[data-role=close]").click()
    page.locator(f'[data-person="{LIN}"]').click()
    expect(writing(page, LIN)).to_have_value("寫到一半")
    page.reload()
    expect(writing(page, LIN)).to_have_value("寫到一半")


def test_a_blocked_bot_is_told_so_until_it_is_unblocked(town: Town) -> None:
    page = town.window(f"#{LIN}")
    phone(page, LIN).locator("[data-role=menu] summary").click()
    phone(page, LIN).get_by_role("button", name="封鎖機器人").click()
    unblock = phone(page, LIN).locator("[data-role=unblock]")
    expect(unblock).to_be_visible()
    answer = town.bot.http.post("sendMessage", json={"chat_id": LIN, "text": "在嗎"})
    assert answer.status_code == 403
    unblock.click()
    expect(writing(page, LIN)).to_be_visible()


def test_in_a_group_one_speaks_as_any_of_its_members(town: Town) -> None:
    group = town.telegram.add_group("鎮紀委工作群", [LIN, LIU]).id
    page = town.window(f"#{group}")
    phone(page, group).get_by_label("以誰的身分").last.select_option(str(LIU))
    writing(page, group).fill("/report 本週 3 件")
    writing(page, group).press("Enter")
    heard = town.bot.hear()["message"]
    assert (heard["from"]["id"], heard["chat"]["id"]) == (LIU, group)
    own = phone(page, group).locator(f'[data-message="{heard["message_id"]}"]')
    expect(own).to_have_class(re.compile("own"))
    phone(page, group).get_by_label("以誰的身分").last.select_option(str(LIN))
    expect(own).to_have_class(re.compile("theirs"))
    expect(own.locator(".sender")).to_have_text("劉玉蘭")


def test_a_channel_is_read_and_its_links_are_followed_as_a_person(town: Town) -> None:
    channel = town.telegram.add_channel("清溪鎮廉政公示", "qingxi_public").id
    page = town.window(f"#{channel}")
    link = {"text": "我有意見", "url": "https://t.me/qingfeng_bot?start=objection-12"}
    town.bot.say(channel, "公示五個工作日", reply_markup=inline([link]))
    expect(writing(page, channel)).to_have_count(0)
    phone(page, channel).get_by_label("以誰的身分").last.select_option(str(LIU))
    phone(page, channel).get_by_role("button", name="我有意見").click()
    heard = town.bot.hear()["message"]
    assert (heard["from"]["id"], heard["text"]) == (LIU, "/start objection-12")
    expect(writing(page, LIU)).to_be_visible()


# ---- buttons


def test_a_pressed_button_waits_for_the_answer(town: Town) -> None:
    page = town.window(f"#{LIN}")
    rows = [{"text": "簽發", "callback_data": "issue"}, {"text": "退回", "callback_data": "back"}]
    number = town.bot.say(LIN, "橙色預警草稿", reply_markup=inline(rows))
    button = phone(page, LIN).get_by_role("button", name="簽發")
    button.click()
    expect(button).to_have_attribute("aria-busy", "true")
    query = town.bot.hear()["callback_query"]
    assert (query["data"], query["from"]["id"]) == ("issue", LIN)
    assert query["message"]["message_id"] == number
    town.bot.call("answerCallbackQuery", callback_query_id=query["id"], text="已簽發")
    expect(phone(page, LIN).locator("[data-role=toast]")).to_have_text("已簽發")
    expect(button).not_to_have_attribute("aria-busy", "true")


def test_an_alert_stands_until_it_is_acknowledged(town: Town) -> None:
    page = town.window(f"#{LIN},{LIU}")
    rows = [{"text": "簽發", "callback_data": "issue"}]
    town.bot.say(LIN, "橙色預警草稿", reply_markup=inline(rows))
    phone(page, LIN).get_by_role("button", name="簽發").click()
    query = town.bot.hear()["callback_query"]
    town.bot.call(
        "answerCallbackQuery", callback_query_id=query["id"], text="您要迴避", show_alert=True
    )
    alert = phone(page, LIN).locator("[data-role=alert]")
    expect(alert).to_contain_text("您要迴避")
    expect(phone(page, LIU).locator("[data-role=alert]")).to_have_count(0)
    alert.get_by_role("button", name="知道了").click()
    expect(alert).to_have_count(0)


def test_a_deep_link_button_is_followed_in_the_playground(town: Town) -> None:
    page = town.window(f"#{LIN}")
    link = {"text": "我有意見", "url": "https://t.me/qingfeng_bot?start=objection-12"}
    town.bot.say(LIN, "公示", reply_markup=inline([link]))
    phone(page, LIN).get_by_role("button", name="我有意見").click()
    assert town.bot.hear()["message"]["text"] == "/start objection-12"
    assert len(page.context.pages) == 1


def test_a_copy_button_copies(town: Town) -> None:
    page = town.window(f"#{LIN}")
    copy = {"text": "複製編號", "copy_text": {"text": "YJ-2026-014"}}
    town.bot.say(LIN, "編號", reply_markup=inline([copy]))
    phone(page, LIN).get_by_role("button", name="複製編號").click()
    expect(phone(page, LIN).locator("[data-role=toast]")).to_have_text("已複製")
    assert page.evaluate("navigator.clipboard.readText()") == "YJ-2026-014"


def test_a_reply_keyboard_speaks_for_the_person_and_goes_when_told(town: Town) -> None:
    page = town.window(f"#{LIN}")
    rows = [[{"text": "繼續自查"}, {"text": "我的待辦"}]]
    town.bot.say(LIN, "做什麼？", reply_markup={"keyboard": rows, "one_time_keyboard": True})
    button = phone(page, LIN).get_by_role("button", name="我的待辦")
    button.click()
    assert town.bot.hear()["message"]["text"] == "我的待辦"
    expect(button).to_be_hidden()
    phone(page, LIN).get_by_role("button", name="顯示或收起按鈕").click()
    expect(button).to_be_visible()
    town.bot.say(LIN, "好", reply_markup={"remove_keyboard": True})
    expect(button).to_have_count(0)


# ---- what changes afterwards


def test_an_edited_message_changes_in_its_place(town: Town) -> None:
    page = town.window(f"#{LIN}")
    rows = [{"text": "下一頁", "callback_data": "2"}]
    number = town.bot.say(LIN, "第一頁", reply_markup=inline(rows))
    town.bot.say(LIN, "後面的訊息")
    shown = phone(page, LIN).locator(f'[data-message="{number}"]')
    expect(shown.get_by_role("button", name="下一頁")).to_be_visible()
    town.bot.call("editMessageText", chat_id=LIN, message_id=number, text="第二頁")
    expect(shown).to_contain_text("第二頁")
    expect(shown).to_contain_text("已編輯")
    expect(shown.get_by_role("button", name="下一頁")).to_have_count(0)
    expect(phone(page, LIN).locator("[data-message]").last).to_contain_text("後面的訊息")


def test_a_deleted_message_vanishes(town: Town) -> None:
    page = town.window(f"#{LIN}")
    number = town.bot.say(LIN, "回執 4821 0937")
    shown = phone(page, LIN).locator(f'[data-message="{number}"]')
    expect(shown).to_be_visible()
    town.bot.call("deleteMessage", chat_id=LIN, message_id=number)
    expect(shown).to_have_count(0)
    expect(page.locator(f'[data-person="{LIN}"]')).not_to_contain_text("4821")


def test_a_pinned_message_stays_on_top(town: Town) -> None:
    page = town.window(f"#{LIN}")
    number = town.bot.say(LIN, "三月底截止")
    town.bot.call("pinChatMessage", chat_id=LIN, message_id=number)
    expect(phone(page, LIN).locator("[data-role=pinned]")).to_contain_text("三月底截止")
    town.bot.call("unpinChatMessage", chat_id=LIN, message_id=number)
    expect(phone(page, LIN).locator("[data-role=pinned]")).to_be_hidden()


def test_the_phone_says_that_the_bot_is_typing(town: Town) -> None:
    page = town.window(f"#{LIN}")
    expect(phone(page, LIN).locator("[data-role=status]")).to_contain_text("清風")
    town.bot.call("sendChatAction", chat_id=LIN, action="typing")
    expect(phone(page, LIN).locator("[data-role=status]")).to_have_text("正在輸入…")
    town.bot.say(LIN, "好了")
    expect(phone(page, LIN).locator("[data-role=status]")).not_to_have_text("正在輸入…")


# ---- files


def test_a_document_is_a_tile_that_downloads(town: Town) -> None:
    page = town.window(f"#{LIN}")
    name, content = "預警通知書 <b>.docx", b"PK" * 1024
    town.bot.send_file("sendDocument", LIN, name, content, caption="簽發前可修改")
    tile = phone(page, LIN).locator("a.document")
    expect(tile).to_contain_text("預警通知書 <b>.docx")
    expect(tile).to_contain_text("2 KB")
    expect(phone(page, LIN)).to_contain_text("簽發前可修改")
    with page.expect_download() as download:
        tile.click()
    assert download.value.path().read_bytes() == content


def test_a_photo_is_shown_and_grows_when_clicked(town: Town) -> None:
    page = town.window(f"#{LIN}")
    town.bot.send_file("sendPhoto", LIN, "heat.png", png(80, 60), caption="風險熱圖")
    image = phone(page, LIN).locator(".photo img")
    expect(image).to_have_js_property("naturalWidth", 80)
    image.click()
    expect(page.locator("dialog.lightbox img")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog.lightbox")).to_have_count(0)


def test_a_person_sends_a_file_with_a_caption(town: Town) -> None:
    page = town.window(f"#{LIN}")
    phone(page, LIN).locator("[data-role=attach] summary").click()
    with page.expect_file_chooser() as chooser:
        phone(page, LIN).get_by_role("button", name="檔案", exact=True).click()
    chooser.value.set_files({"name": "證據.txt", "mimeType": "text/plain", "buffer": b"proof"})
    expect(phone(page, LIN).locator(".attached")).to_contain_text("證據.txt")
    writing(page, LIN).fill("這是證據")
    writing(page, LIN).press("Enter")
    heard = town.bot.hear()["message"]
    assert (heard["document"]["file_name"], heard["caption"]) == ("證據.txt", "這是證據")
    expect(phone(page, LIN).locator("a.document")).to_contain_text("證據.txt")


# ---- time, the bot's process, and a connection that breaks


def test_the_clock_moves_forward(town: Town) -> None:
    page = town.window(f"#{LIN}")
    before = page.locator("[data-role=now]").get_attribute("datetime")
    page.locator("[data-step=week]").click()
    expect(page.locator("[data-role=now]")).not_to_have_attribute("datetime", before or "")
    page.get_by_text("自訂…").click()
    page.get_by_role("spinbutton").fill("2")
    page.get_by_role("button", name="撥動").click()
    expect(page.locator("[data-role=toast]", has_text="時間已撥到")).to_have_count(2)
    clock = httpx.get(f"{town.url}/play/state").json()["clock"]
    assert clock["offset"] == pytest.approx(9 * 86_400)
    number = town.bot.say(LIN, "到期提醒")
    expect(phone(page, LIN).locator(f'[data-message="{number}"]')).to_contain_text("到期提醒")


def test_the_clock_moves_to_a_day_and_hour(town: Town) -> None:
    page = town.window(f"#{LIN}")
    page.get_by_text("自訂…").click()
    there = page.locator("[data-role=then]")
    expect(there).to_have_value(re.compile(r"T09:00$"))  # tomorrow, in the morning
    shown = httpx.get(f"{town.url}/play/state").json()["clock"]["now"]
    there.fill(f"{int(shown[:4]) + 1}-03-01T15:00")
    page.get_by_role("button", name="撥到那時").click()
    expect(page.locator("[data-role=toast]", has_text="時間已撥到")).to_have_count(1)
    now = httpx.get(f"{town.url}/play/state").json()["clock"]["now"]
    assert now[4:16] == "-03-01T15:00"


def test_the_bot_is_killed_and_started_where_the_host_allows(browser: Browser) -> None:
    running = True

    async def start() -> None:
        nonlocal running
        running = True

    async def kill() -> None:
        nonlocal running
        running = False

    telegram = Telegram()
    telegram.add_person("林國棟", started=True)
    hooks = Hooks(start=start, kill=kill, running=lambda: running)
    with ExitStack() as closing:
        url = closing.enter_context(serving(telegram, token=TOKEN, hooks=hooks))
        http = closing.enter_context(httpx.Client(base_url=url))
        page = Town(telegram, url, Bot(http), browser, closing).window()
        state = page.locator("[data-role=bot-state]")
        expect(state).to_have_text("機器人運作中")
        page.locator("[data-role=run]").click()
        expect(state).to_have_text("機器人已停止")
        assert not running
        page.locator("[data-role=run]").click()
        expect(state).to_have_text("機器人運作中")


def test_without_a_host_there_is_no_button_to_kill_the_bot(town: Town) -> None:
    expect(town.window().locator("[data-role=run]")).to_be_hidden()


def test_the_page_comes_back_after_the_playground_was_away(browser: Browser) -> None:
    telegram = Telegram(flood=False)
    telegram.add_person("林國棟", started=True)
    with ExitStack() as closing:
        with serving(telegram, token=TOKEN) as url, httpx.Client() as http:
            page = Town(telegram, url, Bot(http), browser, closing).window(f"#{LIN}")
            writing(page, LIN).fill("還沒送出")
        expect(page.get_by_text("連不上演練場，正在重試…")).to_be_visible()
        writing(page, LIN).press("Enter")
        expect(phone(page, LIN).locator("[data-role=toast]")).to_contain_text("連不上演練場")
        expect(writing(page, LIN)).to_have_value("還沒送出")
        with serving(telegram, token=TOKEN, port=int(url.rpartition(":")[2])):
            expect(page.get_by_text("連不上演練場，正在重試…")).to_be_hidden()
            with httpx.Client(base_url=f"{url}/bot{TOKEN}/") as http:
                Bot(http).say(LIN, "回來了")
            expect(phone(page, LIN)).to_contain_text("回來了")
            page.close()


def test_a_long_conversation_is_drawn_from_its_end(town: Town) -> None:
    for number in range(300):
        town.bot.say(LIN, f"第 {number} 則")
    page = town.window(f"#{LIN}")
    messages = phone(page, LIN).locator("[data-message]")
    expect(messages.last).to_be_in_viewport()
    expect(messages).to_have_count(120)
    phone(page, LIN).get_by_role("button", name="較早的訊息").click()
    expect(messages).to_have_count(240)
    phone(page, LIN).get_by_role("button", name="較早的訊息").click()
    expect(messages).to_have_count(300)
    expect(messages.first).to_contain_text("第 0 則")
    expect(phone(page, LIN).locator(".day")).to_have_count(1)
