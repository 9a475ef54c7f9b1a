"""A message changed after it was sent is answered in a sentence; what it says now is not kept."""

import json
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from bot.channels import Reworded
from bot.channels.telegram import ALLOWED, chat_of, decode, kept_of
from bot.desk import Desk
from storage.database import Database
from storage.sealing import Keyring
from storage.tables import Outbox
from tests.builders.people import NOON

PRIVATE, GROUP = {"id": 9, "type": "private"}, {"id": -5, "type": "group"}


def edited(number: int = 1, *, chat: dict[str, Any] = PRIVATE, **now: Any) -> dict[str, Any]:
    sender = {"id": 9, "is_bot": False, "first_name": "王", "language_code": "zh"}
    body = {"message_id": 1, "date": 0, "chat": chat, "from": sender, **now}
    return {"update_id": number, "edited_message": body}


@pytest.mark.parametrize("what", ["text", "caption"])
def test_nothing_of_what_it_says_now_is_kept(what: str) -> None:
    kept = kept_of(edited(**{what: "是會計收的錢", "entities": [{"type": "bold"}]}))
    assert kept is not None
    payload = json.dumps(kept, ensure_ascii=False)
    assert "會計" not in payload
    assert "bold" not in payload
    assert chat_of(kept) == 9
    message = decode(payload.encode())
    assert (message.said, message.private, message.own) == (Reworded(), True, None)


def test_telegram_is_asked_for_it() -> None:
    assert "edited_message" in ALLOWED


def test_a_place_that_goes_on_being_shared_is_no_changed_message() -> None:
    assert kept_of(edited(location={"latitude": 1, "longitude": 2})) is None


def test_any_other_update_is_kept_whole() -> None:
    update = {"update_id": 1, "message": {"message_id": 1, "chat": PRIVATE, "text": "您好"}}
    assert kept_of(update) is update


class Town:
    """A desk whose clock is set, and how many messages it has posted."""

    def __init__(self, database: Database, keys: Keyring) -> None:
        self.now: datetime = NOON
        self.database = database
        zone = ZoneInfo("Asia/Shanghai")
        self.desk = Desk(database, keys=keys, decode=decode, clock=lambda: self.now, zone=zone)

    def hears(self, update: dict[str, Any]) -> int:
        kept = kept_of(update)
        assert kept is not None
        self.desk.take_in([(kept["update_id"], chat_of(kept), json.dumps(kept).encode())])
        while self.desk.work().count:
            pass
        with self.database.reading() as session:
            return len(session.exec(select(Outbox)).all())


def test_it_is_answered_once_a_minute(database: Database, keys: Keyring) -> None:
    town = Town(database, keys)
    assert town.hears(edited(1, text="一")) == 1
    town.now += timedelta(seconds=20)
    assert town.hears(edited(2, text="二")) == 1
    town.now += timedelta(seconds=50)
    assert town.hears(edited(3, text="三")) == 2


def test_in_a_group_nothing_is_said_to_it(database: Database, keys: Keyring) -> None:
    assert Town(database, keys).hears(edited(1, chat=GROUP, text="/menu@bot")) == 0
