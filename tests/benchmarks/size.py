"""Three hundred townships' worth in one database: what a step, a stage and a count cost there.

Run `python -m tests.benchmarks.size`.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Session, select

from dialogs.rules.access import Action
from dialogs.vocabulary import (
    TOWN_ASPECTS,
    DeclarationState,
    FindingMethod,
    Grade,
    Likelihood,
    MeasureState,
    Move,
    Role,
    Severity,
    Stage,
    UnitKind,
)
from storage import coverage, people, rounds, work
from storage.briefing import brief
from storage.database import Database, table_of
from storage.migrations import upgrade
from storage.occasion import Occasion
from storage.sealing import Keyring
from storage.tables import (
    Appointment,
    AspectAnswer,
    Declaration,
    Measure,
    Mobilisation,
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
            account = 10 + unit_number * 100 + number
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


def spent(work: Callable[[], object]) -> float:
    """Measure the median of several runs, in milliseconds."""
    times = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def figures(database: Database) -> dict[str, float]:
    """Measure what people wait for."""
    cadre = KEYS.lookup(10)

    def step() -> None:
        with database.reading() as session:
            known = people.recognise(session, [cadre], today=TODAY)[cadre]
            occasion = Occasion(
                now=NOON,
                today=TODAY,
                chat=10,
                keys=KEYS,
                language=None,
                known=known,  # type: ignore[arg-type]
            )
            brief(session, Action.SELF_CHECK, "", occasion=occasion)
            work.waiting_for(session, occasion)

    def stage() -> None:
        with database.reading() as session:
            unit = session.exec(select(Unit).where(Unit.code == "U0")).one()
            current = rounds.open_round(session)
            assert current
            found, lacking = rounds.reached(session, current, unit, today=TODAY)
            assert found is Stage.CONTROL
            assert lacking

    def unit_counts() -> None:
        with database.reading() as session:
            unit = session.exec(select(Unit).where(Unit.code == "U0")).one()
            assert coverage.of(session, today=TODAY, unit=unit.id).measures

    def counts() -> None:
        with database.reading() as session:
            assert coverage.of(session, today=TODAY).measures

    return {
        "a step of a conversation": spent(step),
        "the stage of a unit": spent(stage),
        "coverage of a unit": spent(unit_counts),
        "coverage of everything": spent(counts),
    }


def measure(townships: int) -> dict[str, float]:
    """Fill a SQLite file and measure."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'size.db'}")
        upgrade(database)
        with database.writing() as session:
            fill(session, townships)
        with database.engine.connect() as connection:
            connection.exec_driver_sql("ANALYZE")
        try:
            return figures(database)
        finally:
            database.close()


def main() -> None:
    """Print the figures at one township and at three hundred."""
    one, many = measure(1), measure(300)
    print("| | 80 posts, ms | 24,000 posts, ms | ratio |\n|---|---|---|---|")  # noqa: T201
    for what, small in one.items():
        print(f"| {what} | {small:.1f} | {many[what]:.1f} | {many[what] / small:.2f} |")  # noqa: T201


if __name__ == "__main__":
    main()
