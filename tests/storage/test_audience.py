"""Whom a broadcast reaches: by role, unit, post, grade, stage, and what is not done."""

from datetime import date
from uuid import uuid4

import pytest
from sqlmodel import Session

from dialogs.facts import Addressed
from dialogs.vocabulary import DeadlineKind, Field, Grade, Language, Role, Stage
from storage import audience
from storage.database import Database
from storage.sealing import Keyring
from storage.tables import Deadline, Round, RoundStage
from tests.builders.people import TODAY, a_person, a_post, a_unit, appoint

DUE = date(2026, 3, 31)


@pytest.fixture
def town(database: Database, keys: Keyring) -> Database:
    """甲 keeps accounts and owes a check, 乙 is of the village, 丙 leads and has not joined."""
    with database.writing() as session:
        finance, village = a_unit(session, "Z1", "財政所"), a_unit(session, "C1", "上河村")
        first = a_person(session, "甲", keys=keys, account=1)
        second = a_person(session, "乙", keys=keys, account=2, roles=[Role.UNIT_HEAD])
        a_person(session, "丙", keys=keys, roles=[Role.LEADER])
        books = a_post(session, finance, "Z1-1", "會計")
        appoint(session, first, books)
        appoint(session, second, a_post(session, village, "C1-1", "書記"))
        session.add(
            Deadline(
                kind=DeadlineKind.SELF_CHECK,
                person_id=first.id,
                post_id=books.id,
                subject=books.id,
                due_on=DUE,
            )
        )
    return database


def named(session: Session, to: Addressed) -> set[str]:
    return {person.name for person in audience.meant(session, to, today=TODAY)}


def test_naming_nothing_means_everybody(town: Database) -> None:
    with town.reading() as session:
        assert named(session, Addressed()) == {"甲", "乙", "丙"}


def test_an_audience_is_named_by_what_people_are_and_have_not_done(town: Database) -> None:
    with town.reading() as session:
        everybody = audience.everybody(session, today=TODAY)
        like = {person.name: listener for person, listener in everybody}
        (unit,), (post,) = like["甲"].units, like["甲"].posts
        assert named(session, Addressed(roles=[Role.LEADER])) == {"丙"}
        assert named(session, Addressed(units=[unit])) == {"甲"}
        assert named(session, Addressed(posts=[post], roles=[Role.UNIT_HEAD])) == set()
        assert named(session, Addressed(owed=[DeadlineKind.SELF_CHECK])) == {"甲"}
        assert named(session, Addressed(owed=[DeadlineKind.MEASURE])) == set()
        assert named(session, Addressed(grades=[Grade.HIGH])) == set()
        assert named(session, Addressed(stages=[Stage.MOBILISE])) == set()


@pytest.mark.parametrize("kind", [DeadlineKind.WARNING_REPLY, DeadlineKind.CORRECTION])
def test_who_has_been_warned_is_not_told_by_what_they_owe(
    town: Database, kind: DeadlineKind
) -> None:
    with town.writing() as session:
        everybody = {
            one.name: (one, like) for one, like in audience.everybody(session, today=TODAY)
        }
        second, like = everybody["乙"]
        (post,) = like.posts
        session.add(
            Deadline(kind=kind, person_id=second.id, post_id=post, subject=uuid4(), due_on=DUE)
        )
        session.flush()
        assert named(session, Addressed(owed=[kind])) == set()
        told = audience.fields(
            session, [second], today=TODAY, languages={second.id: Language.ZH_HANT}
        )
    assert (told[second.id][Field.OWED], told[second.id][Field.DUE]) == ("", "")


def test_a_stage_means_the_people_of_units_that_are_in_it(town: Database) -> None:
    with town.writing() as session:
        opened = Round(name="第一輪", opened_on=TODAY, opened_by=named_first(session))
        session.add(opened)
        session.flush()
        session.add_all(RoundStage(round_id=opened.id, stage=stage, due_on=DUE) for stage in Stage)
        session.flush()
        assert named(session, Addressed(stages=[Stage.MOBILISE])) == {"甲", "乙"}
        assert named(session, Addressed(stages=[Stage.SEARCH])) == set()


def named_first(session: Session) -> object:
    return audience.everybody(session, today=TODAY)[0][0].id


def test_people_who_are_addressed_by_the_same_are_counted_together(
    town: Database, keys: Keyring
) -> None:
    with town.writing() as session:
        for number in range(5):
            a_person(session, f"閒{number}", keys=keys, account=100 + number)
        groups = audience.alike(session, today=TODAY, language=Language.ZH_HANT)
    assert sorted((one.count, one.joined) for one in groups) == [(1, 0), (1, 1), (1, 1), (5, 5)]
    (owing,) = [one for one in groups if one.like.owed]
    assert owing.fields == {
        Field.NAME: "甲",
        Field.UNIT: "財政所",
        Field.POST: "會計",
        Field.OWED: "崗位自查",
        Field.DUE: "2026年3月31日",
    }
