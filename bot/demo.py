"""The demo: a local Telegram in the browser, a seeded township, a person of every role."""

import asyncio
import os
import shutil
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import typer
from sqlmodel import Session, select

from bot import demo_letters
from bot.opening import Books, books
from bot.playground.server import Server, listening, url_of
from bot.playground.stage import Hooks
from bot.playground.telegram import Telegram
from bot.settings import Settings
from dialogs.documents.catalogues import read_catalogues
from dialogs.documents.roster import read_roster
from dialogs.events import MatterAccepted, MatterMoved
from dialogs.messages import plain_words
from dialogs.rules.access import COMMISSION, Standing
from dialogs.rules.calendar import Calendar
from dialogs.vocabulary import EntryState, Language, MatterMove, Role, UnitKind
from storage import catalogues, matters, people
from storage.matters import Mover
from storage.organisation import take_over
from storage.sealing import Keyring
from storage.tables import Person, Process, ProcessStep

TOKEN = "1000000001:demo"  # noqa: S105 - it opens nothing but the playground
TOWN = "清河鎮"
VILLAGERS = ("王大娘", "李老伯")
HEADED = ("財政所", "上河村")  # units with catalogues, whose heads have joined
CADRES = 4  # people with a post and no other role who have joined
NEWCOMERS = 2  # people who hold an invitation and have not joined
CHANNEL, GROUP, MEETING = "清河鎮廉政公示", "上河村村民群", "上河村"
JOINS, CHECKS, LODGES = "加入", "崗位自查", "意見與反映、查詢進度"
CALLS = "來信來訪、發通知、部署自查"
READS = f"閱卷口令 {demo_letters.PASSPHRASE}"
ACCEPTED = "Z05-L01"  # the process of the demo's matters
MATTERS = (  # number, how long ago it was accepted, the conditions met, the steps complete
    ("QNGF2345", timedelta(days=1), (1, 2), 0),
    ("QNGF6789", timedelta(days=60), (1, 2, 3), 2),
)
INVITATION = "DEMO{number:04d}QF"


@dataclass(frozen=True)
class Part:
    """Somebody the page lets one play, and perhaps what the opening page says to try.

    `reads` is whether they read letters, with the passphrase their note tells.
    """

    person: Person
    note: str
    invited: str = ""
    tries: str = ""
    reads: bool = False


def play(settings: Settings, *, fresh: bool) -> None:
    """Serve the page and run the bot beside it until interrupted."""
    folder = settings.data_dir / "demo"
    if fresh:
        shutil.rmtree(folder, ignore_errors=True)
    clock_file = folder / "clock"
    settings = settings.model_copy(
        update={"data_dir": folder, "town": TOWN, "database_url": type(settings.database_url)("")}
    )
    os.environ["TZ"] = settings.timezone
    time.tzset()
    telegram = Telegram(folder=folder / "telegram", clock_file=clock_file)
    with books(settings) as opened:
        seed(telegram, opened)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # so that the bot is stopped as well
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(telegram, settings, clock_file))


def seed(telegram: Telegram, opened: Books) -> None:
    """Fill an empty township and an empty playground; leave those in use as they are."""
    if telegram.people:
        return
    workbook = files("dialogs.catalogue").joinpath("township.xlsx").read_bytes()
    with opened.database.writing() as session:
        take_over(session, read_roster(workbook), today=datetime.now(UTC).date())
        take_over_catalogues(session)
        accept_matters(session, opened.keys)
        parts = cast(session)
        for part in parts:
            join(session, telegram, part, opened)
        today, members = datetime.now(UTC).date(), [one.person for one in parts if one.reads]
        demo_letters.entrust(session, members, keys=opened.keys, today=today)
        demo_letters.lodge(session, keys=opened.keys, today=today)
    for number, name in enumerate(VILLAGERS):
        telegram.add_person(name, note="村民", tries="" if number else LODGES)
    gather(telegram)


def gather(telegram: Telegram) -> None:
    """Found the public channel, which everybody reads, and a group of one village."""
    telegram.add_channel(CHANNEL, "qinghe_gongshi", list(telegram.people))
    members = [
        person.id
        for person in telegram.people.values()
        if person.first_name in VILLAGERS or MEETING in person.note
    ]
    telegram.add_group(GROUP, members)


def channel_of(telegram: Telegram) -> str:
    """Give the chat id of the public channel as settings have it; empty in an older township."""
    return next((str(id_) for id_, chat in telegram.chats.items() if chat.type == "channel"), "")


def take_over_catalogues(session: Session) -> None:
    """Take the example's catalogues over, all approved but the last process and the last rule."""
    workbook = files("dialogs.catalogue").joinpath("catalogues.xlsx").read_bytes()
    read, now = read_catalogues(workbook, catalogues.codes(session)), datetime.now(UTC)
    waiting = {read.processes[-1].code, read.rules[-1].code}
    for change in catalogues.take_over(session, read, by=None, now=now):
        if change.row.code not in waiting:
            catalogues.decide(session, change.row, by=None, now=now)


def accept_matters(session: Session, keys: Keyring) -> None:
    """Accept two matters of one process: one lacks something, one is late at its third step."""
    now, calendar = datetime.now(UTC), Calendar()
    process = session.exec(
        select(Process).where(Process.code == ACCEPTED, Process.state == EntryState.APPROVED)
    ).one()
    for number, begun, met, steps in MATTERS:
        then = now - begun
        sheet = MatterAccepted(process.id, met, "去年補貼少發兩畝，請補發", VILLAGERS[0])
        first = session.get_one(ProcessStep, (process.id, 1)).post_id
        (by, *_) = people.holders_of(session, first, today=now.date())
        matter = matters.accept(
            *(session, sheet),
            number=number,
            by=by,
            now=then,
            today=then.date(),
            calendar=calendar,
            keys=keys,
        )
        for step in range(1, steps + 1):
            at = matters.steps(session, matter.id)[step - 1].post_id
            standing = Standing(posts=frozenset({at} if at else ()))
            mover = Mover(by, standing, then, then.date(), calendar)
            taken = MatterMoved(matter.id, step, MatterMove.TAKE, "已核對，無誤。")
            matters.move(session, taken, mover, keys=keys)


def cast(session: Session) -> Sequence[Part]:
    """Choose a person of every role, some holders of posts, and some who have yet to join."""
    everybody = session.exec(select(Person).order_by(Person.code)).all()
    roles = people.roles_of(session, [person.id for person in everybody])
    posts = people.posts_of(
        session, [person.id for person in everybody], today=datetime.now(UTC).date()
    )

    def note(person: Person) -> str:
        held = posts.get(person.id, ())
        titles = [post.title for post in held]
        units = dict.fromkeys(post.unit_name for post in held)
        granted = [
            plain_words(role, Language.ZH_HANT)
            for role in sorted(roles.get(person.id, ()))
            if role is not Role.CADRE
        ]
        told = [READS] if reads(person) else []
        return "　".join([*units, *told, "、".join(dict.fromkeys([*titles, *granted]))])

    def reads(person: Person) -> bool:
        return not roles.get(person.id, frozenset()).isdisjoint(COMMISSION)

    chosen: dict[str, Person] = {}
    for role in Role:
        for person in everybody:
            if role in roles.get(person.id, ()) and person.code not in chosen:
                chosen[person.code] = person
                break
    for person in everybody:
        units = {post.unit_name for post in posts.get(person.id, ())}
        if Role.UNIT_HEAD in roles.get(person.id, ()) and not units.isdisjoint(HEADED):
            chosen[person.code] = person
    plain = [
        person
        for person in everybody
        if person.id in posts
        and not roles.get(person.id, frozenset()) - {Role.CADRE}
        and person.code not in chosen
    ]
    rural = {unit.id for unit in people.units(session) if unit.kind is UnitKind.VILLAGE}
    villages = [one for one in plain if posts[one.id][0].unit in rural]
    offices = [one for one in plain if one not in villages]
    joined = [*offices[: CADRES // 2], *villages[: CADRES // 2]]
    waiting = [
        *offices[CADRES // 2 :][: NEWCOMERS // 2],
        *villages[CADRES // 2 :][: NEWCOMERS // 2],
    ]
    secretary = next(
        person
        for person in chosen.values()
        if Role.COMMISSION_SECRETARY in roles.get(person.id, ())
    )
    tries = {secretary.id: CALLS, joined[0].id: CHECKS, waiting[0].id: JOINS}
    return [
        *(
            Part(person, note(person), tries=tries.get(person.id, ""), reads=reads(person))
            for person in [*chosen.values(), *joined]
        ),
        *(
            Part(person, note(person), INVITATION.format(number=number), tries.get(person.id, ""))
            for number, person in enumerate(waiting, 1)
        ),
    ]


def join(session: Session, telegram: Telegram, part: Part, opened: Books) -> None:
    """Give a person an account on the playground, or the link of an invitation."""
    now, keys = datetime.now(UTC), opened.keys
    code = part.invited or INVITATION.format(number=int.from_bytes(part.person.id.bytes[:4]))
    people.invite(session, part.person.id, code_hash=keys.lookup(code), made_by=None, now=now)
    session.flush()
    if part.invited:
        link = f"https://t.me/{telegram.bot['username']}?start={code}"
        telegram.add_person(part.person.name, note=part.note, link=link, tries=part.tries)
        return
    played = telegram.add_person(part.person.name, note=part.note, tries=part.tries, started=True)
    account_hash = keys.lookup(played.id)
    people.join(
        session,
        keys.lookup(code),
        account_hash=account_hash,
        account=keys.seal(str(played.id).encode(), f"account:{account_hash}"),
        now=now,
    )


class Bot:
    """The bot in a process of its own, so that the page can kill it and start it again."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self.process: asyncio.subprocess.Process | None = None

    @property
    def running(self) -> bool:
        """Whether it is alive."""
        return self.process is not None and self.process.returncode is None

    async def start(self) -> None:
        """Start it, if it is not running."""
        if not self.running:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", env=self.environment
            )

    async def kill(self) -> None:
        """Kill it on the spot, as a power cut would."""
        if self.process and self.running:
            self.process.kill()
            await self.process.wait()

    async def stop(self) -> None:
        """Let it finish what it is doing."""
        if self.process and self.running:
            self.process.terminate()
            await self.process.wait()


async def serve(telegram: Telegram, settings: Settings, clock_file: Path) -> None:
    """Serve the page, with the bot beside it."""
    with listening(settings.playground_port) as opened:
        url = url_of(opened)
        bot = Bot(
            {
                **os.environ,
                "QINGFENG_TELEGRAM_TOKEN": TOKEN,
                "QINGFENG_TELEGRAM_API_URL": url,
                "QINGFENG_DATABASE_URL": "",
                "QINGFENG_MODE": "polling",
                "QINGFENG_DATA_DIR": str(settings.data_dir),
                "QINGFENG_TOWN": TOWN,
                "QINGFENG_PUBLIC_CHANNEL": channel_of(telegram),
                "QINGFENG_CLOCK_FILE": str(clock_file),
            }
        )
        hooks = Hooks(start=bot.start, kill=bot.kill, running=lambda: bot.running)
        serving = asyncio.create_task(
            Server(telegram, token=TOKEN, hooks=hooks).serve(sockets=[opened])
        )
        typer.echo(f"清風 Qingfeng is playing at {url}  (Ctrl+C ends it)")
        try:
            await bot.start()
            await serving
        finally:
            await bot.stop()
