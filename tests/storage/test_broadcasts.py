"""One copy a person, each accounted for."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from dialogs.vocabulary import BroadcastState, DeliveryState
from storage import broadcasts
from storage.database import Database
from storage.sealing import Keyring
from storage.tables import Broadcast, BroadcastCopy
from tests.builders.people import NOON, TODAY, a_person, a_post, a_unit, appoint

WAITING, SENT, READ = DeliveryState.WAITING, DeliveryState.SENT, DeliveryState.READ
NAMES = ("甲", "乙", "丙", "丁")


class Sent:
    """A broadcast to four people, and their copies by name."""

    def __init__(self, database: Database, keys: Keyring) -> None:
        self.database = database
        with database.writing() as session:
            post = a_post(session, a_unit(session, "Z1", "財政所"), "Z1-1", "會計")
            people = [
                a_person(session, name, keys=keys, account=number)
                for number, name in enumerate(NAMES)
            ]
            appoint(session, people[2], post)
            self.people = {person.name: person.id for person in people}
            row = Broadcast(
                ordered_by=people[0].id, text="x", state=BroadcastState.RUNNING, ordered_at=NOON
            )
            session.add(row)
            session.flush()
            self.id = row.id
            copies = [
                BroadcastCopy(broadcast_id=row.id, person_id=person.id, state=WAITING)
                for person in people
            ]
            session.add_all(copies)
            session.flush()
            self.copies = dict(zip(NAMES, [copy.id for copy in copies], strict=True))

    def settle(self, **states: DeliveryState) -> None:
        with self.database.writing() as session:
            broadcasts.settle(session, {self.copies[name]: s for name, s in states.items()})

    def read(self, name: str, *, by: UUID | None = None) -> bool:
        with self.database.writing() as session:
            who = by or self.people[name]
            return broadcasts.acknowledge(session, self.copies[name], person=who, now=NOON)

    def counts(self) -> dict[DeliveryState, int]:
        with self.database.reading() as session:
            return dict(broadcasts.counts(session, self.id))


@pytest.fixture
def broadcast(database: Database, keys: Keyring) -> Sent:
    return Sent(database, keys)


def test_nobody_has_two_copies_of_a_broadcast(broadcast: Sent) -> None:
    again = BroadcastCopy(
        broadcast_id=broadcast.id, person_id=broadcast.people["甲"], state=WAITING
    )
    with pytest.raises(IntegrityError), broadcast.database.writing() as session:
        session.add(again)


def test_every_copy_counts_where_it_stands(broadcast: Sent) -> None:
    assert broadcast.counts() == {WAITING: 4}
    broadcast.settle(甲=SENT, 乙=DeliveryState.BLOCKED, 丙=DeliveryState.UNKNOWN)
    assert broadcast.counts() == {
        SENT: 1,
        DeliveryState.BLOCKED: 1,
        DeliveryState.UNKNOWN: 1,
        WAITING: 1,
    }


def test_what_has_been_read_stays_read(broadcast: Sent) -> None:
    assert broadcast.read("甲")
    broadcast.settle(甲=SENT)
    assert broadcast.read("甲")
    assert broadcast.counts() == {READ: 1, WAITING: 3}


def test_nobody_reads_the_copy_of_another(broadcast: Sent) -> None:
    assert not broadcast.read("甲", by=broadcast.people["乙"])
    assert not broadcast.read("甲", by=uuid4())
    assert broadcast.counts() == {WAITING: 4}


def test_the_unreached_are_named_with_unit_and_reason(broadcast: Sent) -> None:
    broadcast.settle(甲=SENT, 丙=DeliveryState.BLOCKED, 丁=DeliveryState.UNKNOWN)
    with broadcast.database.reading() as session:
        found = broadcasts.recipients(session, broadcast.id, today=TODAY, missed=True)
        everybody = broadcasts.recipients(session, broadcast.id, today=TODAY)
    assert {(one.name, one.unit, one.post, one.state) for one in found} == {
        ("丁", "", "", DeliveryState.UNKNOWN),
        ("丙", "財政所", "會計", DeliveryState.BLOCKED),
    }
    assert len(everybody) == 4


def test_progress_is_watched_while_running_and_a_day_longer(broadcast: Sent) -> None:
    since = NOON - broadcasts.WATCHED
    for moment, state, watched in (
        (since, BroadcastState.FINISHED, True),
        (NOON, BroadcastState.RUNNING, True),
        (NOON, BroadcastState.PAUSED, True),
        (NOON, BroadcastState.CANCELLED, False),
        (NOON, BroadcastState.FINISHED, False),
    ):
        with broadcast.database.writing() as session:
            session.exec(select(Broadcast)).one().state = state
        with broadcast.database.reading() as session:
            assert bool(broadcasts.watched(session, since=moment)) is watched


@pytest.mark.parametrize(
    ("state", "listed"),
    [
        (BroadcastState.ASKED, True),
        (BroadcastState.SCHEDULED, True),
        (BroadcastState.PAUSED, True),
        (BroadcastState.FINISHED, False),
    ],
)
def test_an_old_one_that_is_not_over_stays_in_the_list(
    broadcast: Sent, state: BroadcastState, listed: bool
) -> None:
    with broadcast.database.writing() as session:
        session.get_one(Broadcast, broadcast.id).state = state
        session.add(
            Broadcast(
                ordered_by=broadcast.people["甲"],
                text="y",
                state=BroadcastState.FINISHED,
                ordered_at=NOON + timedelta(hours=1),
            )
        )
        session.flush()
        found = [one.id for one in broadcasts.of_late(session, most=1)]
        assert (broadcast.id in found) is listed


def test_an_old_one_with_undecided_copies_stays_in_the_list(broadcast: Sent) -> None:
    broadcast.settle(甲=SENT, 乙=DeliveryState.UNKNOWN, 丙=DeliveryState.UNKNOWN)
    with broadcast.database.writing() as session:
        assert broadcasts.undecided(session) == {}, "while it goes on nothing is to be decided"
        session.get_one(Broadcast, broadcast.id).state = BroadcastState.FINISHED
        session.add_all(
            Broadcast(
                ordered_by=broadcast.people["甲"],
                text="y",
                state=BroadcastState.FINISHED,
                ordered_at=NOON + timedelta(hours=hour),
            )
            for hour in (1, 2)
        )
        session.flush()
        waiting = broadcasts.undecided(session)
        assert waiting == {broadcast.id: 2}
        newest = broadcasts.of_late(session, most=1, besides=waiting)
        assert [one.id for one in newest][1:] == [broadcast.id]
        assert [one.text for one in broadcasts.of_late(session, most=2)] == ["y", "y"]
