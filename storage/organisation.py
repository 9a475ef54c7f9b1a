"""The organisation: units, posts, people and appointments, taken over from a workbook whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from dialogs.documents.roster import Roster
from storage.tables import Appointment, Person, Post, RoleHeld, Unit


@dataclass(frozen=True)
class Taken:
    """How much a workbook held."""

    units: int
    posts: int
    people: int
    appointments: int


def take_over(session: Session, roster: Roster) -> Taken:
    """Write a workbook down: what is known by its code is updated, what is new is added.

    Nothing that is not in the workbook is touched, except that a person's roles and appointments
    become what the workbook says.
    """
    for unit in roster.units:
        found = session.exec(select(Unit).where(Unit.code == unit.code)).first()
        row = found or Unit(code=unit.code, name=unit.name, kind=unit.kind)
        row.name, row.kind = unit.name, unit.kind
        session.add(row)
    session.flush()
    units = ids(session, Unit)
    for post in roster.posts:
        known = session.exec(select(Post).where(Post.code == post.code)).first()
        held = known or Post(code=post.code, unit_id=units[post.unit], title=post.title)
        held.unit_id, held.title, held.duty = units[post.unit], post.title, post.duty
        session.add(held)
    for person in roster.people:
        one = session.exec(select(Person).where(Person.code == person.code)).first()
        who = one or Person(code=person.code, name=person.name)
        who.name, who.phone = person.name, person.phone
        session.add(who)
    session.flush()
    appoint(session, roster)
    return Taken(len(roster.units), len(roster.posts), len(roster.people), len(roster.appointments))


def appoint(session: Session, roster: Roster) -> None:
    """Give people the roles and appointments the workbook says."""
    people, posts = ids(session, Person), ids(session, Post)
    named = [people[person.code] for person in roster.people]
    session.execute(sa.delete(RoleHeld).where(col(RoleHeld.person_id).in_(named)))
    session.execute(sa.delete(Appointment).where(col(Appointment.person_id).in_(named)))
    session.add_all(
        RoleHeld(person_id=people[person.code], role=role)
        for person in roster.people
        for role in person.roles
    )
    session.add_all(
        Appointment(
            person_id=people[one.person], post_id=posts[one.post], since=one.start, until=one.end
        )
        for one in roster.appointments
    )
    session.flush()


def ids(session: Session, table: type[SQLModel]) -> Mapping[str, UUID]:
    """Map the codes of a table to its ids."""
    columns = sa.inspect(table).columns
    return dict(session.execute(sa.select(columns.code, columns.id)).all())
