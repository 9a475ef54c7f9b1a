"""Copies go out bit by bit, so that a broadcast can be held up, ended, and sent once more."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from dialogs.vocabulary import BroadcastState, DeliveryState
from storage import broadcasts, mailing, outbox
from storage.database import Database
from storage.outbox import Letter, Parcel
from storage.sealing import Keyring
from storage.tables import Broadcast, BroadcastCopy, Outbox
from tests.builders.people import NOON, TODAY, a_person

WAITING, SENT = DeliveryState.WAITING, DeliveryState.SENT


class Mailing:
    """A broadcast to some people, and what lies in the outbox of it."""

    def __init__(self, database: Database, keys: Keyring, people: int) -> None:
        self.database, self.keys = database, keys
        with database.writing() as session:
            everybody = [
                a_person(session, f"第{number}人", keys=keys, account=number + 1)
                for number in range(people)
            ]
            row = Broadcast(
                ordered_by=everybody[0].id,
                text="{{姓名}}：週五開會。",
                state=BroadcastState.RUNNING,
                ordered_at=NOON,
                file="FILE-1",
                file_name="名單.pdf",
            )
            session.add(row)
            session.flush()
            self.id: UUID = row.id
            session.add_all(
                BroadcastCopy(broadcast_id=row.id, person_id=one.id, state=WAITING)
                for one in everybody
            )

    def feed(self) -> int:
        with self.database.writing() as session:
            row = session.get_one(Broadcast, self.id)
            return mailing.feed(session, row, keys=self.keys, now=NOON, today=TODAY)

    def take_out(self, most: int) -> Sequence[Parcel]:
        with self.database.writing() as session:
            return outbox.take_out(session, now=NOON, resting=(), room=most, bulk_room=most)

    def deliver(self, parcels: Sequence[Parcel]) -> None:
        self.settle(parcels, SENT)

    def settle(self, parcels: Sequence[Parcel], state: DeliveryState) -> None:
        with self.database.writing() as session:
            outbox.sent(session, [one.id for one in parcels])
            broadcasts.settle(session, {one.copy_id: state for one in parcels if one.copy_id})

    def under_way(self) -> bool:
        with self.database.reading() as session:
            return mailing.under_way(session, self.id)

    def letters(self) -> Sequence[Letter]:
        with self.database.reading() as session:
            rows = session.exec(select(Outbox)).all()
            return [
                outbox.unpack(
                    Parcel(
                        row.id or 0,
                        row.chat_hash,
                        outbox.Urgency(row.urgency),
                        0,
                        row.copy_id,
                        row.payload,
                    ),
                    keys=self.keys,
                )
                for row in rows
            ]

    def counts(self) -> Counter[DeliveryState]:
        with self.database.reading() as session:
            return broadcasts.counts(session, self.id)

    def do(self, what: str) -> None:
        with self.database.writing() as session:
            getattr(mailing, what)(session, self.id)


@pytest.fixture
def sent(database: Database, keys: Keyring) -> Mailing:
    return Mailing(database, keys, 9)


def test_the_outbox_never_holds_more_than_some_seconds_worth(
    database: Database, keys: Keyring
) -> None:
    sent = Mailing(database, keys, mailing.AHEAD + 7)
    for _ in range(mailing.AHEAD // mailing.AT_A_TIME):
        assert sent.feed() == mailing.AT_A_TIME
    assert sent.feed() == 0
    sent.deliver(sent.take_out(5))
    assert sent.feed() == 5
    assert len(sent.letters()) == mailing.AHEAD


def test_every_copy_is_filled_for_its_reader_and_carries_the_file_by_reference(
    sent: Mailing,
) -> None:
    sent.feed()
    letters = sent.letters()
    assert {one.chat for one in letters} == set(range(1, 10))
    for letter in letters:
        assert f"第{letter.chat - 1}人：週五開會。" in letter.words.text
        assert letter.words.paper is not None
        assert (letter.words.paper.held, letter.words.paper.content) == ("FILE-1", b"")


def test_what_is_held_up_goes_on_where_it_stopped(sent: Mailing) -> None:
    sent.feed()
    going = sent.take_out(2)
    sent.do("call_back")
    assert len(sent.letters()) == 2
    sent.deliver(going)
    assert sent.counts() == {SENT: 2, WAITING: 7}
    assert sent.feed() == 7
    sent.deliver(sent.take_out(9))
    assert sent.counts() == {SENT: 9}


def test_what_is_cancelled_is_sent_to_nobody_more(sent: Mailing) -> None:
    sent.feed()
    going = sent.take_out(2)
    sent.do("give_up")
    assert len(sent.letters()) == 2
    assert sent.counts() == {WAITING: 2, DeliveryState.CANCELLED: 7}
    sent.deliver(going)
    assert sent.counts() == {SENT: 2, DeliveryState.CANCELLED: 7}
    assert sent.feed() == 0


def test_only_who_was_reached_and_did_not_say_so_is_written_to_again(sent: Mailing) -> None:
    sent.feed()
    parcels = sent.take_out(9)
    sent.settle(parcels[1:2], DeliveryState.BLOCKED)
    sent.deliver([parcels[0], *parcels[2:]])
    with sent.database.writing() as session:
        read = parcels[0].copy_id
        assert read
        person = session.get_one(BroadcastCopy, read).person_id
        broadcasts.acknowledge(session, read, person=person, now=NOON)
    sent.do("nudge")
    assert sent.feed() == 7
    assert all("再發一次" in letter.words.text for letter in sent.letters())
    assert sent.feed() == 0


def test_whoever_was_reached_stays_so_while_the_unread_are_reminded(sent: Mailing) -> None:
    sent.feed()
    sent.deliver(sent.take_out(9))
    assert not sent.under_way()
    sent.do("nudge")
    assert sent.counts() == {SENT: 9}
    assert sent.under_way()
    sent.feed()
    going = sent.take_out(3)
    sent.settle(going[:1], DeliveryState.BLOCKED)
    sent.settle(going[1:2], DeliveryState.UNKNOWN)
    assert sent.counts() == {SENT: 9}
    sent.do("give_up")
    assert len(sent.letters()) == 1, "only what is on its way"
    assert sent.feed() == 0
    sent.deliver(going[2:])
    assert sent.counts() == {SENT: 9}
    assert not sent.under_way()
    with sent.database.reading() as session:
        assert not broadcasts.recipients(session, sent.id, today=TODAY, missed=True)


def test_a_reminder_held_up_goes_on_with_those_it_has_not_reached(sent: Mailing) -> None:
    sent.feed()
    sent.deliver(sent.take_out(9))
    sent.do("nudge")
    sent.feed()
    sent.deliver(sent.take_out(4))
    sent.do("call_back")
    assert (sent.letters(), sent.under_way()) == ([], True)
    assert (sent.feed(), sent.feed()) == (5, 0)


@pytest.mark.parametrize(
    ("arrived", "then", "fed"), [(True, {SENT: 9}, 0), (False, {SENT: 6, WAITING: 3}, 3)]
)
def test_of_copies_that_may_have_arrived_an_officer_decides(
    sent: Mailing, arrived: bool, then: dict[DeliveryState, int], fed: int
) -> None:
    sent.feed()
    parcels = sent.take_out(9)
    sent.settle(parcels[:3], DeliveryState.UNKNOWN)
    sent.deliver(parcels[3:])
    with sent.database.writing() as session:
        session.get_one(Broadcast, sent.id).state = BroadcastState.FINISHED
        session.flush()
        assert broadcasts.undecided(session) == {sent.id: 3}
        mailing.decide(session, sent.id, arrived=arrived)
        assert broadcasts.undecided(session) == {}
    assert sent.counts() == then
    assert sent.feed() == fed


def test_feeding_twice_sends_nobody_two_copies(sent: Mailing) -> None:
    assert (sent.feed(), sent.feed()) == (9, 0)
    assert len({letter.chat for letter in sent.letters()}) == 9


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_next_few_are_found_without_a_look_at_the_rest(sent: Mailing) -> None:
    asked = mailing.next_copies(sent.id, most=10)
    with sent.database.reading() as session:
        found = asked.compile(session.connection(), compile_kwargs={"literal_binds": True})
        plan = session.execute(sa.text(f"EXPLAIN QUERY PLAN {found}")).all()
    steps = " ".join(step for *_, step in plan)
    assert "broadcast_copy_next" in steps
    assert "TEMP B-TREE" not in steps


def due(session: Session, hour: int) -> int:
    return len(broadcasts.due(session, now=NOON.replace(hour=hour)))


def test_a_scheduled_one_is_due_at_its_hour(sent: Mailing) -> None:
    with sent.database.writing() as session:
        row = session.get_one(Broadcast, sent.id)
        row.state, row.starts_at = BroadcastState.SCHEDULED, NOON.replace(hour=15)
        session.flush()
        assert (due(session, 14), due(session, 15)) == (0, 1)
        row.state = BroadcastState.PAUSED
        session.flush()
        assert due(session, 16) == 0
