"""Telegram's Bot API over HTTP: /bot<token>/<method> and /file/bot<token>/<path>."""

import asyncio
import inspect
import json
from typing import Any

from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Match, NoMatchFound
from starlette.types import Receive, Scope, Send

from bot.playground import bodies, reading
from bot.playground.methods import METHODS
from bot.playground.telegram import Telegram
from bot.playground.trouble import AnswerLost, Trouble
from bot.playground.wire import Json, Refusal, Upload

_METHODS = {name.lower(): name for name in METHODS}


class _Download(FileResponse):
    """A file, in pieces so large that a photo is read in a few steps."""

    chunk_size = 1024 * 1024


class BotApi(BaseRoute):
    """The routes of one bot, matched by prefix, since every millisecond of theirs is measured."""

    def __init__(self, telegram: Telegram, token: str) -> None:
        self.telegram = telegram
        self.token = token

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Take /bot… and /file/bot…."""
        ours = scope["type"] == "http" and scope["path"].startswith(("/bot", "/file/bot"))
        return (Match.FULL if ours else Match.NONE), {}

    def url_path_for(self, name: str, /, **path_params: Any) -> Any:
        """Build no addresses."""
        raise NoMatchFound(name, path_params)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it in Telegram's words."""
        path: str = scope["path"]
        try:
            if path.startswith("/file/"):
                await self._download(path)(scope, receive, send)
                return
            result = await self._call(scope, receive)
        except Refusal as refusal:
            await _answer(send, refusal.body(), status=refusal.code)
        except AnswerLost:
            await _break_off(send)
        else:
            await _answer(send, {"ok": True, "result": result}, status=200)

    def _download(self, path: str) -> Response:
        token, _, place = path.removeprefix("/file/bot").partition("/")
        if token != self.token:
            raise Refusal("Unauthorized", code=401)
        found = self.telegram.files.at(place)
        if found is None or found[0].path != place:
            raise Refusal("Not Found", code=404)
        return _Download(found[1], media_type="application/octet-stream")

    async def _call(self, scope: Scope, receive: Receive) -> Any:
        token, _, wanted = scope["path"].removeprefix("/bot").partition("/")
        if token != self.token:
            raise Refusal("Unauthorized", code=401)
        method = _METHODS.get(wanted.lower())
        if method is None:
            raise Refusal("Not Found: method not found", code=404)
        values, uploads = await bodies.read(scope, receive)
        trouble = self.telegram.troubles.next(method)
        try:
            if trouble is Trouble.ERROR:
                raise Refusal("Internal Server Error", code=500)
            result = await self._run(method, values, uploads)
        except Refusal as refusal:
            self.telegram.record(method, _shown(values, uploads), error_code=refusal.code)
            raise
        self.telegram.record(method, _shown(values, uploads), error_code=None)
        if trouble is Trouble.LOST:
            raise AnswerLost
        return result

    async def _run(self, method: str, values: Json, uploads: dict[str, Upload]) -> Any:
        given = values if not uploads else values | _direct(values, uploads)
        if self.telegram.troubles.latency:
            await asyncio.sleep(self.telegram.troubles.latency)
        result = METHODS[method](self.telegram, reading.read(method, given), uploads)
        return await result if inspect.isawaitable(result) else result


def _direct(values: Json, uploads: dict[str, Upload]) -> dict[str, Upload]:
    """Give the uploads that are parameters themselves, not named by attach://."""
    said = [value for value in values.values() if isinstance(value, str)]
    named = {name for name in uploads if any(f"attach://{name}" in value for value in said)}
    return {name: upload for name, upload in uploads.items() if name not in named}


def _shown(values: Json, uploads: dict[str, Upload]) -> Json:
    files = {
        name: {"file_name": upload.name, "size": len(upload.content)}
        for name, upload in uploads.items()
    }
    return values | files if files else values


async def _answer(send: Send, body: Json, *, status: int) -> None:
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(content)).encode()),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})


async def _break_off(send: Send) -> None:
    """Promise a body and send none: the server then closes the connection."""
    headers = [(b"content-type", b"application/json"), (b"content-length", b"2")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
