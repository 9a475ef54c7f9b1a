"""The commission's day: what is late is counted by kind and unit, and what was done by itself."""

from datetime import timedelta

from sqlmodel import Session

from dialogs.vocabulary import BroadcastState, DeadlineKind, ReminderStage, WarningSource
from storage import day
from storage.database import Database
from storage.day import ByItself, Late
from storage.sealing import Keyring
from storage.tables import AuditRoot, Broadcast, Deadline, Person, Post, Reminder, Signal
from tests.builders.people import NOON, TODAY, a_person, a_post, a_unit, appoint

YESTERDAY = TODAY - timedelta(days=1)


def owe(session: Session, person: Person, post: Post, *, days: int) -> Deadline:
    """Let a self-check be due so many days from today."""
    due = Deadline(
        kind=DeadlineKind.SELF_CHECK,
        person_id=person.id,
        post_id=post.id,
        subject=post.id,
        due_on=TODAY + timedelta(days=days),
    )
    session.add(due)
    session.flush()
    return due


def test_what_is_late_is_counted_in_units_and_nobody_is_named(
    database: Database, keys: Keyring
) -> None:
    with database.writing() as session:
        units = [a_unit(session, f"Z{number}", f"單位{number}") for number in range(3)]
        for number, late in enumerate((-1, -9, 0, 3)):
            unit = units[number % 3]
            person = a_person(session, f"第{number}人", keys=keys)
            post = a_post(session, unit, f"Z{number}-1", f"崗位{number}")
            appoint(session, person, post)
            owe(session, person, post, days=late)
        done = owe(session, person, post, days=-2)
        done.done_at = NOON
        session.flush()
        assert day.late(session, today=TODAY) == [Late(DeadlineKind.SELF_CHECK, 2, 2)]
        assert day.late_matters(session, today=TODAY) == 0


def test_what_the_sweeps_did_is_counted_from_a_day_on(database: Database, keys: Keyring) -> None:
    with database.writing() as session:
        assert day.by_itself(session, since=TODAY).nothing
        unit = a_unit(session, "Z1", "財政所")
        person, head = (a_person(session, name, keys=keys) for name in ("甲", "乙"))
        post = a_post(session, unit, "Z1-1", "會計")
        due = owe(session, person, post, days=-3)
        for stage, who, on in (
            (ReminderStage.BEFORE, person, YESTERDAY),
            (ReminderStage.LATE, person, TODAY),
            (ReminderStage.TO_UNIT_HEAD, head, TODAY),
        ):
            session.add(
                Reminder(
                    deadline_id=due.id,
                    stage=stage,
                    person_id=who.id,
                    due_on=due.due_on,
                    on_day=on,
                )
            )
        session.add(
            Signal(
                source=WarningSource.LATE_FORM,
                origin="x",
                unit_id=unit.id,
                of_day=YESTERDAY,
                seen_on=TODAY,
            )
        )
        session.add(AuditRoot(day=TODAY, ordinal=17, digest="d"))
        session.flush()
        found = day.by_itself(session, since=TODAY)
        assert found == ByItself(reminded=2, climbed=1, signals=1, drafts=0, root=17)


def test_a_notice_waits_for_the_word_of_somebody_else(database: Database, keys: Keyring) -> None:
    with database.writing() as session:
        first, second = (a_person(session, name, keys=keys) for name in ("甲", "乙"))
        session.add(
            Broadcast(ordered_by=first.id, text="x", state=BroadcastState.ASKED, ordered_at=NOON)
        )
        session.flush()
        assert day.to_approve(session, first.id) == []
        assert len(day.to_approve(session, second.id)) == 1
