"""What Telegram refuses before it does anything, and in which words."""

import json
from typing import Any

import pytest

from bot.playground.people import Person
from bot.playground.telegram import Telegram
from tests.bot.playground.conftest import TOKEN, Playground


def button(**fields: Any) -> dict[str, Any]:
    return {"text": "是", "callback_data": "d:1"} | fields


def test_a_wrong_token_is_answered_401(playground: Playground) -> None:
    answer = playground.http.get("/bot2:wrong/getMe")
    assert (answer.status_code, answer.json()["description"]) == (401, "Unauthorized")


def test_an_unknown_method_is_answered_404(playground: Playground) -> None:
    assert playground.refusal("sendPigeon") == "404 Not Found: method not found"


def test_method_names_may_be_written_in_any_case(playground: Playground) -> None:
    assert playground.result("GETME")["username"] == "qingfeng_bot"


def test_an_unknown_parameter_is_refused(playground: Playground, wang: Person) -> None:
    said = playground.refusal("sendMessage", chat_id=wang.id, text="x", reply_to_message_id=1)
    assert said == '400 Bad Request: unknown parameter "reply_to_message_id" of sendMessage'


def test_an_unknown_field_of_an_object_is_refused(playground: Playground, wang: Person) -> None:
    keyboard = {"inline_keyboard": [[button(colour="red")]]}
    said = playground.refusal("sendMessage", chat_id=wang.id, text="x", reply_markup=keyboard)
    assert said == '400 Bad Request: unknown parameter "colour" of InlineKeyboardButton'


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"text": "x"}, "chat_id is empty"),
        ({"chat_id": 1001}, "message text is empty"),
        ({"chat_id": 1001, "text": " \n"}, "message text is empty"),
        ({"chat_id": 1001, "text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"chat_id": 1001, "text": 5}, 'parameter "text" must be String'),
        ({"chat_id": 5, "text": "x"}, "chat not found"),
        ({"chat_id": "@nobody", "text": "x"}, "chat not found"),
        ({"chat_id": "@wang", "text": "x"}, "chat not found"),
        ({"chat_id": 1001, "text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
        (
            {"chat_id": 1001, "text": "x", "reply_parameters": {"message_id": 99}},
            "message to be replied not found",
        ),
        (
            {
                "chat_id": 1001,
                "text": "x",
                "entities": [{"type": "bold", "offset": 0, "length": 2}],
            },
            "entity ends after the end of the text",
        ),
    ],
)
def test_a_wrong_message_is_refused(
    playground: Playground, wang: Person, asked: dict[str, Any], said: str
) -> None:
    assert playground.refusal("sendMessage", **asked) == f"400 Bad Request: {said}"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([[button(callback_data="d" * 65)]], "BUTTON_DATA_INVALID"),
        ([[button(callback_data="風" * 22)]], "BUTTON_DATA_INVALID"),
        ([[button(callback_data="")]], "BUTTON_DATA_INVALID"),
        ([[button(text=" ")]], "inline keyboard button text must be non-empty"),
        (
            [[{"text": "是"}]],
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ([[button()] * 9], "REPLY_MARKUP_TOO_LONG"),
        ([[button()]] * 101, "REPLY_MARKUP_TOO_LONG"),
        (
            [[{"text": "看", "url": "https://nowhere"}]],
            "inline keyboard button URL 'https://nowhere' is invalid: Wrong HTTP URL",
        ),
        (
            [[{"text": "看", "url": "ftp://example.org"}]],
            "inline keyboard button URL 'ftp://example.org' is invalid: Unsupported URL protocol",
        ),
    ],
)
def test_a_wrong_keyboard_is_refused(
    playground: Playground, wang: Person, rows: list[list[dict[str, str]]], said: str
) -> None:
    keyboard = {"inline_keyboard": rows}
    refusal = playground.refusal("sendMessage", chat_id=wang.id, text="x", reply_markup=keyboard)
    assert refusal == f"400 Bad Request: {said}"


def test_the_largest_keyboard_is_accepted(playground: Playground, wang: Person) -> None:
    rows = [[button(callback_data="d" * 64)] * 8] * 12 + [[button()] * 4]
    keyboard = {"inline_keyboard": rows}
    sent = playground.result("sendMessage", chat_id=wang.id, text="x", reply_markup=keyboard)
    assert sent["reply_markup"] == keyboard


def test_text_is_measured_in_utf16_units_after_parsing(
    playground: Playground, wang: Person
) -> None:
    asked = {"chat_id": wang.id, "parse_mode": "HTML"}
    assert playground.result("sendMessage", text="<b>" + "風" * 4096 + "</b>", **asked)
    assert playground.result("sendMessage", text="🌬" * 2048, **asked)
    too_long = "400 Bad Request: message is too long"
    assert playground.refusal("sendMessage", text="風" * 4097, **asked) == too_long
    assert playground.refusal("sendMessage", text="🌬" * 2049, **asked) == too_long


def test_forms_carry_objects_as_json_and_numbers_as_text(
    playground: Playground, wang: Person
) -> None:
    keyboard = {"inline_keyboard": [[button()]]}
    form = {
        "chat_id": str(wang.id),
        "text": "問",
        "disable_notification": "true",
        "reply_markup": json.dumps(keyboard),
    }
    answer = playground.http.post(f"/bot{TOKEN}/sendMessage", data=form)
    assert answer.json()["result"]["reply_markup"] == keyboard


def test_a_query_string_is_as_good_as_a_body(playground: Playground, wang: Person) -> None:
    answer = playground.http.get(f"/bot{TOKEN}/sendMessage?chat_id={wang.id}&text=%E9%A2%A8")
    assert answer.json()["result"]["text"] == "風"


def test_a_body_that_is_no_json_object_is_refused(playground: Playground) -> None:
    headers = {"content-type": "application/json"}
    for body in ("{", "[]"):
        answer = playground.http.post(f"/bot{TOKEN}/getMe", content=body, headers=headers)
        assert answer.status_code == 400


def test_whoever_never_pressed_start_cannot_be_written_to(
    playground: Playground, telegram: Telegram
) -> None:
    shy = telegram.add_person("陳")
    said = playground.refusal("sendMessage", chat_id=shy.id, text="您好")
    assert said == "403 Forbidden: bot can't initiate conversation with a user"


def test_a_blocked_bot_is_answered_403_until_it_is_unblocked(
    playground: Playground, wang: Person
) -> None:
    playground.play("block", person_id=wang.id, blocked=True)
    said = playground.refusal("sendMessage", chat_id=wang.id, text="您好")
    assert said == "403 Forbidden: bot was blocked by the user"
    playground.play("block", person_id=wang.id, blocked=False)
    assert playground.result("sendMessage", chat_id=wang.id, text="您好")
    changes = [each["my_chat_member"]["new_chat_member"] for each in playground.updates()]
    assert [change["status"] for change in changes] == ["kicked", "member"]


def test_what_the_bot_called_is_kept(playground: Playground, wang: Person) -> None:
    playground.ask("sendMessage", chat_id=wang.id, text="x")
    playground.ask("sendMessage", chat_id=5, text="x")
    first, second = playground.http.get("/play/calls").json()
    assert (first["method"], first["params"]["text"], first["ok"]) == ("sendMessage", "x", True)
    assert (second["ok"], second["error_code"]) == (False, 400)
    later = playground.http.get("/play/calls", params={"since": first["seq"]}).json()
    assert later == [second]
