"""What was done about a measure is told in the days of the township."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from dialogs.events import (
    AspectChecked,
    MeasurePlanned,
    MeasureReported,
    MeasureVerified,
)
from dialogs.facts import ReportTold
from dialogs.prompts import Attachment
from dialogs.vocabulary import (
    Aspect,
    Language,
    MeasureState,
    ReminderStage,
)
from storage import appointments, continuity, declarations, measures, papers
from storage.briefing.risks import colleagues
from storage.database import Database
from storage.occasion import Occasion
from storage.recorder.archive import history
from storage.sealing import Keyring
from storage.tables import Appointment, Deadline, Declaration, Measure, Person, Post, Reminder, Unit
from tests.builders.grading import POINT
from tests.builders.people import TODAY, a_person, a_post, a_unit, appoint

SHANGHAI = ZoneInfo("Asia/Shanghai")
EARLY = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)  # half past six of the third in the township
BOOK = Attachment("BQ1", "登記簿.docx", "document", 9)
PHOTO = Attachment("Ag1", "", "photo", 9)


def a_declaration(session: Session, *, keys: Keyring) -> tuple[Post, Person, Declaration]:
    """Let the holder of a post declare the one risk point."""
    post = a_post(session, a_unit(session, "Z1", "財政所"), "Z1-1", "會計")
    holder = a_person(session, "許春燕", keys=keys)
    appoint(session, holder, post)
    declared = declarations.declare(
        *(session, holder.id, post.id, [AspectChecked(Aspect.DUTY, (POINT,))]),
        round_id=None,
        now=EARLY,
        today=TODAY,
    )
    session.flush()
    return post, holder, declared


def test_a_measure_that_was_reminded_of_and_is_replaced_is_owed_no_more(
    database: Database, keys: Keyring
) -> None:
    with database.writing() as session:
        post, holder, declared = a_declaration(session, keys=keys)
        ((measure, _),) = measures.unplanned(session, holder.id)
        measures.plan(session, MeasurePlanned(measure.id, holder.id, TODAY, ""), post=post.id)
        session.flush()
        deadline = session.exec(select(Deadline)).one()
        session.add(
            Reminder(
                deadline_id=deadline.id,
                stage=ReminderStage.ON_DAY,
                person_id=holder.id,
                due_on=TODAY,
                on_day=TODAY,
            )
        )
        session.flush()
        continuity.replace_measures(session, declared, before=declared.version + 1)
        assert session.exec(select(Deadline)).all() == []


def test_what_is_written_early_in_the_morning_is_of_that_day(
    database: Database, keys: Keyring
) -> None:
    with database.writing() as session:
        post, holder, declared = a_declaration(session, keys=keys)
        ((measure, _),) = measures.unplanned(session, holder.id)
        planned = MeasurePlanned(measure.id, holder.id, TODAY, "每月登記")
        measures.plan(session, planned, post=post.id)
        begun = MeasureReported(measure.id, "已建登記簿。", False, BOOK)
        measures.report(session, begun, person=holder.id, now=EARLY)
        done = MeasureReported(measure.id, "已盤點。", True, PHOTO)
        measures.report(session, done, person=holder.id, now=EARLY + timedelta(hours=1))
    with database.reading() as session:
        (told,) = measures.told(session, [measure.id], zone=SHANGHAI)
        (step,) = history(session, declared, zone=SHANGHAI)
        filed = papers.of_post(session, post, reader=holder.id, today=TODAY, zone=SHANGHAI)
        shown = measures.evidence(session, declared.id, zone=SHANGHAI)
    third = date(2026, 3, 3)
    assert told.reports == [
        ReportTold(third, "許春燕", "已建登記簿。", "BQ1", "登記簿.docx"),
        ReportTold(third, "許春燕", "已盤點。", "Ag1", "", picture=True),
    ]
    assert shown == [("票據外流", one) for one in told.reports], "every file, not only the last"
    assert [one.chain.signed.day for one in filed if one.chain.signed] == [date(2026, 3, 3)]
    assert "datetime.date(2026, 3, 3)" in repr(step)


def test_what_is_sent_back_after_its_day_is_owed_by_a_new_one(
    database: Database, keys: Keyring
) -> None:
    later = TODAY + timedelta(days=10)
    with database.writing() as session:
        post, holder, _ = a_declaration(session, keys=keys)
        head = a_person(session, "鄭國良", keys=keys)
        ((measure, _),) = measures.unplanned(session, holder.id)
        measures.plan(session, MeasurePlanned(measure.id, holder.id, TODAY, ""), post=post.id)
        measures.report(
            *(session, MeasureReported(measure.id, "已盤點。", True, None)),
            person=holder.id,
            now=EARLY,
        )
        seen = MeasureVerified(measure.id, False, "少盤一月", later)
        measures.verify(session, seen, person=head.id, now=EARLY)
        session.flush()
        owed = session.exec(select(Deadline)).one()
        assert (owed.due_on, owed.done_at, measure.due_on) == (later, None, later)


def by_a_colleague(session: Session, *, keys: Keyring) -> tuple[Post, Person, Person, Measure]:
    """Let a colleague of the holder of a post own the one measure of what was declared of it."""
    post, holder, _ = a_declaration(session, keys=keys)
    owner = a_person(session, "鄭國良", keys=keys)
    appoint(session, owner, a_post(session, session.get_one(Unit, post.unit_id), "Z1-2"))
    ((measure, _),) = measures.unplanned(session, holder.id)
    planned = MeasurePlanned(measure.id, owner.id, TODAY, "每月登記")
    measures.plan(session, planned, post=post.id)
    session.flush()
    return post, holder, owner, measure


def test_a_measure_whose_owner_leaves_is_planned_anew_by_whose_risk_it_is(
    database: Database, keys: Keyring
) -> None:
    with database.writing() as session:
        post, holder, owner, measure = by_a_colleague(session, keys=keys)
        appointments.lapse(session, today=TODAY)
        assert measures.owned(session, owner.id) == [measure]
        appointments.leave(session, owner, last_day=TODAY)
        assert measures.unplanned(session, holder.id) == [(measure, post.id)]
        assert (measure.owner_id, measure.due_on, measure.indicator) == (None, None, "每月登記")
        again = MeasurePlanned(measure.id, holder.id, TODAY, "每月登記")
        measures.plan(session, again, post=post.id)
        session.flush()
        (owed,) = session.exec(select(Deadline)).all()
        assert (owed.person_id, owed.done_at) == (holder.id, None)


def test_whoever_leaves_today_is_offered_no_measure(database: Database, keys: Keyring) -> None:
    with database.writing() as session:
        post, holder, owner, _ = by_a_colleague(session, keys=keys)
        occasion = Occasion(EARLY, TODAY, 1, keys, Language.ZH_HANT)
        names = {one.name for one in colleagues(session, occasion, [post.unit_id])}
        assert names == {holder.name, owner.name}
        appointments.leave(session, owner, last_day=TODAY)
        session.flush()
        names = {one.name for one in colleagues(session, occasion, [post.unit_id])}
        assert names == {holder.name}


def test_a_measure_whose_owner_goes_to_another_unit_is_planned_anew_too(
    database: Database, keys: Keyring
) -> None:
    with database.writing() as session:
        post, holder, owner, measure = by_a_colleague(session, keys=keys)
        held = session.exec(select(Appointment).where(Appointment.person_id == owner.id)).one()
        done = MeasureReported(measure.id, "已盤點。", True, None)
        measures.report(session, done, person=owner.id, now=EARLY)
        appointments.end(session, held, until=TODAY - timedelta(days=1), today=TODAY)
        assert measure.state is MeasureState.REPORTED, "what was reported is still looked at"
        back = MeasureVerified(measure.id, False, "少盤一月", None)
        measures.verify(session, back, person=holder.id, now=EARLY)
        session.flush()
        appointments.lapse(session, today=TODAY)
        assert measures.unplanned(session, holder.id) == [(measure, post.id)]
        assert not session.exec(select(Deadline)).all()
