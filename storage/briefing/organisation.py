"""What is told about the organisation: units to see, people and posts to change."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs import facts
from dialogs.rules.access import Action, reaches
from dialogs.vocabulary import Role
from storage import people
from storage.briefing.telling import tells
from storage.occasion import Occasion
from storage.tables import Appointment, Person, Post, Unit


@tells(Action.ORGANISATION)
def units_to_see(session: Session, occasion: Occasion, subject: str) -> facts.UnitsToSee:
    """Tell the units somebody may see the people of."""
    return facts.UnitsToSee(
        [
            facts.UnitNamed(unit.id, unit.name)
            for unit in people.units(session)
            if reaches(occasion.standing, Action.ORGANISATION, unit.id)
        ]
    )


@tells(Action.POSTINGS)
def staff(session: Session, occasion: Occasion, subject: str) -> facts.Staff:
    """Tell everybody, for who has left may come again, and every post with who holds it."""
    everybody = session.exec(select(Person).order_by(col(Person.code))).all()
    roles = people.roles_of(session, [person.id for person in everybody])
    names = {person.id: person.name for person in everybody}
    held = appointments_of(session, occasion)
    theirs = by_person(held)
    holders: dict[UUID, list[str]] = {}
    for one, _, _ in held:
        if one.since <= occasion.today:
            holders.setdefault(one.post_id, []).append(names[one.person_id])
    return facts.Staff(
        occasion.today,
        [
            member(person, roles.get(person.id, frozenset()), theirs.get(person.id, ()))
            for person in everybody
        ],
        vacancies(session, holders),
    )


Row = tuple[Appointment, Post, Unit]


def appointments_of(session: Session, occasion: Occasion) -> Sequence[Row]:
    """Find every appointment that has not ended, with its post and unit."""
    rows = session.execute(
        sa.select(Appointment, Post, Unit)
        .join(Post, col(Post.id) == col(Appointment.post_id))
        .join(Unit, col(Unit.id) == col(Post.unit_id))
        .where(sa.or_(col(Appointment.until).is_(None), col(Appointment.until) >= occasion.today))
        .order_by(col(Unit.kind), col(Post.code), col(Appointment.since))
    )
    return [(appointment, post, unit) for appointment, post, unit in rows]


def by_person(rows: Sequence[Row]) -> Mapping[UUID, Sequence[Row]]:
    """Gather appointments under who has them."""
    found: dict[UUID, list[Row]] = {}
    for row in rows:
        found.setdefault(row[0].person_id, []).append(row)
    return found


def member(person: Person, roles: frozenset[Role], rows: Sequence[Row]) -> facts.StaffMember:
    """Tell what a person holds."""
    return facts.StaffMember(
        person.id,
        person.name,
        rows[0][2].name if rows else "",
        [facts.Held(one.id, post.title, one.since) for one, post, _ in rows],
        sorted(roles),
    )


def vacancies(session: Session, holders: Mapping[UUID, Sequence[str]]) -> Sequence[facts.Vacancy]:
    """Tell every post, with who holds it today."""
    rows = session.execute(
        sa.select(Post, Unit)
        .join(Unit, col(Unit.id) == col(Post.unit_id))
        .order_by(col(Unit.kind), col(Unit.code), col(Post.code))
    )
    return [
        facts.Vacancy(post.id, post.title, unit.name, holders.get(post.id, ()))
        for post, unit in rows
    ]
