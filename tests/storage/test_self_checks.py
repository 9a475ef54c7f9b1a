"""A self-check written down closes what was owed for it; who still owes one is counted."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from dialogs.events import AspectChecked, FoundPoint, SelfChecked
from dialogs.facts import PostToCheck, Way
from dialogs.vocabulary import Aspect, Grade, Likelihood, ReminderStage, Severity, UnitKind
from storage import self_checks
from storage.database import Database
from storage.sealing import Keyring
from storage.self_checks import Progress
from storage.tables import AspectAnswer, Deadline, Person, Post, Reminder, RiskPoint
from tests.builders.people import NOON, TODAY, a_person, a_post, a_unit, appoint

DUE = TODAY + timedelta(days=10)
POINT = FoundPoint(
    name="票據外流",
    ways=(Way("空白票據無人登記", "每月盤點"),),
    likelihood=Likelihood.MEDIUM,
    severity=Severity.CRIME,
    grade=Grade.MEDIUM,
    reason="數量很少",
)


@pytest.fixture
def staffed(database: Database, keys: Keyring) -> Database:
    """A finance office of two posts, a village of one; one person holds two posts."""
    with database.writing() as session:
        office = a_unit(session, "Z1", "財政所")
        village = a_unit(session, "C1", "上河村", kind=UnitKind.VILLAGE)
        posts = [
            a_post(session, office, "Z1-1", "會計"),
            a_post(session, office, "Z1-2", "出納"),
            a_post(session, village, "C1-1", "村會計"),
        ]
        both = a_person(session, "許春燕", keys=keys)
        other = a_person(session, "張秀英", keys=keys)
        appoint(session, both, posts[0])
        appoint(session, both, posts[1])
        appoint(session, other, posts[2])
        appoint(session, other, posts[0], until=TODAY - timedelta(days=1))
    return database


def call(database: Database, due: date = DUE) -> int:
    with database.writing() as session:
        return self_checks.call(session, due=due, today=TODAY)


def check(session: Session, person: str, post: str) -> None:
    who = session.exec(select(Person).where(Person.name == person)).one()
    which = session.exec(select(Post).where(Post.title == post)).one()
    told = PostToCheck(which.id, which.title, "財政所", UnitKind.OFFICE, "")
    aspects = (
        AspectChecked(Aspect.DUTY, points=(POINT, POINT)),
        AspectChecked(Aspect.PROCESS, none_because="兩人經手"),
    )
    self_checks.record(session, who.id, SelfChecked(told, aspects), now=NOON, today=TODAY)


def test_everything_found_is_written_down(staffed: Database) -> None:
    with staffed.writing() as session:
        check(session, "許春燕", "會計")
    with staffed.reading() as session:
        points = session.exec(select(RiskPoint).order_by("ordinal")).all()
        assert [(p.aspect, p.ordinal, p.name) for p in points] == [
            (Aspect.DUTY, 1, "票據外流"),
            (Aspect.DUTY, 2, "票據外流"),
        ]
        one = points[0]
        assert (one.likelihood, one.severity) == (Likelihood.MEDIUM, Severity.CRIME)
        assert (one.declared_grade, one.grade_reason) == (Grade.MEDIUM, "數量很少")
        answers = {a.aspect: a.none_because for a in session.exec(select(AspectAnswer))}
        assert answers == {Aspect.DUTY: None, Aspect.PROCESS: "兩人經手"}


def test_every_post_held_today_is_called_once_a_person(staffed: Database) -> None:
    assert call(staffed) == 3
    with staffed.reading() as session:
        assert {row.due_on for row in session.exec(select(Deadline))} == {DUE}
        assert self_checks.progress(session) == [Progress("財政所", 0, 2), Progress("上河村", 0, 1)]


def test_a_self_check_closes_its_own_deadline_and_no_other(staffed: Database) -> None:
    call(staffed)
    with staffed.writing() as session:
        check(session, "許春燕", "會計")
    with staffed.reading() as session:
        assert self_checks.progress(session) == [Progress("財政所", 1, 2), Progress("上河村", 0, 1)]


def test_a_second_call_moves_what_is_open_and_leaves_what_is_done(staffed: Database) -> None:
    call(staffed)
    with staffed.writing() as session:
        check(session, "許春燕", "會計")
    later = DUE + timedelta(days=5)
    call(staffed, later)
    with staffed.reading() as session:
        open_days = [row.due_on for row in session.exec(select(Deadline)) if not row.done_at]
        done_days = [row.due_on for row in session.exec(select(Deadline)) if row.done_at]
    assert set(open_days) == {later}
    assert sorted(done_days) == [DUE, later]  # the fresh check counts for the new call as well


def test_a_check_done_before_the_call_need_not_be_done_again(staffed: Database) -> None:
    with staffed.writing() as session:
        check(session, "許春燕", "會計")
    call(staffed)
    with staffed.reading() as session:
        done = [row for row in session.exec(select(Deadline)) if row.done_at]
    assert [row.due_on for row in done] == [DUE]


def test_a_call_that_moves_the_day_is_spoken_of_anew(staffed: Database) -> None:
    call(staffed)
    with staffed.writing() as session:
        session.add_all(
            Reminder(deadline_id=row.id, stage=ReminderStage.BEFORE, on_day=TODAY)
            for row in session.exec(select(Deadline))
        )
    assert call(staffed, DUE + timedelta(days=5)) == 3
    with staffed.reading() as session:
        assert session.exec(select(Reminder)).all() == []


def test_calling_again_for_the_same_day_after_somebody_is_done_is_no_harm(
    staffed: Database,
) -> None:
    call(staffed)
    with staffed.writing() as session:
        check(session, "許春燕", "會計")
    call(staffed)
    with staffed.reading() as session:
        assert self_checks.progress(session) == [Progress("財政所", 1, 2), Progress("上河村", 0, 1)]


def test_a_call_runs_until_its_day_is_over_or_all_is_done(staffed: Database) -> None:
    with staffed.reading() as session:
        assert self_checks.running(session, today=TODAY) is None
    call(staffed)
    with staffed.reading() as session:
        assert self_checks.running(session, today=DUE) == DUE
        assert self_checks.running(session, today=DUE + timedelta(days=1)) is None
