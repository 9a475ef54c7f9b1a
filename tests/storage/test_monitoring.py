"""效能監察: what is recorded and what is counted, by unit and month, never by person."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlmodel import Session, col, select

from dialogs.errors import Refused
from dialogs.events import LapseRecorded
from dialogs.vocabulary import Accused, CaseKind, CaseState, LapseKind, MatterMove
from storage import monitoring
from storage.database import Database
from storage.monitoring import Counts
from storage.sealing import Keyring
from storage.tables import Case, Lapse, Matter, Process
from tests.builders.matters import SUBSIDY, accepted, moved, person, unit
from tests.builders.people import NOON, TODAY

GRANTS = "丁曉峰"
APRIL, MARCH = date(2026, 4, 1), date(2026, 3, 1)
FEBRUARY, JANUARY = date(2026, 2, 1), date(2026, 1, 1)


@pytest.fixture
def session(founded: Database) -> Iterator[Session]:
    with founded.writing() as opened:
        yield opened


def recorded(
    session: Session,
    keys: Keyring,
    *,
    step: int = 2,
    matter: Matter | None = None,
    day: date = TODAY,
) -> Lapse:
    process = session.exec(select(Process.id).where(col(Process.code) == SUBSIDY)).one()
    said = LapseRecorded(
        process, matter.id if matter else None, step, LapseKind.ADDED_CONDITION, day, "多要一份證明"
    )
    return monitoring.record(session, said, by=person(session, "韓守正"), now=NOON, keys=keys)


def counts(
    session: Session, name: str = "財政所", month: date = MARCH, today: date = TODAY
) -> Counts:
    one = unit(session, name)
    return monitoring.counted(session, [one], month, today=today)[one]


def complain(session: Session, about: str, *, kind: CaseKind = CaseKind.SERVICE) -> None:
    count = len(session.exec(select(Case)).all())
    session.add(
        Case(
            number=f"CASE{count}",
            kind=kind,
            accused=Accused.TOWN_STAFF,
            unit_id=unit(session, about),
            public=b"k" * 32,
            state=CaseState.RECEIVED,
            received_on=TODAY,
            due_on=TODAY,
        )
    )
    session.flush()


def test_a_lapse_is_read_with_its_step_and_lies_sealed(session: Session, keys: Keyring) -> None:
    matter = accepted(session, SUBSIDY, GRANTS, keys=keys, number="ABCD2345")
    lapse = recorded(session, keys, matter=matter)
    whole = recorded(session, keys, step=0)
    assert "多要".encode() not in lapse.text
    told = monitoring.lapses(session, unit(session, "財政所"), MARCH, keys=keys)
    assert [(one.kind, one.process, one.step, one.number, one.text) for one in told] == [
        (LapseKind.ADDED_CONDITION, "惠農補貼發放流程", "公示", "ABCD2345", "多要一份證明"),
        (LapseKind.ADDED_CONDITION, "惠農補貼發放流程", "", "", "多要一份證明"),
    ]
    assert whole.matter_id is None
    assert monitoring.lapses(session, unit(session, "民政辦"), MARCH, keys=keys) == []


def test_a_lapse_is_about_a_step_that_is_there(session: Session, keys: Keyring) -> None:
    with pytest.raises(Refused):
        recorded(session, keys, step=5)


def test_what_is_fewer_than_three_is_not_told(session: Session, keys: Keyring) -> None:
    assert counts(session) == Counts(0, 0, 0, None)
    recorded(session, keys)
    recorded(session, keys)
    assert counts(session).lapses is None
    recorded(session, keys)
    assert counts(session).lapses == 3


def test_complaints_about_service_are_counted_and_nobody_learns_of_a_single_one(
    session: Session,
) -> None:
    for kind in (CaseKind.SERVICE, CaseKind.SERVICE, CaseKind.REPORT):
        complain(session, "財政所", kind=kind)
    assert counts(session, today=APRIL).complaints is None
    complain(session, "財政所")
    assert counts(session, today=APRIL).complaints == 3
    assert counts(session, "民政辦", today=APRIL).complaints is None


def test_complaints_are_told_when_the_month_is_over_and_not_as_they_come(
    session: Session,
) -> None:
    for _ in range(4):
        complain(session, "財政所")
    assert counts(session).complaints is None
    assert counts(session, today=date(2026, 3, 31)).complaints is None
    assert counts(session, today=APRIL).complaints == 4


def test_late_matters_and_those_in_time_are_counted_in_their_months(
    session: Session, keys: Keyring
) -> None:
    for _ in range(3):
        matter = accepted(session, SUBSIDY, GRANTS, keys=keys, today=date(2026, 1, 5))
        assert date(2026, 1, 5) < matter.due_on < FEBRUARY
        ended = accepted(session, SUBSIDY, GRANTS, keys=keys)
        moved(session, ended, MatterMove.DECLINE, GRANTS, keys=keys)
    accepted(session, SUBSIDY, GRANTS, keys=keys, met=(), today=date(2026, 1, 5))
    assert counts(session, month=JANUARY) == Counts(3, 0, 0, None)
    assert counts(session, month=FEBRUARY) == Counts(3, 0, 0, None)
    assert counts(session, month=MARCH) == Counts(3, 3, 0, None)
    assert counts(session, month=date(2025, 12, 1)) == Counts(0, 0, 0, None)


def test_nothing_that_is_counted_names_a_person() -> None:
    named = set(Counts.__dataclass_fields__ | monitoring.Recorded.__dataclass_fields__)
    assert not named & {"person", "by", "recorded_by", "name"}
