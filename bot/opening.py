"""Opening the office: settings in, everything that works together out."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from signal import SIGINT, SIGTERM

import uvicorn
from sqlalchemy.exc import OperationalError

from bot.channels import NotSent, TooFast, Undecided
from bot.channels.telegram import Telegram, decode
from bot.clock import clock
from bot.delivery import Delivery
from bot.desk import Desk
from bot.office import LONGEST_PAUSE, Office
from bot.pace import Pace
from bot.settings import Misconfigured, Mode, Settings
from bot.token_watch import TokenWatch
from bot.webhook import door
from storage.database import Database
from storage.migrations import upgrade
from storage.sealing import Keyring, derived, master_key

WATCH = 2.0  # seconds between two looks whether we are still the one at work


log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Books:
    """The database and the keys that go with it."""

    database: Database
    keys: Keyring


@contextmanager
def books(settings: Settings) -> Iterator[Books]:
    """Open the books at the newest schema, making folder, key and database where missing.

    Raises Misconfigured where the folder cannot be made or no database answers.
    """
    make_folder(settings.data_dir)
    database = Database(settings.database)
    try:
        must_answer(database)
        upgrade(database)
        yield Books(database, Keyring.of(master_key(settings.key_file)))
    finally:
        database.close()


def make_folder(folder: Path) -> None:
    """Make the data folder, or raise Misconfigured."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Misconfigured(
            f"QINGFENG_DATA_DIR: the folder {folder} cannot be made ({error.strerror}); "
            "name one that may be written to"
        ) from None


def must_answer(database: Database) -> None:
    """Raise Misconfigured where no database answers."""
    try:
        database.engine.connect().close()
    except OperationalError:
        raise Misconfigured(
            "QINGFENG_DATABASE_URL: no database answers at "
            f"{database.url.render_as_string(hide_password=True)}; "
            "see that it is running and that name, user and password are right"
        ) from None


def office(settings: Settings, opened: Books) -> Office:
    """Put channel, desk and delivery together."""
    channel = Telegram(
        settings.telegram_token.get_secret_value(), api_url=settings.telegram_api_url
    )
    now = clock(settings.clock_file)
    pace = Pace(overall=settings.send_rate)
    delivery = Delivery(
        *(opened.database, opened.keys, channel, now, pace),
        zone=settings.zone,
        calendar=settings.working_days,
    )
    desk = Desk(
        opened.database,
        keys=opened.keys,
        decode=decode,
        clock=now,
        zone=settings.zone,
        calendar=settings.working_days,
        town=settings.town,
        channel=settings.public_channel,
    )
    return Office(channel, desk, delivery, watch(settings, channel))


def watch(settings: Settings, channel: Telegram) -> TokenWatch:
    """Say where updates are to go: to our door, or nowhere while we poll."""
    if settings.mode is Mode.POLLING:
        return TokenWatch(channel)
    secret = derived(master_key(settings.key_file), "webhook").hex()
    return TokenWatch(channel, f"{settings.webhook_url.rstrip('/')}/updates", secret)


async def work(settings: Settings, at_work: Office, *, held: Callable[[], None]) -> None:
    """Work until the process is told to stop, or `held` raises: our place is lost."""
    try:
        await within_reach(at_work.channel)
        stop = asyncio.Event()
        for signal in (SIGINT, SIGTERM):
            asyncio.get_running_loop().add_signal_handler(signal, stop.set)
        at_work.desk.bot_link = at_work.channel.link
        await at_work.offer_commands()
        polling = settings.mode is Mode.POLLING
        await at_work.channel.listen(at_work.watch.address, secret=at_work.watch.secret)
        working = asyncio.create_task(at_work.run(listen=polling))
        doors = [asyncio.create_task(keep_watch(at_work, held))]
        if not polling:
            doors.append(asyncio.create_task(open_door(settings, at_work)))
        await asyncio.wait(
            [working, *doors, asyncio.create_task(stop.wait())],
            return_when=asyncio.FIRST_COMPLETED,
        )
        for task in (working, *doors):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
    finally:
        await at_work.channel.close()


async def within_reach(channel: Telegram) -> None:
    """Connect to Telegram, and try again as long as it is out of reach."""
    pause = 1.0
    while True:
        try:
            return await channel.open()
        except (NotSent, Undecided, TooFast) as failure:
            log.warning("Telegram is out of reach (%s); trying again", type(failure).__name__)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)


async def keep_watch(at_work: Office, held: Callable[[], None]) -> None:
    """Look again and again whether we are still the one at work."""
    while True:
        await asyncio.sleep(WATCH)
        await at_work.hop(held)


async def open_door(settings: Settings, at_work: Office) -> None:
    """Open the door at which Telegram hands updates to us."""
    server = uvicorn.Server(
        uvicorn.Config(
            door(at_work.take_in, secret=at_work.watch.secret),
            host="0.0.0.0",  # noqa: S104 - the webhook is for the outside
            port=settings.webhook_port,
            log_level="warning",
            access_log=False,
        )
    )
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    await server.serve()
