"""What goes first, what must wait, and what becomes of a message whose fate is not known."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlmodel import select

from dialogs.messages import Rendered
from dialogs.speech import Paper
from dialogs.vocabulary import BroadcastState, DeliveryState
from storage import outbox
from storage.database import Database
from storage.outbox import Letter, Parcel, Urgency
from storage.sealing import Keyring
from storage.tables import Broadcast, BroadcastCopy, Outbox
from tests.builders.people import NOON, a_person

ANSWER, REMINDER, BROADCAST = Urgency.ANSWER, Urgency.REMINDER, Urgency.BROADCAST


def post(
    database: Database,
    keys: Keyring,
    *messages: tuple[int, str, Urgency],
    due_at: datetime = NOON,
) -> None:
    with database.writing() as session:
        outbox.post(
            session,
            [
                outbox.draft(
                    Letter(chat, Rendered(text)), keys=keys, due_at=due_at, urgency=urgency
                )
                for chat, text, urgency in messages
            ],
        )


def take(
    database: Database,
    *,
    now: datetime = NOON,
    resting: Collection[str] = (),
    room: int = 30,
    bulk_room: int = 30,
) -> list[Parcel]:
    with database.writing() as session:
        return list(
            outbox.take_out(session, now=now, resting=resting, room=room, bulk_room=bulk_room)
        )


def texts(parcels: Collection[Parcel], keys: Keyring) -> list[str]:
    return [outbox.unpack(parcel, keys=keys).words.text for parcel in parcels]


def test_answers_go_before_reminders_before_broadcasts(database: Database, keys: Keyring) -> None:
    post(database, keys, (1, "b", BROADCAST), (2, "r", REMINDER), (3, "a", ANSWER))
    assert texts(take(database), keys) == ["a", "r", "b"]


def test_a_chat_gets_one_at_a_time_in_order(database: Database, keys: Keyring) -> None:
    post(database, keys, (1, "first", ANSWER), (1, "second", ANSWER), (2, "other", ANSWER))
    first = take(database)
    assert texts(first, keys) == ["first", "other"]
    with database.writing() as session:
        outbox.sent(session, [parcel.id for parcel in first])
    assert texts(take(database), keys) == ["second"]


def test_an_answer_and_a_broadcast_to_one_chat_do_not_go_together(
    database: Database, keys: Keyring
) -> None:
    post(database, keys, (1, "news", BROADCAST), (1, "answer", ANSWER))
    assert texts(take(database), keys) == ["answer"]


def test_what_is_being_sent_is_not_taken_out_again(database: Database, keys: Keyring) -> None:
    post(database, keys, (1, "once", ANSWER))
    assert len(take(database)) == 1
    assert take(database) == []


def test_a_resting_chat_waits_and_the_others_do_not(database: Database, keys: Keyring) -> None:
    post(database, keys, (1, "waits", ANSWER), (2, "goes", ANSWER), (3, "rests too", BROADCAST))
    resting = [keys.lookup(1), keys.lookup(3)]
    assert texts(take(database, resting=resting), keys) == ["goes"]


def test_no_more_goes_than_there_is_room_for(database: Database, keys: Keyring) -> None:
    post(database, keys, *((chat, "news", BROADCAST) for chat in range(10)))
    post(database, keys, *((chat, "answer", ANSWER) for chat in range(20, 23)))
    assert texts(take(database, room=7, bulk_room=2), keys) == ["answer"] * 3 + ["news"] * 2
    assert texts(take(database, room=0, bulk_room=1), keys) == ["news"]
    assert take(database, room=5, bulk_room=0) == []


def test_what_is_to_be_deleted_in_a_chat_comes_together_after_what_is_said_there(
    database: Database, keys: Keyring
) -> None:
    with database.writing() as session:
        outbox.post(
            session,
            [
                outbox.sweep(chat, message, keys=keys, due_at=NOON)
                for chat in (1, 2)
                for message in (7, 8, 9)
            ],
        )
    post(database, keys, (1, "answer", ANSWER))
    said, *swept = take(database)
    assert texts([said], keys) == ["answer"]
    assert [outbox.unpack(one, keys=keys).chat for one in swept] == [2, 2, 2]
    then = [outbox.unpack(one, keys=keys) for one in take(database)]
    assert [(one.chat, one.sweeps) for one in then] == [(1, 7), (1, 8), (1, 9)]


def test_nothing_goes_before_it_is_due(database: Database, keys: Keyring) -> None:
    post(database, keys, (1, "later", ANSWER), due_at=NOON + timedelta(seconds=1))
    assert take(database) == []
    assert texts(take(database, now=NOON + timedelta(seconds=1)), keys) == ["later"]


def test_what_is_put_back_goes_again_when_it_is_due(database: Database, keys: Keyring) -> None:
    post(database, keys, (1, "again", ANSWER))
    (parcel,) = take(database)
    later = NOON + timedelta(seconds=5)
    with database.writing() as session:
        outbox.put_back(session, [parcel.id], due_at=later)
    assert take(database) == []
    (again,) = take(database, now=later)
    assert (again.id, again.attempts) == (parcel.id, parcel.attempts + 1)


def test_a_sent_message_leaves_nothing(database: Database, keys: Keyring) -> None:
    post(database, keys, (1, "once", ANSWER))
    (parcel,) = take(database)
    with database.writing() as session:
        outbox.sent(session, [parcel.id])
    with database.reading() as session:
        assert session.exec(select(Outbox)).all() == []


def test_what_was_being_sent_when_a_process_ended_is_listed_with_its_copy(
    database: Database, keys: Keyring
) -> None:
    with database.writing() as session:
        officer = a_person(session, "韓守正", keys=keys, account=9)
        broadcast = Broadcast(
            ordered_by=officer.id, text="x", state=BroadcastState.RUNNING, ordered_at=NOON
        )
        session.add(broadcast)
        session.flush()
        copy = BroadcastCopy(
            broadcast_id=broadcast.id, person_id=officer.id, state=DeliveryState.WAITING
        )
        session.add(copy)
        session.flush()
        letter = Letter(9, Rendered("news"))
        outbox.post(
            session,
            [outbox.draft(letter, keys=keys, due_at=NOON, urgency=BROADCAST, copy_id=copy.id)],
        )
    post(database, keys, (1, "answer", ANSWER), (1, "not yet", ANSWER))
    taken = take(database)
    with database.reading() as session:
        found = sorted(outbox.undecided(session))
    assert found == sorted((p.id, p.urgency, p.copy_id) for p in taken)
    assert {copy_id for _, _, copy_id in found} == {None, copy.id}


def test_a_forwarded_message_goes_to_the_new_number(database: Database, keys: Keyring) -> None:
    post(database, keys, (-5, "hello", ANSWER))
    (parcel,) = take(database)
    with database.writing() as session:
        outbox.forward(session, parcel, chat=-100, keys=keys, now=NOON)
    (moved,) = take(database)
    assert moved.chat_hash == keys.lookup(-100)
    assert outbox.unpack(moved, keys=keys).chat == -100
    assert texts([moved], keys) == ["hello"]


def test_a_letter_comes_out_as_it_went_in(database: Database, keys: Keyring) -> None:
    letter = Letter(
        chat=1,
        words=Rendered(
            "<b>表</b> 👍",
            [[("是", "p:1:2:take:yes")]],
            protected=True,
            paper=Paper("表.docx", b"\0"),
        ),
        edit=7,
        buttons_only=True,
    )
    with database.writing() as session:
        outbox.post(session, [outbox.draft(letter, keys=keys, due_at=NOON)])
    (parcel,) = take(database)
    assert outbox.unpack(parcel, keys=keys) == letter
    assert "表".encode() not in parcel.payload


def test_posting_nothing_is_no_harm(database: Database) -> None:
    with database.writing() as session:
        outbox.post(session, [])
        outbox.sent(session, [])
        outbox.put_back(session, [], due_at=NOON)
