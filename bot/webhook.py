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
TakeIn = Callable[[Sequence[dict[str, Any]]], Awaitable[None]]


def door(take_in: TakeIn, *, secret: str) -> Starlette:
    """Open a door at /updates for those who know the secret; everybody else sees nothing."""

    async def receive(request: Request) -> Response:
        shown = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not hmac.compare_digest(shown.encode(), secret.encode()):
            return Response(status_code=404)
        body = await request.body()
        if len(body) > LARGEST:
            return Response(status_code=413)
        try:
            update = json.loads(body)
            int(update["update_id"])
        except (ValueError, TypeError, KeyError):
            return Response(status_code=400)
        await take_in([update])
        return Response(status_code=200)

    return Starlette(routes=[Route("/updates", receive, methods=["POST"])])
