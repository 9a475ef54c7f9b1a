"""The playground's own calls, /play/*: what the page and the tests see and do."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.playground import acts, bodies
from bot.playground.telegram import Telegram
from bot.playground.trouble import Trouble
from bot.playground.wire import Json, Refusal, bad_request

HEARTBEAT = 15.0
"""Seconds of silence after which a comment keeps the stream of events open."""


@dataclass(frozen=True)
class Hooks:
    """How a host kills and starts the bot, and whether it runs."""

    start: Callable[[], Awaitable[None]]
    kill: Callable[[], Awaitable[None]]
    running: Callable[[], bool]


class Stage:
    """The calls on one Telegram."""

    def __init__(self, telegram: Telegram, hooks: Hooks | None) -> None:
        self.telegram = telegram
        self.hooks = hooks

    def routes(self) -> list[Route]:
        """List the routes."""
        asked = {"state": self.state, "events": self.events, "calls": self.calls}
        done = {
            "people": self.people,
            "send": self.send,
            "reword": self.reword,
            "press": self.press,
            "start": self.start,
            "block": self.block,
            "clock": self.clock,
            "updates": self.updates,
            "migrate": self.migrate,
            "trouble": self.trouble,
            "bot": self.bot,
        }
        return [
            *(Route(f"/play/{name}", call, methods=["GET"]) for name, call in asked.items()),
            *(Route(f"/play/{name}", call, methods=["POST"]) for name, call in done.items()),
            Route("/play/commands", self.commands, methods=["GET"]),
            Route("/play/file/{path:path}", self.file, methods=["GET"]),
        ]

    async def state(self, request: Request) -> Response:
        """Show everything."""
        telegram = self.telegram
        return JSONResponse(
            {
                "seq": telegram.journal.seq,
                "bot": {
                    **{name: telegram.bot[name] for name in ("id", "username", "first_name")},
                    "commands": telegram.profile.shown(),
                    "description": telegram.profile.descriptions.get("", ""),
                    "running": None if self.hooks is None else self.hooks.running(),
                },
                "clock": telegram.clock.face(),
                "people": [person.card() for person in telegram.people.values()],
                "chats": [chat.card() for chat in telegram.chats.values()],
                "messages": {
                    str(chat.id): list(chat.messages.values()) for chat in telegram.chats.values()
                },
            }
        )

    async def events(self, request: Request) -> Response:
        """Stream what happens after `since`, or after the last event a browser has seen."""
        told = {"since": self.telegram.journal.seq} | dict(request.query_params)
        told["since"] = request.headers.get("last-event-id", told["since"])
        seq = _number(told, "since")
        headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
        return StreamingResponse(self._stream(seq), media_type="text/event-stream", headers=headers)

    async def _stream(self, seq: int) -> AsyncIterator[str]:
        journal = self.telegram.journal
        yield "retry: 1000\n\n"
        while not self.telegram.closed:
            rings = journal.bell.rings
            news = journal.since(seq)
            for event in news:
                yield f"id: {event['seq']}\ndata: {json.dumps(event, ensure_ascii=False)}\n\n"
            if news:
                seq = news[-1]["seq"]
            else:
                await journal.bell.wait(rings, at_most=HEARTBEAT)
                if journal.bell.rings == rings:
                    yield ": still here\n\n"

    async def calls(self, request: Request) -> Response:
        """List what the bot called after `since`."""
        since = _number({"since": 0} | dict(request.query_params), "since")
        return JSONResponse([call for call in self.telegram.calls if call["seq"] > since])

    async def commands(self, request: Request) -> Response:
        """List the commands a person sees in a chat, the private one unless another is named."""
        asked = dict(request.query_params)
        person = acts.find_person(self.telegram, _number(asked, "person_id"))
        where = _number(asked, "chat_id") if "chat_id" in asked else person.id
        chat = self.telegram.find_chat(where)
        return JSONResponse(self.telegram.profile.shown(person=person, chat=chat))

    async def people(self, request: Request) -> Response:
        """Add a person."""
        asked = await _body(request)
        names = ("last_name", "username", "language_code", "note", "link", "tries")
        more: Json = {name: str(asked[name]) for name in names if asked.get(name)}
        person = self.telegram.add_person(_said(asked, "first_name"), **more)
        return JSONResponse(person.card())

    async def send(self, request: Request) -> Response:
        """Let a person write or send a file."""
        values, uploads = await bodies.read(request.scope, request.receive)
        who, where = _number(values, "person_id"), _number(values, "chat_id")
        reply_to = _number(values, "reply_to") if values.get("reply_to") else None
        if not uploads:
            text = _said(values, "text")
            return JSONResponse(acts.say(self.telegram, who, where, text, reply_to=reply_to))
        (upload,) = uploads.values()
        kind, caption = _said(values, "as"), values.get("caption", "")
        message = acts.share(
            *(self.telegram, who, where, upload), kind=kind, caption=caption, reply_to=reply_to
        )
        return JSONResponse(message)

    async def reword(self, request: Request) -> Response:
        """Let a person change a text they wrote."""
        asked = await _body(request)
        who, where = _number(asked, "person_id"), _number(asked, "chat_id")
        which, text = _number(asked, "message_id"), _said(asked, "text")
        return JSONResponse(acts.reword(self.telegram, who, where, which, text))

    async def press(self, request: Request) -> Response:
        """Let a person press a button."""
        return JSONResponse({"query_id": self._press(await _body(request))})

    def _press(self, asked: Json) -> str:
        who, message_id = _number(asked, "person_id"), _number(asked, "message_id")
        where = _number(asked, "chat_id") if "chat_id" in asked else who
        return acts.press(self.telegram, who, where, message_id, _said(asked, "data"))

    async def start(self, request: Request) -> Response:
        """Let a person follow a deep link and press START."""
        asked = await _body(request)
        payload = str(asked.get("payload") or "")
        who = _number(asked, "person_id")
        return JSONResponse(acts.start(self.telegram, who, payload=payload))

    async def block(self, request: Request) -> Response:
        """Let a person block or unblock the bot."""
        asked = await _body(request)
        who, blocked = _number(asked, "person_id"), bool(asked.get("blocked"))
        return JSONResponse(acts.block(self.telegram, who, blocked=blocked).card())

    async def clock(self, request: Request) -> Response:
        """Move the clock forward."""
        seconds = (await _body(request)).get("seconds")
        if not isinstance(seconds, int | float) or seconds < 0:
            raise bad_request('"seconds" is a number, and time does not go back')
        return JSONResponse(self.telegram.advance(seconds))

    async def updates(self, request: Request) -> Response:
        """Let many people write or press at once."""
        asked = (await _body(request)).get("updates", [])
        for each in asked:
            if "data" in each:
                self._press(each)
            else:
                who = _number(each, "person_id")
                where = _number(each, "chat_id") if "chat_id" in each else who
                acts.say(self.telegram, who, where, _said(each, "text"))
        return JSONResponse({"queued": len(asked)})

    async def migrate(self, request: Request) -> Response:
        """Turn a group into a supergroup."""
        number = _number(await _body(request), "chat_id")
        return JSONResponse(acts.migrate(self.telegram, number).card())

    async def trouble(self, request: Request) -> Response:
        """Let the next calls of a method go wrong."""
        asked = await _body(request)
        if asked.get("trouble") not in list(Trouble):
            raise bad_request(f'"trouble" is {" or ".join(Trouble)}')
        times = _number(asked, "times") if "times" in asked else 1
        trouble = Trouble(asked["trouble"])
        self.telegram.troubles.order(_said(asked, "method"), trouble, times=times)
        return JSONResponse({"ordered": times})

    async def bot(self, request: Request) -> Response:
        """Kill or start the bot, if the host lets us."""
        if self.hooks is None:
            raise Refusal("Not Found", code=404)
        match (await _body(request)).get("action"):
            case "start":
                await self.hooks.start()
            case "kill":
                await self.hooks.kill()
            case _:
                raise bad_request('"action" is kill or start')
        running = self.hooks.running()
        self.telegram.journal.tell("bot", running=running)
        return JSONResponse({"running": running})

    async def file(self, request: Request) -> Response:
        """Give the bytes of a picture, a document or a voice message, by path or by file_id."""
        found = self.telegram.files.at(request.path_params["path"])
        if found is None:
            raise Refusal("Not Found", code=404)
        stored, place = found
        kind = None if stored.kind == "photo" else stored.name
        return FileResponse(place, media_type=stored.mime_type, filename=kind)


async def _body(request: Request) -> Json:
    values, _ = await bodies.read(request.scope, request.receive)
    return values


def _number(asked: Json, name: str) -> int:
    try:
        return int(asked[name])
    except (KeyError, TypeError, ValueError):
        raise bad_request(f'"{name}" must be an integer') from None


def _said(asked: Json, name: str) -> str:
    value: Any = asked.get(name)
    if not isinstance(value, str) or not value.strip():
        raise bad_request(f'"{name}" must be a text')
    return value
