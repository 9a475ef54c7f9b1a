"""What each method accepts: names, types, which are required, limits; as Telegram says."""

from dataclasses import dataclass, replace
from enum import StrEnum


class Unit(StrEnum):
    """What a limit counts."""

    CHARACTERS = "characters"
    PARSED_CHARACTERS = "characters after entities parsing"
    BYTES = "bytes"
    ITEMS = "items"
    VALUE = "value"


@dataclass(frozen=True)
class Limit:
    """An inclusive range of lengths, numbers of items or values."""

    low: int
    high: int
    unit: Unit


@dataclass(frozen=True)
class Parameter:
    """A parameter of a method or a field of an object; types are spelt as in the Bot API."""

    name: str
    types: tuple[str, ...]
    required: bool = False
    limit: Limit | None = None

    def needed(self) -> "Parameter":
        """Give the same parameter as a required one."""
        return replace(self, required=True)


def string(name: str, low: int | None = None, high: int = 0) -> Parameter:
    """Describe a string, if need be of so many characters."""
    limit = None if low is None else Limit(low, high, Unit.CHARACTERS)
    return Parameter(name, ("String",), limit=limit)


def integer(name: str, low: int | None = None, high: int = 0) -> Parameter:
    """Describe an integer, if need be within a range."""
    limit = None if low is None else Limit(low, high, Unit.VALUE)
    return Parameter(name, ("Integer",), limit=limit)


def boolean(name: str) -> Parameter:
    """Describe a yes or no."""
    return Parameter(name, ("Boolean",))


def some(name: str, *types: str) -> Parameter:
    """Describe a value of one of the types."""
    return Parameter(name, types)


def several(name: str, *types: str, low: int = 0, high: int = 0) -> Parameter:
    """Describe an array, if need be of so many items."""
    limit = Limit(low, high, Unit.ITEMS) if high else None
    return Parameter(name, tuple(f"Array of {each}" for each in types), limit=limit)


def text(name: str, low: int, high: int) -> Parameter:
    """Describe a text measured after its entities are parsed."""
    return Parameter(name, ("String",), limit=Limit(low, high, Unit.PARSED_CHARACTERS))


CHAT = some("chat_id", "Integer", "String")
MESSAGE = integer("message_id")
PARSE_MODE = string("parse_mode")
TEXT = text("text", 1, 4096)
ENTITIES = several("entities", "MessageEntity")
CAPTION = (text("caption", 0, 1024), PARSE_MODE, several("caption_entities", "MessageEntity"))
LINK_PREVIEW = some("link_preview_options", "LinkPreviewOptions")
INLINE_KEYBOARD = some("reply_markup", "InlineKeyboardMarkup")
KEYBOARDS = ("InlineKeyboardMarkup", "ReplyKeyboardMarkup", "ReplyKeyboardRemove", "ForceReply")
DELIVERY = (
    boolean("disable_notification"),
    boolean("protect_content"),
    some("reply_parameters", "ReplyParameters"),
)
MARKUP = some("reply_markup", *KEYBOARDS)
SCOPE = (some("scope", "BotCommandScope"), string("language_code"))
ALLOWED_UPDATES = several("allowed_updates", "String")
EDITED = (CHAT, MESSAGE, INLINE_KEYBOARD)
ABOVE_MEDIA = boolean("show_caption_above_media")
SPOILER = boolean("has_spoiler")
UNDETECTED = boolean("disable_content_type_detection")


def file(name: str) -> Parameter:
    """Describe a file: uploaded, or named by an earlier file_id."""
    return some(name, "InputFile", "String").needed()


METHODS: dict[str, tuple[Parameter, ...]] = {
    "getMe": (),
    "getUpdates": (
        integer("offset"),
        integer("limit", 1, 100),
        integer("timeout"),
        ALLOWED_UPDATES,
    ),
    "setWebhook": (
        string("url").needed(),
        integer("max_connections", 1, 100),
        ALLOWED_UPDATES,
        boolean("drop_pending_updates"),
        string("secret_token", 1, 256),
    ),
    "deleteWebhook": (boolean("drop_pending_updates"),),
    "getWebhookInfo": (),
    "sendMessage": (
        *(CHAT.needed(), TEXT.needed(), PARSE_MODE, ENTITIES, LINK_PREVIEW),
        *(*DELIVERY, MARKUP),
    ),
    "sendPhoto": (
        *(CHAT.needed(), file("photo"), *CAPTION, ABOVE_MEDIA, SPOILER),
        *(*DELIVERY, MARKUP),
    ),
    "sendDocument": (
        *(CHAT.needed(), file("document"), *CAPTION, UNDETECTED),
        *(*DELIVERY, MARKUP),
    ),
    "sendVoice": (
        *(CHAT.needed(), file("voice"), *CAPTION, integer("duration")),
        *(*DELIVERY, MARKUP),
    ),
    "sendMediaGroup": (
        CHAT.needed(),
        several("media", "InputMediaPhoto", "InputMediaDocument", low=2, high=10).needed(),
        *DELIVERY,
    ),
    "sendChatAction": (CHAT.needed(), string("action").needed()),
    "editMessageText": (*EDITED, TEXT, PARSE_MODE, ENTITIES, LINK_PREVIEW),
    "editMessageCaption": (*EDITED, *CAPTION, ABOVE_MEDIA),
    "editMessageReplyMarkup": EDITED,
    "deleteMessage": (CHAT.needed(), MESSAGE.needed()),
    "deleteMessages": (
        CHAT.needed(),
        several("message_ids", "Integer", low=1, high=100).needed(),
    ),
    "answerCallbackQuery": (
        string("callback_query_id").needed(),
        string("text", 0, 200),
        boolean("show_alert"),
        string("url"),
        integer("cache_time"),
    ),
    "getFile": (string("file_id").needed(),),
    "setMyCommands": (several("commands", "BotCommand", high=100).needed(), *SCOPE),
    "getMyCommands": SCOPE,
    "deleteMyCommands": SCOPE,
    "setMyDescription": (string("description", 0, 512), string("language_code")),
    "getMyDescription": (string("language_code"),),
    "setMyShortDescription": (string("short_description", 0, 120), string("language_code")),
    "getMyShortDescription": (string("language_code"),),
    "getChat": (CHAT.needed(),),
    "getChatMember": (CHAT.needed(), integer("user_id").needed()),
    "pinChatMessage": (CHAT.needed(), MESSAGE.needed(), boolean("disable_notification")),
    "unpinChatMessage": (CHAT.needed(), MESSAGE),
}
"""What is offered here; a parameter of the Bot API that is not listed is refused."""

TYPE = string("type").needed()
BUTTON_TEXT = string("text").needed()
STYLE = string("style")

OBJECTS: dict[str, tuple[Parameter, ...]] = {
    "InlineKeyboardMarkup": (several("inline_keyboard", "Array of InlineKeyboardButton").needed(),),
    "InlineKeyboardButton": (
        BUTTON_TEXT,
        STYLE,
        string("url"),
        Parameter("callback_data", ("String",), limit=Limit(1, 64, Unit.BYTES)),
        some("copy_text", "CopyTextButton"),
    ),
    "CopyTextButton": (string("text", 1, 256).needed(),),
    "ReplyKeyboardMarkup": (
        several("keyboard", "Array of KeyboardButton").needed(),
        boolean("is_persistent"),
        boolean("resize_keyboard"),
        boolean("one_time_keyboard"),
        string("input_field_placeholder", 1, 64),
        boolean("selective"),
    ),
    "KeyboardButton": (
        BUTTON_TEXT,
        STYLE,
        boolean("request_contact"),
        boolean("request_location"),
    ),
    "ReplyKeyboardRemove": (boolean("remove_keyboard").needed(), boolean("selective")),
    "ForceReply": (
        boolean("force_reply").needed(),
        string("input_field_placeholder", 1, 64),
        boolean("selective"),
    ),
    "ReplyParameters": (
        MESSAGE.needed(),
        CHAT,
        boolean("allow_sending_without_reply"),
        text("quote", 0, 1024),
    ),
    "LinkPreviewOptions": (
        boolean("is_disabled"),
        string("url"),
        boolean("prefer_small_media"),
        boolean("prefer_large_media"),
        boolean("show_above_text"),
    ),
    "MessageEntity": (
        TYPE,
        integer("offset").needed(),
        integer("length").needed(),
        string("url"),
        string("language"),
        string("custom_emoji_id"),
    ),
    "BotCommand": (
        string("command", 1, 32).needed(),
        string("description", 1, 256).needed(),
    ),
    "BotCommandScope": (TYPE, CHAT, integer("user_id")),
    "InputMediaPhoto": (TYPE, string("media").needed(), *CAPTION, ABOVE_MEDIA, SPOILER),
    "InputMediaDocument": (TYPE, string("media").needed(), *CAPTION, UNDETECTED),
}
"""The objects within parameters, field by field, likewise."""
