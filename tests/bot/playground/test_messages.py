"""Messages sent, edited, deleted and pinned, and presses of their buttons."""

from typing import Any

import pytest

from bot.playground.people import Person
from bot.playground.telegram import Telegram
from tests.bot.playground.conftest import Playground

KEYBOARD = {"inline_keyboard": [[{"text": "是", "callback_data": "d:yes"}]]}
HOUR = 3600


def sent(playground: Playground, person: Person, **more: Any) -> dict[str, Any]:
    message: dict[str, Any] = playground.result(
        "sendMessage", **({"chat_id": person.id, "text": "問"} | more)
    )
    return message


def test_a_message_looks_as_telegram_shows_it(playground: Playground, wang: Person) -> None:
    message = sent(playground, wang, text="<b>清風</b>", parse_mode="HTML", protect_content=True)
    assert message == {
        "message_id": message["message_id"],
        "from": {"id": 1, "is_bot": True, "first_name": "清風", "username": "qingfeng_bot"},
        "chat": {
            "id": wang.id,
            "type": "private",
            "first_name": "王",
            "last_name": "小明",
            "username": "wang",
        },
        "date": message["date"],
        "text": "清風",
        "entities": [{"type": "bold", "offset": 0, "length": 2}],
        "has_protected_content": True,
    }


def test_the_bot_sees_inline_keyboards_alone_but_the_page_sees_all(
    playground: Playground, wang: Person
) -> None:
    keyboard = {"keyboard": [[{"text": "自查"}]], "resize_keyboard": True}
    assert "reply_markup" not in sent(playground, wang, reply_markup=keyboard)
    shown = playground.http.get("/play/state").json()["messages"][str(wang.id)]
    assert shown[-1]["reply_markup"] == keyboard


def test_a_reply_shows_what_it_answers(playground: Playground, wang: Person) -> None:
    asked = playground.play("send", person_id=wang.id, chat_id=wang.id, text="請問")
    answer = sent(playground, wang, reply_parameters={"message_id": asked["message_id"]})
    assert answer["reply_to_message"]["text"] == "請問"
    loose = {"message_id": 99, "allow_sending_without_reply": True}
    assert "reply_to_message" not in sent(playground, wang, reply_parameters=loose)


def test_a_quoted_message_shows_no_reply_keyboard_and_no_further_quote(
    playground: Playground, wang: Person
) -> None:
    keyboard = {"keyboard": [[{"text": "自查"}]]}
    first = sent(playground, wang, text="一")["message_id"]
    reply = {"message_id": first}
    second = sent(playground, wang, reply_markup=keyboard, reply_parameters=reply)["message_id"]
    said = {"person_id": wang.id, "chat_id": wang.id, "text": "三", "reply_to": second}
    playground.play("send", **said)
    (update,) = playground.updates()
    quote = update["message"]["reply_to_message"]
    assert (quote["text"], "reply_markup" in quote) == ("問", False)
    assert "reply_to_message" not in quote


def test_editing_replaces_text_and_takes_away_an_unmentioned_keyboard(
    playground: Playground, wang: Person
) -> None:
    message = sent(playground, wang, reply_markup=KEYBOARD)
    place = {"chat_id": wang.id, "message_id": message["message_id"]}
    edited = playground.result("editMessageText", text="答", **place)
    assert (edited["text"], "reply_markup" in edited, "edit_date" in edited) == ("答", False, True)
    again = playground.result("editMessageReplyMarkup", reply_markup=KEYBOARD, **place)
    assert (again["text"], again["reply_markup"]) == ("答", KEYBOARD)


def test_an_edit_that_changes_nothing_is_refused(playground: Playground, wang: Person) -> None:
    message = sent(playground, wang, text="清 <b>風</b>", parse_mode="HTML", reply_markup=KEYBOARD)
    said = playground.refusal(
        "editMessageText",
        chat_id=wang.id,
        message_id=message["message_id"],
        text="清 <strong>風</strong> ",
        parse_mode="HTML",
        reply_markup=KEYBOARD,
    )
    assert said.startswith("400 Bad Request: message is not modified: specified new message")


def test_only_the_bots_own_messages_can_be_edited(playground: Playground, wang: Person) -> None:
    theirs = playground.play("send", person_id=wang.id, chat_id=wang.id, text="我的")
    place = {"chat_id": wang.id, "message_id": theirs["message_id"]}
    said = playground.refusal("editMessageText", text="答", **place)
    assert said == "400 Bad Request: message can't be edited"
    said = playground.refusal("editMessageText", chat_id=wang.id, message_id=99, text="答")
    assert said == "400 Bad Request: message to edit not found"
    said = playground.refusal("editMessageText", chat_id=wang.id, text="答")
    assert said == "400 Bad Request: message identifier is not specified"


def test_both_sides_of_a_private_chat_can_be_deleted_for_48_hours(
    playground: Playground, wang: Person
) -> None:
    ours = sent(playground, wang)["message_id"]
    theirs = playground.play("send", person_id=wang.id, chat_id=wang.id, text="我")["message_id"]
    assert playground.result("deleteMessages", chat_id=wang.id, message_ids=[ours, theirs, 99])
    said = playground.refusal("deleteMessage", chat_id=wang.id, message_id=ours)
    assert said == "400 Bad Request: message to delete not found"
    late = sent(playground, wang)["message_id"]
    playground.play("clock", seconds=49 * HOUR)
    said = playground.refusal("deleteMessage", chat_id=wang.id, message_id=late)
    assert said == "400 Bad Request: message can't be deleted for everyone"


def test_a_press_is_answered_once_and_within_a_minute(playground: Playground, wang: Person) -> None:
    message = sent(playground, wang, reply_markup=KEYBOARD)
    where = {"person_id": wang.id, "chat_id": wang.id, "message_id": message["message_id"]}
    query_id = playground.play("press", data="d:yes", **where)["query_id"]
    (update,) = playground.updates()
    assert update["callback_query"]["data"] == "d:yes"
    assert update["callback_query"]["message"]["reply_markup"] == KEYBOARD
    assert playground.result("answerCallbackQuery", callback_query_id=query_id)
    old = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert playground.refusal("answerCallbackQuery", callback_query_id=query_id) == old
    query_id = playground.play("press", data="d:yes", **where)["query_id"]
    playground.play("clock", seconds=61)
    assert playground.refusal("answerCallbackQuery", callback_query_id=query_id) == old


def test_a_button_that_is_not_there_cannot_be_pressed(playground: Playground, wang: Person) -> None:
    message = sent(playground, wang, reply_markup=KEYBOARD)
    asked = {"person_id": wang.id, "chat_id": wang.id, "message_id": message["message_id"]}
    answer = playground.http.post("/play/press", json=asked | {"data": "d:no"})
    assert answer.status_code == 400
    assert playground.updates() == []


def test_pins_stand_in_the_chat(playground: Playground, wang: Person) -> None:
    first, second = (sent(playground, wang)["message_id"] for _ in range(2))
    for number in (first, second):
        playground.result("pinChatMessage", chat_id=wang.id, message_id=number)
    pinned = playground.result("getChat", chat_id=wang.id)["pinned_message"]
    assert pinned["message_id"] == second
    playground.result("unpinChatMessage", chat_id=wang.id)
    (chat,) = playground.http.get("/play/state").json()["chats"]
    assert chat["pinned_message_id"] == first


def test_in_a_group_the_bot_hears_commands_replies_and_its_name(
    playground: Playground, telegram: Telegram, wang: Person
) -> None:
    group = telegram.add_group("黨委", [wang.id])
    ours = playground.result("sendMessage", chat_id=group.id, text="大家好")["message_id"]
    said = {"person_id": wang.id, "chat_id": group.id}
    for text in ("閒聊", "/help", "/help@other_bot", "/help@Qingfeng_bot", "@qingfeng_bot 在嗎"):
        playground.play("send", text=text, **said)
    playground.play("send", text="好", reply_to=ours, **said)
    heard = [each["message"]["text"] for each in playground.updates()]
    assert heard == ["/help", "/help@Qingfeng_bot", "@qingfeng_bot 在嗎", "好"]


def test_a_channel_is_written_to_by_its_name(playground: Playground, telegram: Telegram) -> None:
    channel = telegram.add_channel("公示", "qf_public")
    post = playground.result("sendMessage", chat_id="@qf_public", text="公示")
    assert (post["message_id"], post["chat"]["id"], "from" in post) == (1, channel.id, False)
    edited = playground.result("editMessageText", chat_id=channel.id, message_id=1, text="更正")
    assert edited["text"] == "更正"


def test_a_group_that_grew_says_where_it_went(
    playground: Playground, telegram: Telegram, wang: Person
) -> None:
    group = telegram.add_group("黨委", [wang.id])
    larger = playground.play("migrate", chat_id=group.id)
    refused = playground.ask("sendMessage", chat_id=group.id, text="x")
    assert refused["parameters"] == {"migrate_to_chat_id": larger["id"]}
    assert playground.result("sendMessage", chat_id=larger["id"], text="x")
    (update,) = playground.updates()
    assert update["message"]["migrate_to_chat_id"] == larger["id"]


@pytest.mark.parametrize(("member", "status"), [(True, "member"), (False, "left")])
def test_membership_is_told(
    playground: Playground, telegram: Telegram, wang: Person, member: bool, status: str
) -> None:
    channel = telegram.add_channel("公示", "qf_public", [wang.id] if member else [])
    asked = {"chat_id": channel.id, "user_id": wang.id}
    assert playground.result("getChatMember", **asked)["status"] == status
    ours = playground.result("getChatMember", chat_id=channel.id, user_id=1)
    assert ours["status"] == "administrator"


def test_commands_are_kept_by_scope_and_language(
    playground: Playground, telegram: Telegram, wang: Person
) -> None:
    def command(name: str) -> list[dict[str, str]]:
        return [{"command": name, "description": name}]

    officer = {"type": "chat", "chat_id": wang.id}
    playground.result("setMyCommands", commands=command("all"))
    playground.result("setMyCommands", commands=command("alle"), language_code="de")
    playground.result("setMyCommands", commands=command("officer"), scope=officer)
    assert playground.result("getMyCommands") == command("all")
    german = telegram.add_person("Karl", language_code="de-AT")
    shown = [
        playground.http.get("/play/commands", params={"person_id": who}).json()
        for who in (wang.id, german.id)
    ]
    assert shown == [command("officer"), command("alle")]
    playground.result("deleteMyCommands", scope=officer)
    shown_now = playground.http.get("/play/commands", params={"person_id": wang.id}).json()
    assert shown_now == command("all")
    said = playground.refusal("setMyCommands", commands=command("自查"))
    assert said == "400 Bad Request: BOT_COMMAND_INVALID"


def test_descriptions_are_kept(playground: Playground) -> None:
    playground.result("setMyDescription", description="清風")
    assert playground.result("getMyDescription", language_code="de") == {"description": "清風"}
    playground.result("setMyShortDescription", short_description="風")
    assert playground.result("getMyShortDescription") == {"short_description": "風"}


def test_a_person_changes_a_text_of_their_own_and_the_bot_hears_of_it(
    playground: Playground, wang: Person
) -> None:
    place = {"person_id": wang.id, "chat_id": wang.id}
    sent = playground.play("send", **place, text="三公里")
    changed = playground.play("reword", **place, message_id=sent["message_id"], text="兩公里")
    assert (changed["text"], changed["date"]) == ("兩公里", sent["date"])
    assert changed["edit_date"] >= changed["date"]
    heard = [update for update in playground.updates() if "edited_message" in update]
    assert [update["edited_message"] for update in heard] == [changed]


def test_nobody_changes_what_the_bot_wrote(playground: Playground, wang: Person) -> None:
    said = playground.result("sendMessage", chat_id=wang.id, text="您好")
    asked = {"person_id": wang.id, "chat_id": wang.id, "message_id": said["message_id"]}
    answer = playground.http.post("/play/reword", json=asked | {"text": "再見"})
    assert answer.status_code == 400
