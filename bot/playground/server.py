"""The playground as one web application, and the server that runs it."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from socket import AF_INET, SO_REUSEADDR, SOCK_STREAM, SOL_SOCKET, socket

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.playground import archive, webhook
from bot.playground.api import BotApi
from bot.playground.stage import Hooks, Stage
from bot.playground.telegram import Telegram
from bot.playground.wire import Refusal

__all__ = ["Hooks", "Server", "create_app", "listening", "serving", "url_of"]

PAGE = Path(__file__).parent / "page"
KEEP_ALIVE = 120
"""Seconds an idle connection is kept, longer than clients keep theirs."""


def create_app(telegram: Telegram, *, token: str, hooks: Hooks | None = None) -> Starlette:
    """Put the Bot API, the stage and the page together; the token's number is the bot's id."""
    telegram.bot["id"] = int(token.partition(":")[0])

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        telegram.open()
        chores = [asyncio.create_task(webhook.deliver(telegram))]
        if telegram.folder is not None:
            chores.append(asyncio.create_task(archive.keep(telegram, telegram.folder)))
        yield
        for chore in chores:
            chore.cancel()
        for chore in chores:
            with suppress(asyncio.CancelledError):
                await chore
        telegram.close()

    return Starlette(
        routes=[
            BotApi(telegram, token),
            *Stage(telegram, hooks).routes(),
            Mount("/static", StaticFiles(directory=PAGE, check_dir=False)),
            Route("/", _page),
        ],
        lifespan=lifespan,
        exception_handlers={Refusal: _refused},
    )


async def _page(request: Request) -> Response:
    return FileResponse(PAGE / "index.html")


async def _refused(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, Refusal)  # noqa: S101 - Starlette's handlers are typed loosely
    return JSONResponse(problem.body(), status_code=problem.code)


class Server(uvicorn.Server):
    """A server that ends long polls and live events before it waits for connections."""

    def __init__(self, telegram: Telegram, *, token: str, hooks: Hooks | None = None) -> None:
        super().__init__(
            uvicorn.Config(
                create_app(telegram, token=token, hooks=hooks),
                log_level="warning",
                access_log=False,
                ws="none",
                timeout_keep_alive=KEEP_ALIVE,
                timeout_graceful_shutdown=2,
            )
        )
        self.telegram = telegram

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        """Stop."""
        self.telegram.close()
        await super().shutdown(sockets)


def listening(port: int = 0) -> socket:
    """Open a socket on this machine; port 0 finds a free one."""
    opened = socket(AF_INET, SOCK_STREAM)
    opened.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
    opened.bind(("127.0.0.1", port))
    opened.listen(1024)
    return opened


def url_of(opened: socket) -> str:
    """Give the root URL of a listening socket."""
    return f"http://127.0.0.1:{opened.getsockname()[1]}"


@contextmanager
def serving(
    telegram: Telegram, *, token: str, port: int = 0, hooks: Hooks | None = None
) -> Iterator[str]:
    """Serve from a thread of its own and yield the root URL; requests wait until it is up."""
    with listening(port) as opened:
        server = Server(telegram, token=token, hooks=hooks)
        thread = threading.Thread(target=server.run, args=([opened],), name="playground")
        thread.start()
        try:
            yield url_of(opened)
        finally:
            server.should_exit = True
            thread.join()
