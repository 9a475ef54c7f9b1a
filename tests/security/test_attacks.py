"""What somebody might try against letters and their handlers, each tried here and refused."""

import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial
from io import BytesIO
from typing import Any, TypeVar
from zipfile import ZIP_DEFLATED, ZipFile
from zoneinfo import ZoneInfo

import openpyxl
import pytest
import sqlalchemy as sa
from nacl.exceptions import CryptoError
from sqlmodel import Session, SQLModel, col, select

from dialogs.catalogue.policy import number as policy
from dialogs.documents.workbook import Page, write_sheets
from dialogs.errors import Refused
from dialogs.rules.access import Action
from dialogs.tokens import LONGEST
from dialogs.vocabulary import Language, Role, Viewing
from scheduler import timetable
from storage.memory import Memory
from storage.occasion import Occasion
from storage.outbox import Urgency
from storage.recorder import prepare
from storage.sealing import Keyring, unseal
from storage.tables import (
    Appointment,
    Case,
    CasePaper,
    CaseStep,
    HandlerKey,
    Inbox,
    Kinship,
    Outbox,
    Person,
    Post,
    RoleHeld,
    Unit,
    WrappedKey,
)
from storage.vault import keys as handler_keys
from storage.vault import receipts
from tests.builders.house import TOKEN, House, open_house
from tests.builders.letters import Slip, begin_letter, bring, open_letter, unlock
from tests.builders.patience import until
from tests.builders.people import LONG_AGO
from tests.builders.phone import Phone, words
from tests.builders.township import example_township
from tests.builders.vault import LODGED, PASSPHRASE, lodge
from tests.builders.web import HTTP

T = TypeVar("T")

HANDLERS = ("韓守正", "鄧志遠", "羅敏", "姚遠航")
SECRETARY, MEMBER, AT_THE_TREASURY, RELATIVE = HANDLERS
KEYLESS, CLERK = "沒有密鑰的人", "何靜怡"
GROUP = "上河村村民群"
JUNK = 10_000
WRONG = "1234 5678 9012 3456"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("house"), flood=False) as opened:
        opened.take_over(example_township())
        for name in (*HANDLERS, CLERK):
            opened.hand_over(name)
        opened.entrust(*HANDLERS)
        opened.person(KEYLESS, roles=[Role.COMMISSION_MEMBER])
        with opened.database.writing() as session:
            kin = (person(session, RELATIVE), person(session, "王建國"))
            session.add(Kinship(person_id=kin[0].id, relative_id=kin[1].id))
            post = session.exec(select(Post).where(Post.title == "財政所會計")).one()
            session.add(
                Appointment(
                    person_id=person(session, AT_THE_TREASURY).id,
                    post_id=post.id,
                    since=LONG_AGO,
                )
            )
        member = opened.phone("群裡的人")
        opened.telegram.add_group(GROUP, [member.person])
        opened.program.start()
        yield opened


def person(session: Session, name: str) -> Person:
    return session.exec(select(Person).where(Person.name == name)).one()


def id_of(house: House, name: str) -> str:
    (found,) = house.rows(Person, Person.name == name)
    return str(found.id.hex)


def case(house: House, receipt: Slip) -> Case:
    (found,) = house.rows(Case, Case.number == receipt.number)
    return found


def settle(house: House, phone: Phone) -> None:
    """Wait until all that was heard is answered and all that was to be said in a chat is said."""
    here = (Outbox.chat_hash == house.keys.lookup(phone.person), Outbox.urgency < Urgency.SWEEP)

    def quiet() -> bool:
        return all_heard(house) and not house.rows(Outbox, *here)

    until(quiet, "quiet")


def said_to(phone: Phone) -> list[str]:
    return [words(message) for message in phone.messages() if message["from"]["is_bot"]]


def all_said(phone: Phone) -> str:
    return "\n".join(said_to(phone))


def forged(house: House, phone: Phone, data: str) -> str:
    """Press a button we never made; give what came of it, over the button and in the chat."""
    alerts = len(house.alerts())
    number = house.offer(phone, data)
    phone.press_again(number, data)
    until(lambda: len(house.alerts()) > alerts, f"{data} is answered")
    settle(house, phone)
    said = [m for m in phone.messages() if m["message_id"] > number and m["from"]["is_bot"]]
    return "\n".join([*house.alerts()[alerts:], *map(words, said)])


def lodged(house: House, account: str, *, person: str = "", unit: str = "") -> Slip:
    """Have a letter in the vault without its taps, and its receipt in hand."""
    about = replace(
        LODGED,
        account=account,
        contact=None,
        person=row_of(house, Person, person).id if person else None,
        unit=row_of(house, Unit, unit).id if unit else None,
    )
    prepared = lodge(house.database, house.keys, about)
    return Slip(prepared.number, prepared.secret)


def at_the_top(house: House, number: str) -> None:
    """Put a letter at the top of every list."""
    with house.database.writing() as session:
        session.execute(sa.update(Case).where(col(Case.number) == number).values(urgent=True))


def row_of(house: House, table: Any, name: str) -> Any:
    (found,) = house.rows(table, table.name == name)
    return found


def together(*calls: Callable[[], T]) -> list[T]:
    """Let people do what they do side by side, each chat being spoken to at its own pace."""
    with ThreadPoolExecutor(len(calls)) as pool:
        return [one.result() for one in [pool.submit(call) for call in calls]]


def at_the_counter(house: House, name: str) -> Phone:
    """Bring somebody nobody knows to where a receipt is asked for."""
    phone = house.phone(name)
    forged(house, phone, "g:ask_after:")
    return phone


def show(house: House, phone: Phone, receipt: str) -> str:
    """Show a receipt, or what might be one; give what came of it."""
    before = max(message["message_id"] for message in phone.messages())
    phone.say(receipt)
    phone.wait(lambda: phone.last()["message_id"] > before, "an answer")
    settle(house, phone)
    said = [m for m in phone.messages() if m["message_id"] > before and m["from"]["is_bot"]]
    return "\n".join(map(words, said))


# Receipts


def test_a_receipt_opens_its_own_letter_and_no_other(house: House) -> None:
    mine, theirs = (lodged(house, f"{who}反映的事情經過") for who in "甲乙")
    villager = at_the_counter(house, "甲")
    crossed = show(house, villager, f"{theirs.number} {mine.secret}")
    assert "編號或查詢碼不對" in crossed
    assert show(house, villager, f"ZZZZZ {mine.secret}") == crossed, "nobody learns which exist"


def test_digits_are_guessed_five_times_from_however_many_chats(house: House) -> None:
    receipt = lodged(house, "丙反映的事情經過")
    for number in range(receipts.most_tries()):
        guesser = at_the_counter(house, f"猜者{number}")
        assert "不對" in show(house, guesser, f"{receipt.number} {WRONG}")
    latest = at_the_counter(house, "最後一個猜者")
    assert "試得太多了" in show(house, latest, f"{receipt.number} {WRONG}")
    assert "試得太多了" in show(house, latest, str(receipt)), "right or wrong, alike"
    house.wait_till(house.now() + receipts.WITHIN + timedelta(minutes=1))
    assert "沒有答覆" in show(house, latest, str(receipt))


def test_a_chat_at_its_limit_uses_up_the_tries_of_no_other_letter(house: House) -> None:
    receipt = lodged(house, "丁反映的事情經過")
    spoiler = at_the_counter(house, "搗亂的人")
    for sign in "ABCDE":
        assert "不對" in show(house, spoiler, f"ZZZZ{sign} {WRONG}")
    for _ in range(receipts.most_tries()):
        assert "試得太多了" in show(house, spoiler, f"{receipt.number} {WRONG}")
    assert "沒有答覆" in show(house, at_the_counter(house, "丁"), str(receipt))


def test_a_restart_gives_a_guesser_five_more_of_ten_to_the_sixteenth(house: House) -> None:
    receipt = lodged(house, "戊反映的事情經過")
    guesser = at_the_counter(house, "等重啟的人")
    for _ in range(2):
        for _ in range(receipts.most_tries()):
            assert "不對" in show(house, guesser, f"{receipt.number} {WRONG}")
        assert "試得太多了" in show(house, guesser, f"{receipt.number} {WRONG}")
        house.program.stop()
        house.program.start()
    assert "沒有答覆" in show(house, at_the_counter(house, "戊"), str(receipt))


# Buttons


def test_what_goes_on_with_a_letter_works_in_no_other_chat(house: House) -> None:
    receipt = lodged(house, "己反映的事情經過")
    villager, thief = at_the_counter(house, "己"), house.phone("收到轉發的人")
    show(house, villager, str(receipt))
    _, data = villager.button("補充、撤回、評價")
    said = forged(house, thief, data)
    assert receipt.number not in said
    assert "回執" in said
    assert "您要做什麼" in forged(house, villager, data)


def test_buttons_of_a_letter_do_nothing_forwarded_and_nothing_twice(house: House) -> None:
    villager, other = house.phone("庚"), house.phone("收到轉發的人")
    begin_letter(villager)
    villager.say("庚反映的事情經過")
    villager.sees("可以附照片、文件或錄音")
    villager.press("沒有別的了")
    _, data = villager.button("確認送出")
    before = len(house.rows(Case))
    assert "庚" not in forged(house, other, data)
    assert len(house.rows(Case)) == before
    villager.press("確認送出")
    villager.sees("這是您的回執")
    for _ in range(2):
        forged(house, villager, data)
    assert len(house.rows(Case)) == before + 1


@pytest.mark.parametrize("name", ["路人", CLERK, "陳立誠", KEYLESS, RELATIVE])
def test_buttons_of_a_letter_that_is_not_theirs_show_nobody_anything(
    house: House, name: str
) -> None:
    receipt = lodged(house, "壬反映的事情經過", unit="上河村", person="王建國")
    one = house.phone(name) if name == "路人" else house.hand_over(name)
    id_ = case(house, receipt).id.hex
    steps = len(house.rows(CaseStep))
    for data in (
        *(f"g:answer_case:{id_}", f"g:cases:{id_}", f"g:follow_case:{id_}"),
        f"g:case_contact:{id_}",
        *(f"g:share_cases:{id_of(house, RELATIVE)}", f"g:work:{id_}"),
    ):
        said = forged(house, one, data)
        assert receipt.number not in said
        assert "壬反映" not in said
    assert len(house.rows(CaseStep)) == steps
    assert receipt.number not in all_said(one), "and no ping"


TAMPERED = ("", "0" * 32, "';DROP TABLE person;--", "../../{{7*7}}")
NONSENSE = ("g", "g:menu:x", "x:y:z", "p:1", "p:::::", "p:00000000:x:pick:0", ":" * 64)
FORGERS = 12  # who press side by side


@pytest.mark.parametrize("roles", [[], [*Role]], ids=["a stranger", "whoever may do everything"])
def test_no_tampered_button_makes_the_house_stumble(house: House, roles: list[Role]) -> None:
    before = stumbles(house)
    data = [*NONSENSE, *(f"g:{action}:{subject}" for action in Action for subject in TAMPERED)]
    data = [one for one in data if len(one.encode()) <= LONGEST]
    forgers = [house.person(f"改按鈕的人{len(roles)}{n}", roles=roles) for n in range(FORGERS)]
    presses = []
    for number, forger in enumerate(forgers):
        own = data[number::FORGERS]
        message = {"message_id": house.offer(forger, *own), "chat_id": forger.person}
        presses += [message | {"person_id": forger.person, "data": one} for one in own]
    house.at_once(*presses)
    until(lambda: all_heard(house), "every press is answered")
    assert stumbles(house) == before


def stumbles(house: House) -> int:
    return house.program.log.read_text().count("stumbled")


def all_heard(house: House) -> bool:
    heard = house.rows(Inbox, col(Inbox.done_at).is_(None))
    return not house.telegram.updates.pending and not heard


# Handlers


def test_who_must_stand_aside_never_comes_to_a_letter(house: House) -> None:
    letters = [  # what is written, about which unit and whom, who stands aside
        ("村道少鋪了一公里", "上河村", "王建國", RELATIVE),
        ("王建國家的親戚都吃低保", "其他", "", RELATIVE),
        ("評議那天鄧志遠也在場", "其他", "", MEMBER),
    ]
    slips = together(
        *(
            partial(
                bring,
                house.phone(f"癸{number}"),
                text,
                unit=unit,
                person=person,
                names_above=aside == MEMBER,
            )
            for number, (text, unit, person, aside) in enumerate(letters)
        ),
    )
    secretary = house.hand_over(SECRETARY)
    unlock(secretary)
    for name in (RELATIVE, MEMBER):
        handler = house.hand_over(name)
        unlock(handler)
        forged(house, handler, "g:work:")
        aside = [s for s, letter in zip(slips, letters, strict=True) if letter[-1] == name]
        for receipt in aside:
            forged(house, handler, f"g:answer_case:{case(house, receipt).id.hex}")
            assert not keys_of(house, name) & readers_of(house, receipt)
        lent = forged(house, secretary, f"g:share_cases:{id_of(house, name)}")
        assert "沒有需要授予的來信" in lent
        assert not [receipt for receipt in aside if receipt.number in all_said(handler)]


def keys_of(house: House, name: str) -> set[str]:
    person = row_of(house, Person, name)
    return {key.id for key in house.rows(HandlerKey, HandlerKey.person_id == person.id)}


def readers_of(house: House, receipt: Slip) -> set[str]:
    held = house.rows(WrappedKey, WrappedKey.case_id == case(house, receipt).id)
    return {one.key_id for one in held}


def test_who_works_in_the_unit_never_comes_to_a_letter_about_it(house: House) -> None:
    receipt = lodged(house, "補貼少發了兩個月", unit="財政所")
    handler = house.hand_over(AT_THE_TREASURY)
    unlock(handler)
    forged(house, handler, f"g:answer_case:{case(house, receipt).id.hex}")
    assert receipt.number not in all_said(handler)
    assert not keys_of(house, AT_THE_TREASURY) & readers_of(house, receipt)
    assert keys_of(house, SECRETARY) & readers_of(house, receipt)


def test_a_former_officer_is_shut_out_at_once_though_the_vault_was_unlocked(house: House) -> None:
    officer = house.person("將離任的人", roles=[Role.COMMISSION_MEMBER])
    house.entrust("將離任的人")
    late = lodged(house, "寅反映的事情經過")
    at_the_top(house, late.number)
    unlock(officer)
    open_letter(officer, late.number)
    officer.press("辦理這件來信")
    officer.sees(f"{late.number}：要怎麼辦")
    officer.press("受理")
    officer.sees("請寫")
    with house.database.writing() as session:
        leaving = person(session, "將離任的人").id
        session.execute(sa.delete(RoleHeld).where(col(RoleHeld.person_id) == leaving))
    officer.say("我還想再辦這一件")
    settle(house, officer)
    assert case(house, late).accepted_on is None
    for data in (f"g:answer_case:{case(house, late).id.hex}", "g:cases:", "g:set_key:"):
        said = forged(house, officer, data)
        assert late.number not in said
        assert "寅反映" not in said
    duty = timetable.Duty(house.database, house.keys, house.now, ZoneInfo("Asia/Shanghai"))
    timetable.tidy(duty)
    (key,) = house.rows(HandlerKey, HandlerKey.person_id == leaving)
    assert key.locked is None
    assert not house.rows(WrappedKey, WrappedKey.key_id == key.id)


def test_a_public_key_that_would_stop_letters_is_refused(house: House) -> None:
    secretary = row_of(house, Person, SECRETARY).id
    (colleague,) = house.rows(HandlerKey, HandlerKey.person_id == secretary)
    officer = house.hand_over(KEYLESS)
    forged(house, officer, "g:set_key:")
    officer.press("在自己的電腦上")
    officer.sees("把印出的一行")
    for public in (bytes(32), b"\1" + bytes(31), colleague.public):
        assert "看不懂" in show(house, officer, f"qfkey1:{public.hex()}")
    mine = row_of(house, Person, KEYLESS).id
    assert not house.rows(HandlerKey, HandlerKey.person_id == mine)


# A group


def test_a_group_is_told_where_to_write_privately_and_nothing_else(house: House) -> None:
    (group,) = (chat for chat in house.telegram.chats.values() if chat.title == GROUP)
    (member,) = group.member_ids
    for text in ("/menu", "/start", "/privacy", "/start ABCDEFGHJKMN", "ABCDE 1234567890123456"):
        body = {"person_id": member, "chat_id": group.id, "text": text}
        HTTP.post(f"{house.url}/play/send", json=body).raise_for_status()
    data = f"g:{Action.LODGE}:"
    keys = [[{"text": "意見與反映", "callback_data": data}]]
    shown = HTTP.post(
        f"{house.url}/bot{TOKEN}/sendMessage",
        json={"chat_id": group.id, "text": "?", "reply_markup": {"inline_keyboard": keys}},
    ).json()["result"]
    body = {
        "person_id": member,
        "chat_id": group.id,
        "message_id": shown["message_id"],
        "data": data,
    }
    HTTP.post(f"{house.url}/play/press", json=body).raise_for_status()
    until(lambda: not [row for row in house.rows(Inbox) if row.done_at is None], "all heard")
    until(
        lambda: len([m for m in group.messages.values() if m["from"]["is_bot"]]) == 5,
        "an answer to each command, and the forged button",
    )
    said = {words(m) for m in group.messages.values() if m["from"]["is_bot"]} - {"?"}
    assert len(said) == 1
    assert "單獨跟我說" in said.pop()


# Injection

INJECTED = (
    '<b>粗</b><a href="tg://user?id=1">點</a></blockquote>&lt;&amp; {{7*7}} {% for x in y %} '
    "{0.__class__} {text} %(name)s ${HOME} \\u202e `code` $(id)"
)


def test_what_is_written_is_shown_as_it_was_written_and_never_obeyed(house: House) -> None:
    villager = house.phone("<b>{{7*7}}</b>", username="html_name")
    begin_letter(villager)
    villager.say(INJECTED)
    villager.sees("可以附照片、文件或錄音")
    villager.press("留姓名和聯繫方式")
    villager.sees("請寫下姓名和聯繫方式")
    villager.say("聯繫 <i>{name}</i> {{7*7}}")
    villager.press("沒有別的了")
    villager.press("確認送出")
    number = words(villager.sees("這是您的回執")).partition("編號：")[2].split()[0]
    secretary = house.hand_over(SECRETARY)
    at_the_top(house, number)
    unlock(secretary)
    open_letter(secretary, number)
    secretary.sees(INJECTED)
    secretary.press("查看聯繫方式")
    secretary.sees("聯繫 <i>{name}</i> {{7*7}}")


def test_the_longest_letter_there_can_be_is_shown_in_full(house: House) -> None:
    account = "😀" * 1096 + "字" * 1903 + "末"
    receipt = lodged(house, account)
    secretary = house.hand_over(SECRETARY)
    at_the_top(house, receipt.number)
    unlock(secretary)
    open_letter(secretary, receipt.number)
    shown = "".join(words(m) for m in secretary.messages() if m["from"]["is_bot"])
    assert shown.count("😀") == 1096
    assert "末" in shown


FORMULAS = (
    '=HYPERLINK("http://evil","x")',
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "=cmd|'/c calc'!A1",
    "\t=1",
)


def test_no_workbook_holds_a_formula_that_somebody_wrote(house: House) -> None:
    with house.database.writing() as session:
        for unit, formula in zip(session.exec(select(Unit)).all(), FORMULAS, strict=False):
            unit.name = formula
            session.add(unit)
    clerk = house.hand_over(CLERK)
    forged(house, clerk, "g:export_roster:")
    book = clerk.wait(
        lambda: next((m for m in reversed(clerk.messages()) if "document" in m), None), ""
    )
    for content in (
        clerk.download(book),
        write_sheets([Page("頁", [(one, 9) for one in FORMULAS], [FORMULAS])]),
    ):
        sheets = [
            ZipFile(BytesIO(content)).read(name).decode()
            for name in ZipFile(BytesIO(content)).namelist()
            if "worksheets/" in name and name.endswith(".xml")
        ]
        assert not any(re.search(r"<f[ >]", sheet) for sheet in sheets)
        cells = [
            cell
            for sheet in openpyxl.load_workbook(BytesIO(content)).worksheets
            for row in sheet.iter_rows()
            for cell in row
        ]
        assert {"=cmd|'/c calc'!A1", "@SUM(A1)"} <= {cell.value for cell in cells}
        assert "f" not in {cell.data_type for cell in cells}


# Files


def bomb() -> bytes:
    """Make a workbook of a few kilobytes that unpacks to seventy million."""
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 70_000_000)
    return written.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04 cut off", b"\x00" * 5_500_000, bomb()],
    ids=["cut off", "too large", "a bomb"],
)
def test_a_malformed_workbook_is_refused_in_words(house: House, content: bytes) -> None:
    clerk = house.hand_over(CLERK)
    clerk.say("/cancel")
    forged(house, clerk, "g:import_roster:")
    before, stumbled = len(clerk.messages()), stumbles(house)
    house.send_document(clerk, "roster.xlsx", content)
    settle(house, clerk)
    assert len(clerk.messages()) > before + 1
    assert stumbles(house) == stumbled


# A stolen database

PLAIN = {  # what a thief of the database reads of the vault
    "vault_case": {
        *("id", "number", "kind", "accused", "unit_id", "public", "state", "named", "assisted"),
        *("urgent", "received_on", "accepted_on", "due_on", "extended", "assigned_to"),
        *("satisfaction", "verified"),
    },
    "vault_paper": {"id", "case_id", "kind", "ordinal", "written_on", "header"},
    "vault_piece": {"paper_id", "ordinal"},
    "vault_key": {"case_id", "key_id"},
    "vault_receipt": {"case_id"},
    "vault_handler": {"id", "person_id", "public", "viewing", "made_on", "retired_on"},
    "vault_recusal": {"case_id"},
    "vault_step": {"case_id", "ordinal", "move", "leads", "person_id", "taken_on"},
    "vault_bell": {"case_id", "until"},
    "vault_reminder": {
        *("case_id", "person_id", "clock", "due_on", "stage", "on_day", "ordinal"),
    },
    "vault_recovery": {"id", "public", "made_on", "set_by", "retired_on"},
}
CLOSED = {"sealed", "digest", "locked", "mark"}


def test_a_thief_of_the_database_reads_these_columns_of_the_vault_and_no_more(
    house: House,
) -> None:
    tables = {
        name: set(table.columns.keys())
        for name, table in SQLModel.metadata.tables.items()
        if name.startswith("vault_")
    }
    assert {name: columns - CLOSED for name, columns in tables.items()} == PLAIN
    moments = [
        f"{name}.{column.name}"
        for name, table in SQLModel.metadata.tables.items()
        if name.startswith("vault_")
        for column in table.columns
        if "DATETIME" in str(column.type).upper()
    ]
    assert moments == [], "days, never hours"


def test_without_the_key_file_neither_receipt_nor_passphrase_can_be_tried(house: House) -> None:
    receipt = lodged(house, "巳反映的事情經過")
    thief = Keyring.of(b"another key, as long as the true".ljust(32)[:32])
    opening = receipts.tried(receipt.number, receipt.secret, keys=thief)
    with house.database.reading() as session:
        with pytest.raises(Refused, match="receipt_wrong"):
            receipts.case_of(session, receipt.number, opening)
        key = handler_keys.current(session, person(session, SECRETARY).id)
        assert key is not None
        assert key.locked is not None
        with pytest.raises(Refused, match="passphrase_wrong"):
            handler_keys.unlocked(key.id, key.locked, PASSPHRASE, keys=thief)


def test_with_the_key_file_too_letters_stay_closed_without_passphrase_or_receipt(
    house: House,
) -> None:
    lodged(house, "午反映的事情經過")
    sealed = [
        *((f"handler_key:{one.id}", one.locked) for one in house.rows(HandlerKey) if one.locked),
        *((f"vault_key:{one.case_id}:{one.key_id}", one.sealed) for one in house.rows(WrappedKey)),
        *(
            (f"vault_paper:{one.case_id}:{one.id}:{one.kind}", one.sealed)
            for one in house.rows(CasePaper)
        ),
    ]
    assert sealed
    for about, content in sealed:
        for key in (house.keys.payloads, house.keys.lookups, house.keys.receipts):
            with pytest.raises(CryptoError):
                unseal(content, key=key, about=about)
    assert not [
        one for one in house.rows(HandlerKey) if one.viewing is Viewing.OFFLINE and one.locked
    ]


# Stumbles and floods


def test_a_stumble_logs_neither_who_nor_what(house: House) -> None:
    secretary = house.hand_over(SECRETARY)
    receipt = lodged(house, "未反映的事情經過 marker-pangolin")
    with house.database.writing() as session:
        spoilt = session.exec(
            select(CasePaper).where(CasePaper.case_id == case(house, receipt).id)
        ).all()
        for paper in spoilt:
            paper.sealed = bytes(len(paper.sealed))
            session.add(paper)
    at_the_top(house, receipt.number)
    unlock(secretary)
    secretary.press(receipt.number)
    settle(house, secretary)
    log = house.program.log.read_text()
    assert "stumbled" in log
    for trace in (
        *(str(secretary.person), receipt.number, "marker-pangolin"),
        *(SECRETARY, PASSPHRASE, case(house, receipt).id.hex, str(case(house, receipt).id)),
        *("Traceback", TOKEN),
    ):
        assert trace not in log


def test_letters_are_counted_by_account_and_never_by_village(house: House) -> None:
    about = replace(LODGED, unit=row_of(house, Unit, "石橋村").id)
    now = house.now()
    eager = Occasion(
        now, now.date(), 1, house.keys, Language.ZH_HANT, books=house.database, memory=Memory()
    )
    for _ in range(policy("lodged_in_an_hour")):
        prepare(about, eager)
    with pytest.raises(Refused, match="too_many_tries"):
        prepare(about, eager)
    prepare(about, replace(eager, chat=2))


@pytest.mark.alone
def test_ten_thousand_messages_of_one_account_delay_nobody_else(house: House) -> None:
    flooder, villager = house.phone("刷屏的人"), house.phone("同村的人")
    settle(house, villager)
    house.at_once(*({"person_id": flooder.person, "text": f"垃圾 {n}"} for n in range(JUNK)))
    waits = []
    for _ in range(10):
        begun = time.monotonic()
        before = len(said_to(villager))
        villager.say("/privacy")
        villager.wait(lambda before=before: len(said_to(villager)) > before, "an answer")
        waits.append(time.monotonic() - begun)
    receipt = bring(villager, "同村的人反映的事情經過")
    waiting = [row for row in house.rows(Inbox) if row.done_at is None]
    assert waiting, "the flood is still being answered"
    assert sorted(waits)[-2] < 3, waits
    assert case(house, receipt)
