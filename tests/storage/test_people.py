"""Joining by a code of one's own, and who somebody is on a given day."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from dialogs.errors import Refused
from dialogs.vocabulary import Role
from storage import people
from storage.database import Database
from storage.people import INVITATION_LASTS
from storage.sealing import Keyring
from storage.tables import Person
from tests.builders.people import NOON, TODAY, a_person, a_post, a_unit, appoint


def invite(session: Session, keys: Keyring, name: str, code: str) -> None:
    person = session.exec(select(Person).where(Person.name == name)).one()
    people.invite(session, person.id, code_hash=keys.lookup(code), made_by=None, now=NOON)


def join(
    database: Database, keys: Keyring, code: str, account: int, *, after: timedelta = timedelta()
) -> str:
    mark = keys.lookup(account)
    with database.writing() as session:
        return people.join(
            session,
            keys.lookup(code),
            account_hash=mark,
            account=keys.seal(str(account).encode(), f"account:{mark}"),
            now=NOON + after,
        ).name


@pytest.fixture
def invited(database: Database, keys: Keyring) -> Database:
    with database.writing() as session:
        a_person(session, "許春燕", keys=keys)
        a_person(session, "呂思穎", keys=keys)
        invite(session, keys, "許春燕", "CODE")
        invite(session, keys, "呂思穎", "OTHER")
    return database


def test_a_code_gives_its_person_the_account(invited: Database, keys: Keyring) -> None:
    assert join(invited, keys, "CODE", 1001) == "許春燕"
    with invited.reading() as session:
        person = session.exec(select(Person).where(Person.name == "許春燕")).one()
        assert people.account_of(person, keys=keys) == 1001
        assert b"1001" not in (person.account or b"")
        assert [one.name for one in people.not_joined(session)] == ["呂思穎"]


def refusal(database: Database, keys: Keyring, code: str, account: int, **more: timedelta) -> str:
    with pytest.raises(Refused) as refused:
        join(database, keys, code, account, **more)
    return refused.value.phrase.key


def test_a_wrong_code_a_used_one_and_an_old_one_are_refused(
    invited: Database, keys: Keyring
) -> None:
    assert refusal(invited, keys, "WRONG", 1) == "refused.invitation_unknown"
    assert refusal(invited, keys, "CODE", 1, after=INVITATION_LASTS) == "refused.invitation_expired"
    join(invited, keys, "CODE", 1)
    assert refusal(invited, keys, "CODE", 2) == "refused.invitation_used"


def test_an_account_serves_one_person_and_a_person_has_one_account(
    invited: Database, keys: Keyring
) -> None:
    join(invited, keys, "CODE", 1)
    assert refusal(invited, keys, "OTHER", 1) == "refused.account_taken"
    with invited.writing() as session:
        invite(session, keys, "許春燕", "AGAIN")
    assert refusal(invited, keys, "AGAIN", 2) == "refused.person_taken"
    assert join(invited, keys, "AGAIN", 1) == "許春燕"


def test_a_new_invitation_ends_the_one_before(invited: Database, keys: Keyring) -> None:
    with invited.writing() as session:
        invite(session, keys, "許春燕", "NEWER")
    assert refusal(invited, keys, "CODE", 1) == "refused.invitation_unknown"
    assert join(invited, keys, "NEWER", 1) == "許春燕"


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [
        (TODAY, None, True),
        (date(2020, 1, 1), TODAY, True),
        (TODAY + timedelta(days=1), None, False),
        (date(2020, 1, 1), TODAY - timedelta(days=1), False),
    ],
)
def test_a_post_is_held_from_its_first_day_to_its_last(
    database: Database, keys: Keyring, since: date, until: date | None, holds: bool
) -> None:
    with database.writing() as session:
        post = a_post(session, a_unit(session, "Z1", "財政所"), "Z1-1", "財政所會計")
        person = a_person(session, "許春燕", keys=keys, account=1, roles=[Role.LEADER])
        appoint(session, person, post, since=since, until=until)
    with database.reading() as session:
        known = people.recognise(session, [keys.lookup(1), keys.lookup(2)], today=TODAY)
        posts = people.posts_of(session, [person.id], today=TODAY)
    assert set(known) == {keys.lookup(1)}
    found = known[keys.lookup(1)]
    assert (found.person, found.name) == (person.id, "許春燕")
    assert [held.title for held in posts.get(person.id, ())] == (["財政所會計"] if holds else [])
    expected = {Role.VILLAGER, Role.LEADER} | ({Role.CADRE} if holds else set())
    assert found.roles == expected


def test_only_those_who_have_joined_are_found_by_role(database: Database, keys: Keyring) -> None:
    with database.writing() as session:
        a_person(session, "鄧志遠", keys=keys, account=1, roles=[Role.COMMISSION_MEMBER])
        a_person(session, "姚遠航", keys=keys, roles=[Role.COMMISSION_MEMBER])
        a_person(session, "徐明輝", keys=keys, account=2, roles=[Role.UNIT_HEAD])
    with database.reading() as session:
        found = people.with_role(session, [Role.COMMISSION_MEMBER, Role.COMMISSION_SECRETARY])
        assert [person.name for person in found] == ["鄧志遠"]
