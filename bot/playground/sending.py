"""What a bot may say: messages, pictures, documents, albums, and signs that it is typing."""

from typing import Any

from bot.playground import keyboards
from bot.playground.entities import Text, formatted
from bot.playground.files import Stored
from bot.playground.markup import units
from bot.playground.people import Chat
from bot.playground.telegram import Telegram
from bot.playground.wire import Json, Upload, bad_request

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
ACTIONS = frozenset(
    [
        *("typing", "choose_sticker", "find_location", "upload_photo", "upload_document"),
        *("record_video", "record_voice", "record_video_note"),
        *("upload_video", "upload_voice", "upload_video_note"),
    ]
)
Uploads = dict[str, Upload]


def text_of(asked: Json) -> Text:
    """Parse and measure the text of a message."""
    text = formatted(
        asked.get("text", ""),
        parse_mode=asked.get("parse_mode"),
        entities=asked.get("entities"),
    )
    if not text.text:
        raise bad_request("message text is empty")
    if units(text.text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return text


def caption_of(asked: Json) -> Text:
    """Parse and measure a caption; it may be empty."""
    text = formatted(
        asked.get("caption", ""),
        parse_mode=asked.get("parse_mode"),
        entities=asked.get("caption_entities"),
    )
    if units(text.text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return text


def send_message(telegram: Telegram, asked: Json, uploads: Uploads) -> Json:
    """Answer sendMessage."""
    chat = telegram.reachable(asked["chat_id"])
    fields = text_of(asked).fields()
    if "link_preview_options" in asked:
        fields["link_preview_options"] = asked["link_preview_options"]
    return _sent(telegram, chat, asked, fields)


def send_file(telegram: Telegram, asked: Json, uploads: Uploads, *, kind: str) -> Json:
    """Answer sendPhoto, sendDocument and sendVoice."""
    chat = telegram.reachable(asked["chat_id"])
    caption = caption_of(asked)
    extra = _extra(telegram, chat, asked)
    _pace(telegram, chat)
    stored = _stored(telegram, asked[kind], uploads, kind=kind)
    fields = stored.fields(duration=asked.get("duration", 0)) | caption.fields(caption=True)
    return public(_post(telegram, chat, fields | _flags(asked) | extra))


def send_media_group(telegram: Telegram, asked: Json, uploads: Uploads) -> list[Json]:
    """Answer sendMediaGroup: two to ten pictures or documents, not both."""
    chat = telegram.reachable(asked["chat_id"])
    media = asked["media"]
    if len({item["type"] for item in media}) > 1:
        raise bad_request("document can't be mixed with other media types")
    captions = [caption_of(item) for item in media]
    extra = _extra(telegram, chat, asked)
    _pace(telegram, chat, messages=len(media))
    stored = [
        _stored(telegram, item["media"], uploads, kind=item["type"])
        for item in media  # all are stored before any is sent
    ]
    album = {"media_group_id": stored[0].unique_id + str(telegram.last_message_id)}
    items = zip(stored, captions, media, strict=True)
    fields = [
        file.fields() | text.fields(caption=True) | _flags(item) for file, text, item in items
    ]
    return [public(_post(telegram, chat, each | extra | album)) for each in fields]


def send_chat_action(telegram: Telegram, asked: Json, uploads: Uploads) -> bool:
    """Answer sendChatAction; it counts against no limit."""
    chat = telegram.reachable(asked["chat_id"])
    if asked["action"] not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    telegram.journal.tell("typing", chat_id=chat.id, action=asked["action"])
    return True


def _sent(telegram: Telegram, chat: Chat, asked: Json, fields: Json) -> Json:
    extra = _extra(telegram, chat, asked)
    _pace(telegram, chat)
    return public(_post(telegram, chat, fields | extra))


def _post(telegram: Telegram, chat: Chat, fields: Json) -> Json:
    sender = None if chat.type == "channel" else telegram.bot
    return telegram.post(chat, fields, sender=sender)


def _pace(telegram: Telegram, chat: Chat, *, messages: int = 1) -> None:
    if telegram.flood is not None:
        telegram.flood.admit(chat.id, private=chat.private, messages=messages)


def _extra(telegram: Telegram, chat: Chat, asked: Json) -> Json:
    """Give the fields every kind of message may have."""
    extra: Json = {}
    if (markup := keyboards.checked(asked.get("reply_markup"))) is not None:
        if chat.type == "channel" and "inline_keyboard" not in markup:
            raise bad_request("reply keyboards are not allowed in a channel")
        extra["reply_markup"] = markup
    if "reply_parameters" in asked:
        extra |= _reply(telegram, chat, asked["reply_parameters"])
    if asked.get("protect_content"):
        extra["has_protected_content"] = True
    return extra


def _reply(telegram: Telegram, chat: Chat, wanted: Json) -> Json:
    if telegram.find_chat(wanted.get("chat_id", chat.id)) is not chat:
        raise bad_request("replies to other chats are not offered by this playground")
    original = chat.messages.get(wanted["message_id"])
    if original is not None:
        return {"reply_to_message": quoted(original)}
    if wanted.get("allow_sending_without_reply"):
        return {}
    raise bad_request("message to be replied not found")


def _flags(asked: Json) -> Json:
    shown = {
        "has_media_spoiler": asked.get("has_spoiler"),
        "show_caption_above_media": asked.get("show_caption_above_media"),
    }
    return {name: True for name, value in shown.items() if value}


def _stored(telegram: Telegram, file: Any, uploads: Uploads, *, kind: str) -> Stored:
    """Keep an upload, or find what a file_id names."""
    if isinstance(file, str) and file.startswith("attach://"):
        file = uploads.get(file.removeprefix("attach://"), file)
    if isinstance(file, Upload):
        return telegram.files.keep(file, kind=kind)
    return telegram.files.find(file, kind=kind)


def public(message: Json) -> Json:
    """Give a message as the bot sees it: of keyboards, only those attached to the message."""
    if "inline_keyboard" in message.get("reply_markup", {"inline_keyboard": []}):
        return message
    return {name: value for name, value in message.items() if name != "reply_markup"}


def quoted(message: Json) -> Json:
    """Give a message as a reply shows it: without what it replied to itself."""
    return {name: value for name, value in public(message).items() if name != "reply_to_message"}
