"""Fourteen months of a township: what people do, the clock that goes on, every letter that leaves.

`play` goes on from where the books say that the last process ended, so it can be killed anywhere:
what people do is noted in the transaction that writes it down, a step of the clock when its
letters have left.
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from html import unescape
from importlib.resources import files
from itertools import count, groupby
from pathlib import Path
from random import Random
from re import sub
from signal import SIGKILL

import sqlalchemy as sa

from bot.delivery import Delivery, Fate
from dialogs.documents.roster import read_roster
from dialogs.rules.calendar import Calendar, days_of
from scheduler.timetable import TIMETABLE, Duty
from storage import organisation, outbox, signals
from storage.database import Database
from storage.migrations import upgrade
from storage.outbox import Letter, Parcel, Urgency
from storage.sealing import Keyring
from storage.tables import Person
from tests.builders.matters import person
from tests.builders.people import give_account
from tests.builders.year_story import ACTING, FIRST, JOINED, LAST, STORY, ZONE, Act, Scene

DOWN = days_of(date(2026, 4, 22), date(2026, 4, 26))  # nothing runs; what was called is due in it
MORNING, NINE, NOON = time(8, 45), time(9, 5), time(12, 5)
FREE_DAY, EARLY, LATE = time(10, 5), time(6), time(20, 5)
BOOK = Path(__file__).parents[1] / "stories" / "year.txt"
PLOT, CLOCK = "story_plot", "story_clock"  # how far the two have come
KINDS = {
    Urgency.ANSWER: "答",
    Urgency.REMINDER: "提",
    Urgency.BROADCAST: "播",
    Urgency.SWEEP: "刪",
}
WEEKDAYS = "一二三四五六日"
LEARNED = FIRST + timedelta(days=4)
STATEMENTS, LETTERS = 1000, 8  # that a life may last
LONGEST = 150  # characters of a letter that the ledger shows


def hours_of(day: date, calendar: Calendar) -> Sequence[time]:
    """Say at which hours the sweeps run; some of them when nobody may be told anything."""
    if not calendar.is_working_day(day):
        return (FREE_DAY,)
    more = {0: (EARLY, MORNING), 2: (MORNING,), 4: (MORNING, LATE)}.get(day.weekday(), ())
    acts = (NOON,) if day in ACTING else ()
    return sorted((NINE, *acts, *more))


def moments(until: date = LAST) -> Sequence[datetime]:
    """List the steps of the clock."""
    calendar = Calendar()
    return [
        datetime.combine(day, hour, ZONE)
        for day in days_of(FIRST, until)
        if day not in DOWN
        for hour in hours_of(day, calendar)
    ]


@dataclass
class Township:
    """A township that is played; what leaves it is written to a file, as Telegram would keep it.

    `times` is how often each sweep runs at a step, `until` the last day, `sent` is called
    behind every letter.
    """

    database: Database
    keys: Keyring
    ledger: Path
    times: int = 1
    until: date = LAST
    sent: Callable[[], None] = lambda: None
    now: datetime = datetime(2025, 11, 3, 6, tzinfo=ZONE)

    def settle(self) -> None:
        """Write the example township down, with everybody who has joined."""
        workbook = files("dialogs.catalogue").joinpath("township.xlsx").read_bytes()
        with self.database.writing() as session:
            organisation.take_over(session, read_roster(workbook), today=FIRST)
            for number, name in enumerate(JOINED, 1):
                one = session.get_one(Person, person(session, name))
                give_account(one, number, keys=self.keys)
                session.add(one)

    def play(self) -> None:
        """Go on from where the books stand, to the last day."""
        duty = Duty(self.database, self.keys, lambda: self.now, ZONE)
        story = sorted(STORY, key=lambda one: one[0])
        post = Delivery(self.database, self.keys, None, lambda: self.now, zone=ZONE)  # type: ignore[arg-type]
        steps = moments(self.until)
        with self.database.reading() as session:
            begun = signals.upto(session, CLOCK) or 0
        self.now = steps[min(begun, len(steps) - 1)]
        self.recover(post)
        for number, self.now in enumerate(steps[begun:], begun + 1):
            if self.now.time() == NOON:
                self.let_act(story)
            for sweep, _ in TIMETABLE:
                for _ in range(self.times):
                    sweep(duty)
            self.carry(post)
            with self.database.writing() as session:
                signals.looked(session, CLOCK, number)

    def recover(self, post: Delivery) -> None:
        """Write down which letters were on their way when the last process ended."""
        with self.database.reading() as session:
            ids = [id_ for id_, *_ in outbox.undecided(session)]
            rows = session.execute(outbox.OUTBOX.select().where(outbox.OUTBOX.c.id.in_(ids)))
            for row in rows.all():
                kept = Parcel(
                    *(row.id, row.chat_hash, Urgency(row.urgency), row.attempts),
                    *(row.copy_id, row.payload),
                )
                self.note(undecided_of(self.ledger), kept)
        post.recover()

    def let_act(self, story: Sequence[tuple[date, Act]]) -> None:
        """Let people do what they do on a day, each thing once."""
        for number, (day, act) in enumerate(story, 1):
            if day != self.now.date():
                continue
            with self.database.writing() as session:
                if number > (signals.upto(session, PLOT) or 0):
                    act(Scene(session, self.keys, self.now))
                    signals.looked(session, PLOT, number)

    def carry(self, post: Delivery) -> None:
        """Deliver everything that is due."""
        fates: Sequence[Fate] = ()
        while parcels := post.settle_and_take(fates, resting=(), room=2, bulk_room=2):
            fates = [Fate(one, 1, self.send(one)) for one in parcels]

    def send(self, parcel: Parcel) -> Letter:
        """Let a letter leave."""
        letter = self.note(self.ledger, parcel)
        self.sent()
        return letter

    def note(self, file: Path, parcel: Parcel) -> Letter:
        """Write a letter's line; it is there whole, whatever happens to the process."""
        letter = outbox.unpack(parcel, keys=self.keys)
        line = f"{self.now:%Y-%m-%d %H:%M}\t{told(letter, parcel.urgency)}\n"
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.write(handle, line.encode())
        os.close(handle)
        return letter


@contextmanager
def township(folder: Path, *, times: int = 1, until: date = LAST) -> Iterator[Township]:
    """Open the township that lies in a folder, or found it there."""
    fresh = not (folder / "qingfeng.db").exists()
    database = Database(f"sqlite:///{folder / 'qingfeng.db'}")
    town = Township(database, Keyring.of(b"k" * 32), folder / "ledger", times, until)
    try:
        if fresh:
            upgrade(database)
            town.settle()
        yield town
    finally:
        database.close()


def survive(folder: Path, kills: int, seed: int) -> int:
    """Play the year in processes that die at random points, so many; count them.

    Each is forked off this one, which knows its way by then and holds no connection.
    """
    chance, killed = Random(seed), 0  # noqa: S311 - nothing secret about it
    with township(folder, until=LEARNED) as town:
        town.play()
        town.until = LAST
        town.database.close()
        while True:
            ends = chance.randint(1, STATEMENTS), chance.randint(1, LETTERS)
            life = os.fork()
            if life == 0:
                live(town, *(ends if killed < kills else (0, 0)))
            _, fate = os.waitpid(life, 0)
            if not os.WIFSIGNALED(fate):
                return killed if os.WEXITSTATUS(fate) == 0 else -1
            killed += 1


def live(town: Township, statements: int, letters_sent: int) -> None:
    """Go on with a township; with kill -9 at a statement or behind a letter, if they are given."""
    steps, sent = count(1), count(1)

    def passed(counted: Iterator[int], end: int) -> None:
        if next(counted) == end:
            os.kill(os.getpid(), SIGKILL)

    for moment in ("before_cursor_execute", "commit"):
        sa.event.listen(town.database.engine, moment, lambda *_: passed(steps, statements))
    town.sent = lambda: passed(sent, letters_sent)
    status = 1
    try:
        town.play()
        status = 0
    finally:
        os._exit(status)


def undecided_of(ledger: Path) -> Path:
    """Say where the letters stand that were on their way when a process ended."""
    return ledger.with_suffix(".undecided")


def told(letter: Letter, urgency: Urgency) -> str:
    """Tell a letter on a line: to whom, how urgent, what it says, what its buttons do."""
    text = " / ".join(unescape(sub("<[^>]*>", "", letter.words.text)).split("\n"))
    text = sub("( / )+", " / ", text)
    short = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    does = [token.split(":")[1] for row in letter.words.rows for _, token in row]
    paper = " 📎" if letter.words.paper else ""
    kind = "改" if letter.edit else KINDS[urgency]
    return f"{kind} {JOINED[letter.chat - 1]}：{short}{paper}" + "".join(f" [{d}]" for d in does)


def lines_of(file: Path) -> Sequence[str]:
    """Read a ledger, or none."""
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


def read_back(book: Path) -> Sequence[str]:
    """Read the lines of a ledger that has been laid out."""
    pages = [page.split("\n") for page in book.read_text(encoding="utf-8").strip().split("\n\n")]
    return [f"{moment.partition('（')[0]}\t{line}" for moment, *said in pages for line in said]


def laid_out(lines: Sequence[str]) -> str:
    """Lay a ledger out for a reader, a day and hour over what was said then, by whom it reached."""
    pages = []
    for moment, some in groupby(lines, key=lambda line: line.split("\t")[0]):
        day = date.fromisoformat(moment[:10])
        said = sorted((line.split("\t")[1] for line in some), key=lambda one: one[2:5])
        pages.append("\n".join([f"{moment}（{WEEKDAYS[day.weekday()]}）", *said]))
    return "\n\n".join(pages) + "\n"


if __name__ == "__main__":
    sys.stdout.write(str(survive(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
