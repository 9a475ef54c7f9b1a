"""The organisation, taken over from a workbook whole and read back as one."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from dialogs.documents.roster import (
    Roster,
    RosterAppointment,
    RosterKinship,
    RosterPerson,
    RosterPost,
    RosterSeat,
    RosterUnit,
    by_code,
)
from dialogs.vocabulary import Role
from storage import appointments, people
from storage.appointments import Begun, Over
from storage.tables import Appointment, Kinship, Person, Post, RoleHeld, SeatHeld, Unit

NO_ROLE = frozenset({Role.VILLAGER})  # what a workbook says of somebody who has none
CODED: tuple[type[SQLModel], ...] = (Unit, Post, Person)


@dataclass(frozen=True)
class Taken:
    """How much a workbook held, and which appointments it began, altered and ended."""

    units: int
    posts: int
    people: int
    appointments: int
    begun: Sequence[Begun] = ()
    over: Sequence[Over] = ()


def remembered(session: Session) -> Roster:
    """Read the organisation back as a workbook has it, in the order of an export."""
    named = {id_: code for table in CODED for code, id_ in ids(session, table).items()}
    persons = session.exec(select(Person)).all()
    roles = people.roles_of(session, [person.id for person in persons])
    return by_code(
        Roster(
            tuple(
                RosterUnit(u.code, u.name, u.kind, named[u.leader_id] if u.leader_id else "")
                for u in session.exec(select(Unit)).all()
            ),
            tuple(
                RosterPost(p.code, named[p.unit_id], p.title, p.duty)
                for p in session.exec(select(Post)).all()
            ),
            tuple(
                RosterPerson(p.code, p.name, roles.get(p.id) or NO_ROLE, p.phone) for p in persons
            ),
            tuple(
                RosterAppointment(named[a.person_id], named[a.post_id], a.since, a.until)
                for a in session.exec(select(Appointment)).all()
            ),
            tuple(
                RosterSeat(named[s.person_id], s.seat) for s in session.exec(select(SeatHeld)).all()
            ),
            tuple(
                RosterKinship(named[k.person_id], named[k.relative_id], k.relation)
                for k in session.exec(select(Kinship)).all()
            ),
        )
    )


def take_over(session: Session, roster: Roster, *, today: date) -> Taken:
    """Write a workbook down: what is known by its code is updated, what is new is added.

    Nothing that is not in the workbook is touched, except that a person's roles and appointments
    become what the workbook says, and so do the leading group and who of the people named are
    relatives, where it says anything of them. Raises Refused if nobody who has joined could
    configure the township any more.
    """
    must_leave_a_clerk(session, roster)
    changed = altered(session, roster)
    persons = write_people(session, roster)
    units = write_units(session, roster, persons)
    posts = write_posts(session, roster, units)
    grant(session, {persons[person.code]: person.roles for person in roster.people})
    if roster.group is not None:
        session.execute(sa.delete(SeatHeld))
        session.add_all(SeatHeld(person_id=persons[s.person], seat=s.seat) for s in roster.group)
    if roster.kin is not None:
        relate(session, roster.kin, persons, among={persons[p.code] for p in roster.people})
    begun, over = appoint(session, roster, persons, posts, today=today)
    begun = (*begun, *appointments.alter(session, changed, today=today))
    return Taken(
        len(roster.units),
        len(roster.posts),
        len(roster.people),
        len(roster.appointments),
        begun,
        over,
    )


def must_leave_a_clerk(session: Session, roster: Roster) -> None:
    """Raise Refused if a workbook takes the role of the last office clerk who has joined."""
    becomes = {person.code: person.roles for person in roster.people}
    stripped = [code for code, roles in becomes.items() if Role.OFFICE_CLERK not in roles]
    people.must_leave_a_clerk(
        session,
        without=session.exec(select(Person.id).where(col(Person.code).in_(stripped))).all(),
    )


def altered(session: Session, roster: Roster) -> Sequence[UUID]:
    """Find the posts whose duties a workbook says otherwise than they were said before."""
    will = {post.code: words(post.duty) for post in roster.posts}
    return [
        post.id
        for post in session.exec(select(Post)).all()
        if words(post.duty) and will.get(post.code) and will[post.code] != words(post.duty)
    ]


def words(duty: str) -> str:
    """Take what duties say, however it is laid out."""
    return "".join(duty.split())


def write_people(session: Session, roster: Roster) -> Mapping[str, UUID]:
    """Write people down; give the ids of all codes."""
    known = {row.code: row for row in session.exec(select(Person)).all()}
    for person in roster.people:
        row = known.get(person.code) or Person(code=person.code, name=person.name)
        row.name, row.phone = person.name, person.phone
        session.add(row)
    session.flush()
    return ids(session, Person)


def write_units(
    session: Session, roster: Roster, persons: Mapping[str, UUID]
) -> Mapping[str, UUID]:
    """Write units down; give the ids of all codes. A leader is left where none is said."""
    known = {row.code: row for row in session.exec(select(Unit)).all()}
    for unit in roster.units:
        row = known.get(unit.code) or Unit(code=unit.code, name=unit.name, kind=unit.kind)
        row.name, row.kind = unit.name, unit.kind
        if unit.leader is not None:
            row.leader_id = persons[unit.leader] if unit.leader else None
        session.add(row)
    session.flush()
    return ids(session, Unit)


def write_posts(session: Session, roster: Roster, units: Mapping[str, UUID]) -> Mapping[str, UUID]:
    """Write posts down; give the ids of all codes."""
    known = {row.code: row for row in session.exec(select(Post)).all()}
    for post in roster.posts:
        row = known.get(post.code) or Post(
            code=post.code, unit_id=units[post.unit], title=post.title
        )
        row.unit_id, row.title, row.duty = units[post.unit], post.title, post.duty
        session.add(row)
    session.flush()
    return ids(session, Post)


def grant(session: Session, roles: Mapping[UUID, frozenset[Role]]) -> None:
    """Let people have these roles and no others."""
    session.execute(sa.delete(RoleHeld).where(col(RoleHeld.person_id).in_(list(roles))))
    session.add_all(
        RoleHeld(person_id=person, role=role) for person, held in roles.items() for role in held
    )
    session.flush()


def relate(
    session: Session,
    kin: Sequence[RosterKinship],
    persons: Mapping[str, UUID],
    *,
    among: Set[UUID],
) -> None:
    """Let these be the relatives among some people; what they are to others is left."""
    for row in session.exec(select(Kinship)).all():
        if {row.person_id, row.relative_id} <= among:
            session.delete(row)
    session.flush()
    session.add_all(
        Kinship(
            person_id=persons[one.person],
            relative_id=persons[one.relative],
            relation=one.relation,
        )
        for one in kin
    )
    session.flush()


def appoint(
    session: Session,
    roster: Roster,
    persons: Mapping[str, UUID],
    posts: Mapping[str, UUID],
    *,
    today: date,
) -> tuple[Sequence[Begun], Sequence[Over]]:
    """Give people the appointments the workbook says; those that stay as they are are left."""
    named = [persons[person.code] for person in roster.people]
    rows = session.exec(select(Appointment).where(col(Appointment.person_id).in_(named))).all()
    known = {(row.person_id, row.post_id, row.since): row for row in rows}
    begun, over = [], []
    for one in roster.appointments:
        person, post = persons[one.person], posts[one.post]
        row = known.pop((person, post, one.start), None)
        if row is None:
            fresh = Appointment(person_id=person, post_id=post, since=one.start, until=one.end)
            begun.append(appointments.begin(session, fresh, today=today))
        elif row.until != one.end:
            if one.end is not None and (row.until is None or row.until >= today):
                over.append(Over(person, post, one.end))
            row.until = one.end
            session.add(row)
    for row in known.values():
        if row.since <= today and (row.until is None or row.until >= today):
            over.append(Over(row.person_id, row.post_id, today - timedelta(days=1)))
        session.delete(row)
    session.flush()
    appointments.lapse(session, today=today)
    return tuple(begun), tuple(over)


def ids(session: Session, table: type[SQLModel]) -> Mapping[str, UUID]:
    """Map the codes of a table to its ids."""
    columns = sa.inspect(table).columns
    return dict(session.execute(sa.select(columns.code, columns.id)).all())
