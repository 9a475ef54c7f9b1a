"""A reminder that did not leave in time waits for office hours, and goes unsaid if it is done."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.channels import NotSent
from bot.delivery import HALF_AN_HOUR, Delivery, Fate
from dialogs.messages import Rendered
from dialogs.rules.calendar import Calendar
from scheduler.reminders import remind
from storage import outbox
from storage.outbox import Letter, Parcel, Urgency
from storage.tables import Deadline, OwnDay
from tests.scheduler.conftest import Town, town

__all__ = ["town"]
ZONE = ZoneInfo("Asia/Shanghai")
FRIDAY, SATURDAY, MONDAY = date(2026, 3, 6), date(2026, 3, 7), date(2026, 3, 9)
DUE = date(2026, 3, 11)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


class Post:
    """A delivery whose letters leave, or do not, at the moments of a story."""

    def __init__(self, town: Town) -> None:
        self.town, self.now = town, at(FRIDAY, 17, 59)
        self.delivery = Delivery(town.database, town.keys, None, lambda: self.now, zone=ZONE)  # type: ignore[arg-type]

    def take_out(self, now: datetime, fates: Sequence[Fate] = ()) -> Sequence[Parcel]:
        self.now = now
        return self.delivery.settle_and_take(fates, resting=(), room=9, bulk_room=9)

    def remind(self) -> Deadline:
        with self.town.database.writing() as session:
            deadline = self.town.owe(session, self.town.here, DUE)
            remind(session, now=self.now, zone=ZONE, calendar=Calendar(), keys=self.town.keys)
        return deadline

    def post(self, urgency: Urgency, *, chat: int = 7) -> None:
        with self.town.database.writing() as session:
            letter = Letter(chat, Rendered("?"))
            drafts = [outbox.draft(letter, keys=self.town.keys, due_at=self.now, urgency=urgency)]
            outbox.post(session, drafts)


@pytest.fixture
def posts(town: Town) -> Post:
    return Post(town)


def test_a_reminder_that_lay_till_night_leaves_when_offices_open(posts: Post) -> None:
    posts.remind()
    assert not posts.take_out(at(SATURDAY, 3))
    assert not posts.take_out(at(SATURDAY, 10))
    assert not posts.take_out(at(MONDAY, 8, 29))
    assert len(posts.take_out(at(MONDAY, 8, 31))) == 1


def test_the_township_s_own_day_off_is_no_office_day(posts: Post) -> None:
    posts.remind()
    with posts.town.database.writing() as session:
        clerk = posts.town.clerk.id
        session.add(
            OwnDay(day=MONDAY, worked=False, reason="?", entered_by=clerk, entered_at=posts.now)
        )
    assert not posts.take_out(at(SATURDAY, 3))
    assert not posts.take_out(at(MONDAY, 9))
    assert len(posts.take_out(at(MONDAY + timedelta(days=1), 9))) == 1


def test_a_reminder_leaves_within_half_an_hour_and_an_answer_at_any_hour(posts: Post) -> None:
    posts.remind()
    posts.post(Urgency.ANSWER)
    gone = posts.take_out(at(FRIDAY, 18, 20))
    assert len(gone) == 2
    posts.post(Urgency.ANSWER)
    assert len(posts.take_out(at(SATURDAY, 3), [Fate(one, 1) for one in gone])) == 1


def test_a_copy_of_a_broadcast_that_lay_till_night_waits_too(posts: Post) -> None:
    posts.post(Urgency.BROADCAST)
    assert not posts.take_out(at(SATURDAY, 3))
    assert len(posts.take_out(at(MONDAY, 8, 31))) == 1


@pytest.mark.parametrize("late", [Urgency.REMINDER, Urgency.BROADCAST])
def test_what_telegram_does_not_take_is_not_tried_all_night(posts: Post, late: Urgency) -> None:
    posts.post(late, chat=8)
    posts.post(Urgency.ANSWER)
    moment, fates, tried = posts.now, [], []
    while moment < at(SATURDAY, 12):
        parcels = posts.take_out(moment, fates)
        fates = [Fate(one, failure=NotSent("away")) for one in parcels]
        tried += [(one.urgency, moment) for one in parcels]
        moment += timedelta(minutes=1)
    last = max(then for urgency, then in tried if urgency is late)
    assert at(FRIDAY, 18, 10) < last < at(FRIDAY, 18, 50)
    assert len([1 for urgency, _ in tried if urgency is late]) == HALF_AN_HOUR + 1
    assert max(then for urgency, then in tried if urgency is Urgency.ANSWER) > at(SATURDAY, 11)
    posts.take_out(moment, fates)
    assert late in [one.urgency for one in posts.take_out(at(MONDAY, 8, 31))]


def test_what_was_under_way_when_the_process_ended_waits_too(posts: Post) -> None:
    posts.remind()
    assert posts.take_out(posts.now)
    posts.now = at(SATURDAY, 3)
    posts.delivery.recover()
    assert not posts.take_out(posts.now)
    assert len(posts.take_out(at(MONDAY, 9))) == 1


@pytest.mark.parametrize("change", [{"done_at": at(SATURDAY, 10)}, {"due_on": date(2026, 4, 1)}])
def test_what_was_done_or_moved_meanwhile_is_not_said(
    posts: Post, change: dict[str, object]
) -> None:
    deadline = posts.remind()
    assert not posts.take_out(at(SATURDAY, 3))
    with posts.town.database.writing() as session:
        session.get_one(Deadline, deadline.id).sqlmodel_update(change)
    assert not posts.take_out(at(MONDAY, 9))
    with posts.town.database.reading() as session:
        assert session.execute(outbox.OUTBOX.select()).first() is None
