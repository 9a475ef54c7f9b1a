"""What somebody might try at the webhook's door, which the whole internet can knock at."""

import json
from collections.abc import Iterator

import pytest

from bot.playground.server import listening, url_of
from bot.webhook import LARGEST
from storage.sealing import derived, master_key
from storage.tables import Inbox
from tests.builders.house import House, open_house
from tests.builders.patience import until
from tests.builders.phone import words
from tests.builders.web import HTTP

SECRET = "X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with listening() as free:
        port = url_of(free).rpartition(":")[2]
    folder = tmp_path_factory.mktemp("house")
    address = f"http://127.0.0.1:{port}"
    with open_house(folder, mode="webhook", webhook_url=address, webhook_port=port) as opened:
        opened.program.start()
        villager = opened.phone("王大娘")
        villager.say("/menu")
        villager.sees("便民服務")
        yield opened


def door(house: House) -> str:
    return str(house.telegram.webhook["url"])


def secret(house: House) -> str:
    folder = house.program.log.parent
    return derived(master_key(folder / "qingfeng.key"), "webhook").hex()


def update(number: int, chat: int, text: str) -> dict[str, object]:
    person = {"id": chat, "is_bot": False, "first_name": "王"}
    message = {"message_id": number, "date": 0, "from": person, "text": text}
    return {"update_id": number, "message": {**message, "chat": {"id": chat, "type": "private"}}}


def knock(
    house: House, body: object, *, shown: str | None = None, kind: str = "application/json"
) -> int:
    headers = {"Content-Type": kind} | ({} if shown is None else {SECRET: shown})
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return HTTP.post(door(house), content=content, headers=headers, timeout=30).status_code


@pytest.mark.parametrize("shown", [None, "", "0" * 64, "密".encode().hex(), "a" * 10_000])
def test_whoever_does_not_know_the_secret_finds_nothing(house: House, shown: str | None) -> None:
    before = len(house.rows(Inbox))
    assert knock(house, update(900_001, 77, "/menu"), shown=shown) == 404
    assert knock(house, b"x" * (LARGEST + 1), shown=shown) == 404
    assert len(house.rows(Inbox)) == before


def test_the_secret_is_taken_whole_and_not_by_its_beginning(house: House) -> None:
    assert knock(house, update(900_002, 77, "/menu"), shown=secret(house)[:-1]) == 404
    assert knock(house, update(900_002, 77, "/menu"), shown=secret(house).upper()) == 404


def test_nothing_but_posted_updates_is_answered_elsewhere(house: House) -> None:
    shown = {SECRET: secret(house)}
    assert HTTP.get(door(house), headers=shown).status_code == 405
    root = door(house).removesuffix("/updates")
    for path in ("/", "/docs", "/openapi.json", "/updates/../.env", "/metrics"):
        assert HTTP.post(root + path, headers=shown).status_code in (404, 405)


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"x" * (LARGEST + 1), "application/json", 413),
        (b'{"update_id": 900003}', "text/plain", 415),
        (b'{"update_id": 900003}', "multipart/form-data; boundary=x", 415),
        (b"not json", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"[1]", "application/json", 400),
        (b'"update_id"', "application/json", 400),
        (b"null", "application/json", 400),
        (b"{}", "application/json", 400),
        (b'{"update_id": 1e400}', "application/json", 400),
        (b'{"update_id": "7"}', "application/json", 400),
        (b'{"update_id": true}', "application/json", 400),
        (b'{"update_id": -1}', "application/json", 400),
        (b'{"update_id": 99999999999999999999999}', "application/json", 400),
    ],
)
def test_what_is_no_update_is_refused_and_the_door_stays_open(
    house: House, body: bytes, kind: str, status: int
) -> None:
    before = len(house.rows(Inbox))
    assert knock(house, body, shown=secret(house), kind=kind) == status
    assert len(house.rows(Inbox)) == before
    assert house.program.running


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"message": None},
        {"message": "text"},
        {"message": {"chat": {"id": 1e308 * 10}}},
        {"message": {"chat": {"id": "x"}}},
        {"callback_query": {"id": 1, "data": {"a": []}}},
        {"edited_message": {"chat": {"id": 5}}},
    ],
)
def test_an_update_that_says_nothing_is_put_aside_and_stops_nobody(
    house: House, more: dict[str, object]
) -> None:
    number = 910_000 + len(house.rows(Inbox))
    assert knock(house, {"update_id": number, **more}, shown=secret(house)) == 200
    until(lambda: not house.rows(Inbox, Inbox.done_at == None), "all heard")  # noqa: E711
    villager = house.phone("後面的人")
    villager.say("/menu")
    villager.sees("便民服務")


def test_an_update_played_again_is_answered_once_and_the_first_time_counts(house: House) -> None:
    villager = house.phone("被重放的人")
    first = update(920_001, villager.person, "/menu")
    again = update(920_001, villager.person, "/privacy")
    assert [knock(house, one, shown=secret(house)) for one in (first, first, again)] == [200] * 3
    villager.sees("便民服務")
    until(lambda: not house.rows(Inbox, Inbox.done_at == None), "all heard")  # noqa: E711
    assert knock(house, again, shown=secret(house)) == 200, "nor once it was answered"
    until(lambda: not house.rows(Inbox, Inbox.done_at == None), "all heard")  # noqa: E711
    said = [words(m) for m in villager.messages() if m["from"]["is_bot"]]
    assert len(said) == 1
