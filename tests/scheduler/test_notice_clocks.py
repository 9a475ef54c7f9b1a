from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from dialogs.rules.calendar import Calendar
from dialogs.vocabulary import DeclarationState, NoticeScope, ObjectionState
from scheduler import notice_clocks
from storage import notices
from storage.outbox import sent, take_out, unpack
from storage.tables import Declaration, Objection, Person, ReminderHour
from tests.builders.grading import declared, preset
from tests.scheduler.conftest import Town

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=ZONE)


def object_to(town: Town, session: Session, *, holder: str = "") -> Objection:
    """Publish a declaration on Monday and object to it; `holder` may be a member's name."""
    town.overseen(session)
    whose = town.member if holder == "member" else town.here
    declaration = declared(
        session, town.post.id, whose.id, DeclarationState.PUBLISHED, on=MONDAY.date()
    )
    notice = notices.publish(
        session,
        [declaration.id],
        title="2026-01",
        scope=NoticeScope.VILLAGERS,
        days=7,
        by=town.secretary.id,
        today=MONDAY.date(),
    )
    return notices.object_to(
        session,
        notice.id,
        declaration.id,
        "應該定一級。",
        keys=town.keys,
        today=MONDAY.date(),
        calendar=Calendar(),
    )


def heard(town: Town, session: Session, now: datetime) -> dict[int, str]:
    """Run the sweep twice; give what each chat hears."""
    for _ in range(2):
        notice_clocks.remind(session, now=now, zone=ZONE, calendar=Calendar(), keys=town.keys)
    parcels = take_out(session, now=now, resting=[], room=99, bulk_room=99)
    letters = [unpack(parcel, keys=town.keys) for parcel in parcels]
    sent(session, [parcel.id for parcel in parcels])
    return {letter.chat: letter.words.text for letter in letters}


def test_an_objection_is_spoken_of_once_after_it_came_before_its_day_and_when_late(
    town: Town,
) -> None:
    with town.database.writing() as session:
        objection = object_to(town, session)
        days = {}
        for number in range(21):
            now = MONDAY + timedelta(days=number)
            if said := heard(town, session, now):
                assert set(said) == {1006, 1007}
                assert "應該定一級" not in said[1006]
                days[number] = said[1006]
    assert objection.due_on == MONDAY.date() + timedelta(days=7)
    assert [number for number, text in days.items() if "對「財政所會計」的異議" in text] == [
        *(1, 4, 7),  # the day after it came, the working day before, the day
        *(8, 15),  # the first day late, and a week later
    ]
    assert "已到期" in days[8]
    assert [number for number, text in days.items() if "第 2026-01 號公示期滿" in text] == [8]


def test_what_was_to_be_said_while_nothing_ran_is_said_in_one_message(town: Town) -> None:
    with town.database.writing() as session:
        object_to(town, session)
        heard(town, session, MONDAY + timedelta(days=2))
        later = heard(town, session, MONDAY + timedelta(days=10))
        assert set(later) == {1006, 1007}
        assert "已到期" in later[1006]
        assert heard(town, session, MONDAY + timedelta(days=11)) == {}


def test_each_member_hears_at_their_own_hour(town: Town) -> None:
    with town.database.writing() as session:
        object_to(town, session)
        session.add(ReminderHour(person_id=town.member.id, hour=14))
        session.flush()
        day = MONDAY + timedelta(days=4)
        assert heard(town, session, day.replace(hour=8, minute=45)) == {}
        assert set(heard(town, session, day)) == {1007}
        assert set(heard(town, session, day.replace(hour=14))) == {1006}


def test_what_is_answered_is_not_spoken_of(town: Town) -> None:
    with town.database.writing() as session:
        objection = object_to(town, session)
        objection.state = ObjectionState.DISMISSED
        session.flush()
        assert heard(town, session, MONDAY + timedelta(days=4)) == {}


def test_a_member_hears_nothing_about_their_own_post(town: Town) -> None:
    with town.database.writing() as session:
        object_to(town, session, holder="member")
        assert set(heard(town, session, MONDAY + timedelta(days=4))) == {1007}


def test_nobody_hears_of_it_out_of_hours(town: Town) -> None:
    with town.database.writing() as session:
        object_to(town, session)
        night = (MONDAY + timedelta(days=4)).replace(hour=21)
        assert heard(town, session, night) == {}


def fixed(town: Town, session: Session, whose: Person, *days: int) -> Declaration:
    """Have somebody's grades fixed provisionally some days from Monday, once or again."""
    declaration = declared(
        session, town.post.id, whose.id, DeclarationState.PROVISIONAL, on=MONDAY.date()
    )
    moments = [MONDAY + timedelta(days=day) for day in days]
    return preset(session, declaration, moments, by=town.leader.id)


def test_grades_to_be_published_are_spoken_of_before_their_day_on_it_and_when_late(
    town: Town,
) -> None:
    with town.database.writing() as session:
        town.overseen(session)
        declarations = [
            fixed(town, session, town.here, 0),
            fixed(town, session, town.away, -14, 0),
        ]
        days = {}
        for number in range(26):
            if number == 23:
                for one in declarations:
                    one.state = DeclarationState.PUBLISHED
                session.flush()
            if said := heard(town, session, MONDAY + timedelta(days=number)):
                assert set(said) == {1006, 1007}
                assert town.post.title not in said[1006]
                days[number] = said[1006]
    assert list(days) == [11, 14, 15, 22], "the working day before, the day, late, a week later"
    assert "黨委已初定等級的 2 個崗位，2026年3月16日前公示" in days[11]
    assert "已到期" in days[15]


def test_a_member_hears_nothing_of_their_own_grades(town: Town) -> None:
    with town.database.writing() as session:
        town.overseen(session)
        fixed(town, session, town.member, 0)
        assert set(heard(town, session, MONDAY + timedelta(days=14))) == {1007}
