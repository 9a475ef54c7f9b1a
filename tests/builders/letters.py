"""Letters through the chat: brought by a villager, read and handled by the commission."""

from dataclasses import dataclass, field

from tests.builders.phone import Phone, words
from tests.builders.vault import PASSPHRASE


@dataclass(frozen=True)
class Slip:
    """A receipt as it is copied onto paper."""

    number: str
    secret: str = field(repr=False)

    def __str__(self) -> str:
        return f"{self.number} {self.secret}"


def begin_letter(
    phone: Phone, *, unit: str = "其他", person: str = "", kind: str = "反映幹部問題"
) -> None:
    """Come as far as what happened."""
    phone.say("/menu")
    phone.press("意見與反映")
    phone.sees("這件事是關於誰的")
    phone.press("村（社區）幹部")
    phone.sees("是哪個村或站所辦的事")
    phone.press(unit)
    if person:
        phone.sees("的哪一位")
        phone.press(person)
    phone.press(kind)
    phone.sees("請寫下事情經過")


def bring(
    phone: Phone,
    account: str,
    *,
    unit: str = "其他",
    person: str = "",
    kind: str = "反映幹部問題",
    names_above: bool = False,
) -> Slip:
    """Bring a matter with nothing added, and copy its receipt.

    With `names_above` it names somebody of the commission or above, and is not about them.
    """
    begin_letter(phone, unit=unit, person=person, kind=kind)
    phone.say(account)
    if names_above:
        phone.press("不是反映他們")
    phone.sees("可以附照片、文件或錄音")
    phone.press("沒有別的了")
    phone.press("確認送出")
    return slip(phone)


def slip(phone: Phone) -> Slip:
    """Copy the receipt that stands in the chat."""
    said = words(phone.sees("這是您的回執"))
    number = said.partition("編號：")[2].split()[0]
    return Slip(number, said.partition("查詢碼：")[2].splitlines()[0])


def ask_after(phone: Phone, receipt: Slip) -> None:
    """Show a receipt."""
    phone.say("/menu")
    phone.press("查詢進度")
    phone.sees("請輸入回執上的編號")
    phone.say(str(receipt))
    phone.sees(f"編號 {receipt.number}")


def go_on(phone: Phone, receipt: Slip, what: str) -> None:
    """Show a receipt and choose what to do with the case."""
    ask_after(phone, receipt)
    phone.press("補充、撤回、評價")
    phone.wait(lambda: "您要做什麼" in words(phone.last()), "what to do")
    phone.press(what)


def unlock(handler: Phone) -> None:
    """Come to the list of cases, unlocking the vault if its minutes are over."""
    handler.say("/menu")
    handler.sees("請選擇要辦的事")
    handler.wait(lambda: "請選擇要辦的事" in words(handler.last()), "a fresh menu")
    handler.press("來信來訪")
    asked = ("請輸入閱卷口令", "請選擇要查看的來信", "目前沒有待辦的來信")
    said = handler.wait(
        lambda: next((one for one in asked if one in words(handler.last())), ""), ""
    )
    if said == asked[0]:
        handler.say(PASSPHRASE)
        handler.sees("已解鎖")


def open_letter(handler: Phone, number: str) -> None:
    """Open a case from the list, the vault unlocked."""
    handler.wait(lambda: "請選擇要查看的來信" in words(handler.last()), "the list of cases")
    handler.press(number)
    handler.wait(lambda: "分鐘後自動刪除" in words(handler.last()), "the whole case")


def step(handler: Phone, number: str, move: str, text: str, *, to: str = "") -> None:
    """Take a step of a case that stands open."""
    handler.press("辦理這件來信")
    handler.sees(f"{number}：要怎麼辦")
    handler.press(move)
    if to:
        handler.sees("交給誰辦")
        handler.press(to)
    handler.wait(lambda: "請寫" in words(handler.last()), "what to write")
    handler.say(text)
    handler.wait(lambda: "確定嗎" in words(handler.last()), "whether it is sure")
    handler.press("是")
    handler.wait(lambda: is_noted(handler, number, move), f"{move} of {number} noted")


def is_noted(handler: Phone, number: str, move: str) -> bool:
    """Look whether a step has been noted in the chat."""
    said = [words(message) for message in handler.messages()]
    return any(number in one and move in one and "已記下" in one for one in said)
