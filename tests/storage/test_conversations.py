"""An unfinished dialogue is sealed, found by its chat, and one of a chat's is the current one."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from nacl.exceptions import CryptoError
from sqlmodel import select

from dialogs.engine import Draft
from dialogs.facts import Intake, Interrupted, Nothing, NoticeTold
from dialogs.rules.access import Action
from storage import conversations
from storage.conversations import CONFIDENTIAL_LASTS, Talk
from storage.database import Database
from storage.sealing import Keyring
from storage.tables import Conversation
from tests.builders.people import NOON

SECRET = "夜半搬糧"
DRAFT = Draft({"complaint.account": SECRET, "n": [1, None]}, {"k": "v"}, "at", ("a",), 2)


def save(
    database: Database, keys: Keyring, talk: Talk, *, chat: str = "chat", now: datetime = NOON
) -> None:
    with database.writing() as session:
        conversations.save(session, [(chat, talk)], keys=keys, now=now)


def load(
    database: Database, keys: Keyring, *, chat: str = "chat", now: datetime = NOON
) -> dict[Action, Talk]:
    with database.reading() as session:
        talks = conversations.load(session, [chat], keys=keys, now=now).get(chat, ())
    return {talk.action: talk for talk in talks}


def test_a_dialogue_comes_back_as_it_was_left(database: Database, keys: Keyring) -> None:
    talk = Talk(Action.LODGE, "", Intake([], [])).at(DRAFT)
    save(database, keys, talk)
    found = load(database, keys)[Action.LODGE]
    assert (found.id, found.action, found.subject) == (talk.id, talk.action, talk.subject)
    assert (found.draft, found.told, found.current) == (DRAFT, Intake([], []), True)


def test_no_word_of_an_answer_is_kept_in_clear(database: Database, keys: Keyring) -> None:
    save(database, keys, Talk(Action.LODGE, "", Intake([], [])).at(DRAFT))
    with database.reading() as session:
        row = session.exec(select(Conversation)).one()
    assert SECRET.encode() not in row.draft
    assert b"account" not in row.draft
    with pytest.raises(CryptoError):
        Keyring.of(b"x" * 32).unseal(row.draft, conversations.about(row.id))


def test_confidential_dialogues_of_every_kind_lie_there_alike(
    database: Database, keys: Keyring
) -> None:
    confidential = [
        *(Talk(Action.LODGE, "", Intake([], [])), Talk(Action.ASK_AFTER, "", Nothing())),
        Talk(Action.OBJECT, "b" * 32, NoticeTold(UUID(int=1), "公示", [])),
    ]
    for talk in confidential:
        for chat in ("chat", "another"):
            save(database, keys, replace(talk, id=uuid4()).at(DRAFT), chat=chat)
    with database.reading() as session:
        rows = session.exec(select(Conversation)).all()
    assert {row.action for row in rows} == {conversations.VEILED}
    assert len({row.subject for row in rows}) == 6, "and none can be told to be as another chat's"
    assert len({len(row.draft) for row in rows}) == 1, "nor does their length tell"
    found = load(database, keys)
    assert {(one.action, one.subject) for one in found.values()} == {
        (talk.action, talk.subject) for talk in confidential
    }


def test_a_confidential_dialogue_of_an_older_version_is_left_to_expire(
    database: Database, keys: Keyring
) -> None:
    talk = Talk(Action.ASK_AFTER, "", Nothing()).at(Draft())
    save(database, keys, talk)
    told_and_draft = b'{}\n{"answers":{},"kept":{},"at":"","picked":[],"page":0}'
    with database.writing() as session:
        row = session.exec(select(Conversation)).one()
        row.action, row.subject = "ask_after", ""
        row.draft = keys.seal(told_and_draft, conversations.about(row.id))
    assert load(database, keys) == {}
    anew = replace(talk, id=uuid4())
    save(database, keys, anew)
    assert load(database, keys)[Action.ASK_AFTER].id == anew.id


def test_a_dialogue_of_an_action_that_is_no_more_is_left_out(
    database: Database, keys: Keyring
) -> None:
    save(database, keys, Talk(Action.LANGUAGE, "", Interrupted()).at(DRAFT))
    with database.writing() as session:
        session.exec(select(Conversation)).one().action = "abolished"
    assert load(database, keys) == {}


def test_a_sealed_dialogue_opens_only_in_its_own_row(database: Database, keys: Keyring) -> None:
    one, other = (Talk(Action.LANGUAGE, subject, Interrupted()).at(DRAFT) for subject in "ab")
    save(database, keys, one)
    save(database, keys, other)
    with database.writing() as session:
        rows = session.exec(select(Conversation)).all()
        rows[0].draft, rows[1].draft = rows[1].draft, rows[0].draft
    assert load(database, keys) == {}


def test_a_confidential_dialogue_ends_by_itself_and_others_do_not(
    database: Database, keys: Keyring
) -> None:
    save(database, keys, Talk(Action.LODGE, "", Intake([], [])).at(DRAFT))
    save(database, keys, Talk(Action.LANGUAGE, "", Interrupted()).at(DRAFT))
    just_before = NOON + CONFIDENTIAL_LASTS - timedelta(seconds=1)
    assert set(load(database, keys, now=just_before)) == {Action.LODGE, Action.LANGUAGE}
    over = NOON + CONFIDENTIAL_LASTS
    assert set(load(database, keys, now=over)) == {Action.LANGUAGE}
    with database.writing() as session:
        conversations.forget_expired(session, now=over)
    with database.reading() as session:
        assert [row.action for row in session.exec(select(Conversation))] == ["language"]


def test_what_has_expired_makes_way_for_a_new_beginning(database: Database, keys: Keyring) -> None:
    save(database, keys, Talk(Action.LODGE, "", Intake([], [])).at(DRAFT))
    later = NOON + CONFIDENTIAL_LASTS
    anew = Talk(Action.LODGE, "", Intake([], [])).at(Draft())
    save(database, keys, anew, now=later)
    assert load(database, keys, now=later)[Action.LODGE].id == anew.id


def test_one_dialogue_of_a_chat_is_current(database: Database, keys: Keyring) -> None:
    save(database, keys, Talk(Action.LODGE, "", Intake([], [])).at(DRAFT))
    save(database, keys, Talk(Action.LODGE, "", Intake([], [])).at(DRAFT), chat="another")
    save(database, keys, Talk(Action.LANGUAGE, "", Interrupted()).at(DRAFT))
    found = load(database, keys)
    assert [a for a, talk in found.items() if talk.current] == [Action.LANGUAGE]
    assert load(database, keys, chat="another")[Action.LODGE].current
    save(database, keys, found[Action.LODGE].at(Draft()))
    assert [a for a, t in load(database, keys).items() if t.current] == [Action.LODGE]


def test_a_dialogue_saved_again_takes_its_own_place(database: Database, keys: Keyring) -> None:
    talk = Talk(Action.LANGUAGE, "", Interrupted()).at(Draft())
    save(database, keys, talk)
    save(database, keys, talk.at(DRAFT))
    assert load(database, keys)[Action.LANGUAGE].draft == DRAFT


def test_a_dialogue_that_is_over_is_forgotten(database: Database, keys: Keyring) -> None:
    talk = Talk(Action.LANGUAGE, "", Interrupted()).at(DRAFT)
    save(database, keys, talk)
    with database.writing() as session:
        conversations.end(session, [talk.id])
    assert load(database, keys) == {}
