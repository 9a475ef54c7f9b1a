"""What others found on a post becomes its points, and keeps by whom it was found."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import pytest

from dialogs.events import AspectChecked, FindingSettled, FoundPoint, PointedOut, SelfChecked
from dialogs.facts import PointTold, PostToCheck, Way
from dialogs.vocabulary import (
    Aspect,
    FindingMethod,
    FindingState,
    Grade,
    Likelihood,
    Severity,
    UnitKind,
)
from storage import findings, self_checks
from storage.database import Database
from storage.points import points_of
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
