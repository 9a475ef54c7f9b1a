"""Webhook: updates are handed to us; we say yes only after they are written down."""

import hmac
import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

LARGEST = 1_000_000  # bytes of one update
MOST = 2**63 - 1  # the largest number a database keeps
TakeIn = Callable[[Sequence[dict[str, Any]]], Awaitable[None]]


def door(take_in: TakeIn, *, secret: str) -> Starlette:
    """Open a door at /updates for those who know the secret; everybody else sees nothing."""

    async def receive(request: Request) -> Response:
        shown = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not hmac.compare_digest(shown.encode(), secret.encode()):
            return Response(status_code=404)
        if not request.headers.get("Content-Type", "").startswith("application/json"):
            return Response(status_code=415)
        body = await read(request)
        if body is None:
            return Response(status_code=413)
        update = understood(body)
        if update is None:
            return Response(status_code=400)
        await take_in([update])
        return Response(status_code=200)

    return Starlette(routes=[Route("/updates", receive, methods=["POST"])])


async def read(request: Request) -> bytes | None:
    """Read a body; None once it is larger than any update, without reading on."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            return None
    return body


def understood(body: bytes) -> dict[str, Any] | None:
    """Read an update that has a number; None for what is none."""
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return None
    number = update.get("update_id") if isinstance(update, dict) else None
    return update if type(number) is int and 0 <= number <= MOST else None
