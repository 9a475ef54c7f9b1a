import json
from typing import Any

import aiohttp
import httpx
import pytest
from aiohttp.client_reqrep import ConnectionKey
from hypothesis import given
from hypothesis import strategies as st
from telegram import InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels import (
    Command,
    Message,
    Moved,
    NotSent,
    Rejected,
    Taken,
    TooFast,
    Undecided,
    Unreachable,
)
from bot.channels.telegram import call_for, clean, decode, undelivered
from dialogs.messages import Rendered
from dialogs.prompts import Pressed, Sent, Wrote
from dialogs.speech import Go, Paper
from dialogs.tokens import TalkPressed
from dialogs.vocabulary import Language
from storage.outbox import Letter

PERSON = {"id": 7, "is_bot": False, "first_name": "王", "language_code": "zh-hans"}
CHAT = {"id": 7, "type": "private"}
WORDS = Rendered("您好", [[("是", "g:menu:"), ("地圖", "https://example.org/")]])


def message(**content: Any) -> Message:
    """Decode an update with a message."""
    body = {"message_id": 1, "date": 0, "chat": CHAT, "from": PERSON, **content}
    return decode(json.dumps({"update_id": 1, "message": body}).encode())


def press(data: str, **more: Any) -> Message:
    """Decode an update with a pressed button."""
    shown = {"message_id": 5, "date": 0, "chat": CHAT}
    query = {"id": "q", "from": PERSON, "message": shown, "data": data, **more}
    return decode(json.dumps({"update_id": 1, "callback_query": query}).encode())


# ---- what is heard


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("/menu", Command("menu")),
        ("/start DEMO0001QF", Command("start", "DEMO0001QF")),
        ("/Menu@qingfeng_bot", Command("menu")),
        ("今年三月", Wrote("今年三月")),
        ("第一行\n第二行", Wrote("第一行\n第二行")),
        ("a\x00b\x1bc", Wrote("abc")),
    ],
)
def test_text_is_a_command_or_an_answer(text: str, said: object) -> None:
    assert message(text=text).said == said


def test_of_a_photo_the_largest_size_is_taken() -> None:
    sizes = [{"file_id": "small", "file_size": 10}, {"file_id": "large", "file_size": 900}]
    assert message(photo=sizes, caption="現場").said == Sent(
        kind="photo", file="large", size=900, caption="現場"
    )


def test_a_document_keeps_its_name_and_size() -> None:
    document = {"file_id": "d", "file_name": "台賬.xlsx", "file_size": 42}
    assert message(document=document).said == Sent("document", "d", "台賬.xlsx", 42)


def test_what_we_take_no_notice_of_says_nothing() -> None:
    assert message(new_chat_title="新名").said is None
    assert message(location={"latitude": 1, "longitude": 2}).said is None


def test_a_group_is_not_private() -> None:
    assert not message(text="/menu", chat={"id": -5, "type": "group"}).private
    assert message(text="/menu").private


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("zh-hans", Language.ZH_HANT),
        ("zh", Language.ZH_HANT),
        ("", Language.ZH_HANT),
        ("en", Language.EN),
        ("de", Language.EN),
    ],
)
def test_who_has_not_chosen_is_spoken_to_by_their_app(code: str, language: Language) -> None:
    sender = {**PERSON, "language_code": code}
    assert message(text="x", **{"from": sender}).language is language


def test_a_pressed_button_says_which_message_and_query() -> None:
    pressed = press("g:broadcast:abc")
    assert (pressed.said, pressed.pressed, pressed.query) == (Go("broadcast", "abc"), 5, "q")
    assert press("p:t:p:take:yes").said == TalkPressed("t", Pressed("p", "take", "yes"))
    assert press("nonsense").said is None


@given(st.text())
def test_cleaned_text_can_be_stored_anywhere(text: str) -> None:
    cleaned = clean(text)
    assert "\x00" not in cleaned
    assert cleaned.encode().decode() == cleaned
    assert clean(cleaned) == cleaned


def test_nothing_heard_is_printed_by_accident() -> None:
    assert "王大娘" not in repr(message(text="王大娘說"))
    assert "SECRET" not in repr(message(text="/start SECRET").said)


# ---- what is said


def test_a_new_message_is_sent_with_its_buttons() -> None:
    method, data = call_for(Letter(7, WORDS))
    assert (method, data["text"], data["parse_mode"]) == ("sendMessage", "您好", "HTML")
    assert data["reply_markup"]["inline_keyboard"] == [
        [
            {"text": "是", "callback_data": "g:menu:"},
            {"text": "地圖", "url": "https://example.org/"},
        ]
    ]


def test_an_edit_without_buttons_takes_the_old_ones_away() -> None:
    method, data = call_for(Letter(7, Rendered("好"), edit=5))
    assert (method, data["message_id"]) == ("editMessageText", 5)
    assert data["reply_markup"] == {"inline_keyboard": []}


def test_just_the_buttons_can_be_replaced() -> None:
    method, data = call_for(Letter(7, WORDS, edit=5, buttons_only=True))
    assert method == "editMessageReplyMarkup"
    assert "text" not in data


def test_a_protected_message_can_be_neither_saved_nor_forwarded() -> None:
    _, data = call_for(Letter(7, Rendered("回執", protected=True)))
    assert data["protect_content"] is True


def test_a_paper_is_sent_as_a_document_under_its_name() -> None:
    method, data = call_for(Letter(7, Rendered("附件", paper=Paper("表.docx", b"PK"))))
    assert (method, data["caption"]) == ("sendDocument", "附件")
    assert isinstance(data["document"], InputFile)
    assert data["document"].filename == "表.docx"


def test_a_picture_is_shown_at_once() -> None:
    method, data = call_for(Letter(7, Rendered("流程圖", paper=Paper("圖.png", b"PNG", True))))
    assert (method, data["caption"]) == ("sendPhoto", "流程圖")
    assert "document" not in data


# ---- what did not get through


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    error.__cause__ = cause
    return error


def no_connection() -> Exception:
    key = ConnectionKey("127.0.0.1", 1, False, True, None, None, None)
    return aiohttp.ClientConnectorError(key, OSError("refused"))


@pytest.mark.parametrize(
    ("error", "fate"),
    [
        (Forbidden("bot was blocked by the user"), Unreachable),
        (BadRequest("Chat not found"), Unreachable),
        (BadRequest("message is too long"), Rejected),
        (InvalidToken(), NotSent),
        (TimedOut(), Undecided),
        (NetworkError("Bad Gateway"), Undecided),
        (Conflict("terminated by other getUpdates request"), Taken),
        (caused(NetworkError("x"), no_connection()), NotSent),
        (caused(TimedOut(), httpx.PoolTimeout("pool")), NotSent),
        (caused(TimedOut(), httpx.ReadTimeout("read")), Undecided),
    ],
)
def test_every_failure_says_what_is_known_of_the_message(
    error: TelegramError, fate: type[Exception]
) -> None:
    assert type(undelivered(error)) is fate


def test_telegram_says_how_long_to_wait() -> None:
    failure = undelivered(RetryAfter(7))
    assert isinstance(failure, TooFast)
    assert failure.wait == 7


def test_a_chat_that_has_moved_says_where_to() -> None:
    failure = undelivered(ChatMigrated(-100))
    assert isinstance(failure, Moved)
    assert failure.chat == -100
