"""Who is who: people, their posts, their roles, and how they join."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.catalogue.policy import number
from dialogs.errors import Refused
from dialogs.receipt import ALPHABET
from dialogs.rules.access import Standing
from dialogs.vocabulary import Role
from storage.appointments import in_force
from storage.sealing import Keyring
from storage.tables import Appointment, Deadline, Invitation, Person, Post, RoleHeld, Unit
from storage.tables.deadlines import AT_NEXT_SWEEP

INVITATION_LASTS = timedelta(days=number("invitation_days"))
CODE_LENGTH = 12


@dataclass(frozen=True)
class PostHeld:
    """A post somebody holds today."""

    post: UUID
    title: str
    unit: UUID
    unit_name: str


@dataclass(frozen=True)
class Known:
    """A person who has joined, as the desk sees them today."""

    person: UUID
    name: str
    standing: Standing

    @property
    def roles(self) -> frozenset[Role]:
        """In what capacities the person acts."""
        return self.standing.roles


def recognise(
    session: Session, account_hashes: Collection[str], *, today: date
) -> Mapping[str, Known]:
    """Find the people behind accounts, with today's standing; strangers are left out."""
    rows = session.execute(
        sa.select(col(Person.account_hash), col(Person.id), col(Person.name), col(RoleHeld.role))
        .join(RoleHeld, col(RoleHeld.person_id) == col(Person.id), isouter=True)
        .where(col(Person.account_hash).in_(account_hashes))
    )
    granted: dict[tuple[str, UUID, str], frozenset[Role]] = {}
    for account_hash, person, name, role in rows:
        who = (account_hash, person, name)
        granted[who] = granted.get(who, frozenset()) | ({role} if role else frozenset())
    if not granted:
        return {}
    roles = {person: roles for (_, person, _), roles in granted.items()}
    found = standings(session, roles, today=today)
    return {
        account_hash: Known(person, name, found[person]) for account_hash, person, name in granted
    }


def standings(
    session: Session, granted: Mapping[UUID, frozenset[Role]], *, today: date
) -> Mapping[UUID, Standing]:
    """Find in what capacities people act on a day, and where, by the roles granted to them."""
    held, led = places_held(session, granted, today=today), units_led(session, granted)
    nowhere: frozenset[UUID] = frozenset()
    return {
        person: Standing(
            standing(roles, holds=person in held),
            units=frozenset(held.get(person, {}).values()),
            led=led.get(person, nowhere),
            posts=frozenset(held.get(person, {})),
        )
        for person, roles in granted.items()
    }


def places_held(
    session: Session, people: Collection[UUID], *, today: date
) -> Mapping[UUID, Mapping[UUID, UUID]]:
    """Find the posts people hold on a day, each with its unit."""
    rows = session.execute(
        sa.select(col(Appointment.person_id), col(Post.id), col(Post.unit_id))
        .join(Post, col(Post.id) == Appointment.post_id)
        .where(col(Appointment.person_id).in_(people), in_force(today))
    )
    held: dict[UUID, dict[UUID, UUID]] = {}
    for person, post, unit in rows:
        held.setdefault(person, {})[post] = unit
    return held


def units_led(session: Session, people: Collection[UUID]) -> Mapping[UUID, frozenset[UUID]]:
    """Find the units people are the leader in charge of."""
    rows = session.execute(
        sa.select(col(Unit.leader_id), col(Unit.id)).where(col(Unit.leader_id).in_(people))
    )
    led: dict[UUID, set[UUID]] = {}
    for leader, unit in rows:
        led.setdefault(leader, set()).add(unit)
    return {leader: frozenset(units) for leader, units in led.items()}


def standing(granted: frozenset[Role], *, holds: bool) -> frozenset[Role]:
    """Add to the granted roles what comes by itself: villager always, cadre with a post."""
    return granted | {Role.VILLAGER} | ({Role.CADRE} if holds else set())


def roles_of(session: Session, people: Collection[UUID]) -> Mapping[UUID, frozenset[Role]]:
    """Find the roles granted to people."""
    if not people:
        return {}
    held: dict[UUID, set[Role]] = {}
    rows = session.execute(
        sa.select(col(RoleHeld.person_id), col(RoleHeld.role)).where(
            col(RoleHeld.person_id).in_(people)
        )
    )
    for person, role in rows:
        held.setdefault(person, set()).add(role)
    return {person: frozenset(roles) for person, roles in held.items()}


def held(post: Any, person: Any, *, today: date) -> sa.ColumnElement[bool]:
    """Limit rows to those whose person holds their post on a day."""
    return sa.exists().where(
        col(Appointment.post_id) == post, col(Appointment.person_id) == person, in_force(today)
    )


def posts_of(
    session: Session, people: Collection[UUID], *, today: date
) -> Mapping[UUID, tuple[PostHeld, ...]]:
    """Find the posts people hold on a day."""
    if not people:
        return {}
    rows = session.execute(
        sa.select(
            col(Appointment.person_id),
            col(Post.id),
            col(Post.title),
            col(Unit.id).label("unit"),
            col(Unit.name),
        )
        .join(Post, col(Post.id) == Appointment.post_id)
        .join(Unit, col(Unit.id) == Post.unit_id)
        .where(col(Appointment.person_id).in_(people), in_force(today))
        .order_by(Post.code)
    )
    held: dict[UUID, list[PostHeld]] = {}
    for person, post, title, unit, unit_name in rows:
        held.setdefault(person, []).append(PostHeld(post, title, unit, unit_name))
    return {person: tuple(posts) for person, posts in held.items()}


def units(session: Session) -> Sequence[Unit]:
    """List the units, offices before villages."""
    return session.exec(select(Unit).order_by(col(Unit.kind), col(Unit.code))).all()


def not_joined(session: Session) -> Sequence[Person]:
    """List the people who have no account here yet."""
    statement = select(Person).where(col(Person.account_hash).is_(None))
    return session.exec(statement.order_by(col(Person.code))).all()


def belonging(session: Session, people: Collection[UUID], *, today: date) -> frozenset[UUID]:
    """Find who of some people has a role, or a post beyond today; the others have left."""
    still = sa.or_(col(Appointment.until).is_(None), col(Appointment.until) > today)
    appointed = sa.select(col(Appointment.person_id)).where(
        col(Appointment.person_id).in_(people), still
    )
    granted = sa.select(col(RoleHeld.person_id)).where(
        col(RoleHeld.person_id).in_(people), col(RoleHeld.role) != Role.VILLAGER
    )
    return frozenset(session.execute(appointed.union(granted)).scalars())


def must_leave_a_clerk(session: Session, *, without: Collection[UUID]) -> None:
    """Raise Refused if no office clerk who has joined would be left to configure the township."""
    clerks = {person.id for person in with_role(session, (Role.OFFICE_CLERK,))}
    if clerks and clerks <= {*without}:
        raise Refused("no_clerk_left")


def new_code() -> str:
    """Make the code of an invitation; nothing in it looks like something else."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def invite(
    session: Session, person: UUID, *, code_hash: str, made_by: UUID | None, now: datetime
) -> None:
    """Make an invitation; earlier unused ones of the same person end."""
    session.execute(
        sa.delete(Invitation).where(
            col(Invitation.person_id) == person, col(Invitation.used_at).is_(None)
        )
    )
    session.add(
        Invitation(
            person_id=person,
            code_hash=code_hash,
            made_by=made_by,
            expires_at=now + INVITATION_LASTS,
        )
    )


def invited(session: Session, code_hash: str, *, now: datetime) -> tuple[Invitation, Person]:
    """Find whom a code invites; raise Refused if it is unknown, used or expired."""
    row = session.exec(
        select(Invitation, Person)
        .join(Person, col(Person.id) == Invitation.person_id)
        .where(Invitation.code_hash == code_hash)
    ).first()
    if row is None:
        raise Refused("invitation_unknown")
    invitation, person = row
    if invitation.used_at:
        raise Refused("invitation_used")
    if invitation.expires_at <= now:
        raise Refused("invitation_expired")
    return invitation, person


def join(
    session: Session, code_hash: str, *, account_hash: str, account: bytes, now: datetime
) -> Person:
    """Give an invited person their account; from now on they hear of what they owe.

    Raises Refused if either is taken.
    """
    invitation, person = invited(session, code_hash, now=now)
    holder = session.exec(select(Person).where(Person.account_hash == account_hash)).first()
    if holder is not None and holder.id != person.id:
        raise Refused("account_taken", name=holder.name)
    if person.account_hash and person.account_hash != account_hash:
        raise Refused("person_taken", name=person.name)
    person.account_hash, person.account, person.joined_at = account_hash, account, now
    invitation.used_at = now
    session.add_all([person, invitation])
    session.execute(
        sa.update(Deadline)
        .where(col(Deadline.person_id) == person.id, col(Deadline.done_at).is_(None))
        .values(speaks_at=AT_NEXT_SWEEP)
    )
    return person


def with_role(session: Session, roles: Collection[Role]) -> Sequence[Person]:
    """List the joined people who hold one of some granted roles."""
    return session.exec(
        select(Person)
        .where(
            col(Person.account_hash).is_not(None),
            col(Person.id).in_(
                sa.select(col(RoleHeld.person_id)).where(col(RoleHeld.role).in_(roles))
            ),
        )
        .order_by(col(Person.code))
    ).all()


def account_of(person: Person, *, keys: Keyring) -> int:
    """Open the account of a person who has joined."""
    if person.account is None:
        raise ValueError("a person without an account")
    return int(keys.unseal(person.account, f"account:{person.account_hash}"))


def posts_held(session: Session, person: UUID, *, today: date) -> Sequence[PostHeld]:
    """Find the posts somebody holds on a day."""
    return posts_of(session, [person], today=today).get(person, ())


def appointment_of(session: Session, person: UUID, post: UUID, *, today: date) -> UUID | None:
    """Find the appointment by which a person holds a post on a day."""
    return session.exec(
        select(Appointment.id).where(
            Appointment.person_id == person, Appointment.post_id == post, in_force(today)
        )
    ).first()


def units_of(session: Session, roles: Collection[Role], *, today: date) -> frozenset[UUID]:
    """Find the units in which somebody with one of some granted roles holds a post."""
    rows = session.execute(
        sa.select(col(Post.unit_id))
        .join(Appointment, col(Appointment.post_id) == col(Post.id))
        .join(RoleHeld, col(RoleHeld.person_id) == col(Appointment.person_id))
        .where(col(RoleHeld.role).in_(roles), in_force(today))
    )
    return frozenset(rows.scalars())


def working_in(session: Session, unit: UUID, *, today: date) -> Sequence[UUID]:
    """Find who holds a post of a unit on a day."""
    rows = session.execute(
        sa.select(col(Appointment.person_id))
        .join(Post, col(Post.id) == col(Appointment.post_id))
        .where(col(Post.unit_id) == unit, in_force(today))
        .distinct()
    )
    return rows.scalars().all()


def holders_of(session: Session, post: UUID, *, today: date) -> Sequence[UUID]:
    """Find who holds a post on a day."""
    rows = session.execute(
        sa.select(col(Appointment.person_id)).where(
            col(Appointment.post_id) == post, in_force(today)
        )
    )
    return rows.scalars().all()
