"""Matters: accepted, taken step by step, stopped, sent back, ended, found again by number."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.errors import Refused
from dialogs.rules.calendar import Calendar
from dialogs.vocabulary import EntryState, MatterMove, MatterState
from storage import catalogues, matters
from storage.database import Database
from storage.sealing import Keyring
from storage.tables import Deadline, Matter, MatterDeed, MatterStep, Person, Post, Process
from tests.builders.catalogues import PROCESSES
from tests.builders.matters import (
    HOMESTEAD,
    LOW_INCOME,
    SUBSIDY,
    accepted,
    moved,
    person,
    standing,
    vacate,
)
from tests.builders.people import NOON, TODAY

TAKE, FINISH, BACK = MatterMove.TAKE, MatterMove.FINISH, MatterMove.SEND_BACK
STOP, RESUME, DECLINE = MatterMove.STOP, MatterMove.RESUME, MatterMove.DECLINE
GRANTS, HEAD, CASHIER = "丁曉峰", "鄭國良", "呂思穎"  # who has charge of the steps of a subsidy


@pytest.fixture
def session(founded: Database) -> Iterator[Session]:
    with founded.writing() as opened:
        yield opened


def days(session: Session, matter: Matter) -> list[tuple[date | None, date | None]]:
    """When a matter came to each step, and when it was complete."""
    return [(step.begun_on, step.done_on) for step in matters.steps(session, matter.id)]


def test_a_matter_is_due_when_its_steps_together_are(session: Session, keys: Keyring) -> None:
    matter = accepted(session, SUBSIDY, GRANTS, keys=keys)
    assert matter.state is MatterState.UNDER_WAY
    assert matter.due_on == Calendar().add_working_days(TODAY, 5 + 7 + 3 + 2)
    assert days(session, matter) == [(TODAY, None), (None, None), (None, None), (None, None)]


def test_a_matter_goes_through_every_step_to_its_end(session: Session, keys: Keyring) -> None:
    matter = accepted(session, SUBSIDY, GRANTS, keys=keys)
    for by in (GRANTS, GRANTS, HEAD):
        moved(session, matter, TAKE, by, keys=keys)
    moved(session, matter, FINISH, CASHIER, keys=keys, note="已補發")
    assert (matter.state, matter.ended_on) == (MatterState.FINISHED, TODAY)
    done = matters.deeds(session, matter.id, keys=keys)
    assert [(one.move, one.step, one.by) for one in done] == [
        (MatterMove.ACCEPT, 1, GRANTS),
        (TAKE, 1, GRANTS),
        (TAKE, 2, GRANTS),
        (TAKE, 3, HEAD),
        (FINISH, 4, CASHIER),
    ]
    assert done[-1].note == "已補發"


def test_a_step_is_not_begun_before_the_one_before_it_is_complete(
    session: Session, keys: Keyring
) -> None:
    matter = accepted(session, SUBSIDY, GRANTS, keys=keys)
    with pytest.raises(Refused, match="step_too_early") as refused:
        moved(session, matter, TAKE, HEAD, keys=keys, step=3)
    assert "收集名單" in str(refused.value.values["missing"])
    assert "公示" in str(refused.value.values["missing"])
    with pytest.raises(Refused, match="not_your_step"):
        moved(session, matter, TAKE, HEAD, keys=keys)
    moved(session, matter, TAKE, GRANTS, keys=keys)
    with pytest.raises(Refused, match="step_complete_already"):
        moved(session, matter, TAKE, GRANTS, keys=keys, step=1)
    with pytest.raises(Refused, match="steps_left"):
        moved(session, matter, FINISH, GRANTS, keys=keys)


def test_the_steps_are_frozen_with_the_matter(session: Session, keys: Keyring) -> None:
    matter = accepted(session, SUBSIDY, GRANTS, keys=keys)
    changed = replace(PROCESSES[0], steps=PROCESSES[0].steps[:1])
    row = catalogues.write(session, changed, by=None, now=NOON)
    assert row
    catalogues.decide(session, row, by=None, now=NOON)
    session.flush()
    assert len(matters.steps(session, matter.id)) == 4
    before = session.get_one(Process, matter.process_id)
    session.refresh(before)
    assert before.state is EntryState.SUPERSEDED
    with pytest.raises(Refused, match="process_not_in_force"):
        matters.process_in_force(session, before.id)


def test_what_is_missing_is_told_once_and_the_clock_waits_for_it(
    session: Session, keys: Keyring
) -> None:
    matter = accepted(session, SUBSIDY, GRANTS, keys=keys, met=(1, 3))
    assert (matter.state, matter.told_on) == (MatterState.STOPPED, TODAY)
    assert [one.met for one in matters.conditions(session, matter.id)] == [True, False, True]
    due = matter.due_on
    with pytest.raises(Refused, match="matter_not_now"):
        moved(session, matter, TAKE, GRANTS, keys=keys)
    later = Calendar().add_working_days(TODAY, 4)
    moved(session, matter, RESUME, CASHIER, keys=keys, today=later)
    assert (matter.state, matter.stopped_on) == (MatterState.UNDER_WAY, None)
    assert matter.due_on == Calendar().add_working_days(due, 4)
    with pytest.raises(Refused, match="told_once_already"):
        moved(session, matter, STOP, GRANTS, keys=keys, missing=(1,), today=later)


def test_a_stop_tells_what_is_missing_where_nothing_was_told_yet(
    session: Session, keys: Keyring
) -> None:
    matter = accepted(session, SUBSIDY, GRANTS, keys=keys)
    moved(session, matter, STOP, GRANTS, keys=keys, missing=(2,))
    assert matter.state is MatterState.STOPPED
    assert [one.met for one in matters.conditions(session, matter.id)] == [True, False, True]


def test_a_step_is_sent_back_and_done_again(session: Session, keys: Keyring) -> None:
    matter = accepted(session, SUBSIDY, GRANTS, keys=keys)
    with pytest.raises(Refused, match="no_step_before"):
        moved(session, matter, BACK, GRANTS, keys=keys)
    moved(session, matter, TAKE, GRANTS, keys=keys)
    moved(session, matter, TAKE, GRANTS, keys=keys)
    later = TODAY + timedelta(days=1)
    moved(session, matter, BACK, HEAD, keys=keys, note="張榜照片不全", today=later)
    assert days(session, matter)[1:3] == [(later, None), (None, None)]
    with pytest.raises(Refused, match="step_too_early"):
        moved(session, matter, TAKE, HEAD, keys=keys, step=3, today=later)


def test_a_matter_may_be_declined_with_a_ground(session: Session, keys: Keyring) -> None:
    matter = accepted(session, SUBSIDY, GRANTS, keys=keys, met=())
    moved(session, matter, DECLINE, GRANTS, keys=keys, note="不是本鎮的地")
    assert (matter.state, matter.ended_on) == (MatterState.DECLINED, TODAY)
    with pytest.raises(Refused, match="matter_not_now"):
        moved(session, matter, RESUME, GRANTS, keys=keys)


def test_a_step_whose_post_is_vacant_is_taken_by_a_cadre_of_its_unit(
    session: Session, keys: Keyring
) -> None:
    matter = accepted(session, SUBSIDY, GRANTS, keys=keys)
    with pytest.raises(Refused, match="not_your_step"):
        moved(session, matter, TAKE, CASHIER, keys=keys)
    vacate(session, "財政所惠農專管員")
    moved(session, matter, TAKE, CASHIER, keys=keys)
    with pytest.raises(Refused, match="not_your_step"):
        moved(session, matter, TAKE, "沈惠芳", keys=keys)


def test_what_was_written_lies_sealed(session: Session, keys: Keyring) -> None:
    matter = accepted(session, SUBSIDY, GRANTS, keys=keys)
    moved(session, matter, TAKE, GRANTS, keys=keys, note="王大娘家補登兩畝")
    kept = matters.sheet(matter, keys=keys)
    assert (kept.wanted, kept.applicant, kept.contact) == ("補貼漏發兩畝", "王大娘", "村東頭")
    assert "王大娘" not in repr(kept)
    notes = session.exec(select(MatterDeed.note)).all()
    assert not any("王大娘".encode() in one for one in [*notes, matter.sheet])


def test_a_matter_is_found_by_its_number_alone(session: Session, keys: Keyring) -> None:
    matter = accepted(session, SUBSIDY, GRANTS, keys=keys, number="ABCD2345")
    assert matters.by_number(session, "ABCD2345") is matter
    assert matters.by_number(session, "ABCD2346") is None
    assert len({matters.new_number() for _ in range(500)}) == 500


def test_those_who_work_on_a_matter_read_it_and_those_who_watch_see_it(
    session: Session, keys: Keyring
) -> None:
    matter = accepted(session, LOW_INCOME, "魏子涵", keys=keys)

    def reads(name: str) -> tuple[bool, bool]:
        who = person(session, name), standing(session, name)
        return (
            matters.may_handle(session, matter, who[1], who[0]),
            matters.may_see(session, matter, who[1], who[0]),
        )

    assert reads("魏子涵") == reads("沈惠芳") == (True, True)
    assert reads(CASHIER) == (True, True)  # the last step is theirs
    assert reads("韓守正") == reads("蘇曉梅") == (False, True)
    assert reads("孫浩然") == reads("馬向東") == reads("何靜怡") == (False, False)


def test_matters_at_hand_come_late_first_and_within_reach(session: Session, keys: Keyring) -> None:
    late = accepted(session, SUBSIDY, GRANTS, keys=keys, today=date(2026, 1, 5))
    other = accepted(session, LOW_INCOME, "魏子涵", keys=keys)
    soon = accepted(session, SUBSIDY, GRANTS, keys=keys)
    stopped = accepted(session, SUBSIDY, GRANTS, keys=keys, met=(), today=date(2026, 1, 6))

    def listed(name: str) -> list[tuple[Matter, bool]]:
        found = matters.at_hand(
            session, person(session, name), standing(session, name), today=TODAY
        )
        return [(one.matter, one.late) for one in found]

    assert listed(GRANTS) == [(late, True), (stopped, False), (soon, False)]
    assert [one for one, _ in listed("韓守正")] == [late, stopped, soon, other]
    assert [one for one, _ in listed("周文博")] == [late, stopped, soon]
    assert listed("孫浩然") == []


def test_what_waits_for_the_day_is_ones_own_step_and_what_is_late(
    session: Session, keys: Keyring
) -> None:
    late = accepted(session, SUBSIDY, GRANTS, keys=keys, today=date(2026, 1, 5))
    mine = accepted(session, SUBSIDY, GRANTS, keys=keys)
    village = accepted(session, HOMESTEAD, "張秀英", keys=keys)

    def waits(name: str) -> list[Matter]:
        found = matters.for_the_day(session, standing(session, name), today=TODAY)
        return [one.matter for one in found]

    assert waits(GRANTS) == [late, mine]
    assert waits(HEAD) == waits("周文博") == [late]
    assert waits("張秀英") == [village]
    assert waits(CASHIER) == waits("王建國") == []
    vacate(session, "村會計（文書）")
    assert waits("王建國") == [village]


def test_a_matter_has_one_number_and_a_step_one_place(session: Session, keys: Keyring) -> None:
    matter = accepted(session, SUBSIDY, GRANTS, keys=keys)
    rows = session.exec(select(MatterStep).where(col(MatterStep.matter_id) == matter.id)).all()
    assert sorted(row.ordinal for row in rows) == [1, 2, 3, 4]


def owed(session: Session, matter: Matter) -> list[tuple[str, str, date]]:
    """Who owes a step of a matter, by which post, and by when."""
    rows = session.execute(
        sa.select(col(Person.name), col(Post.title), col(Deadline.due_on))
        .join(Person, col(Person.id) == col(Deadline.person_id))
        .join(Post, col(Post.id) == col(Deadline.post_id))
        .where(col(Deadline.subject) == matter.id, col(Deadline.done_at).is_(None))
    )
    return [(name, title, due) for name, title, due in rows]


def test_whoever_has_charge_of_a_step_owes_it_by_its_day(session: Session, keys: Keyring) -> None:
    matter = accepted(session, SUBSIDY, GRANTS, keys=keys)
    first = Calendar().add_working_days(TODAY, 5)
    ((name, _, due),) = owed(session, matter)
    assert (name, due) == (GRANTS, first)
    later = Calendar().add_working_days(TODAY, 3)
    moved(session, matter, TAKE, GRANTS, keys=keys, today=later)
    moved(session, matter, TAKE, GRANTS, keys=keys, today=later)
    ((name, _, due),) = owed(session, matter)
    assert (name, due) == (HEAD, Calendar().add_working_days(later, 3))
    moved(session, matter, TAKE, HEAD, keys=keys, today=later)
    moved(session, matter, FINISH, CASHIER, keys=keys, today=later)
    assert owed(session, matter) == []


def test_a_step_sent_back_the_same_day_is_owed_again(session: Session, keys: Keyring) -> None:
    matter = accepted(session, SUBSIDY, GRANTS, keys=keys)
    before = owed(session, matter)
    moved(session, matter, TAKE, GRANTS, keys=keys)
    assert owed(session, matter) != before
    moved(session, matter, BACK, GRANTS, keys=keys)
    assert owed(session, matter) == before


def test_nothing_is_owed_while_the_clock_stands_still(session: Session, keys: Keyring) -> None:
    matter = accepted(session, SUBSIDY, GRANTS, keys=keys)
    ((_, _, due),) = owed(session, matter)
    moved(session, matter, STOP, GRANTS, keys=keys, missing=(2,))
    assert owed(session, matter) == []
    later = Calendar().add_working_days(TODAY, 4)
    moved(session, matter, RESUME, GRANTS, keys=keys, today=later)
    ((_, _, again),) = owed(session, matter)
    assert again == Calendar().add_working_days(due, 4)


def test_a_post_that_nobody_holds_any_more_leaves_its_step_to_the_head_of_the_unit(
    session: Session, keys: Keyring
) -> None:
    matter = accepted(session, SUBSIDY, GRANTS, keys=keys)
    ((_, title, due),) = owed(session, matter)
    vacate(session, title)
    matters.keep_due(session, now=NOON, today=TODAY)
    leads = owed(session, matter)
    assert {day for _, _, day in leads} == {due}
    assert leads
    assert GRANTS not in {name for name, _, _ in leads}
    matters.keep_due(session, now=NOON, today=TODAY)
    assert owed(session, matter) == leads
