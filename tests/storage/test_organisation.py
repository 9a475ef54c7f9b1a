"""A workbook is taken over whole, and twice is once."""

from dataclasses import replace
from datetime import timedelta
from importlib.resources import files
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from sqlmodel import SQLModel, col, select

from dialogs.documents.roster import (
    Roster,
    RosterAppointment,
    RosterKinship,
    by_code,
    read_roster,
    write_roster,
)
from dialogs.documents.roster_difference import compare
from dialogs.errors import Refused
from dialogs.messages import render
from dialogs.vocabulary import Language, Role
from storage.database import Database
from storage.organisation import Taken, remembered, take_over
from storage.recorder.postings import beginning
from storage.tables import (
    Appointment,
    Deadline,
    Kinship,
    Person,
    Post,
    RoleHeld,
    SeatHeld,
    Unit,
)
from tests.builders.people import NOON, TODAY
from tests.builders.rosters import rosters
from tests.builders.township import example_township

TABLES: tuple[type[SQLModel], ...] = (Unit, Post, Person)


def test_who_holds_a_post_whose_duties_change_checks_it_anew(database: Database) -> None:
    roster = example_township()
    with database.writing() as session:
        take_over(session, roster, today=TODAY)
        session.execute(sa.update(Deadline).values(done_at=NOON))
    first, second, *others = roster.posts
    holders = {held.person for held in roster.appointments if held.post == first.code}
    assert first.duty
    assert second.duty
    changed = replace(
        roster,
        posts=(
            replace(first, duty=f"{first.duty}並管理公務接待。"),
            replace(second, duty=f" {second.duty}\n"),
            *others,
        ),
    )
    later = TODAY + timedelta(days=100)
    with database.writing() as session:
        taken = take_over(session, changed, today=later)
        again = take_over(session, changed, today=later)
    assert again.begun == ()
    with database.reading() as session:
        owed = session.exec(select(Deadline).where(col(Deadline.done_at).is_(None))).all()
        who = {session.get_one(Person, one.person_id).code for one in owed}
        assert {session.get_one(Post, one.post_id).code for one in owed} == {first.code}
    assert who == holders
    assert {one.due_on for one in owed} == {later + timedelta(days=30)}
    assert {(one.altered, one.due) for one in taken.begun} == {(True, later + timedelta(days=30))}
    told = render(beginning(taken.begun[0], first.title, today=later), Language.ZH_HANT)
    assert f"「{first.title}」的職責有變動" in told.text
    assert told.rows, "with the way to begin"


def content(database: Database) -> dict[str, Any]:
    with database.reading() as session:
        found: dict[str, Any] = {
            table.__name__: {row.code: row.model_dump() for row in session.exec(select(table))}
            for table in TABLES
        }
        found["held"] = {
            (row.person_id, row.post_id, row.since, row.until)
            for row in session.exec(select(Appointment))
        }
        found["roles"] = {(row.person_id, row.role) for row in session.exec(select(RoleHeld))}
        found["count"] = session.execute(
            sa.select(sa.func.count()).select_from(Appointment)
        ).scalar_one()
    return found


def test_everything_in_the_workbook_is_written_down(database: Database) -> None:
    roster = example_township()
    with database.writing() as session:
        taken = take_over(session, roster, today=TODAY)
    assert replace(taken, begun=()) == Taken(
        len(roster.units), len(roster.posts), len(roster.people), len(roster.appointments)
    )
    assert len(taken.begun) == taken.appointments
    found = content(database)
    assert len(found["Unit"]) == taken.units
    assert len(found["Post"]) == taken.posts
    assert len(found["Person"]) == taken.people
    assert found["count"] == len(found["held"]) == taken.appointments


def test_taking_over_twice_is_once(database: Database) -> None:
    with database.writing() as session:
        take_over(session, example_township(), today=TODAY)
    before = content(database)
    with database.writing() as session:
        take_over(session, example_township(), today=TODAY)
    assert content(database) == before


def test_a_change_is_taken_over_and_accounts_stay(database: Database) -> None:
    roster = example_township()
    with database.writing() as session:
        take_over(session, roster, today=TODAY)
        person = session.exec(select(Person).where(Person.code == "R001")).one()
        person.account_hash, person.account = "hash", b"sealed"
        before = person.id
    renamed = replace(roster.people[0], name="陳立新", roles=frozenset())
    fewer = tuple(one for one in roster.appointments if one.person != "R001")
    changed = replace(roster, people=(renamed, *roster.people[1:]), appointments=fewer)
    with database.writing() as session:
        take_over(session, changed, today=TODAY)
    with database.reading() as session:
        person = session.get_one(Person, before)
        assert (person.name, person.account) == ("陳立新", b"sealed")
        roles = session.exec(select(RoleHeld).where(RoleHeld.person_id == before)).all()
        held = session.exec(select(Appointment).where(Appointment.person_id == before)).all()
        assert not roles
        assert not held


# There and back


def taken_over(database: Database, roster: Roster) -> Roster:
    """Write a workbook down and read the organisation back."""
    with database.writing() as session:
        take_over(session, roster, today=TODAY)
    with database.reading() as session:
        return remembered(session)


def test_the_example_workbook_comes_back_byte_for_byte(database: Database) -> None:
    workbook = files("dialogs.catalogue").joinpath("township.xlsx").read_bytes()
    assert write_roster(taken_over(database, read_roster(workbook))) == workbook


def test_taking_over_what_is_remembered_changes_nothing(database: Database) -> None:
    roster = example_township()
    assert not compare(taken_over(database, roster), roster).changes
    with database.reading() as session:
        before = {row.id for row in session.exec(select(Appointment))}
    taken_over(database, roster)
    with database.reading() as session:
        assert {row.id for row in session.exec(select(Appointment))} == before


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rosters())
def test_whatever_is_taken_over_comes_back(database: Database, roster: Roster) -> None:
    emptied(database)
    back = read_roster(write_roster(taken_over(database, roster)))
    said = replace(
        roster,
        units=tuple(replace(unit, leader=unit.leader or "") for unit in roster.units),
        group=roster.group or (),
        kin=roster.kin or (),
    )
    assert replace(back, units=led(back)) == by_code(replace(said, units=led(said)))
    assert not compare(back, roster).changes


def led(roster: Roster) -> Any:
    """Say "" of a township without any leader, as of one whose workbook has no such column."""
    return tuple(replace(unit, leader=unit.leader or "") for unit in roster.units)


def emptied(database: Database) -> None:
    with database.writing() as session:
        session.execute(sa.update(Unit).values(leader_id=None))
        for name in ("deadline", "role_held", "seat_held", "kinship", "appointment"):
            session.execute(sa.delete(SQLModel.metadata.tables[name]))
        for name in ("post", "unit", "person"):
            session.execute(sa.delete(SQLModel.metadata.tables[name]))


# What a workbook does not say, and what it may not


def test_what_is_not_in_the_workbook_is_left_as_it_is(database: Database) -> None:
    roster = example_township()
    taken_over(database, roster)
    fewer = replace(
        roster,
        people=roster.people[:-1],
        appointments=tuple(a for a in roster.appointments if a.person != roster.people[-1].code),
        units=tuple(replace(unit, leader=None) for unit in roster.units),
        group=None,
        kin=None,
    )
    assert taken_over(database, fewer) == roster


def test_the_last_clerk_who_has_joined_keeps_the_role(database: Database) -> None:
    roster = example_township()
    taken_over(database, roster)
    (clerk,) = [person for person in roster.people if Role.OFFICE_CLERK in person.roles]
    without = tuple(
        replace(person, roles=person.roles - {Role.OFFICE_CLERK} or frozenset({Role.CADRE}))
        for person in roster.people
    )
    with database.writing() as session:
        joined = session.exec(select(Person).where(Person.code == clerk.code)).one()
        joined.account_hash, joined.account = "hash", b"sealed"
    with database.writing() as session, pytest.raises(Refused, match="no_clerk_left"):
        take_over(session, replace(roster, people=without), today=TODAY)
    with database.reading() as session:
        assert remembered(session) == roster


def test_an_old_appointment_starts_no_clock_and_a_fresh_one_does(database: Database) -> None:
    roster = example_township()
    taken_over(database, roster)
    with database.reading() as session:
        assert not session.exec(select(Deadline)).all()
    fresh = RosterAppointment("R090", "Z05-01", TODAY - timedelta(days=10))
    gone = RosterAppointment("R089", "Z05-01", TODAY - timedelta(days=31))
    more = replace(roster, appointments=(*roster.appointments, fresh, gone))
    with database.writing() as session:
        taken = take_over(session, more, today=TODAY)
        (deadline,) = session.exec(select(Deadline)).all()
    assert deadline.due_on == TODAY + timedelta(days=20)
    assert [begun.due for begun in taken.begun] == [deadline.due_on, None]


def test_an_end_in_the_workbook_is_told_as_one(database: Database) -> None:
    roster = example_township()
    taken_over(database, roster)
    held = next(one for one in roster.appointments if one.end is None)
    ended = tuple(replace(one, end=TODAY) if one is held else one for one in roster.appointments)
    with database.writing() as session:
        taken = take_over(session, replace(roster, appointments=ended), today=TODAY)
    assert [over.until for over in taken.over] == [TODAY]
    assert not taken.begun


def test_the_leading_group_becomes_what_the_sheet_says(database: Database) -> None:
    roster = example_township()
    assert roster.group
    taken_over(database, replace(roster, group=roster.group[:2]))
    with database.reading() as session:
        assert len(session.exec(select(SeatHeld)).all()) == 2


def test_who_are_relatives_becomes_what_the_sheet_says(database: Database) -> None:
    roster = example_township()
    assert roster.kin
    first, second = roster.kin
    taken_over(database, roster)
    turned = RosterKinship(first.relative, first.person, "姐夫")
    fresh = RosterKinship("R001", "R002", "表兄弟")
    changed = replace(roster, kin=(turned, fresh))
    assert len(compare(roster, changed).kin) == 3
    assert taken_over(database, changed) == by_code(changed)
    assert taken_over(database, replace(roster, kin=None)) == by_code(changed)
    assert second not in (taken_over(database, replace(roster, kin=())).kin or ())


def test_a_relation_with_somebody_who_is_not_in_the_workbook_is_left(database: Database) -> None:
    roster = example_township()
    assert roster.kin
    relative = roster.kin[0].relative
    taken_over(database, roster)
    without = replace(
        roster,
        people=tuple(person for person in roster.people if person.code != relative),
        appointments=tuple(one for one in roster.appointments if one.person != relative),
        kin=(),
    )
    assert len(compare(roster, without).kin) == 1
    assert taken_over(database, without).kin == roster.kin[:1]


def test_a_workbook_refused_leaves_relations_as_they_are(database: Database) -> None:
    roster = example_township()
    taken_over(database, roster)
    broken = replace(roster, kin=(RosterKinship("R001", "R999"),))
    with pytest.raises(KeyError), database.writing() as session:
        take_over(session, broken, today=TODAY)
    with database.reading() as session:
        assert len(session.exec(select(Kinship)).all()) == 2
