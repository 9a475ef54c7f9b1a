import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from dialogs.facts import Nothing
from dialogs.rules.access import Action
from scheduler.timetable import GIVE_WAY, TIMETABLE, Duty, send_broadcasts, start, swept, tidy
from storage import conversations, inbox
from storage.conversations import CONFIDENTIAL_LASTS, Talk
from storage.inbox import KEPT, Arrival
from storage.mailing import AT_A_TIME
from storage.tables import Conversation, Inbox, Outbox
from tests.scheduler.conftest import Town
from tests.storage.test_mailing import Mailing

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def duty(town: Town, now: datetime) -> Duty:
    return Duty(town.database, town.keys, lambda: now, ZoneInfo("Asia/Shanghai"))


def count(town: Town, table: type) -> int:
    with town.database.reading() as session:
        return session.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


@pytest.mark.parametrize(("sweep", "_"), TIMETABLE, ids=lambda one: getattr(one, "__name__", ""))
def test_a_sweep_of_an_idle_township_does_no_harm_however_often(
    sweep: object, _: int, town: Town
) -> None:
    for _again in range(2):
        sweep(duty(town, NOW))  # type: ignore[operator]  # a sweep is a function of a duty


def test_confidential_drafts_go_when_their_time_is_up_and_others_stay(town: Town) -> None:
    talks = [
        Talk(action, "", Nothing()).at(Talk(action, "", Nothing()).draft)
        for action in (Action.ASK_AFTER, Action.WHO_IS_LATE)
    ]
    with town.database.writing() as session:
        for chat, talk in zip(("a", "b"), talks, strict=True):
            conversations.save(session, [(chat, talk)], keys=town.keys, now=NOW)
    tidy(duty(town, NOW + CONFIDENTIAL_LASTS - timedelta(seconds=1)))
    assert count(town, Conversation) == 2
    tidy(duty(town, NOW + CONFIDENTIAL_LASTS))
    assert count(town, Conversation) == 1


def test_copies_are_posted_a_few_at_a_time_and_none_before_whoever_is_made_way_for(
    town: Town,
) -> None:
    Mailing(town.database, town.keys, 2 * AT_A_TIME + 1)
    rests = []

    def rest(seconds: float) -> None:
        rests.append((seconds, count(town, Outbox)))

    send_broadcasts(replace(duty(town, NOW), rest=rest))
    assert rests == [(0.0, 0), (GIVE_WAY, AT_A_TIME), (GIVE_WAY, 2 * AT_A_TIME)]
    assert count(town, Outbox) == 2 * AT_A_TIME + 2  # and how far it has come


def test_the_numbers_of_updates_are_kept_as_long_as_they_may_come_again(town: Town) -> None:
    with town.database.writing() as session:
        inbox.take_in(session, [Arrival(n, f"c{n}", b"x") for n in (1, 2)], now=NOW)
        inbox.done(session, [1], now=NOW)
    tidy(duty(town, NOW + KEPT))
    assert count(town, Inbox) == 2
    tidy(duty(town, NOW + KEPT + timedelta(seconds=1)))
    assert count(town, Inbox) == 1  # the one nobody has answered stays


def test_a_sweep_that_stumbles_is_logged_without_its_text(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    def stumble(_: Duty) -> None:
        raise ValueError("王大娘")

    with caplog.at_level(logging.ERROR):
        swept(stumble, duty(town, NOW))
    assert "the sweep stumble stumbled: ValueError" in caplog.text
    assert "王大娘" not in caplog.text


def test_every_sweep_is_on_the_timetable_once(town: Town) -> None:
    scheduler = start(duty(town, NOW))
    try:
        jobs = {job.id for job in scheduler.get_jobs()}
    finally:
        scheduler.shutdown()
    assert jobs == {sweep.__name__ for sweep, _ in TIMETABLE}


def test_no_two_sweeps_ever_begin_at_the_same_moment(town: Town) -> None:
    scheduler = start(duty(town, NOW))
    try:
        moments = sorted(job.next_run_time.microsecond for job in scheduler.get_jobs())
    finally:
        scheduler.shutdown()
    apart = [later - one for one, later in pairwise([*moments, moments[0] + 1_000_000])]
    assert min(apart) > 50_000
    assert all(seconds == int(seconds) for _, seconds in TIMETABLE)
