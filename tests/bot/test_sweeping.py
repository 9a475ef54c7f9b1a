"""What is deleted from the chat: what was written to no purpose, and the last trace of a letter."""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlmodel import select

from bot.channels.telegram import chat_of, decode
from bot.desk import ENDED, Desk
from dialogs.rules.access import Action
from storage.conversations import CONFIDENTIAL_MINUTES
from storage.database import Database
from storage.outbox import Letter, Parcel, Urgency, unpack
from storage.sealing import Keyring
from storage.tables import Outbox
from tests.builders.people import NOON

CHAT = {"id": 9, "type": "private"}
SENDER = {"id": 9, "is_bot": False, "first_name": "王", "language_code": "zh"}
PLACE = {"location": {"latitude": 30.1, "longitude": 103.2}}
CARD = {"contact": {"phone_number": "13912345678", "first_name": "王"}}
RECEIPT = "PDMPU 1295 7810 5724 7300"


class Chat:
    """A chat at the desk; messages are numbered as they come."""

    def __init__(self, database: Database, keys: Keyring) -> None:
        self.database, self.keys, self.count = database, keys, 0
        zone = ZoneInfo("Asia/Shanghai")
        self.desk = Desk(database, keys=keys, decode=decode, clock=lambda: NOON, zone=zone)

    def hears(self, **update: Any) -> int:
        self.count += 1
        whole = {"update_id": self.count, **update}
        self.desk.take_in([(self.count, chat_of(whole), json.dumps(whole).encode())])
        while self.desk.work().count:
            pass
        return self.count

    def sends(self, **said: Any) -> int:
        """Send a message; give its number."""
        number = self.count + 1
        message = {"message_id": number, "chat": CHAT, "from": SENDER, **said}
        return self.hears(message=message)

    def begins(self, action: Action) -> None:
        message = {"message_id": 500, "chat": CHAT}
        data = f"g:{action}:"
        self.hears(callback_query={"id": "1", "from": SENDER, "message": message, "data": data})

    def posted(self) -> Sequence[tuple[Letter, timedelta]]:
        """List what is posted, and how far ahead."""
        with self.database.reading() as session:
            rows = session.exec(select(Outbox).order_by(Outbox.id)).all()  # type: ignore[arg-type]
        return [
            (
                unpack(
                    Parcel(one.id or 0, one.chat_hash, Urgency(one.urgency), 0, None, one.payload),
                    keys=self.keys,
                ),
                one.due_at - NOON,
            )
            for one in rows
        ]

    def swept(self) -> dict[int, timedelta]:
        return {one.sweeps: ahead for one, ahead in self.posted() if one.sweeps is not None}

    def last(self) -> Letter:
        return [one for one, _ in self.posted() if one.sweeps is None][-1]


@pytest.fixture
def chat(database: Database, keys: Keyring) -> Chat:
    return Chat(database, keys)


UNREAD = [PLACE, CARD, {"text": "/我要舉報王主任"}, {"dice": {"value": 3}}]


@pytest.mark.parametrize("said", UNREAD)
def test_what_cannot_be_read_in_a_letter_is_deleted_like_the_rest_of_it(
    chat: Chat, said: dict[str, Any]
) -> None:
    chat.begins(Action.LODGE)
    number = chat.sends(**said)
    assert "沒看懂您的意思" in chat.last().words.text
    assert chat.swept() == {number: timedelta(minutes=CONFIDENTIAL_MINUTES)}
    assert chat.last().lasts == CONFIDENTIAL_MINUTES, "and so is what leads back to it"


@pytest.mark.parametrize(
    "said", [{"text": "王主任收了三千元"}, PLACE, {"photo": [{"file_id": "A"}]}]
)
def test_what_nothing_waited_for_is_deleted_and_said_to_be(
    chat: Chat, said: dict[str, Any]
) -> None:
    number = chat.sends(**said)
    assert chat.swept() == {number: timedelta(minutes=CONFIDENTIAL_MINUTES)}
    assert any("兩小時後會從這裡刪除" in one.words.text for one, _ in chat.posted())


def test_what_the_desk_stumbles_over_is_deleted(chat: Chat) -> None:
    with chat.database.writing() as session:
        session.execute(sa.text("DROP TABLE vault_receipt"))
    chat.begins(Action.ASK_AFTER)
    number = chat.sends(text=RECEIPT)
    assert "系統出了差錯" in chat.last().words.text
    assert chat.swept() == {number: timedelta(minutes=CONFIDENTIAL_MINUTES)}


def test_what_is_answered_elsewhere_stays(chat: Chat) -> None:
    chat.sends(text="/menu")
    chat.begins(Action.LANGUAGE)
    chat.sends(text="English")
    assert chat.swept() == {}
    assert chat.last().lasts is None


def test_a_receipt_is_taken_where_it_is_pasted(chat: Chat) -> None:
    number = chat.sends(text=f"  {RECEIPT} ")
    assert "編號或查詢碼不對" in chat.last().words.text, "it was looked for"
    assert "請輸入回執上的編號" in chat.last().words.text
    assert number in chat.swept()


def test_the_end_of_a_letter_does_not_stay_either(chat: Chat) -> None:
    chat.begins(Action.ASK_AFTER)
    chat.sends(text="/cancel")
    assert "已取消" in chat.last().words.text
    assert chat.last().lasts == ENDED


def test_of_a_matter_of_the_countys_it_is_not_even_written_down_when_to_delete_it(
    chat: Chat,
) -> None:
    chat.begins(Action.LODGE)
    chat.sends(text="鎮紀委的人")
    assert "12388" in chat.last().words.text
    assert chat.last().lasts is None


def test_in_a_group_nothing_is_deleted(chat: Chat) -> None:
    group = {"id": -5, "type": "group"}
    message = {"message_id": 7, "chat": group, "from": SENDER, "text": "王主任收了三千元"}
    chat.hears(message=message)
    assert chat.posted() == []
