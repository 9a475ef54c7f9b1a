"""What the desk does with updates nobody foresaw."""

import json
from dataclasses import dataclass
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from bot.channels import Rejected
from bot.channels.telegram import chat_of, decode
from bot.desk import Desk
from dialogs.errors import Refused
from dialogs.prompts import Attachment
from storage.database import Database
from storage.sealing import Keyring
from storage.tables import Inbox, Outbox
from tests.builders.people import NOON


def a_desk(database: Database, keys: Keyring) -> Desk:
    zone = ZoneInfo("Asia/Shanghai")
    return Desk(database, keys=keys, decode=decode, clock=lambda: NOON, zone=zone)


def take_in(desk: Desk, *updates: dict[str, Any]) -> None:
    desk.take_in([(one["update_id"], chat_of(one), json.dumps(one).encode()) for one in updates])


def written(number: int, chat: int, **said: Any) -> dict[str, Any]:
    place = {"id": chat, "type": "private"}
    return {"update_id": number, "message": {"message_id": 1, "chat": place, **said}}


@pytest.mark.parametrize(
    "strange",
    [
        written(5, 9, photo=[]),
        {"update_id": 5, "message": None, "callback_query": None},
        {"update_id": 5, "message": "?"},
    ],
)
def test_an_update_that_cannot_be_read_stops_nobody(
    database: Database, keys: Keyring, strange: dict[str, Any]
) -> None:
    desk = a_desk(database, keys)
    take_in(desk, strange, written(6, 8, text="/menu"))
    while desk.work().count:
        pass
    with database.reading() as session:
        assert session.get_one(Inbox, 5).done_at == NOON
        assert len(session.exec(select(Outbox)).all()) == 1


@dataclass(frozen=True)
class WithFile:
    """An event that came with a file, and wants its bytes."""

    wants_bytes: ClassVar[bool] = True
    file: Attachment | None = None


FORM = Attachment("BQACAg1", "表.xlsx", "document", 4)


def test_the_bytes_of_a_file_are_fetched_for_the_event_that_wants_them(
    database: Database, keys: Keyring
) -> None:
    desk = a_desk(database, keys)
    desk.fetch = {"BQACAg1": b"PK.."}.__getitem__
    assert desk.fetched(WithFile(file=FORM)) == [b"PK.."]
    assert desk.fetched(WithFile()) == []
    assert desk.fetched(object()) == []


def test_a_file_that_does_not_come_is_refused_in_words(database: Database, keys: Keyring) -> None:
    desk = a_desk(database, keys)

    def fetch(file: str) -> bytes:
        raise Rejected("file is too big")

    for desk.fetch in (fetch, a_desk(database, keys).fetch):
        with pytest.raises(Refused) as refused:
            desk.fetched(WithFile(file=FORM))
        assert refused.value.phrase.key == "refused.file_not_fetched"
