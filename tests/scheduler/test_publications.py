from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from dialogs.vocabulary import BroadcastState, DeliveryState
from scheduler.publications import show_progress
from storage import broadcasts
from storage.outbox import take_out, unpack
from storage.tables import Broadcast, BroadcastCopy
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
