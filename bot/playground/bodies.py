"""Bodies of requests: JSON, urlencoded or multipart, read into values and uploads."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.types import Message, Receive, Scope

from bot.playground.files import UPLOAD_LIMIT
from bot.playground.wire import Refusal, Upload, bad_request

ROOM = 1024 * 1024
"""Bytes granted beside the file itself."""


async def read(scope: Scope, receive: Receive) -> tuple[dict[str, Any], dict[str, Upload]]:
    """Read the query string and the body; uploads stand by their field names."""
    headers = dict(scope["headers"])
    values: dict[str, Any] = dict(parse_qsl(scope["query_string"].decode(), keep_blank_values=True))
    kind = headers.get(b"content-type", b"").decode("latin-1").lower()
    if int(headers.get(b"content-length", 0)) > UPLOAD_LIMIT + ROOM:
        raise _too_large()
    if kind.startswith("multipart/form-data"):
        return await _multipart(scope, receive, values)
    if body := await _whole(receive):
        values |= _json(body) if kind.startswith("application/json") else _form(body)
    return values, {}


def _too_large() -> Refusal:
    return Refusal("Request Entity Too Large", code=413)


async def _whole(receive: Receive) -> bytes:
    """Join the body; most come in one piece."""
    pieces, size = [], 0
    while True:
        event: Message = await receive()
        if event["type"] == "http.disconnect":
            raise Refusal("Client went away")
        piece = event.get("body", b"")
        pieces.append(piece)
        size += len(piece)
        if size > UPLOAD_LIMIT + ROOM:
            raise _too_large()
        if not event.get("more_body", False):
            return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def _json(body: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise bad_request("can't parse request body as JSON object")
    return found


def _form(body: bytes) -> Mapping[str, Any]:
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True))
    except UnicodeDecodeError:
        raise bad_request("strings must be encoded in UTF-8") from None


async def _multipart(
    scope: Scope, receive: Receive, values: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Upload]]:
    uploads = {}
    try:
        async with Request(scope, receive).form(max_part_size=UPLOAD_LIMIT) as form:
            for name, value in form.multi_items():
                if not isinstance(value, UploadFile):
                    values[name] = value
                    continue
                content = await value.read()
                if len(content) > UPLOAD_LIMIT:
                    raise _too_large()
                kind = value.content_type or "application/octet-stream"
                uploads[name] = Upload(value.filename or name, content, kind)
    except MultiPartException:
        raise bad_request("can't parse multipart body") from None
    return values, uploads
