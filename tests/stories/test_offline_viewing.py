"""Letters read on a handler's own computer: the key never comes to the server, the answer does."""

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from dialogs.vocabulary import CaseState, Viewing
from storage.tables import Case, HandlerKey
from tests.builders.house import House, open_house
from tests.builders.letters import Slip, ask_after, bring, step, unlock
from tests.builders.phone import Phone, words
from tests.builders.program import qingfeng
from tests.builders.township import example_township
from tests.builders.vault import PASSPHRASE

SECRETARY, MEMBER, OTHER = "韓守正", "鄧志遠", "羅敏"
ACCOUNT = "修村道說好三公里，只鋪了兩公里，會計也在場"


class Computer:
    """A handler's own computer: a folder and the program, no network, settings or database."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()

    def vault(self, *words: str, typed: Sequence[str] = (PASSPHRASE,)) -> str:
        environment = {"PATH": os.environ["PATH"]}
        ended = qingfeng("vault", *words, environment=environment, folder=self.folder, typed=typed)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    def new_key(self, name: str) -> str:
        """Make a key file; give the line to paste."""
        said = self.vault("new", name, typed=(PASSPHRASE, PASSPHRASE))
        found = re.search(r"^qfkey1:[0-9a-f]{64}$", said, re.MULTILINE)
        assert found
        return found[0]

    def save(self, phone: Phone, ending: str) -> str:
        """Save the newest document of a chat with an ending; give its name."""
        message = phone.wait(lambda: newest(phone, ending), f"a file {ending}")
        name: str = message["document"]["file_name"]
        (self.folder / name).write_bytes(phone.download(message))
        return name


def newest(phone: Phone, ending: str) -> object:
    found = [
        m for m in phone.messages() if m.get("document", {}).get("file_name", "").endswith(ending)
    ]
    return found[-1] if found else None


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("house")) as opened:
        opened.take_over(example_township())
        for name in (SECRETARY, MEMBER, OTHER):
            opened.hand_over(name)
        opened.entrust(SECRETARY, OTHER)
        opened.program.start()
        yield opened


def set_key(handler: Phone, line: str) -> None:
    """Give the bot the line of a key made elsewhere."""
    handler.say("/menu")
    handler.wait(lambda: "請選擇要辦的事" in words(handler.last()), "a fresh menu")
    handler.press("來信辦理")
    handler.press("我的閱卷密鑰")
    handler.wait(lambda: "您要怎樣閱卷" in words(handler.last()), "where to read")
    handler.press("在自己的電腦上")
    handler.wait(lambda: "把印出的一行" in words(handler.last()), "the line asked for")
    handler.say(line)
    handler.wait(lambda: "離線閱卷密鑰已設定" in words(handler.last()), "the key is set")


def take_along(handler: Phone, computer: Computer, receipt: Slip) -> str:
    """Take a case along from the list; give the file's name."""
    handler.say("/menu")
    handler.wait(lambda: "請選擇要辦的事" in words(handler.last()), "a fresh menu")
    handler.press("來信來訪")
    handler.wait(lambda: "請選擇要查看的來信" in words(handler.last()), "the list of cases")
    handler.press(receipt.number)
    handler.wait(lambda: "密封的案卷" in words(handler.last()), "the sealed case")
    return computer.save(handler, ".qfcase")


def test_a_letter_is_read_on_ones_own_computer_and_answered_in_the_chat(
    house: House, tmp_path: Path
) -> None:
    villager, secretary, member = house.phone("王大娘"), *map(house.hand_over, (SECRETARY, MEMBER))
    earlier = bring(house.phone("李老伯"), "食堂的賬三年沒有公布過")
    computer = Computer(tmp_path / "computer")
    set_key(member, computer.new_key("my.qfkey"))
    receipt = bring(villager, ACCOUNT)

    name = take_along(member, computer, receipt)
    sealed = (computer.folder / name).read_bytes()
    assert ACCOUNT.encode() not in sealed
    assert ACCOUNT in computer.vault("open", name, "--key", "my.qfkey")
    assert ACCOUNT not in "".join(words(m) for m in member.messages()), "it never stood in the chat"
    step(member, receipt.number, "受理", "已受理，十五日內派人丈量。")
    (case,) = house.rows(Case, Case.number == receipt.number)
    assert case.state is CaseState.ACCEPTED
    ask_after(villager, receipt)
    villager.sees("十五日內派人丈量")
    (key,) = house.rows(HandlerKey, HandlerKey.viewing == Viewing.OFFLINE)
    assert key.locked is None, "the private half is nowhere on the server"

    # What came before the key is given by a colleague, and opened in the same way.
    unlock(secretary)
    secretary.press(f"授予 {MEMBER}")
    secretary.sees("請先當面核對其密鑰編號")
    secretary.press("是")
    secretary.sees(f"件來信密封給 {MEMBER}")
    before = take_along(member, computer, earlier)
    assert "三年沒有公布過" in computer.vault("open", before, "--key", "my.qfkey")

    # A new key: the sealed keys are taken along, sealed anew, and brought back.
    set_key(member, computer.new_key("newer.qfkey"))
    newer = computer.folder / "newer.qfkey"
    (line,) = re.findall(r'"public": "([0-9a-f]{64})"', newer.read_text())
    member.press("取出案件密鑰")
    bundle = computer.save(member, ".qfkeys")
    computer.vault("rewrap", bundle, "--key", "my.qfkey", "--to", f"qfkey1:{line}")
    member.press("交回重新密封的密鑰")
    member.wait(lambda: "qfkeys" in words(member.last()), "the file asked for")
    back = (computer.folder / "back.qfkeys").read_bytes()
    house.send_document(member, "back.qfkeys", back)
    member.sees("已收下")
    again = take_along(member, computer, receipt)
    assert ACCOUNT in computer.vault("open", again, "--key", "newer.qfkey")
