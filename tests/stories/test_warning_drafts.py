"""A late measure becomes a draft on the commission's desk by itself, and silence climbs."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col, select

from dialogs.rules.calendar import Calendar
from dialogs.vocabulary import DeadlineKind, WarningLevel, WarningState
from storage.tables import Deadline, GradedWarning, Lookout, Signal
from tests.builders.house import House, open_house
from tests.builders.matters import found_township, person
from tests.builders.patience import until
from tests.builders.phone import words
from tests.builders.warnings import CASHIER, post

ZONE, CALENDAR = ZoneInfo("Asia/Shanghai"), Calendar()
MEMBER, HOLDER = "羅敏", "呂思穎"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("house")) as opened:
        with opened.database.writing() as session:
            found_township(session)
        opened.program.start()
        yield opened


def go_to(house: House, day: date, hour: int = 10) -> None:
    """Move the clock on to an hour of a day, and wait until the sweep has looked at it."""
    house.wait_till(datetime.combine(day, time(hour), ZONE))
    until(
        lambda: (
            house.rows(Lookout, Lookout.name == "signals", Lookout.upto == day.toordinal()) != []
        ),
        "the sweep has looked",
    )


def drafts(house: House) -> list[GradedWarning]:
    return house.rows(GradedWarning, GradedWarning.rule != "")


def owe(house: House, due: date) -> None:
    with house.database.writing() as session:
        session.add(
            Deadline(
                kind=DeadlineKind.MEASURE,
                person_id=person(session, HOLDER),
                post_id=post(session, CASHIER).id,
                subject=uuid4(),
                due_on=due,
            )
        )


def catch_up(house: House) -> None:
    """Let what is owed have been done, so that it grows no worse."""
    with house.database.writing() as session:
        for owed in session.exec(select(Deadline).where(col(Deadline.done_at).is_(None))):
            owed.done_at = datetime.combine(house.today(), time(9), ZONE)
            session.add(owed)


def put(house: House, draft: GradedWarning, **values: object) -> None:
    """Let people have decided about a draft."""
    with house.database.writing() as session:
        kept = session.get_one(GradedWarning, draft.id)
        for name, value in values.items():
            setattr(kept, name, value)
        session.add(kept)


def test_a_late_measure_is_drafted_and_the_commission_hears_that_it_waits(house: House) -> None:
    member, holder = house.hand_over(MEMBER), house.hand_over(HOLDER)
    due = CALENDAR.add_working_days(house.today(), 1)
    owe(house, due)
    go_to(house, CALENDAR.add_working_days(due, 1))
    said = words(member.sees("有 1 份預警草案待處理"))
    assert HOLDER not in said
    (draft,) = drafts(house)
    assert (draft.rule, draft.level, draft.state) == (
        "late_measure",
        WarningLevel.YELLOW,
        WarningState.DRAFTED,
    )
    assert not [one for one in holder.messages() if "預警" in words(one)]


def test_b_what_was_dropped_stays_dropped_the_day_after(house: House) -> None:
    (draft,) = drafts(house)
    put(house, draft, state=WarningState.DROPPED)
    go_to(house, CALENDAR.add_working_days(house.today(), 1))
    assert [one.id for one in drafts(house)] == [draft.id]
    assert len(house.rows(Signal)) == 1


def test_c_a_warning_nobody_answers_is_told_again_and_climbs(house: House) -> None:
    holder = house.hand_over(HOLDER)
    catch_up(house)
    due = CALENDAR.add_working_days(house.today(), 1)
    owe(house, due)
    go_to(house, CALENDAR.add_working_days(due, 1))
    until(lambda: len(drafts(house)) == 2, "another measure, another draft")
    (mild,) = [one for one in drafts(house) if one.state is WarningState.DRAFTED]
    answer_by = house.today() + timedelta(days=7)
    put(
        *(house, mild),
        state=WarningState.SIGNED,
        number="YJ-2026-1",
        issued_on=house.today(),
        due_on=answer_by,
    )
    go_to(house, CALENDAR.add_working_days(answer_by, 3))
    assert "YJ-2026-1" in words(holder.sees("第二次通知"))
    until(lambda: len(drafts(house)) == 3, "a higher draft")
    (higher,) = [one for one in drafts(house) if one.level is WarningLevel.ORANGE]
    assert (higher.rule, higher.raised_from) == ("unanswered", mild.id)
    assert (higher.state, higher.number) == (WarningState.DRAFTED, None)
