"""What a bot may change: edit, delete and pin messages, and answer presses of buttons."""

from collections.abc import Callable

from bot.playground import keyboards
from bot.playground.people import Chat
from bot.playground.sending import Uploads, caption_of, public, text_of
from bot.playground.telegram import QUERY_LIFE, Telegram
from bot.playground.wire import Json, bad_request

DELETABLE_FOR = 48 * 3600
"""Seconds after which a message can no longer be deleted for everyone."""
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
TEXT_FIELDS = ("text", "entities", "link_preview_options")
CAPTION_FIELDS = ("caption", "caption_entities", "show_caption_above_media")


def edit_text(telegram: Telegram, asked: Json, uploads: Uploads) -> Json:
    """Answer editMessageText."""
    text = text_of(asked)

    def content(message: Json) -> Json:
        if "text" not in message:
            raise bad_request("there is no text in the message to edit")
        preview = {k: asked[k] for k in ("link_preview_options",) if k in asked}
        return _without(message, TEXT_FIELDS) | text.fields() | preview

    return _edit(telegram, asked, content)


def edit_caption(telegram: Telegram, asked: Json, uploads: Uploads) -> Json:
    """Answer editMessageCaption; without a caption the old one goes."""
    caption = caption_of(asked)

    def content(message: Json) -> Json:
        if not any(kind in message for kind in ("photo", "document", "voice")):
            raise bad_request("there is no caption in the message to edit")
        above = {k: True for k in ("show_caption_above_media",) if asked.get(k)}
        return _without(message, CAPTION_FIELDS) | caption.fields(caption=True) | above

    return _edit(telegram, asked, content)


def edit_markup(telegram: Telegram, asked: Json, uploads: Uploads) -> Json:
    """Answer editMessageReplyMarkup."""
    return _edit(telegram, asked, lambda message: message)


def _without(message: Json, names: tuple[str, ...]) -> Json:
    return {name: value for name, value in message.items() if name not in names}


def _edit(telegram: Telegram, asked: Json, content: Callable[[Json], Json]) -> Json:
    """Replace a message of the bot's; a keyboard that is not given again is taken away."""
    if "chat_id" not in asked:
        raise bad_request("chat_id is empty")
    chat = telegram.reachable(asked["chat_id"])
    old = _message(chat, asked, missing="message to edit not found")
    if not _own(telegram, chat, old) or public(old) is not old:
        raise bad_request("message can't be edited")
    markup = keyboards.checked(asked.get("reply_markup"))
    new = _without(content(old), ("reply_markup",))
    new |= {} if markup is None else {"reply_markup": markup}
    if _without(new, ("edit_date",)) == _without(old, ("edit_date",)):
        raise bad_request(NOT_MODIFIED)
    if telegram.flood is not None:
        telegram.flood.admit(chat.id, private=chat.private)
    return telegram.replace(chat, new | {"edit_date": int(telegram.clock.now())})


def _message(chat: Chat, asked: Json, *, missing: str) -> Json:
    if "message_id" not in asked:
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(asked["message_id"])
    if message is None:
        raise bad_request(missing)
    return message


def _own(telegram: Telegram, chat: Chat, message: Json) -> bool:
    author = message.get("from")
    return chat.type == "channel" if author is None else author["id"] == telegram.bot["id"]


def delete_message(telegram: Telegram, asked: Json, uploads: Uploads) -> bool:
    """Answer deleteMessage."""
    chat = telegram.reachable(asked["chat_id"])
    message = _message(chat, asked, missing="message to delete not found")
    _deletable(telegram, chat, message)
    telegram.delete(chat, [message["message_id"]])
    return True


def delete_messages(telegram: Telegram, asked: Json, uploads: Uploads) -> bool:
    """Answer deleteMessages: what is not found is passed over."""
    chat = telegram.reachable(asked["chat_id"])
    found = [each for each in asked["message_ids"] if each in chat.messages]
    for message_id in found:
        _deletable(telegram, chat, chat.messages[message_id])
    if found:
        telegram.delete(chat, found)
    return True


def _deletable(telegram: Telegram, chat: Chat, message: Json) -> None:
    """Allow what is young enough: anything in a private chat, elsewhere the bot's own."""
    if not chat.private and not _own(telegram, chat, message):
        raise bad_request("message can't be deleted")
    if telegram.clock.now() - message["date"] > DELETABLE_FOR:
        raise bad_request("message can't be deleted for everyone")


def pin_message(telegram: Telegram, asked: Json, uploads: Uploads) -> bool:
    """Answer pinChatMessage."""
    chat = telegram.reachable(asked["chat_id"])
    message = _message(chat, asked, missing="message to pin not found")
    number = message["message_id"]
    chat.pinned = [each for each in chat.pinned if each != number] + [number]
    telegram.journal.tell("pinned", chat_id=chat.id, message_id=number)
    return True


def unpin_message(telegram: Telegram, asked: Json, uploads: Uploads) -> bool:
    """Answer unpinChatMessage; without a message, the one pinned last."""
    chat = telegram.reachable(asked["chat_id"])
    number = asked.get("message_id", chat.pinned[-1] if chat.pinned else None)
    if number not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(number)
    latest = chat.pinned[-1] if chat.pinned else None
    telegram.journal.tell("pinned", chat_id=chat.id, message_id=latest)
    return True


def answer_callback_query(telegram: Telegram, asked: Json, uploads: Uploads) -> bool:
    """Answer answerCallbackQuery: once, and within a minute."""
    query_id = asked["callback_query_id"]
    person_id, pressed_at = telegram.queries.pop(query_id, (0, float("-inf")))
    if telegram.clock.now() - pressed_at > QUERY_LIFE:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if "url" in asked:
        raise bad_request("URL_INVALID")
    telegram.journal.tell(
        "alert",
        person_id=person_id,
        query_id=query_id,
        text=asked.get("text", ""),
        show_alert=asked.get("show_alert", False),
    )
    return True
