"""What others found on a post becomes its points, and keeps by whom it was found."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import pytest

from dialogs.events import (
    AspectChecked,
    ChecksAssigned,
    FindingSettled,
    FoundPoint,
    PointedOut,
    SelfChecked,
)
from dialogs.facts import PointTold, PostToCheck, Way
from dialogs.speech import Phrase
from dialogs.vocabulary import (
    Aspect,
    FindingMethod,
    FindingState,
    Grade,
    Language,
    Likelihood,
    Role,
    Severity,
    UnitKind,
)
from storage import findings, self_checks
from storage.database import Database
from storage.occasion import Occasion
from storage.people import recognise
from storage.points import points_of
from storage.recorder import record
from storage.sealing import Keyring
from storage.tables import Declaration, Finding
from tests.builders.people import NOON, TODAY, a_person, a_post, a_unit, appoint

SEAL = FoundPoint(
    name="亂蓋公章",
    ways=(Way("空白紙也給蓋章", "用印先登記"),),
    likelihood=Likelihood.LOW,
    severity=Severity.HARM,
    grade=Grade.LOW,
)


@dataclass
class Desk:
    """A post on which villagers and the leader found the same, and a colleague something else."""

    database: Database
    post: UUID
    holder: UUID
    of: dict[FindingMethod, UUID]

    def check(self, *settled: FindingSettled, points: tuple[FoundPoint, ...]) -> UUID:
        """Let the holder check the post; return the id of what they declare."""
        told = PostToCheck(self.post, "採購員", "黨政辦", UnitKind.OFFICE, "")
        checked = SelfChecked(told, (AspectChecked(Aspect.DUTY, points=points),), settled)
        with self.database.writing() as session:
            return self_checks.record(session, self.holder, checked, now=NOON, today=TODAY).id

    def points(self, declaration: UUID) -> Sequence[PointTold]:
        with self.database.reading() as session:
            return points_of(session, session.get_one(Declaration, declaration))


@pytest.fixture
def desk(database: Database, keys: Keyring) -> Desk:
    with database.writing() as session:
        post = a_post(session, a_unit(session, "Z1", "黨政辦"), "Z1-1", "採購員")
        holder = a_person(session, "孫浩然", keys=keys)
        appoint(session, holder, post)
        of = {
            method: findings.point_out(
                session,
                PointedOut(post.id, method, Aspect.DUTY, "亂蓋公章", "空白紙也給蓋章"),
                found_by=None,
                today=TODAY,
            ).id
            for method in (FindingMethod.PUBLIC, FindingMethod.LEADER, FindingMethod.MUTUAL)
        }
        return Desk(database, post.id, holder.id, of)


def test_two_findings_that_are_one_become_one_point_with_both_sources(desk: Desk) -> None:
    first, second = desk.of[FindingMethod.PUBLIC], desk.of[FindingMethod.LEADER]
    declared = desk.check(
        FindingSettled(first, FindingState.ADOPTED),
        FindingSettled(second, FindingState.MERGED, beside=first),
        points=(replace(SEAL, finding=first),),
    )
    (point,) = desk.points(declared)
    assert point.sources == [FindingMethod.PUBLIC, FindingMethod.LEADER]
    with desk.database.reading() as session:
        assert session.get_one(Finding, second).merged_into == point.lineage
        assert [one.finding for one in findings.open_on(session, desk.post)] == [
            desk.of[FindingMethod.MUTUAL]
        ]


def test_a_point_of_ones_own_keeps_that_others_found_it_too(desk: Desk) -> None:
    declared = desk.check(points=(SEAL,))
    (own,) = desk.points(declared)
    desk.check(
        FindingSettled(desk.of[FindingMethod.LEADER], FindingState.MERGED, into=own.lineage),
        points=(replace(SEAL, lineage=own.lineage, name="公章使用失控"),),
    )
    (point,) = desk.points(declared)
    assert (point.name, point.sources) == (
        "公章使用失控",
        [FindingMethod.SELF, FindingMethod.LEADER],
    )


def test_whoever_assigns_a_check_hears_whom_the_bot_cannot_reach(
    database: Database, keys: Keyring
) -> None:
    with database.writing() as session:
        unit = a_unit(session, "Z1", "黨政辦")
        posts = [a_post(session, unit, f"Z1-{title}", title) for title in ("採購員", "文書")]
        head = a_person(session, "黨政辦主任", keys=keys, account=1, roles=[Role.UNIT_HEAD])
        joined = a_person(session, "文書甲", keys=keys, account=2)
        absent = a_person(session, "採購甲", keys=keys)
        for person, post in ((head, posts[1]), (joined, posts[1]), (absent, posts[0])):
            appoint(session, person, post)
    hashed = keys.lookup(1)
    with database.writing() as session:
        known = recognise(session, [hashed], today=TODAY)[hashed]
        occasion = Occasion(NOON, TODAY, 1, keys, Language.ZH_HANT, known=known)
        pairs = [(posts[0].id, joined.id), (posts[1].id, absent.id)]
        outcome = record(ChecksAssigned(pairs, TODAY), session, occasion, None)
    told = [one for reply in outcome.replies for one in reply.phrases if isinstance(one, Phrase)]
    assert [(one.key, one.values["count"]) for one in told] == [
        ("mutual.assigned", 2),
        ("mutual.some_not_told", 1),
    ]
