"""What a bot may ask: every method by name, and those about itself, its chats and its files."""

from collections.abc import Callable
from functools import partial
from typing import Any

from bot.playground import changing, profile, sending, webhook
from bot.playground.files import DOWNLOAD_LIMIT
from bot.playground.people import Chat
from bot.playground.sending import Uploads
from bot.playground.telegram import Telegram
from bot.playground.wire import Json, bad_request

ADMINISTRATOR = {
    "status": "administrator",
    "can_be_edited": False,
    **dict.fromkeys(
        (
            *("is_anonymous", "can_restrict_members", "can_promote_members"),
            *("can_manage_video_chats", "can_post_stories", "can_edit_stories"),
            *("can_delete_stories", "can_invite_users", "can_change_info"),
        ),
        False,
    ),
    **dict.fromkeys(
        ("can_manage_chat", "can_delete_messages", "can_post_messages", "can_edit_messages"), True
    ),
}


def get_me(telegram: Telegram, asked: Json, uploads: Uploads) -> Json:
    """Answer getMe."""
    return telegram.bot | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


def get_file(telegram: Telegram, asked: Json, uploads: Uploads) -> Json:
    """Answer getFile: where to download, up to 20 MB."""
    if (stored := telegram.files.by_id.get(asked["file_id"])) is None:
        raise bad_request("invalid file_id")
    if stored.size > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": stored.size,
        "file_path": stored.path,
    }


def get_chat(telegram: Telegram, asked: Json, uploads: Uploads) -> Json:
    """Answer getChat."""
    chat = telegram.find_chat(asked["chat_id"])
    pinned = (
        {"pinned_message": sending.public(chat.messages[chat.pinned[-1]])} if chat.pinned else {}
    )
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
    full = {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys((*gifts, "gifts_from_channels"), False),
    }
    return telegram.chat_json(chat) | full | pinned


def get_chat_member(telegram: Telegram, asked: Json, uploads: Uploads) -> Json:
    """Answer getChatMember."""
    chat, number = telegram.find_chat(asked["chat_id"]), asked["user_id"]
    if number == telegram.bot["id"]:
        role = ADMINISTRATOR if chat.type == "channel" else {"status": "member"}
        return role | {"user": telegram.bot}
    if number not in telegram.people:
        raise bad_request("invalid user_id specified")
    status = "member" if number in chat.member_ids else "left"
    return {"status": status, "user": telegram.people[number].user()}


def _scope(telegram: Telegram, asked: Json) -> str:
    scope = asked.get("scope")
    if scope is not None and "chat_id" in scope:
        chat: Chat = telegram.find_chat(scope["chat_id"])
        scope = scope | {"chat_id": chat.id}
    return profile.key(scope, asked.get("language_code", ""))


def set_my_commands(telegram: Telegram, asked: Json, uploads: Uploads) -> bool:
    """Answer setMyCommands."""
    key, commands = _scope(telegram, asked), asked["commands"]
    for command in commands:
        command["command"] = command["command"].removeprefix("/")
        if not profile.COMMAND.fullmatch(command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
    telegram.profile.commands[key] = commands
    telegram.journal.tell("commands", commands=telegram.profile.shown())
    return True


def delete_my_commands(telegram: Telegram, asked: Json, uploads: Uploads) -> bool:
    """Answer deleteMyCommands."""
    telegram.profile.commands.pop(_scope(telegram, asked), None)
    telegram.journal.tell("commands", commands=telegram.profile.shown())
    return True


def get_my_commands(telegram: Telegram, asked: Json, uploads: Uploads) -> list[Json]:
    """Answer getMyCommands: those of exactly this scope and language."""
    return telegram.profile.commands.get(_scope(telegram, asked), [])


def set_description(telegram: Telegram, asked: Json, uploads: Uploads, *, name: str) -> bool:
    """Answer setMyDescription and setMyShortDescription."""
    kept: dict[str, str] = getattr(telegram.profile, name + "s")
    kept[asked.get("language_code", "")] = asked.get(name, "")
    telegram.journal.tell("profile", **{name: asked.get(name, "")})
    return True


def get_description(telegram: Telegram, asked: Json, uploads: Uploads, *, name: str) -> Json:
    """Answer getMyDescription and getMyShortDescription."""
    kept: dict[str, str] = getattr(telegram.profile, name + "s")
    return {name: kept.get(asked.get("language_code", "")) or kept.get("", "")}


async def get_updates(telegram: Telegram, asked: Json, uploads: Uploads) -> list[Json]:
    """Answer getUpdates."""
    webhook.refuse_polling(telegram)
    return await telegram.updates.poll(asked)


METHODS: dict[str, Callable[[Telegram, Json, Uploads], Any]] = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "setWebhook": webhook.set_webhook,
    "deleteWebhook": webhook.delete_webhook,
    "getWebhookInfo": webhook.get_webhook_info,
    "sendMessage": sending.send_message,
    "sendPhoto": partial(sending.send_file, kind="photo"),
    "sendDocument": partial(sending.send_file, kind="document"),
    "sendVoice": partial(sending.send_file, kind="voice"),
    "sendMediaGroup": sending.send_media_group,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": changing.edit_text,
    "editMessageCaption": changing.edit_caption,
    "editMessageReplyMarkup": changing.edit_markup,
    "deleteMessage": changing.delete_message,
    "deleteMessages": changing.delete_messages,
    "pinChatMessage": changing.pin_message,
    "unpinChatMessage": changing.unpin_message,
    "answerCallbackQuery": changing.answer_callback_query,
    "getFile": get_file,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyDescription": partial(set_description, name="description"),
    "getMyDescription": partial(get_description, name="description"),
    "setMyShortDescription": partial(set_description, name="short_description"),
    "getMyShortDescription": partial(get_description, name="short_description"),
    "getChat": get_chat,
    "getChatMember": get_chat_member,
}
