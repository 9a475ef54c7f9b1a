"""What people do in their Telegram: write, send files, press buttons, start and block the bot."""

import re
from unicodedata import normalize

from bot.playground.entities import Text, plain
from bot.playground.markup import units
from bot.playground.people import Chat, Person
from bot.playground.sending import LONGEST_CAPTION, LONGEST_TEXT, quoted
from bot.playground.telegram import Telegram
from bot.playground.wire import Json, Upload, bad_request

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")
MISUSED = "a person who has blocked the bot must unblock it or press START first"


def find_person(telegram: Telegram, person_id: int) -> Person:
    """Find a person by id."""
    if person_id not in telegram.people:
        raise bad_request(f"there is no person {person_id}")
    return telegram.people[person_id]


def say(
    telegram: Telegram, person_id: int, chat_id: int, text: str, *, reply_to: int | None = None
) -> Json:
    """Write a text; the bot hears it if it would hear it on Telegram."""
    person, chat = find_person(telegram, person_id), telegram.find_chat(chat_id)
    said = plain(text)
    if not said.text or units(said.text) > LONGEST_TEXT:
        raise bad_request("a text has 1-4096 characters")
    if chat.private and not person.started and said.text.split()[0] != "/start":
        raise bad_request("the first message to a bot is /start: press START")
    fields = said.fields() | _reply(chat, reply_to)
    message = _heard(telegram, person, chat, fields, said=said)
    if chat.private and _gives(said.text, person.link):
        person.link = ""
        telegram.journal.tell("person", person=person.card())
    return message


def _gives(text: str, link: str) -> bool:
    """Say whether a text ends with the code of a link, however it is written."""
    code = _folded(link.partition("?start=")[2])
    return bool(code) and _folded(text).endswith(code)


def _folded(text: str) -> str:
    return "".join(filter(str.isalnum, normalize("NFKC", text))).upper()


def reword(telegram: Telegram, person_id: int, chat_id: int, message_id: int, text: str) -> Json:
    """Change the text of one's own message; the bot hears of it where it heard the message."""
    person, chat = find_person(telegram, person_id), telegram.find_chat(chat_id)
    _may_write(person, chat)
    old, said = _message(chat, message_id), plain(text)
    if old.get("from", {}).get("id") != person.id or "text" not in old:
        raise bad_request("message can't be edited")
    if not said.text or units(said.text) > LONGEST_TEXT:
        raise bad_request("a text has 1-4096 characters")
    kept = {name: value for name, value in old.items() if name not in ("text", "entities")}
    new = kept | said.fields() | {"edit_date": int(telegram.clock.now())}
    message = telegram.replace(chat, new)
    if chat.private or _concerns_bot(telegram, message, said):
        telegram.updates.add("edited_message", message, chat_id=chat.id)
    return message


def share(
    telegram: Telegram,
    person_id: int,
    chat_id: int,
    upload: Upload,
    *,
    kind: str,
    caption: str = "",
    reply_to: int | None = None,
) -> Json:
    """Send a picture, a document or a voice message."""
    person, chat = find_person(telegram, person_id), telegram.find_chat(chat_id)
    if kind not in ("photo", "document", "voice"):
        raise bad_request('"as" is photo, document or voice')
    if chat.private and not person.started:
        raise bad_request("the first message to a bot is /start: press START")
    said = plain(caption)
    if units(said.text) > LONGEST_CAPTION:
        raise bad_request("a caption has at most 1024 characters")
    _may_write(person, chat)
    fields = _reply(chat, reply_to) | said.fields(caption=True)
    fields |= telegram.files.keep(upload, kind=kind).fields()
    return _heard(telegram, person, chat, fields, said=said)


def _reply(chat: Chat, reply_to: int | None) -> Json:
    return {} if reply_to is None else {"reply_to_message": quoted(_message(chat, reply_to))}


def _may_write(person: Person, chat: Chat) -> None:
    if person.id not in chat.member_ids:
        raise bad_request(f"{person.id} is not in this chat")
    if chat.type == "channel":
        raise bad_request("only the bot writes in this channel")
    if chat.private and person.blocked:
        raise bad_request(MISUSED)


def _heard(telegram: Telegram, person: Person, chat: Chat, fields: Json, *, said: Text) -> Json:
    _may_write(person, chat)
    if chat.private and not person.started:
        person.started = True
        telegram.journal.tell("person", person=person.card())
    message = telegram.post(chat, fields, sender=person.user())
    if chat.private or _concerns_bot(telegram, fields, said):
        telegram.updates.add("message", message, chat_id=chat.id)
    return message


def _concerns_bot(telegram: Telegram, fields: Json, said: Text) -> bool:
    """Apply privacy mode: in groups a bot hears commands, its name, and replies to it."""
    author = fields.get("reply_to_message", {}).get("from", {})
    if author.get("id") == telegram.bot["id"]:
        return True
    name = f"@{telegram.bot['username']}".lower()
    wide = said.text.encode("utf-16-le")
    for entity in said.entities:
        first, last = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
        words = wide[first:last].decode("utf-16-le").lower()
        match entity["type"]:
            case "bot_command" if "@" not in words or words.endswith(name):
                return True
            case "mention" if words == name:
                return True
    return False


def _message(chat: Chat, message_id: int) -> Json:
    if message_id not in chat.messages:
        raise bad_request(f"there is no message {message_id} in this chat")
    return chat.messages[message_id]


def start(telegram: Telegram, person_id: int, *, payload: str = "") -> Json:
    """Press START, perhaps through a deep link; it unblocks the bot."""
    person = find_person(telegram, person_id)
    if PAYLOAD.fullmatch(payload) is None:
        raise bad_request("a payload has at most 64 characters A-Z, a-z, 0-9, _ and -")
    if person.blocked:
        block(telegram, person_id, blocked=False)
    return say(telegram, person_id, person_id, f"/start {payload}")


def block(telegram: Telegram, person_id: int, *, blocked: bool) -> Person:
    """Block or unblock the bot; it is told by my_chat_member."""
    person = find_person(telegram, person_id)
    if person.blocked == blocked:
        return person
    person.blocked = blocked
    before, after = _membership(not blocked), _membership(blocked)
    change = {
        "chat": person.chat(),
        "from": person.user(),
        "date": int(telegram.clock.now()),
        "old_chat_member": before | {"user": telegram.bot},
        "new_chat_member": after | {"user": telegram.bot},
    }
    telegram.updates.add("my_chat_member", change, chat_id=person.id)
    telegram.journal.tell("person", person=person.card())
    return person


def _membership(blocked: bool) -> Json:
    return {"status": "kicked", "until_date": 0} if blocked else {"status": "member"}


def press(telegram: Telegram, person_id: int, chat_id: int, message_id: int, data: str) -> str:
    """Press an inline button that is there; give the id of the query the bot is to answer."""
    person, chat = find_person(telegram, person_id), telegram.find_chat(chat_id)
    message = _message(chat, message_id)
    if person.id not in chat.member_ids or (chat.private and person.blocked):
        raise bad_request(MISUSED if person.blocked else f"{person.id} is not in this chat")
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    if not any(button.get("callback_data") == data for row in rows for button in row):
        raise bad_request(f"message {message_id} has no button {data!r}")
    telegram.last_query_id += 1
    query_id = str(telegram.last_query_id)
    telegram.queries[query_id] = (person.id, telegram.clock.now())
    query = {
        "id": query_id,
        "from": person.user(),
        "message": message,
        "chat_instance": str(chat.id * 7919),
        "data": data,
    }
    telegram.updates.add("callback_query", query, chat_id=chat.id)
    return query_id


def migrate(telegram: Telegram, chat_id: int) -> Chat:
    """Turn a group into a supergroup with another id, as happens when it grows."""
    group = telegram.find_chat(chat_id)
    if group.type != "group":
        raise bad_request("only a group becomes a supergroup")
    larger = telegram.add_group(group.title, group.member_ids, kind="supergroup")
    moved = {"migrate_to_chat_id": larger.id}
    message = telegram.post(group, moved, sender=telegram.bot)
    telegram.updates.add("message", message, chat_id=group.id)
    group.migrated_to = larger.id
    return larger
