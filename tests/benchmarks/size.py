"""Three hundred townships' worth in one database: what a step, a stage and a count cost there.

Run `python -m tests.benchmarks.size`.
"""

import pickle
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, select

from bot.channels import Message, Said
from bot.desk import Desk
from dialogs.messages import Rendered
from dialogs.rules.access import Action
from dialogs.speech import Go
from dialogs.tokens import read_token
from dialogs.vocabulary import (
    TOWN_ASPECTS,
    DeclarationState,
    FindingMethod,
    Grade,
    Language,
    Likelihood,
    MeasureState,
    Move,
    Role,
    Severity,
    Stage,
    UnitKind,
)
from storage import coverage, rounds
from storage.database import Database, table_of
from storage.migrations import upgrade
from storage.outbox import Parcel, unpack
from storage.sealing import Keyring
from storage.tables import (
    Appointment,
    AspectAnswer,
    Declaration,
    Measure,
    Mobilisation,
    Outbox,
    Person,
    Post,
    RiskPoint,
    RoleHeld,
    Round,
    RoundStage,
    SelfCheck,
    StepTaken,
    Unit,
)
from tests.builders.people import NOON, TODAY

UNITS, POSTS, POINTS = 22, 80, 500  # of a township
TIMES = 30
TALK = ("選好了", "符合", "符合", *("選好了", "符合") * (len(TOWN_ASPECTS) - 1))  # as before
KEYS = Keyring.of(b"k" * 32)


def fill(session: Session, townships: int) -> None:
    """Fill a database with townships; every post is declared and waits for the commission."""
    rows: dict[type, list[dict[str, object]]] = {}

    def add(table: type, **values: object) -> UUID:
        id_ = uuid4()
        if "id" in table_of(table).c:
            values["id"] = id_
        rows.setdefault(table, []).append(values)
        return id_

    officer = add(Person, code="officer", name="officer", phone="", **joined(1))
    add(RoleHeld, person_id=officer, role=Role.COMMISSION_MEMBER)
    opened = add(Round, name="one", opened_by=officer, opened_on=TODAY)
    for stage in Stage:
        add(RoundStage, round_id=opened, stage=stage, due_on=TODAY + timedelta(days=30))
    for unit_number in range(townships * UNITS):
        unit = add(Unit, code=f"U{unit_number}", name=f"unit {unit_number}", kind=UnitKind.OFFICE)
        add(
            *(Mobilisation,),
            round_id=opened,
            unit_id=unit,
            held_on=TODAY,
            attended=9,
            note="",
            reported_by=officer,
        )
        for number in range(share(POSTS, unit_number)):
            code = f"U{unit_number}-{number}"
            post = add(Post, code=code, unit_id=unit, title=code, duty="")
            account = account_of(unit_number, number)
            person = add(Person, code=code, name=code, phone="", **joined(account))
            add(Appointment, person_id=person, post_id=post, since=date(2020, 1, 1), until=None)
            declare(add, post, person, opened)
    order = [Person, Unit, Post, RoleHeld, Appointment, Round, RoundStage, Mobilisation]
    for table in [*order, Declaration, SelfCheck, AspectAnswer, RiskPoint, Measure, StepTaken]:
        session.execute(sa.insert(table_of(table)), rows[table])


def joined(account: int) -> dict[str, object]:
    """Let a person have joined."""
    mark = KEYS.lookup(account)
    sealed = KEYS.seal(str(account).encode(), f"account:{mark}")
    return {"account_hash": mark, "account": sealed, "joined_at": NOON}


def account_of(unit: int, number: int) -> int:
    """Number the accounts of those who hold the posts of a unit."""
    return 10 + unit * 100 + number


def share(whole: int, number: int) -> int:
    """Give a unit its share of a township's posts."""
    return whole // UNITS + (number % UNITS < whole % UNITS)


def declare(add: Callable[..., UUID], post: UUID, person: UUID, opened: UUID) -> None:
    """Declare a post: about six points, a measure each, endorsed by somebody."""
    declaration = add(
        *(Declaration,),
        post_id=post,
        person_id=person,
        round_id=opened,
        version=1,
        state=DeclarationState.ENDORSED,
        declared_on=TODAY,
    )
    check = add(
        *(SelfCheck,),
        declaration_id=declaration,
        version=1,
        person_id=person,
        post_id=post,
        done_at=NOON,
    )
    for move, start, leads in (
        (Move.DECLARE, None, DeclarationState.DECLARED),
        (Move.ENDORSE, DeclarationState.DECLARED, DeclarationState.ENDORSED),
    ):
        add(
            *(StepTaken,),
            declaration_id=declaration,
            version=1,
            move=move,
            start=start,
            ordinal=1 + (start is not None),
            leads=leads,
            person_id=person,
            taken_at=NOON,
            note=None,
            meeting=None,
        )
    for number, aspect in enumerate(TOWN_ASPECTS):
        add(AspectAnswer, self_check_id=check, aspect=aspect, none_because=None)
        for ordinal in range(1, 2 + (number == 0)):
            point = add(
                *(RiskPoint,),
                lineage=uuid4(),
                post_id=post,
                self_check_id=check,
                method=FindingMethod.SELF,
                aspect=aspect,
                ordinal=ordinal,
                name="a risk",
                likelihood=Likelihood.HIGH,
                severity=Severity.HARM,
                declared_grade=Grade.HIGH,
            )
            add(
                *(Measure,),
                risk_point_id=point,
                ordinal=1,
                manifestation="it shows",
                text="it is held",
                indicator="",
                state=MeasureState.UNPLANNED,
            )


class Town:
    """A database of many townships, and the desk at which the people of the first are answered."""

    def __init__(self, folder: Path, townships: int) -> None:
        self.database = Database(f"sqlite:///{folder / str(townships)}.db")
        upgrade(self.database)
        with self.database.writing() as session:
            fill(session, townships)
        zone = ZoneInfo("Asia/Shanghai")
        self.desk = Desk(
            self.database, keys=KEYS, decode=pickle.loads, clock=lambda: NOON, zone=zone
        )
        self.numbers = count(1)
        self.shown: Sequence[Rendered] = ()

    def hear(self, chat: int, said: Said) -> float:
        """Let somebody say something; give what answering it took, in milliseconds."""
        message = Message(chat, private=True, language=Language.ZH_HANT, said=said, pressed=1)
        update = (next(self.numbers), chat, pickle.dumps(message))
        took = spent(lambda: self.answer(update))
        self.shown = self.sent()
        return took

    def answer(self, update: tuple[int, int, bytes]) -> None:
        """Take an update in and answer it."""
        self.desk.take_in([update])
        assert self.desk.work().count == 1

    def sent(self) -> Sequence[Rendered]:
        """Take out what is to be sent."""
        outbox = table_of(Outbox)
        with self.database.writing() as session:
            rows = session.execute(sa.delete(outbox).returning(*outbox.c)).all()
        parcels = [
            Parcel(one.id, one.chat_hash, one.urgency, one.attempts, one.copy_id, one.payload)
            for one in rows
        ]
        return [unpack(parcel, keys=KEYS).words for parcel in parcels]

    def press(self, chat: int, label: str) -> float:
        """Press the first button that begins like this."""
        buttons = [button for words in self.shown for row in words.rows for button in row]
        said = next(read_token(does) for says, does in buttons if says.startswith(label))
        return self.hear(chat, said)

    def self_check(self, chat: int) -> Iterator[tuple[str, float]]:
        """Let a cadre look what waits, then check their post anew and find all as before."""
        yield "what waits for a cadre", self.hear(chat, Go(Action.WORK))
        yield "a self-check begun", self.hear(chat, Go(Action.SELF_CHECK))
        for label in TALK:
            yield "an answer in it", self.press(chat, label)
        yield "handing it in, with its form", self.press(chat, "✅")

    def figures(self, chat: int) -> Iterator[tuple[str, float]]:
        """Count what an officer looks at."""
        with self.database.reading() as session:
            unit = session.exec(select(Unit).where(Unit.code == "U0")).one()
            current = rounds.open_round(session)
            assert current
            yield (
                "the stage of a unit",
                spent(lambda: rounds.reached(session, current, unit, today=TODAY)),
            )
        for what, of in (("a unit", unit.id), ("everything", None)):
            with self.database.reading() as session:
                took = spent(lambda of=of: coverage.of(session, today=TODAY, unit=of))  # type: ignore[misc]
            yield f"coverage of {what}", took


def spent(work: Callable[[], object]) -> float:
    """Measure what something takes, in milliseconds."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def measure(towns: Sequence[Town]) -> dict[str, list[float]]:
    """Do the same in each town by turns, so that the machine sways alike for all; give medians."""
    taken: dict[str, list[list[float]]] = defaultdict(lambda: [[] for _ in towns])
    posts = [(unit, number) for unit in range(UNITS) for number in range(share(POSTS, unit))]
    for unit, number in posts[:TIMES]:
        chat = account_of(unit, number)
        for doing in (Town.self_check, Town.figures):
            for found in zip(*(doing(town, chat) for town in towns), strict=True):
                for place, (what, took) in enumerate(found):
                    taken[what][place].append(took)
    return {what: [statistics.median(each) for each in all_] for what, all_ in taken.items()}


def main() -> None:
    """Print the figures at one township and at three hundred."""
    with tempfile.TemporaryDirectory() as folder:
        towns = [Town(Path(folder), townships) for townships in (1, 300)]
        try:
            found = measure(towns)
        finally:
            for town in towns:
                town.database.close()
    print("| | 80 posts, ms | 24,000 posts, ms | ratio |\n|---|---|---|---|")  # noqa: T201
    for what, (one, many) in found.items():
        print(f"| {what} | {one:.1f} | {many:.1f} | {many / one:.2f} |")  # noqa: T201


if __name__ == "__main__":
    main()
