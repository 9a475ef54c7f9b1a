"""A new appointment starts the thirty days of its post; one that ends takes its clock along."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.rules.deadlines import REFILL
from dialogs.vocabulary import DeadlineKind, DeclarationState, ReminderStage, Role, Seat
from storage import appointments, findings, people, self_checks
from storage.appointments import Begun
from storage.database import Database
from storage.sealing import Keyring
from storage.tables import (
    Appointment,
    Deadline,
    Declaration,
    Invitation,
    MutualCheck,
    Person,
    Post,
    Reminder,
    RoleHeld,
    SeatHeld,
    Unit,
)
from tests.builders.people import NOON, TODAY, a_person, a_post, a_unit, appoint

TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
WU, LU = "吳秋生", "呂思穎"


@pytest.fixture
def staffed(database: Database, keys: Keyring) -> Database:
    """Two posts, of which one is held by somebody who has joined and leads the unit."""
    with database.writing() as session:
        office = a_unit(session, "Z1", "財政所")
        post = a_post(session, office, "Z1-1", "會計")
        a_post(session, office, "Z1-2", "出納")
        holder = a_person(session, WU, keys=keys, account=1001, roles=[Role.LEADER])
        a_person(session, LU, keys=keys)
        appoint(session, holder, post)
        office.leader_id = holder.id
        session.add_all([office, SeatHeld(person_id=holder.id, seat=Seat.MEMBER)])
    return database


def person(session: Session, name: str) -> Person:
    return session.exec(select(Person).where(Person.name == name)).one()


def post(session: Session, code: str = "Z1-1") -> Post:
    return session.exec(select(Post).where(Post.code == code)).one()


def begin(session: Session, name: str, since: date, *, until: date | None = None) -> Begun:
    fresh = Appointment(
        person_id=person(session, name).id, post_id=post(session).id, since=since, until=until
    )
    return appointments.begin(session, fresh, today=TODAY)


def due_days(session: Session) -> Sequence[date]:
    return session.exec(select(Deadline.due_on).order_by(Deadline.due_on)).all()  # type: ignore[arg-type]


@pytest.mark.parametrize("since", [TODAY - REFILL, YESTERDAY, TODAY, TODAY + timedelta(days=90)])
def test_a_new_appointment_has_thirty_days_from_its_first_day(
    staffed: Database, since: date
) -> None:
    with staffed.writing() as session:
        assert begin(session, LU, since).due == since + timedelta(days=30)
        (deadline,) = session.exec(select(Deadline)).all()
        assert deadline.kind is DeadlineKind.SELF_CHECK
        assert appointments.refills(session)[deadline.id].since == since


def test_one_that_is_over_already_owes_nothing(staffed: Database) -> None:
    with staffed.writing() as session:
        assert begin(session, LU, TODAY - REFILL - timedelta(days=1)).due is None
        assert begin(session, LU, TODAY - timedelta(days=9), until=YESTERDAY).due is None
        assert not due_days(session)


def test_nothing_more_is_owed_where_a_self_check_is_open(staffed: Database) -> None:
    with staffed.writing() as session:
        self_checks.call(session, due=TOMORROW, today=TODAY)
        assert begin(session, WU, TOMORROW).due is None
        assert due_days(session) == [TOMORROW]


def test_a_call_leaves_a_new_holder_their_thirty_days(staffed: Database) -> None:
    with staffed.writing() as session:
        later = begin(session, LU, TOMORROW).due
        self_checks.call(session, due=TOMORROW, today=TODAY)
        self_checks.call(session, due=TODAY, today=TODAY)
        assert due_days(session) == [TODAY, later]


def test_what_was_owed_on_a_post_goes_with_its_holder(staffed: Database) -> None:
    with staffed.writing() as session:
        self_checks.call(session, due=YESTERDAY, today=TODAY)
        (deadline,) = session.exec(select(Deadline)).all()
        session.add(
            Reminder(
                deadline_id=deadline.id,
                stage=ReminderStage.LATE,
                person_id=deadline.person_id,
                due_on=deadline.due_on,
                on_day=TODAY,
            )
        )
        held = session.exec(select(Appointment)).one()
        appointments.end(session, held, until=TODAY, today=TODAY)
        assert due_days(session) == [YESTERDAY]  # the last day is a day on the post
        appointments.lapse(session, today=TOMORROW)
        assert not due_days(session)
        assert not session.exec(select(Reminder)).all()
        assert not self_checks.progress(session)


def test_what_was_done_stays_counted(staffed: Database) -> None:
    with staffed.writing() as session:
        self_checks.call(session, due=TOMORROW, today=TODAY)
        (deadline,) = session.exec(select(Deadline)).all()
        deadline.done_at = NOON
        session.add(deadline)
        appointments.end(
            session, session.exec(select(Appointment)).one(), until=YESTERDAY, today=TODAY
        )
        assert due_days(session) == [TOMORROW]


def test_a_post_is_held_once_at_a_time(staffed: Database) -> None:
    with staffed.writing() as session:
        who, which = person(session, WU).id, post(session).id
        assert appointments.overlapping(session, who, which, since=TOMORROW)
        held = session.exec(select(Appointment)).one()
        appointments.end(session, held, until=TODAY, today=TODAY)
        assert appointments.overlapping(session, who, which, since=TODAY)
        assert not appointments.overlapping(session, who, which, since=TOMORROW)


def test_who_leaves_keeps_nothing(staffed: Database, keys: Keyring) -> None:
    with staffed.writing() as session:
        begin(session, WU, TODAY + timedelta(days=9))
        self_checks.call(session, due=TOMORROW, today=TODAY)
        leaver = person(session, WU)
        people.invite(session, leaver.id, code_hash="x", made_by=None, now=NOON)
        (over,) = appointments.leave(session, leaver, last_day=TODAY)
        assert over.until == TODAY
        assert [one.until for one in session.exec(select(Appointment)).all()] == [TODAY]
        for table in (RoleHeld, SeatHeld, Invitation, Deadline):
            assert not session.exec(select(table)).all()
        assert session.exec(select(Unit)).one().leader_id is None
        assert not people.recognise(session, [keys.lookup(1001)], today=TODAY)
        assert not people.belonging(session, [leaver.id], today=TOMORROW)


def test_access_begins_and_ends_with_the_days_of_the_appointment(
    staffed: Database, keys: Keyring
) -> None:
    mark = keys.lookup(1001)

    def posts(session: Session, today: date) -> frozenset[object]:
        return people.recognise(session, [mark], today=today)[mark].standing.posts

    with staffed.writing() as session:
        held = session.exec(select(Appointment)).one()
        appointments.end(session, held, until=TODAY, today=TODAY)
        assert posts(session, TODAY)
        assert not posts(session, TOMORROW)
        begin(session, WU, TOMORROW + timedelta(days=1))
        assert not posts(session, TOMORROW)
        assert posts(session, TOMORROW + timedelta(days=1))


def test_who_has_an_appointment_to_come_belongs_already(staffed: Database) -> None:
    with staffed.writing() as session:
        newcomer = person(session, LU).id
        assert not people.belonging(session, [newcomer], today=TODAY)
        begin(session, LU, TODAY + timedelta(days=9))
        assert people.belonging(session, [newcomer], today=TODAY) == {newcomer}


def owed(session: Session, kind: DeadlineKind) -> Sequence[tuple[str, date]]:
    rows = session.execute(
        sa.select(Person.name, Deadline.due_on)  # type: ignore[call-overload]
        .join(Deadline, col(Deadline.person_id) == col(Person.id))
        .where(col(Deadline.kind) == kind, col(Deadline.done_at).is_(None))
    )
    return [(name, due) for name, due in rows]


def regrade(session: Session, name: str) -> Deadline:
    which = post(session).id
    made = Deadline(
        kind=DeadlineKind.REGRADE,
        person_id=person(session, name).id,
        post_id=which,
        subject=which,
        due_on=TOMORROW,
    )
    session.add(made)
    session.flush()
    return made


def end(session: Session, name: str) -> None:
    held = session.exec(
        select(Appointment).where(Appointment.person_id == person(session, name).id)
    ).one()
    appointments.end(session, held, until=YESTERDAY, today=TODAY)


def test_a_grade_is_looked_at_again_by_the_new_holder_of_the_post(staffed: Database) -> None:
    with staffed.writing() as session:
        one = regrade(session, WU)
        called = ReminderStage.NEAR
        session.add(
            Reminder(
                deadline_id=one.id,
                stage=called,
                person_id=one.person_id,
                due_on=one.due_on,
                on_day=TODAY,
            )
        )
        begin(session, LU, TODAY)
        end(session, WU)
        assert owed(session, DeadlineKind.REGRADE) == [(LU, TOMORROW)]
        assert not session.exec(select(Reminder)).all()
        assert not appointments.former(session, [one.id], today=TODAY)


def test_with_nobody_on_the_post_it_ends_and_begins_with_the_next_holder(
    staffed: Database,
) -> None:
    with staffed.writing() as session:
        regrade(session, WU)
        filed = Declaration(
            person_id=person(session, WU).id,
            post_id=post(session).id,
            state=DeclarationState.FILED,
            version=1,
            declared_on=TODAY - timedelta(days=900),
            review_due_on=TOMORROW,
        )
        session.add(filed)
        end(session, WU)
        assert not owed(session, DeadlineKind.REGRADE)
        begin(session, LU, TODAY - timedelta(days=60))
        assert owed(session, DeadlineKind.REGRADE) == [(LU, TOMORROW)]


def test_a_check_for_another_ends_with_the_last_post_of_the_unit(staffed: Database) -> None:
    with staffed.writing() as session:
        wu, other = person(session, WU).id, post(session, "Z1-2").id
        findings.assign(session, [(other, wu)], by=wu, due=TOMORROW, today=TODAY)
        appointments.lapse(session, today=TODAY)
        assert owed(session, DeadlineKind.MUTUAL_CHECK) == [(WU, TOMORROW)]
        end(session, WU)
        assert not owed(session, DeadlineKind.MUTUAL_CHECK)
        assert not session.exec(select(MutualCheck)).all()
