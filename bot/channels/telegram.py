"""Telegram: the only place that has heard of it.

We keep PTB's Bot and its request layer, and own the loop: PTB's Updater confirms updates that sit
only in memory.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Mapping, Sequence
from typing import Any

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport
from telegram import Bot, InputFile
from telegram.constants import MessageLimit
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.request import HTTPXRequest

from bot.channels import (
    Command,
    Message,
    Moved,
    NotSent,
    Rejected,
    Reworded,
    Said,
    Taken,
    TooFast,
    Undecided,
    Undelivered,
    Unreachable,
)
from dialogs.messages import Rendered
from dialogs.prompts import Sent, Wrote
from dialogs.tokens import read_token
from dialogs.vocabulary import Language
from storage.outbox import Letter

os.environ.setdefault("PTB_TIMEDELTA", "true")  # how long to wait, as PTB will say it

POLL = 25  # seconds a poll may wait for something to happen
FETCH = 30  # seconds a file may take to come
ALLOWED = ["message", "edited_message", "callback_query"]
KNOWN_BY = (
    *("id", "username", "first_name"),
    *("can_join_groups", "can_read_all_group_messages", "supports_inline_queries"),
)
SWEPT = ("message to delete not found", "message can't be deleted")
GONE = ("message to edit not found", "message can't be edited")
FILES = ("photo", "document", "voice", "video", "audio", "sticker", "animation", "video_note")


class RawBot(Bot):
    """PTB's Bot, called by Telegram's own names and answering with plain JSON."""

    async def call(self, method: str, data: dict[str, Any], *, wait: float | None = None) -> Any:
        """Call a method; `wait` is how long the server may take on purpose, in seconds."""
        if wait is None:
            return await self._post(method, data)
        return await self._post(method, data, read_timeout=wait + 10)


class Telegram:
    """A bot on a Bot API server; open it before use."""

    def __init__(self, token: str, *, api_url: str, at_once: int = 32) -> None:
        self.bot = RawBot(
            token,
            base_url=f"{api_url.rstrip('/')}/bot",
            base_file_url=f"{api_url.rstrip('/')}/file/bot",
            request=request(at_once),
            get_updates_request=request(1),
        )

    async def open(self) -> None:
        """Connect; raise Rejected when the token is not known, Undelivered when out of reach."""
        try:
            await self.bot.initialize()
        except InvalidToken:
            raise Rejected("Telegram does not know this token") from None
        except TelegramError as error:
            raise undelivered(error) from None

    async def close(self) -> None:
        """Disconnect."""
        await self.bot.shutdown()

    @property
    def link(self) -> str:
        """The address people follow to the bot."""
        return self.bot.link

    async def poll(self, offset: int) -> Sequence[dict[str, Any]]:
        """Wait for updates from an offset on; asking with an offset forgets all below it.

        Raises Undelivered when Telegram cannot be reached.
        """
        data = {"offset": offset, "timeout": POLL, "allowed_updates": ALLOWED}
        updates: list[dict[str, Any]] = await self.ask("getUpdates", data, wait=POLL)
        return updates

    async def listen(self, address: str, *, secret: str) -> None:
        """Have updates sent to an address, with a secret that proves who sends them.

        With no address they wait to be polled. Raises Undelivered when Telegram cannot be asked.
        """
        if not address:
            await self.ask("deleteWebhook")
            return
        await self.ask(
            "setWebhook", {"url": address, "secret_token": secret, "allowed_updates": ALLOWED}
        )

    async def address(self) -> str:
        """Ask where updates are sent to: empty while they wait to be polled."""
        return str((await self.ask("getWebhookInfo")).get("url", ""))

    async def known_as(self) -> Mapping[str, Any]:
        """Ask as whom we are known, and what we may see."""
        known = await self.ask("getMe")
        return {name: known.get(name) for name in KNOWN_BY}

    async def ask(
        self, method: str, data: dict[str, Any] | None = None, *, wait: float | None = None
    ) -> Any:
        """Call a method; raise Undelivered when that fails."""
        try:
            return await self.bot.call(method, data or {}, wait=wait)
        except TelegramError as error:
            raise undelivered(error) from error

    async def offer_commands(self, commands: Sequence[tuple[str, str]], language: Language) -> None:
        """Show the commands menu in a language; Traditional Chinese is shown to everybody else."""
        data: dict[str, Any] = {
            "commands": [{"command": name, "description": says} for name, says in commands]
        }
        if language is not Language.ZH_HANT:
            data["language_code"] = language.value
        await self.bot.call("setMyCommands", data)

    async def send(self, letter: Letter) -> int | None:
        """Send a letter or edit a message; say the message's number.

        Raises Undelivered with what is known of its fate.
        """
        try:
            return await self._send(letter)
        except BadRequest as error:
            return await self._second_thought(letter, error)
        except TelegramError as error:
            raise undelivered(error) from error

    async def delete(self, chat: int, messages: Sequence[int]) -> None:
        """Delete several messages of a chat; those that are gone are passed over.

        Raises Undelivered with what is known of their fate.
        """
        await self.ask("deleteMessages", {"chat_id": chat, "message_ids": messages})

    async def _send(self, letter: Letter) -> int | None:
        method, data = call_for(letter)
        result = await self.bot.call(method, data)
        return result["message_id"] if isinstance(result, dict) else None

    async def _second_thought(self, letter: Letter, error: BadRequest) -> int | None:
        said = error.message.lower()
        if letter.sweeps is not None and any(swept in said for swept in SWEPT):
            return None
        if "message is not modified" in said:
            return letter.edit
        if letter.edit is not None and any(gone in said for gone in GONE):
            if letter.buttons_only:
                return None
            try:
                return await self._send(Letter(letter.chat, letter.words))
            except TelegramError as again:
                raise undelivered(again) from again
        raise undelivered(error) from error

    async def fetch(self, file: str) -> bytes:
        """Fetch the bytes of a file somebody sent, by its id; Telegram gives at most 20 MB.

        Raises Undelivered when it does not come.
        """
        try:
            async with asyncio.timeout(FETCH):
                found = await self.bot.get_file(file)
                return bytes(await found.download_as_bytearray())
        except TelegramError as error:
            raise undelivered(error) from error
        except TimeoutError as error:
            raise Undecided("a file took too long") from error

    async def answer_press(self, query: str, text: str = "") -> None:
        """End the waiting of a pressed button, perhaps with a word; too late is no harm."""
        try:
            await self.bot.call("answerCallbackQuery", {"callback_query_id": query, "text": text})
        except TelegramError:
            return


def request(connections: int) -> HTTPXRequest:
    """Make a request layer over aiohttp, which keeps its pace with many connections."""
    return HTTPXRequest(
        connection_pool_size=connections,
        httpx_kwargs={"transport": AiohttpTransport()},
    )


def call_for(letter: Letter) -> tuple[str, dict[str, Any]]:
    """Choose the method and parameters that send a letter."""
    words = letter.words
    if letter.sweeps is not None:
        return "deleteMessage", {"chat_id": letter.chat, "message_id": letter.sweeps}
    data: dict[str, Any] = {"chat_id": letter.chat}
    if words.rows or letter.edit is not None:
        data["reply_markup"] = keyboard(words)
    if letter.buttons_only:
        return "editMessageReplyMarkup", {**data, "message_id": letter.edit}
    data["parse_mode"] = "HTML"
    if letter.edit is not None:
        return "editMessageText", {**data, "message_id": letter.edit, "text": words.text}
    if words.protected:
        data["protect_content"] = True
    if words.paper:
        paper = words.paper
        file = paper.held or InputFile(paper.content, filename=paper.name)
        method, kind = ("sendPhoto", "photo") if paper.picture else ("sendDocument", "document")
        return method, {**data, kind: file, "caption": words.text}
    return "sendMessage", {**data, "text": words.text}


def keyboard(words: Rendered) -> dict[str, Any]:
    """Lay out buttons as Telegram takes them."""
    return {
        "inline_keyboard": [
            [
                {"text": label, "url": does}
                if does.startswith("https://")
                else {"text": label, "callback_data": does}
                for label, does in row
            ]
            for row in words.rows
        ]
    }


def undelivered(error: TelegramError) -> Undelivered:
    """Say what is known of a message that did not get through."""
    match error:
        case RetryAfter():
            wait = error.retry_after
            return TooFast(wait if isinstance(wait, int) else wait.total_seconds())
        case ChatMigrated():
            return Moved(error.new_chat_id)
        case Forbidden():
            return Unreachable(error.message)
        case BadRequest() if "chat not found" in error.message.lower():
            return Unreachable(error.message)
        case BadRequest():
            return Rejected(error.message)
        case InvalidToken():  # revoked: what waits can go once the token is renewed
            return NotSent(type(error).__name__)
        case Conflict():
            return Taken(error.message)
        case NetworkError() if never_left(error):
            return NotSent(type(error).__name__)
        case _:
            return Undecided(type(error).__name__)


def never_left(error: BaseException | None) -> bool:
    """Say whether an error arose before anything was written to the wire."""
    while error is not None:
        if isinstance(error, aiohttp.ClientConnectorError | httpx.PoolTimeout):
            return True
        error = error.__cause__
    return False


def kept_of(update: dict[str, Any]) -> dict[str, Any] | None:
    """Give what is kept of an update until it is answered: of a changed message, only that.

    None where no words were changed, as while somebody goes on sharing where they are.
    """
    edited = update.get("edited_message")
    if not isinstance(edited, dict):
        return update
    if "text" not in edited and "caption" not in edited:
        return None
    about = {name: edited[name] for name in ("chat", "from") if name in edited}
    return {"update_id": update["update_id"], "edited_message": about}


def chat_of(update: dict[str, Any]) -> int:
    """Say which chat an update belongs to; 0 for one that belongs to none or cannot be read."""
    try:
        written = update.get("message") or update.get("edited_message")
        message = written or update.get("callback_query", {}).get("message") or {}
        return int(message.get("chat", {}).get("id", 0))
    except (AttributeError, TypeError, ValueError, OverflowError):
        return 0


def decode(payload: bytes) -> Message:
    """Read an update."""
    update = json.loads(payload)
    if query := update.get("callback_query"):
        message = query.get("message", {})
        return Message(
            chat=chat_of(update),
            private=message.get("chat", {}).get("type") == "private",
            language=language_of(query["from"]),
            said=read_token(clean(query.get("data", ""))),
            pressed=message.get("message_id"),
            query=query["id"],
        )
    edited = update.get("edited_message")
    message = edited or update.get("message", {})
    return Message(
        chat=chat_of(update),
        private=message.get("chat", {}).get("type") == "private",
        language=language_of(message.get("from", {})),
        said=Reworded() if edited else said_in(message),
        own=message.get("message_id"),
    )


def said_in(message: dict[str, Any]) -> Said:
    """Read what a message says: a command, text, or a file."""
    text = message.get("text")
    if text is not None:
        text = clean(text)
        if text.startswith("/"):
            name, _, argument = text[1:].partition(" ")
            return Command(name.partition("@")[0].lower(), argument.strip())
        return Wrote(text)
    for kind in FILES:
        if kind in message:
            file = message[kind][-1] if kind == "photo" else message[kind]
            return Sent(
                kind=kind,
                file=file["file_id"],
                name=clean(file.get("file_name", "")),
                size=file.get("file_size", 0),
                caption=clean(message.get("caption", "")),
            )
    return None


def clean(text: str) -> str:
    """Drop what no database or paper can hold: NUL and other controls, halves of characters."""
    kept = "".join(sign for sign in text if sign >= " " or sign in "\n\t")
    return kept.encode("utf-8", "replace").decode()[: MessageLimit.MAX_TEXT_LENGTH]


def language_of(sender: dict[str, Any]) -> Language:
    """Guess the language of somebody who has not chosen one."""
    code = str(sender.get("language_code", ""))
    return Language.EN if code and not code.startswith("zh") else Language.ZH_HANT
