"""What somebody might do who has the token too: the township hears of it, and nothing is lost."""

from collections.abc import Iterator

import pytest

from bot.channels.telegram import Telegram as Channel
from bot.token_watch import TOLD_FOR, TokenWatch, Trouble
from tests.builders.house import TOKEN, House, open_house
from tests.builders.patience import until
from tests.builders.phone import Phone
from tests.builders.township import example_township
from tests.builders.web import HTTP

CLERK, SECRETARY = "何靜怡", "韓守正"
ELSEWHERE = "http://127.0.0.1:9/stolen"


@pytest.fixture
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("house")) as opened:
        opened.take_over(example_township())
        opened.program.start()
        opened.hand_over(SECRETARY)
        yield opened


@pytest.fixture
def clerk(house: House) -> Phone:
    clerk = house.hand_over(CLERK)
    clerk.say("/menu")
    clerk.sees("請選擇")
    return clerk


def steal(house: House, method: str, **asked: object) -> dict[str, object]:
    """Call Telegram with the token, as a thief would."""
    answer: dict[str, object] = HTTP.post(
        f"{house.url}/bot{TOKEN}/{method}", json=asked, timeout=60
    ).json()
    return answer


def test_what_is_sent_elsewhere_is_taken_back_and_told(house: House, clerk: Phone) -> None:
    assert steal(house, "setWebhook", url=ELSEWHERE)["ok"]
    villager = house.phone("王大娘")
    villager.say("/menu")
    clerk.sees("送到別處")
    clerk.sees("/revoke")
    house.hand_over(SECRETARY).sees("送到別處")
    villager.sees("便民服務")
    assert steal(house, "getWebhookInfo")["result"] == house.telegram.webhook | {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": 0,
        "allowed_updates": ["message", "edited_message", "callback_query"],
    }


def test_who_polls_with_our_token_is_told_of(house: House, clerk: Phone) -> None:
    def is_told() -> bool:
        steal(house, "getUpdates", timeout=1)
        return any("同一個令牌" in message.get("text", "") for message in clerk.messages())

    until(is_told, "that somebody polls", seconds=60)
    villager = house.phone("王大娘")
    villager.say("/menu")
    villager.sees("便民服務")


async def test_a_bot_that_is_known_as_another_is_noticed(house: House) -> None:
    watch = TokenWatch(Channel(TOKEN, api_url=house.url))
    await watch.channel.open()
    assert await watch.look() == set()
    house.telegram.bot["first_name"] = "清風客服"
    assert await watch.look() == {Trouble.RENAMED}
    assert await watch.look() == set(), "it is news once"
    await watch.channel.close()


def test_the_same_is_told_once_an_hour() -> None:
    watch, seen = TokenWatch(Channel(TOKEN, api_url="http://127.0.0.1:9")), {Trouble.RENAMED}
    assert watch.untold(seen, now=0.0) == seen
    assert watch.untold({*seen, Trouble.POLLED}, now=60.0) == {Trouble.POLLED}
    assert watch.untold(seen, now=TOLD_FOR) == seen
