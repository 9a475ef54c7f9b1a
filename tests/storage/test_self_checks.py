"""A self-check written down closes what was owed for it; who still owes one is counted."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlmodel import Session, select

from dialogs.events import AspectChecked, SelfChecked
from dialogs.facts import PostToCheck
from dialogs.flows.risk_point import as_found
from dialogs.rules.access import Standing
from dialogs.speech import Phrase
from dialogs.vocabulary import (
    Aspect,
    DeclarationState,
    Grade,
    Language,
    Likelihood,
    ReminderStage,
    Role,
    Severity,
    UnitKind,
)
from storage import self_checks
from storage.briefing.grading import post_told
from storage.database import Database
from storage.occasion import Occasion
from storage.people import Known
from storage.recorder import prepare, record
from storage.sealing import Keyring
from storage.self_checks import Progress
from storage.tables import AspectAnswer, Deadline, Declaration, Person, Post, Reminder, RiskPoint
from tests.builders import grading
from tests.builders.people import NOON, TODAY, a_person, a_post, a_unit, appoint

DUE = TODAY + timedelta(days=10)
POINT = replace(grading.POINT, severity=Severity.CRIME, reason="數量很少")


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
            Reminder(
                deadline_id=row.id,
                stage=ReminderStage.BEFORE,
                person_id=row.person_id,
                due_on=row.due_on,
                on_day=TODAY,
            )
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


@dataclass
class Rechecked:
    """A post whose declaration its unit head and the commission have passed."""

    database: Database
    keys: Keyring
    person: UUID
    post: UUID

    def check(self, checked: SelfChecked) -> str:
        """Let the holder check the post; return the key of what they hear."""
        standing = Standing(frozenset({Role.CADRE}), posts=frozenset({self.post}))
        known = Known(self.person, "許春燕", standing)
        occasion = Occasion(NOON, TODAY, 1, self.keys, Language.ZH_HANT, known, town="清河鎮")
        prepared = prepare(checked, occasion)
        with self.database.writing() as session:
            (reply,) = record(checked, session, occasion, prepared).replies
        (phrase,) = reply.phrases
        assert isinstance(phrase, Phrase)
        return phrase.key

    def checked_as_before(self) -> SelfChecked:
        """What somebody says who keeps every point and reason."""
        with self.database.reading() as session:
            declaration = session.exec(select(Declaration)).one()
            told = post_told(session, self.post, declaration)
        points = tuple(as_found(point) for point in told.before)
        none = [AspectChecked(one.aspect, none_because=one.reason) for one in told.none]
        return SelfChecked(told, (AspectChecked(Aspect.DUTY, points=points), *none))

    def stand(self, state: DeclarationState) -> None:
        with self.database.writing() as session:
            session.exec(select(Declaration)).one().state = state

    def state(self) -> tuple[DeclarationState, int]:
        with self.database.reading() as session:
            declaration = session.exec(select(Declaration)).one()
            return declaration.state, declaration.version


@pytest.fixture
def rechecked(staffed: Database, keys: Keyring) -> Rechecked:
    with staffed.writing() as session:
        check(session, "許春燕", "會計")
        person = session.exec(select(Person).where(Person.name == "許春燕")).one().id
        post = session.exec(select(Post).where(Post.title == "會計")).one().id
    town = Rechecked(staffed, keys, person, post)
    town.stand(DeclarationState.DEFINED)
    return town


def test_a_recheck_that_changes_nothing_leaves_every_approval_standing(
    rechecked: Rechecked,
) -> None:
    call(rechecked.database)
    assert rechecked.check(rechecked.checked_as_before()) == "self_check.unchanged"
    assert rechecked.state() == (DeclarationState.DEFINED, 1)
    with rechecked.database.reading() as session:
        assert self_checks.progress(session)[0] == Progress("財政所", 1, 2)


def test_a_recheck_of_what_was_sent_back_does_not_pass_for_a_change(
    rechecked: Rechecked,
) -> None:
    rechecked.stand(DeclarationState.RETURNED)
    assert rechecked.check(rechecked.checked_as_before()) == "self_check.unchanged_returned"
    assert rechecked.state() == (DeclarationState.RETURNED, 1)


def test_a_word_that_is_another_begins_the_way_anew(rechecked: Rechecked) -> None:
    before = rechecked.checked_as_before()
    duty, *none = before.aspects
    point = replace(duty.points[0], reason="數量不多")
    changed = replace(before, aspects=(replace(duty, points=(point, *duty.points[1:])), *none))
    assert rechecked.check(changed) == "self_check.recorded"
    assert rechecked.state() == (DeclarationState.DECLARED, 2)


def test_a_reason_for_none_that_is_another_begins_the_way_anew(rechecked: Rechecked) -> None:
    before = rechecked.checked_as_before()
    other = AspectChecked(Aspect.PROCESS, none_because="三人經手")
    assert rechecked.check(replace(before, aspects=(before.aspects[0], other))) == (
        "self_check.recorded"
    )
    assert rechecked.state() == (DeclarationState.DECLARED, 2)
