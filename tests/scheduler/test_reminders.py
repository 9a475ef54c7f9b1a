from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, select

from dialogs.messages import render
from dialogs.rules.access import Action
from dialogs.rules.calendar import Calendar
from dialogs.rules.reminding import stages_of
from dialogs.speech import Go
from dialogs.vocabulary import DeadlineKind, Language, ReminderStage
from scheduler.digest import reminder
from scheduler.reminders import remind
from storage import appointments, languages
from storage.outbox import Letter, Parcel, Urgency, take_out, unpack
from storage.tables import Appointment, Deadline, Person, Post, Reminder
from tests.dialogs.told import some_id
from tests.scheduler.conftest import Town

ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = Calendar()
DUE = date(2026, 3, 13)  # a Friday


def at(day: int, hour: int = 9, *, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=ZONE)


def posted(session: Session, now: datetime) -> list[Parcel]:
    """Take everything that waits in the outbox."""
    return list(take_out(session, now=now, resting=[], room=100, bulk_room=100))


def said(town: Town, session: Session, now: datetime) -> list[Letter]:
    """Read everything that waits in the outbox."""
    return [unpack(parcel, keys=town.keys) for parcel in posted(session, now)]


def test_every_stage_is_spoken_once(town: Town) -> None:
    with town.database.writing() as session:
        town.owe(session, town.here, DUE)
        spoken = [
            remind(session, now=at(day, hour), zone=ZONE, calendar=CALENDAR, keys=town.keys)
            for day in range(9, 24)
            for hour in (9, 15)
        ]
        assert sum(spoken) == len(stages_of(DeadlineKind.SELF_CHECK))
        stages = session.exec(select(Reminder.stage)).all()
    assert set(stages) == set(stages_of(DeadlineKind.SELF_CHECK))


@pytest.mark.parametrize("now", [at(14), at(10, 8), at(10, 18), at(10, 23)])
def test_nobody_is_reminded_out_of_office_hours(town: Town, now: datetime) -> None:
    with town.database.writing() as session:
        town.owe(session, town.here, DUE)
        assert remind(session, now=now, zone=ZONE, calendar=CALENDAR, keys=town.keys) == 0
        assert posted(session, now) == []


def test_who_holds_the_post_no_more_is_not_reminded_though_nothing_was_tidied(
    town: Town,
) -> None:
    with town.database.writing() as session:
        held = Appointment(
            person_id=town.here.id, post_id=town.post.id, since=date(2025, 1, 1), until=DUE
        )
        session.add(held)
        town.owe(session, town.here, DUE)
        assert remind(session, now=at(13), zone=ZONE, calendar=CALENDAR, keys=town.keys) == 1
        assert remind(session, now=at(16), zone=ZONE, calendar=CALENDAR, keys=town.keys) == 0


def test_a_reminder_goes_to_the_person_with_a_button_to_begin(town: Town) -> None:
    with town.database.writing() as session:
        town.owe(session, town.here, DUE)
        remind(session, now=at(12), zone=ZONE, calendar=CALENDAR, keys=town.keys)
        (parcel,) = posted(session, at(12))
        letter = unpack(parcel, keys=town.keys)
    assert parcel.urgency is Urgency.REMINDER
    assert letter.chat == 1001
    assert "「財政所會計」" in letter.words.text
    ((label, token),) = letter.words.rows[0]
    assert (label, token) == ("現在去填", f"g:{Action.SELF_CHECK}:{town.post.id.hex}")


def test_a_last_day_off_is_spoken_of_on_the_working_day_before(town: Town) -> None:
    sunday, friday = date(2026, 3, 15), at(13)
    with town.database.writing() as session:
        town.owe(session, town.here, sunday)
        remind(session, now=friday, zone=ZONE, calendar=CALENDAR, keys=town.keys)
        (letter,) = said(town, session, friday)
    assert "3月15日到期。那天不上班，到時不再提醒" in letter.words.text


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        (DeadlineKind.WARNING_REPLY, "來不及的，請在到期前申請延期"),
        (DeadlineKind.CORRECTION, "3月13日前（含當天）完成整改"),
    ],
)
def test_the_days_of_a_warning_are_spoken_of_without_its_content(
    town: Town, kind: DeadlineKind, says: str
) -> None:
    warning = some_id(9)
    with town.database.writing() as session:
        owed = town.owe(session, town.here, DUE)
        owed.kind, owed.subject = kind, warning
        session.add(owed)
        session.flush()
        remind(session, now=at(12), zone=ZONE, calendar=CALENDAR, keys=town.keys)
        (letter,) = said(town, session, at(12))
    assert says in letter.words.text
    ((label, token),) = letter.words.rows[0]
    assert (label, token) == ("查看預警", f"g:{Action.OPEN_WARNING}:{warning.hex}")


def test_who_has_not_joined_is_left_out(town: Town) -> None:
    with town.database.writing() as session:
        town.owe(session, town.away, DUE)
        assert remind(session, now=at(13), zone=ZONE, calendar=CALENDAR, keys=town.keys) == 0


def test_who_joins_later_hears_of_the_stage_that_fits_the_day(town: Town) -> None:
    with town.database.writing() as session:
        town.owe(session, town.away, DUE)
        remind(session, now=at(13), zone=ZONE, calendar=CALENDAR, keys=town.keys)
        person = session.get_one(Person, town.away.id)
        joined = town.person("R2", "呂思穎", 1002)
        person.account, person.account_hash = joined.account, joined.account_hash
        session.add(person)
        session.flush()
        assert remind(session, now=at(16), zone=ZONE, calendar=CALENDAR, keys=town.keys) == 1
        (letter,) = said(town, session, at(16))
    assert "尚未完成" in letter.words.text


def test_what_is_done_is_not_spoken_of(town: Town) -> None:
    with town.database.writing() as session:
        deadline = town.owe(session, town.here, DUE)
        deadline.done_at = at(11)
        session.add(deadline)
        session.flush()
        assert remind(session, now=at(13), zone=ZONE, calendar=CALENDAR, keys=town.keys) == 0


def test_after_days_of_downtime_only_one_reminder_catches_up(town: Town) -> None:
    with town.database.writing() as session:
        town.owe(session, town.here, DUE)
        now = at(30)
        assert remind(session, now=now, zone=ZONE, calendar=CALENDAR, keys=town.keys) == 1
        (letter,) = said(town, session, now)
    assert "逾期較久" in letter.words.text


def test_a_new_holder_is_told_the_reason_from_the_first_day_on(town: Town) -> None:
    since = date(2026, 3, 11)
    with town.database.writing() as session:
        fresh = Appointment(person_id=town.here.id, post_id=town.post.id, since=since)
        appointments.begin(session, fresh, today=date(2026, 3, 2))
        assert remind(session, now=at(10), zone=ZONE, calendar=CALENDAR, keys=town.keys) == 0
        assert remind(session, now=at(11), zone=ZONE, calendar=CALENDAR, keys=town.keys) == 1
        assert remind(session, now=at(12), zone=ZONE, calendar=CALENDAR, keys=town.keys) == 0
        (letter,) = said(town, session, at(12))
    assert "您新任「財政所會計」，30 天內要重填" in letter.words.text
    assert "2026年4月10日" in letter.words.text


def test_people_are_reminded_in_their_language(town: Town) -> None:
    with town.database.writing() as session:
        languages.choose(session, town.keys.lookup(1001), Language.EN)
        town.owe(session, town.here, DUE)
        remind(session, now=at(13), zone=ZONE, calendar=CALENDAR, keys=town.keys)
        (letter,) = said(town, session, at(13))
    assert letter.words.rows[0][0][0].isascii()


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    ("kind", "stage"), [(kind, stage) for kind in DeadlineKind for stage in stages_of(kind)]
)
def test_every_stage_of_every_deadline_has_its_words(
    kind: DeadlineKind, stage: ReminderStage, language: Language
) -> None:
    post = Post(code="Z1-1", unit_id=some_id(1), title="財政所會計")
    deadline = Deadline(
        kind=kind, person_id=some_id(2), post_id=post.id, subject=post.id, due_on=DUE
    )
    reply = reminder(deadline, post, stage)
    assert render(reply, language).text
    assert isinstance(reply.buttons[0][0].does, Go)
