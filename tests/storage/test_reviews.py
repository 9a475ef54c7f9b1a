"""What waits for a review is owed by whoever may take it, by a day, until somebody has."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.events import AspectChecked, MeasurePlanned, MeasureReported
from dialogs.events import MeasureVerified as Verified
from dialogs.rules.calendar import Calendar
from dialogs.vocabulary import (
    Aspect,
    DeadlineKind,
    DeclarationState,
    Move,
    Role,
)
from storage import declarations, measures, reviews
from storage.database import Database
from storage.declarations import Taken
from storage.sealing import Keyring
from storage.tables import Appointment, Deadline, Declaration, Person, Recusal, RoleHeld
from tests.builders.grading import POINT
from tests.builders.people import NOON, TODAY, a_person, a_post, a_unit, appoint

ZONE = ZoneInfo("Asia/Shanghai")
A_WEEK, A_FORTNIGHT = date(2026, 3, 9), date(2026, 3, 16)  # five and ten working days from Monday
S, K = DeclarationState, DeadlineKind


class Town:
    """A unit with a head, a leader in charge, and whoever decides about its declarations."""

    def __init__(self, session: Session, keys: Keyring) -> None:
        self.session, self.keys = session, keys
        self.unit = a_unit(session, "Z1", "財政所")
        self.post = a_post(session, self.unit, "Z1-1", "會計")
        self.head_post = a_post(session, self.unit, "Z1-0", "所長")
        self.names: dict[str, Person] = {}
        self.holder = self.joins("許春燕")
        self.head = self.joins("鄭國良", Role.UNIT_HEAD)
        self.leader = self.joins("周文博", Role.LEADER)
        for name, role in (
            ("羅敏", Role.COMMISSION_MEMBER),
            ("韓守正", Role.COMMISSION_SECRETARY),
            ("陳立誠", Role.PARTY_COMMITTEE),
        ):
            self.joins(name, role)
        appoint(session, self.holder, self.post)
        appoint(session, self.head, self.head_post)
        self.unit.leader_id = self.leader.id
        session.flush()

    def joins(self, name: str, *roles: Role) -> Person:
        """Let somebody have joined."""
        account = 1001 + len(self.names)
        self.names[name] = a_person(
            self.session, name, keys=self.keys, account=account, roles=roles
        )
        return self.names[name]

    def declares(self, *, head: bool = False) -> Declaration:
        """Let the holder of the post, or the head of theirs, hand a self-check in."""
        post, person = (self.head_post, self.head) if head else (self.post, self.holder)
        return declarations.declare(
            *(self.session, person.id, post.id, [AspectChecked(Aspect.DUTY, (POINT,))]),
            round_id=None,
            now=NOON,
            today=TODAY,
        )

    def goes_on(self, declaration: Declaration, move: Move, leads: DeclarationState) -> None:
        """Let a declaration take a step."""
        taken = Taken(move, declaration.state, leads, self.head.id)
        declarations.note_step(self.session, declaration, taken, now=NOON)

    def owed(self, *, days: int = 0) -> list[tuple[str, DeadlineKind, date]]:
        """Who owes which review by when, after a look some days from today."""
        now = datetime.combine(TODAY + timedelta(days=days), NOON.timetz())
        for _ in range(2):  # a second look changes nothing
            reviews.keep_due(self.session, now=now, zone=ZONE, calendar=Calendar())
        rows = self.session.execute(
            sa.select(col(Person.name), col(Deadline.kind), col(Deadline.due_on))
            .join(Person, col(Person.id) == col(Deadline.person_id))
            .where(col(Deadline.done_at).is_(None), col(Deadline.kind).in_(reviews.DAYS))
            .order_by(col(Person.code))
        )
        return [(name, kind, due) for name, kind, due in rows]


@pytest.fixture
def town(database: Database, keys: Keyring) -> Iterator[Town]:
    with database.writing() as session:
        yield Town(session, keys)


def test_the_head_of_the_unit_owes_the_review_and_the_commission_what_comes_after(
    town: Town,
) -> None:
    declaration = town.declares()
    assert town.owed() == [("鄭國良", K.UNIT_REVIEW, A_WEEK)]
    town.goes_on(declaration, Move.ENDORSE, S.ENDORSED)
    assert sorted(town.owed()) == [
        ("羅敏", K.GRADE_REVIEW, A_FORTNIGHT),
        ("韓守正", K.GRADE_REVIEW, A_FORTNIGHT),
    ]
    town.goes_on(declaration, Move.DEFINE, S.DEFINED)
    assert town.owed() == [("陳立誠", K.GRADE_REVIEW, A_FORTNIGHT)]
    (done,) = town.session.exec(select(Deadline).where(Deadline.kind == K.UNIT_REVIEW))
    assert done.done_at == NOON


@pytest.mark.parametrize(
    ("move", "leads"),
    [
        (Move.SEND_BACK, S.RETURNED),
        (Move.PRESET, S.PROVISIONAL),  # to be published: the days of notices are told elsewhere
        (Move.PUBLISH, S.PUBLISHED),
        (Move.FILE, S.FILED),
    ],
)
def test_what_waits_for_no_review_is_owed_by_nobody(
    town: Town, move: Move, leads: DeclarationState
) -> None:
    declaration = town.declares()
    assert town.owed()
    town.goes_on(declaration, move, leads)
    assert town.owed() == []


def test_what_comes_again_is_owed_again(town: Town) -> None:
    declaration = town.declares()
    owed = town.owed()
    town.goes_on(declaration, Move.SEND_BACK, S.RETURNED)
    assert town.owed() == []
    town.goes_on(declaration, Move.AMEND, S.DECLARED)
    assert [who for who, *_ in town.owed()] == ["周文博"], "who took the last step takes no other"
    step = declarations.steps(town.session, declaration.id)[-1]
    step.person_id = town.holder.id
    assert town.owed() == owed


def test_the_leader_owes_it_where_the_head_may_not(town: Town) -> None:
    town.declares(head=True)
    assert town.owed() == [("周文博", K.UNIT_REVIEW, A_WEEK)]


@pytest.mark.parametrize("why", ["stands aside", "is no head", "has left", "has not joined"])
def test_who_may_not_any_more_owes_it_no_longer(town: Town, why: str) -> None:
    session = town.session
    town.declares()
    assert [who for who, *_ in town.owed()] == ["鄭國良"]
    match why:
        case "stands aside":
            aside = Recusal(
                person_id=town.head.id, holder_id=town.holder.id, reason="親屬", declared_on=TODAY
            )
            session.add(aside)
        case "is no head":
            session.execute(sa.delete(RoleHeld).where(col(RoleHeld.person_id) == town.head.id))
        case "has left":
            theirs = col(Appointment.person_id) == town.head.id
            session.execute(sa.update(Appointment).where(theirs).values(until=TODAY))
        case _:
            town.head.account = town.head.account_hash = None
    session.flush()
    assert [who for who, *_ in town.owed(days=1)] == ["周文博"]


def test_a_new_head_owes_what_lies_there_by_the_same_day(town: Town) -> None:
    town.declares()
    owed = town.owed()
    session = town.session
    session.execute(sa.delete(RoleHeld).where(col(RoleHeld.person_id) == town.head.id))
    heir = town.joins("呂思穎", Role.UNIT_HEAD)
    appoint(session, heir, town.head_post)
    assert town.owed(days=2) == [("呂思穎", *owed[0][1:])]


def test_of_who_has_left_nothing_is_to_be_reviewed(town: Town) -> None:
    town.declares()
    theirs = col(Appointment.person_id) == town.holder.id
    town.session.execute(sa.update(Appointment).where(theirs).values(until=TODAY))
    assert town.owed()
    assert town.owed(days=1) == []


def test_a_measure_reported_as_done_is_verified_by_another_who_may(town: Town) -> None:
    session = town.session
    town.declares()
    ((measure, _),) = measures.unplanned(session, town.holder.id)
    planned = MeasurePlanned(measure.id, town.holder.id, TODAY, "每月登記")
    measures.plan(session, planned, post=town.post.id)
    done = MeasureReported(measure.id, "已盤點。", True, None)
    measures.report(session, done, person=town.holder.id, now=NOON)
    checks = [one for one in town.owed() if one[1] is K.MEASURE_CHECK]
    assert checks == [("鄭國良", K.MEASURE_CHECK, A_WEEK)]

    measures.verify(
        session, Verified(measure.id, False, "沒有登記簿。", TODAY), person=town.head.id, now=NOON
    )
    assert [one for one in town.owed() if one[1] is K.MEASURE_CHECK] == []
    owner = select(Deadline).where(Deadline.subject == measure.id, col(Deadline.done_at).is_(None))
    assert [one.kind for one in session.exec(owner)] == [K.MEASURE], "its owner's, and no other"

    measures.report(session, done, person=town.head.id, now=NOON + timedelta(hours=1))
    checks = [one for one in town.owed() if one[1] is K.MEASURE_CHECK]
    assert checks == [("周文博", K.MEASURE_CHECK, A_WEEK)], "nobody verifies what they reported"
