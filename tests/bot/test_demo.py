"""The demo's township: a part for every side, a public channel and a group."""

from pathlib import Path

import pytest
from sqlmodel import select

from bot.demo import CALLS, CHANNEL, CHECKS, GROUP, JOINS, LODGES, VILLAGERS, channel_of, seed
from bot.demo_letters import ACCOUNT, PASSPHRASE
from bot.opening import books
from bot.playground.telegram import Telegram
from bot.settings import Settings
from dialogs.vocabulary import MatterState
from storage.tables import Case, Matter, Person
from storage.vault import cases, keys


@pytest.fixture(scope="module")
def telegram(tmp_path_factory: pytest.TempPathFactory) -> Telegram:
    telegram = Telegram()
    with books(Settings(data_dir=tmp_path_factory.mktemp("demo"))) as opened:
        seed(telegram, opened)
    return telegram


def test_one_of_each_side_is_suggested_with_what_to_try(telegram: Telegram) -> None:
    suggested = {person.tries: person for person in telegram.people.values() if person.tries}
    assert set(suggested) == {JOINS, CHECKS, LODGES, CALLS}
    assert suggested[JOINS].link
    assert suggested[CHECKS].started
    assert suggested[LODGES].note == "村民"
    assert "鎮紀委" in suggested[CALLS].note


def test_a_note_says_nothing_that_joining_would_make_untrue(telegram: Telegram) -> None:
    assert not any("加入" in person.note for person in telegram.people.values())


def test_everybody_reads_the_public_channel(telegram: Telegram) -> None:
    channel = telegram.chats[int(channel_of(telegram))]
    assert (channel.title, channel.type) == (CHANNEL, "channel")
    assert channel.member_ids == list(telegram.people)


def test_villagers_and_cadres_of_a_village_are_in_a_group(telegram: Telegram) -> None:
    group = next(chat for chat in telegram.chats.values() if chat.type == "group")
    members = [telegram.people[one] for one in group.member_ids]
    assert group.title == GROUP
    assert {person.first_name for person in members} >= {*VILLAGERS}
    assert any("上河村" in person.note for person in members)


def test_two_matters_can_be_asked_after(tmp_path: Path) -> None:
    with books(Settings(data_dir=tmp_path)) as opened:
        seed(Telegram(), opened)
        with opened.database.reading() as session:
            states = {one.number: one.state for one in session.exec(select(Matter)).all()}
    assert states == {"QNGF2345": MatterState.STOPPED, "QNGF6789": MatterState.UNDER_WAY}


def test_the_commission_opens_a_letter_with_the_passphrase_its_notes_tell(tmp_path: Path) -> None:
    telegram = Telegram()
    with books(Settings(data_dir=tmp_path)) as opened:
        seed(telegram, opened)
        told = [one.first_name for one in telegram.people.values() if PASSPHRASE in one.note]
        assert len(told) >= 3
        with opened.database.reading() as session:
            case = session.exec(select(Case)).one()
            for name in told:
                person = session.exec(select(Person).where(Person.name == name)).one()
                key = keys.current(session, person.id)
                assert key is not None
                assert key.locked is not None
                private = keys.unlocked(key.id, key.locked, PASSPHRASE, keys=opened.keys)
                (letter,) = cases.opened(session, case, key.id, private)
                assert letter.text == ACCOUNT


def test_a_township_in_use_is_left_as_it_is(tmp_path: Path) -> None:
    used = Telegram()
    used.add_person("王大娘")
    with books(Settings(data_dir=tmp_path)) as opened:
        seed(used, opened)
    assert len(used.people) == 1
    assert channel_of(used) == ""
