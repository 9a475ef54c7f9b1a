"""A workbook is taken over whole, and twice is once."""

from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel, select

from storage.database import Database
from storage.organisation import Taken, take_over
from storage.tables import Appointment, Person, Post, RoleHeld, Unit
from tests.builders.people import TODAY
from tests.builders.township import example_township

TABLES: tuple[type[SQLModel], ...] = (Unit, Post, Person)


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
