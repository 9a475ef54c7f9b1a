"""One message a person and day: what is in it, when it comes, what climbs, what is put off."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from dialogs.catalogue.reminders import CLIMBS, ladders
from dialogs.rules import reminding
from dialogs.rules.access import Action
from dialogs.rules.calendar import Calendar
from dialogs.vocabulary import DeadlineKind, ReminderStage, SnoozeReason
from scheduler.reminders import remind
from storage.outbox import Letter, take_out, unpack
from storage.reviews import DAYS
from storage.tables import Deadline, Outbox, Person, Post, Reminder, ReminderHour, Snooze
from storage.tables.deadlines import AT_NEXT_SWEEP
from tests.scheduler.conftest import Town

ZONE = ZoneInfo("Asia/Shanghai")
FRIDAY = date(2026, 3, 13)
PLAIN = Calendar()
SET = [kind for kind in DeadlineKind if kind not in DAYS]  # the others are found, and end by it


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


def sweep(
    town: Town, session: Session, now: datetime, calendar: Calendar = PLAIN
) -> Mapping[int, Letter]:
    """Sweep, take what was posted, one message a chat at most."""
    count = remind(session, now=now, zone=ZONE, calendar=calendar, keys=town.keys)
    letters = []
    while taken := take_out(session, now=now, resting=[], room=100, bulk_room=100):
        letters += [unpack(parcel, keys=town.keys) for parcel in taken]
        session.execute(
            Outbox.__table__.delete().where(col(Outbox.id).in_([one.id for one in taken]))  # type: ignore[attr-defined]
        )
    session.expire_all()  # as a session of its own would begin
    found = {one.chat: one for one in letters}
    assert len(found) == len(letters) == count
    return found


def another_post(session: Session, town: Town, title: str) -> Post:
    post = Post(code=title, unit_id=town.post.unit_id, title=title)
    session.add(post)
    session.flush()
    return post


def test_what_is_long_overdue_stands_before_what_is_late(town: Town) -> None:
    with town.database.writing() as session:
        town.owe(session, town.here, FRIDAY - timedelta(days=1), DeadlineKind.MEASURE)
        town.owe(session, town.here, FRIDAY - timedelta(days=14), DeadlineKind.MUTUAL_CHECK)
        text = sweep(town, session, at(FRIDAY))[1001].words.text
    assert (
        text.index("逾期較久") < text.index("互查") < text.index("已逾期") < text.index("防控措施")
    )


def test_several_things_are_said_in_one_message_the_late_first(town: Town) -> None:
    with town.database.writing() as session:
        town.owe(session, town.here, FRIDAY)
        town.owe(session, town.here, FRIDAY - timedelta(days=1), DeadlineKind.MEASURE)
        town.owe(session, town.here, FRIDAY + timedelta(days=4), DeadlineKind.MUTUAL_CHECK)
        letter = sweep(town, session, at(FRIDAY))[1001]
    text = letter.words.text
    places = [
        text.index(word) for word in ("已逾期", "防控措施", "今天到期", "崗位自查", "快要到期")
    ]
    assert places == sorted(places)
    labels = [[label for label, _ in row] for row in letter.words.rows]
    assert labels == [
        ["防控措施・財政所會計"],
        ["崗位自查・財政所會計"],
        ["互查・財政所會計"],
        ["稍後再提醒…", "📌 待辦"],
    ]


def test_however_much_is_due_it_fits_one_message_and_says_how_much_more_there_is(
    town: Town,
) -> None:
    with town.database.writing() as session:
        town.overseen(session)
        for shift in range(40):
            due = FRIDAY - timedelta(days=20 - shift)
            one = town.owe(session, town.head, due, DeadlineKind.MEASURE)
            one.post_id = another_post(
                session, town, f"崗位{shift}：" + "負責許多事項的崗位" * 4
            ).id
            town.owe(session, town.here, due)
        session.flush()
        letter = sweep(town, session, at(FRIDAY))[1004]
    assert len(letter.words.text) < 4096
    assert "另有" in letter.words.text
    assert len(letter.words.rows) <= 7


def test_the_digest_comes_at_the_hour_its_reader_chose(town: Town) -> None:
    with town.database.writing() as session:
        town.owe(session, town.here, FRIDAY)
        session.add(ReminderHour(person_id=town.here.id, hour=15))
        session.flush()
        assert sweep(town, session, at(FRIDAY, 9)) == {}
        assert sweep(town, session, at(FRIDAY, 14, 59)) == {}
        assert set(sweep(town, session, at(FRIDAY, 15))) == {1001}
        assert sweep(town, session, at(FRIDAY, 16)) == {}


def test_what_is_said_at_once_does_not_wait_and_takes_the_rest_of_the_day_along(
    town: Town,
) -> None:
    with town.database.writing() as session:
        session.add(ReminderHour(person_id=town.here.id, hour=15))
        town.owe(session, town.here, FRIDAY)
        session.flush()
        assert sweep(town, session, at(FRIDAY, 9)) == {}
        far = FRIDAY + timedelta(days=40)
        town.owe(session, town.here, far, DeadlineKind.MEASURE)  # called, at once
        letter = sweep(town, session, at(FRIDAY, 10))[1001]
        assert sweep(town, session, at(FRIDAY, 15)) == {}
    assert "新交辦" in letter.words.text
    assert "今天到期" in letter.words.text


def test_what_stays_late_climbs_to_head_leader_and_commission_by_post_and_unit(
    town: Town,
) -> None:
    with town.database.writing() as session:
        town.overseen(session)
        town.owe(session, town.here, FRIDAY)
        heard: dict[int, list[tuple[int, str]]] = {}
        for late in range(1, 20):
            day = PLAIN.add_working_days(FRIDAY, late)
            for chat, letter in sweep(town, session, at(day)).items():
                heard.setdefault(chat, []).append((late, letter.words.text))
    (head,), (leader,), (member,), (secretary,) = (heard[chat] for chat in range(1004, 1008))
    climb = {one.stage: one.days for one in ladders()[DeadlineKind.SELF_CHECK].climbs}
    assert [head[0], leader[0], member[0]] == [climb[stage] for stage in CLIMBS.values()]
    assert "「財政所會計」崗位自查，2026年3月13日到期" in head[1]
    assert "財政所：1 項" in leader[1]
    assert member[1] == secretary[1]
    for _, text in (head, leader, member):
        assert "許春燕" not in text
    assert "財政所會計" not in leader[1]


def test_what_climbs_comes_with_the_head_s_own_digest(town: Town) -> None:
    with town.database.writing() as session:
        town.overseen(session)
        day = PLAIN.add_working_days(FRIDAY, 3)
        town.owe(session, town.here, FRIDAY)
        town.owe(session, town.head, day)
        session.add(ReminderHour(person_id=town.head.id, hour=11))
        session.flush()
        assert set(sweep(town, session, at(day, 9))) == {1001}
        letter = sweep(town, session, at(day, 11))[1004]
    assert "今天到期" in letter.words.text
    assert "本單位逾期未辦" in letter.words.text


def test_nothing_of_one_s_own_climbs_to_oneself(town: Town) -> None:
    with town.database.writing() as session:
        town.overseen(session)
        town.owe(session, town.head, FRIDAY)
        heard = Counter[int]()
        for late in range(1, 20):
            heard.update(sweep(town, session, at(PLAIN.add_working_days(FRIDAY, late))).keys())
    assert heard == {1004: 2, 1005: 1, 1006: 1, 1007: 1}  # late and very late; then further up


def test_it_climbs_even_from_who_has_not_joined(town: Town) -> None:
    with town.database.writing() as session:
        town.overseen(session)
        town.owe(session, town.away, FRIDAY)
        assert set(sweep(town, session, at(PLAIN.add_working_days(FRIDAY, 3)))) == {1004}


def test_five_days_of_downtime_are_one_message_a_person(town: Town) -> None:
    with town.database.writing() as session:
        town.overseen(session)
        post = another_post(session, town, "財政所出納")
        for due in range(4):
            one = town.owe(session, town.here, FRIDAY - timedelta(days=due))
            one.post_id = post.id if due % 2 else town.post.id
        session.flush()
        now = at(PLAIN.add_working_days(FRIDAY, 5), 10)
        assert set(sweep(town, session, now)) == {1001, 1004, 1005}
        assert sweep(town, session, now + timedelta(seconds=5)) == {}
        stages = session.exec(
            select(Reminder.stage).where(Reminder.person_id == town.here.id)
        ).all()
    assert set(stages) == {ReminderStage.VERY_LATE}


def test_a_deadline_that_moves_is_spoken_of_anew_and_never_twice_for_one_day(
    town: Town,
) -> None:
    with town.database.writing() as session:
        deadline = town.owe(session, town.here, FRIDAY)
        assert sweep(town, session, at(FRIDAY))
        deadline.move(FRIDAY + timedelta(days=3))
        session.add(deadline)
        session.flush()
        assert "請於" in sweep(town, session, at(FRIDAY, 10))[1001].words.text
        assert sweep(town, session, at(FRIDAY, 11)) == {}
        assert "今天到期" in sweep(town, session, at(FRIDAY + timedelta(days=3)))[1001].words.text
        deadline.move(FRIDAY)
        session.add(deadline)
        session.flush()
        late = sweep(town, session, at(FRIDAY + timedelta(days=3), 10))
        assert "尚未完成" in late[1001].words.text
        deadline.move(FRIDAY + timedelta(days=3))
        session.add(deadline)
        session.flush()
        assert sweep(town, session, at(FRIDAY + timedelta(days=3), 11)) == {}


def put_off(session: Session, town: Town, until: date, **why: object) -> Snooze:
    deadline = session.exec(select(Deadline)).one()
    deadline.speaks_at = AT_NEXT_SWEEP
    session.add(deadline)
    snooze = Snooze(
        deadline_id=deadline.id,
        due_on=deadline.due_on,
        until=until,
        asked_at=at(FRIDAY),
        **{"reason": SnoozeReason.AWAY, **why},
    )
    session.add(snooze)
    session.flush()
    return snooze


def test_what_was_put_off_is_said_again_on_its_day_and_once(town: Town) -> None:
    with town.database.writing() as session:
        town.owe(session, town.here, FRIDAY)
        assert sweep(town, session, at(FRIDAY - timedelta(days=3)))
        put_off(session, town, FRIDAY - timedelta(days=1))
        assert sweep(town, session, at(FRIDAY - timedelta(days=2))) == {}
        thursday = FRIDAY - timedelta(days=1)
        assert "請於" in sweep(town, session, at(thursday))[1001].words.text
        assert sweep(town, session, at(thursday, 15)) == {}
        assert "今天到期" in sweep(town, session, at(FRIDAY))[1001].words.text


def test_what_was_put_off_to_a_day_that_is_free_by_then_is_still_said_in_time(town: Town) -> None:
    closed = Calendar(free=frozenset({FRIDAY}))
    thursday = FRIDAY - timedelta(days=1)
    with town.database.writing() as session:
        town.owe(session, town.here, FRIDAY)
        assert sweep(town, session, at(FRIDAY - timedelta(days=3)))
        put_off(session, town, FRIDAY)
        assert sweep(town, session, at(FRIDAY - timedelta(days=2)), closed) == {}
        assert sweep(town, session, at(thursday), closed)
        assert sweep(town, session, at(FRIDAY), closed) == {}


def test_what_was_put_off_climbs_all_the_same_and_the_head_sees_why(town: Town) -> None:
    with town.database.writing() as session:
        town.overseen(session)
        town.owe(session, town.here, FRIDAY)
        late = PLAIN.add_working_days(FRIDAY, 2)
        assert set(sweep(town, session, at(late))) == {1001}
        put_off(session, town, PLAIN.add_working_days(late, 3))
        heard = sweep(town, session, at(PLAIN.add_working_days(FRIDAY, 3)))
    assert set(heard) == {1004}
    assert "已延後 1 次：出差或請假" in heard[1004].words.text


def test_a_day_off_of_the_township_moves_what_is_said_to_the_next(town: Town) -> None:
    closed = Calendar(free=frozenset({FRIDAY}), worked=frozenset({FRIDAY + timedelta(days=1)}))
    with town.database.writing() as session:
        town.owe(session, town.here, FRIDAY)
        assert sweep(town, session, at(FRIDAY), closed) == {}
        heard = sweep(town, session, at(FRIDAY + timedelta(days=1)), closed)  # a Saturday, worked
    assert "尚未完成" in heard[1001].words.text


def test_the_button_for_later_names_the_one_thing_that_is_said_unless_it_is_due_today(
    town: Town,
) -> None:
    with town.database.writing() as session:
        deadline = town.owe(session, town.here, FRIDAY).id
        early = sweep(town, session, at(FRIDAY - timedelta(days=1)))[1001]
        today = sweep(town, session, at(FRIDAY))[1001]
    assert len(today.words.rows[-1]) == 1
    (_, later), _ = early.words.rows[-1]
    assert later == f"g:{Action.SNOOZE}:{deadline.hex}"


class Undone(Exception):  # noqa: N818 - it undoes an example
    """An example is over."""


@contextmanager
def tried(town: Town) -> Iterator[Session]:
    """Give a session whatever is done in which is undone."""
    try:
        with town.database.writing() as session:
            yield session
            raise Undone
    except Undone:
        pass


OWED = st.lists(
    st.tuples(st.sampled_from(SET), st.integers(-30, 60), st.integers(0, 2)),
    min_size=1,
    max_size=6,
    unique_by=lambda one: one[:2],
)
DAYS = st.sets(st.integers(0, 90), min_size=1, max_size=12)
FREE = st.frozensets(st.dates(FRIDAY, FRIDAY + timedelta(days=60)), max_size=8)


@settings(
    max_examples=20,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    OWED, DAYS, FREE, st.sampled_from([None, 9, 14, 17]), st.lists(st.integers(0, 23), max_size=4)
)
def test_whatever_happens(
    town: Town,
    owed: list[tuple[DeadlineKind, int, int]],
    days: set[int],
    free: frozenset[date],
    hour: int | None,
    more: list[int],
) -> None:
    """Nobody is disturbed out of hours, hears a thing too early or twice, or is showered."""
    calendar = Calendar(free=free)
    with tried(town) as session:
        town.overseen(session)
        if hour:
            session.add(ReminderHour(person_id=town.here.id, hour=hour))
        people = (town.here, town.away, town.head)
        for kind, shift, who in owed:
            town.owe(session, people[who], FRIDAY + timedelta(days=shift), kind)
        last = FRIDAY + timedelta(days=200)
        for day in [*(FRIDAY + timedelta(days=shift) for shift in sorted(days)), last]:
            heard = Counter[int]()
            for clock in sorted({*more, 8, 9, 12, 17, 18}):
                now = at(day, clock)
                said = sweep(town, session, now, calendar)
                assert sweep(town, session, now, calendar) == {}
                assert not said or calendar.is_open(now, zone=ZONE)
                heard.update(said.keys())
            assert all(count == 1 for count in heard.values())
        must_hold(session, calendar, last)


def must_hold(session: Session, calendar: Calendar, last: date) -> None:
    """Look at everything that was said."""
    for one in session.exec(select(Reminder)).all():
        deadline = owed_of(session, one)
        rungs = {
            rung.stage: rung
            for ladder in [ladders()[deadline]]
            for rung in (*ladder.rungs, *ladder.climbs)
        }
        earliest = reminding.day_of(rungs[one.stage], one.due_on, calendar=calendar)
        assert calendar.is_working_day(one.on_day)
        assert earliest is None or one.on_day >= earliest
    if calendar.is_working_day(last):
        must_have_climbed(session)


def owed_of(session: Session, said: Reminder) -> DeadlineKind:
    return session.get_one(Deadline, said.deadline_id).kind


def must_have_climbed(session: Session) -> None:
    """Whatever nobody did has reached everybody who looks after it."""
    names = {person.id: person.code for person in session.exec(select(Person))}
    for deadline in session.exec(select(Deadline)).all():
        heard = {
            (one.stage, names[one.person_id])
            for one in session.exec(select(Reminder).where(Reminder.deadline_id == deadline.id))
        }
        listeners = {
            ReminderStage.TO_UNIT_HEAD: ("R4",),
            ReminderStage.TO_LEADER: ("R5",),
            ReminderStage.TO_COMMISSION: ("R6", "R7"),
        }
        for rung in ladders()[deadline.kind].climbs:
            for code in listeners[rung.stage]:
                assert code == names[deadline.person_id] or (rung.stage, code) in heard
        if names[deadline.person_id] != "R2":
            assert (ReminderStage.VERY_LATE, names[deadline.person_id]) in heard
