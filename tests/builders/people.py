"""People, posts and accounts in a database, a line each."""

from collections.abc import Collection
from datetime import UTC, date, datetime

from sqlmodel import Session

from dialogs.vocabulary import Role, UnitKind
from storage.sealing import Keyring
from storage.tables import Appointment, Person, Post, RoleHeld, Unit

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TODAY = NOON.date()
LONG_AGO = date(2020, 1, 1)


def a_unit(
    session: Session, code: str, name: str = "", *, kind: UnitKind = UnitKind.OFFICE
) -> Unit:
    unit = Unit(code=code, name=name or code, kind=kind)
    session.add(unit)
    session.flush()
    return unit


def a_post(session: Session, unit: Unit, code: str, title: str = "") -> Post:
    post = Post(code=code, unit_id=unit.id, title=title or code)
    session.add(post)
    session.flush()
    return post


def give_account(person: Person, account: int, *, keys: Keyring) -> None:
    """Let a person have joined with an account."""
    person.account_hash = keys.lookup(account)
    person.account = keys.seal(str(account).encode(), f"account:{person.account_hash}")
    person.joined_at = NOON


def a_person(
    session: Session,
    name: str,
    *,
    keys: Keyring,
    account: int | None = None,
    roles: Collection[Role] = (),
) -> Person:
    """Write a person down; without an account they have yet to join."""
    person = Person(code=f"X-{name}", name=name)
    if account is not None:
        give_account(person, account, keys=keys)
    session.add(person)
    session.flush()
    session.add_all(RoleHeld(person_id=person.id, role=role) for role in roles)
    session.flush()
    return person


def appoint(
    session: Session,
    person: Person,
    post: Post,
    *,
    since: date = LONG_AGO,
    until: date | None = None,
) -> None:
    session.add(Appointment(person_id=person.id, post_id=post.id, since=since, until=until))
    session.flush()
