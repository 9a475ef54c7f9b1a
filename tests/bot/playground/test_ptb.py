"""The library the bot is built on finds the Telegram it knows."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest
import telegram as ptb
from telegram import error

from bot.channels import Rejected
from bot.channels import telegram as channels
from bot.playground.flood import Flood
from bot.playground.people import Person
from bot.playground.telegram import Telegram
from tests.bot.playground.conftest import TOKEN, Playground
from tests.bot.playground.test_files import png


@pytest.fixture
async def bot(playground: Playground) -> AsyncIterator[ptb.Bot]:
    url = playground.url
    async with ptb.Bot(TOKEN, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot") as connected:
        yield connected


async def act(playground: Playground, call: str, **asked: object) -> None:
    async with httpx.AsyncClient(base_url=playground.url) as http:
        answer = await http.post(f"/play/{call}", json=asked)
        assert answer.status_code == 200, answer.text


async def test_a_conversation(playground: Playground, bot: ptb.Bot, wang: Person) -> None:
    assert bot.username == "qingfeng_bot"
    await act(playground, "start", person_id=wang.id, payload="abc")
    (update,) = await bot.get_updates(timeout=5)
    assert update.message is not None
    assert update.message.text == "/start abc"
    keyboard = ptb.InlineKeyboardMarkup([[ptb.InlineKeyboardButton("是", callback_data="d:1")]])
    asked = await update.message.reply_html("<b>問</b>", reply_markup=keyboard, do_quote=True)
    assert asked.reply_to_message is not None
    press = {"person_id": wang.id, "chat_id": wang.id, "message_id": asked.message_id}
    await act(playground, "press", data="d:1", **press)
    (update,) = await bot.get_updates(offset=update.update_id + 1, timeout=5)
    assert update.callback_query is not None
    assert await update.callback_query.answer("好", show_alert=True)
    edited = await update.callback_query.edit_message_text("答")
    assert isinstance(edited, ptb.Message)
    assert (edited.text, edited.reply_markup) == ("答", None)
    assert await edited.delete()


async def test_files_go_and_come(playground: Playground, bot: ptb.Bot, wang: Person) -> None:
    document = await bot.send_document(wang.id, b"contents", filename="表.xlsx", caption="表")
    assert document.document is not None
    assert document.document.file_name == "表.xlsx"
    file = await document.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"contents"
    photo = await bot.send_photo(wang.id, png(), has_spoiler=True)
    assert photo.photo[-1].width == 2
    assert (await bot.send_photo(wang.id, photo.photo[-1])).photo == photo.photo
    assert (await bot.send_voice(wang.id, b"OggS", duration=3)).voice is not None
    album = await bot.send_media_group(
        wang.id, [ptb.InputMediaDocument(b"1"), ptb.InputMediaDocument(b"2", caption="二")]
    )
    assert [message.caption for message in album] == [None, "二"]


async def test_what_a_bot_says_of_itself(bot: ptb.Bot, wang: Person) -> None:
    scope = ptb.BotCommandScopeChat(wang.id)
    assert await bot.set_my_commands([("start", "開始")], scope=scope, language_code="zh")
    (command,) = await bot.get_my_commands(scope=scope, language_code="zh")
    assert command.description == "開始"
    assert await bot.delete_my_commands()
    assert await bot.set_my_description("清風")
    assert (await bot.get_my_description()).description == "清風"
    assert await bot.set_my_short_description("風")


async def test_chats_and_members(telegram: Telegram, bot: ptb.Bot, wang: Person) -> None:
    channel = telegram.add_channel("公示", "qf_public", [wang.id])
    post = await bot.send_message("@qf_public", "公示")
    assert post.sender_chat is not None
    assert await post.pin()
    assert (await bot.get_chat(channel.id)).pinned_message == post
    assert await post.unpin()
    assert (await bot.get_chat_member(channel.id, bot.id)).status == "administrator"
    assert (await bot.get_chat_member(channel.id, wang.id)).status == "member"


async def test_refusals_become_the_errors_the_library_knows(
    playground: Playground, bot: ptb.Bot, telegram: Telegram, wang: Person
) -> None:
    with pytest.raises(error.BadRequest, match="Chat not found"):
        await bot.send_message(5, "x")
    await act(playground, "block", person_id=wang.id, blocked=True)
    with pytest.raises(error.Forbidden, match="bot was blocked by the user"):
        await bot.send_message(wang.id, "x")
    (update,) = await bot.get_updates()
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == "kicked"
    group = telegram.add_group("黨委", [wang.id])
    await act(playground, "migrate", chat_id=group.id)
    with pytest.raises(error.ChatMigrated):
        await bot.send_message(group.id, "x")
    with pytest.raises(error.InvalidToken):
        async with ptb.Bot("2:wrong", base_url=f"{playground.url}/bot"):
            pass


async def test_a_second_poller_is_a_conflict(playground: Playground, bot: ptb.Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.2)
    async with ptb.Bot(TOKEN, base_url=f"{playground.url}/bot") as second:
        await second.get_updates()
        with pytest.raises(error.Conflict):
            await first


async def test_too_fast_is_told_as_retry_after(
    bot: ptb.Bot, telegram: Telegram, wang: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # otherwise the library warns of its own past
    telegram.flood = Flood(telegram.monotonic)
    for _ in range(3):
        await bot.send_message(wang.id, "x")
    with pytest.raises(error.RetryAfter) as refused:
        await bot.send_message(wang.id, "x")
    assert refused.value.retry_after == timedelta(seconds=1)


async def test_the_channel_fetches_what_a_person_sent(playground: Playground, wang: Person) -> None:
    async with httpx.AsyncClient(base_url=playground.url) as http:
        who = {"person_id": str(wang.id), "chat_id": str(wang.id), "as": "document"}
        answer = await http.post("/play/send", data=who, files={"file": ("表.xlsx", b"PK..")})
    channel = channels.Telegram(TOKEN, api_url=playground.url)
    await channel.open()
    try:
        assert await channel.fetch(answer.json()["document"]["file_id"]) == b"PK.."
        with pytest.raises(Rejected):
            await channel.fetch("unknown")
    finally:
        await channel.close()
