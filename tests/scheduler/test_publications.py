from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session

from dialogs.events import BroadcastSteered
from dialogs.messages import plain_words, render
from dialogs.rules.access import Standing
from dialogs.rules.calendar import Calendar
from dialogs.vocabulary import BroadcastMove, BroadcastState, DeliveryState, Language, Role
from scheduler.publications import post_copies, show_progress
from storage import broadcasts, outbox
from storage.late_letters import hold
from storage.occasion import Occasion
from storage.outbox import take_out, unpack
from storage.people import Known
from storage.recorder.broadcasts import broadcast_steered, card
from storage.sealing import Keyring
from storage.tables import Broadcast, BroadcastCopy
from tests.builders.people import give_account
from tests.scheduler.conftest import Town

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
WATCHED_IN = 77  # the message in which the officer watches


def ordered(town: Town, session: Session) -> tuple[Broadcast, BroadcastCopy]:
    """A broadcast to one person who has joined and one who has not."""
    broadcast = Broadcast(
        ordered_by=town.here.id,
        text="開會",
        state=BroadcastState.RUNNING,
        ordered_at=NOW,
        progress_message=WATCHED_IN,
    )
    session.add(broadcast)
    session.flush()
    copy = BroadcastCopy(
        broadcast_id=broadcast.id, person_id=town.here.id, state=DeliveryState.WAITING
    )
    missed = BroadcastCopy(
        broadcast_id=broadcast.id, person_id=town.away.id, state=DeliveryState.NOT_JOINED
    )
    session.add_all([copy, missed])
    session.flush()
    return broadcast, copy


def test_progress_is_shown_in_the_message_the_officer_watches(town: Town) -> None:
    with town.database.writing() as session:
        ordered(town, session)
        assert show_progress(session, now=NOW, zone=UTC, keys=town.keys) == 1
        (parcel,) = take_out(session, now=NOW, resting=[], room=9, bulk_room=9)
        letter = unpack(parcel, keys=town.keys)
    assert (letter.chat, letter.edit) == (1001, WATCHED_IN)
    assert "應發 2　待送 1" in letter.words.text


def test_nothing_new_is_not_shown_again(town: Town) -> None:
    with town.database.writing() as session:
        ordered(town, session)
        show_progress(session, now=NOW, zone=UTC, keys=town.keys)
        assert show_progress(session, now=NOW, zone=UTC, keys=town.keys) == 0


def test_when_no_copy_waits_the_broadcast_is_finished(town: Town) -> None:
    with town.database.writing() as session:
        broadcast, copy = ordered(town, session)
        broadcasts.settle(session, {copy.id: DeliveryState.SENT})
        show_progress(session, now=NOW, zone=UTC, keys=town.keys)
        session.refresh(broadcast)
        assert broadcast.state is BroadcastState.FINISHED


def test_whoever_reads_later_is_still_counted_for_a_day(town: Town) -> None:
    with town.database.writing() as session:
        _, copy = ordered(town, session)
        broadcasts.settle(session, {copy.id: DeliveryState.SENT})
        show_progress(session, now=NOW, zone=UTC, keys=town.keys)
        broadcasts.acknowledge(session, copy.id, person=town.here.id, now=NOW)
        later = NOW + broadcasts.WATCHED
        assert (
            show_progress(session, now=later + timedelta(minutes=1), zone=UTC, keys=town.keys) == 0
        )
        assert (
            show_progress(session, now=later - timedelta(minutes=1), zone=UTC, keys=town.keys) == 1
        )


ZONE = ZoneInfo("Asia/Shanghai")
FRIDAY, NIGHT = datetime(2026, 3, 6, 18, tzinfo=ZONE), datetime(2026, 3, 7, 3, tzinfo=ZONE)
MONDAY = datetime(2026, 3, 9, 8, 30, tzinfo=ZONE)


def posted(town: Town, session: Session, now: datetime) -> int:
    return post_copies(session, now=now, zone=ZONE, calendar=Calendar(), keys=town.keys)


def test_what_was_scheduled_is_shown_for_a_day_after_it_began(town: Town) -> None:
    with town.database.writing() as session:
        broadcast, copy = ordered(town, session)
        broadcast.state, broadcast.starts_at = BroadcastState.SCHEDULED, NOW + timedelta(days=3)
        session.flush()
        later = NOW + timedelta(days=3, minutes=1)
        assert posted(town, session, NOW) == 0
        assert posted(town, session, later) == 1
        broadcasts.settle(session, {copy.id: DeliveryState.SENT})
        outbox.sent(
            session,
            [one.id for one in take_out(session, now=later, resting=[], room=9, bulk_room=9)],
        )
        assert show_progress(session, now=later, zone=ZONE, keys=town.keys) == 1
        broadcasts.acknowledge(session, copy.id, person=town.here.id, now=later)
        assert show_progress(session, now=later, zone=ZONE, keys=town.keys) == 1


def test_whoever_joins_before_it_begins_gets_it(town: Town, keys: Keyring) -> None:
    with town.database.writing() as session:
        broadcast, _ = ordered(town, session)
        broadcast.state, broadcast.starts_at = BroadcastState.SCHEDULED, FRIDAY
        give_account(session.merge(town.away), 1002, keys=keys)
        session.flush()
        assert posted(town, session, FRIDAY) == 2


def test_an_hour_that_was_missed_is_made_up_for_when_offices_open(town: Town) -> None:
    with town.database.writing() as session:
        broadcast, _ = ordered(town, session)
        broadcast.state, broadcast.starts_at = BroadcastState.SCHEDULED, FRIDAY
        session.flush()
        assert posted(town, session, NIGHT) == 0
        assert (broadcast.state, broadcast.starts_at) == (BroadcastState.SCHEDULED, MONDAY)
        assert posted(town, session, MONDAY) == 1


def test_an_hour_that_was_chosen_is_kept_though_it_is_no_office_hour(town: Town) -> None:
    with town.database.writing() as session:
        broadcast, _ = ordered(town, session)
        broadcast.state, broadcast.starts_at = BroadcastState.SCHEDULED, FRIDAY
        session.flush()
        assert posted(town, session, FRIDAY + timedelta(minutes=5)) == 1


def test_one_that_stood_still_till_night_goes_on_when_offices_open(town: Town) -> None:
    with town.database.writing() as session:
        broadcast, _ = ordered(town, session)
        broadcast.starts_at = FRIDAY - timedelta(hours=1)
        session.flush()
        assert posted(town, session, FRIDAY - timedelta(hours=1)) == 1
        hold(session, now=NIGHT, zone=ZONE, calendar=Calendar())  # as delivery does
        assert take_out(session, now=NIGHT, resting=[], room=9, bulk_room=9) == []
        assert posted(town, session, NIGHT) == 0
        assert (broadcast.state, broadcast.starts_at) == (BroadcastState.SCHEDULED, MONDAY)
        assert posted(town, session, MONDAY) == 1
        assert broadcast.state is BroadcastState.RUNNING
        assert len(take_out(session, now=MONDAY, resting=[], room=9, bulk_room=9)) == 1


def test_one_that_goes_on_into_the_evening_is_not_held_up(town: Town) -> None:
    with town.database.writing() as session:
        broadcast, _ = ordered(town, session)
        session.flush()
        assert posted(town, session, FRIDAY) == 1
        soon = FRIDAY + timedelta(minutes=5)
        hold(session, now=soon, zone=ZONE, calendar=Calendar())
        assert posted(town, session, soon) == 0
        assert broadcast.state is BroadcastState.RUNNING
        assert len(take_out(session, now=soon, resting=[], room=9, bulk_room=9)) == 1


@pytest.mark.parametrize(("now", "state"), [(NIGHT, "scheduled"), (MONDAY, "running")])
def test_an_hour_that_passed_before_it_was_sent_is_not_the_middle_of_the_night(
    town: Town, now: datetime, state: str
) -> None:
    with town.database.writing() as session:
        broadcast, _ = ordered(town, session)
        broadcast.state, broadcast.starts_at = BroadcastState.DRAFT, FRIDAY
        session.flush()
        officer = Known(town.here.id, "許春燕", Standing(frozenset({Role.COMMISSION_SECRETARY})))
        occasion = Occasion(
            now=now,
            today=now.date(),
            chat=1001,
            keys=town.keys,
            language=Language.ZH_HANT,
            known=officer,
            zone=ZONE,
        )
        shown = card(session, broadcast, occasion).shown()
        assert "18:00" not in render(shown, Language.ZH_HANT).text
        steered = BroadcastSteered(broadcast.id, BroadcastMove.SEND)
        outcome = broadcast_steered(steered, session, occasion, None)
        assert outcome.alert is not None
        told = plain_words(outcome.alert, Language.ZH_HANT)
        assert broadcast.state == state
        assert ("3月9日" in told) == (now == NIGHT), told
