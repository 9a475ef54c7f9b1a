"""/privacy tells what is kept from the schema and the settings that are there."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

from bot.playground.markup import parse_html
from dialogs.catalogue.privacy import KEPT
from dialogs.events import PrivacyAsked
from dialogs.messages import render
from dialogs.speech import Go
from dialogs.vocabulary import Language, PrivacyTopic
from storage.database import Database
from storage.occasion import Occasion
from storage.recorder import record
from storage.sealing import Keyring
from tests.builders.people import NOON, TODAY

EVERY_LANGUAGE = pytest.mark.parametrize("language", Language)


@pytest.fixture
def occasion(keys: Keyring) -> Occasion:
    """A villager nobody knows asks."""
    return Occasion(NOON, TODAY, 1, keys, Language.ZH_HANT, town="清河鎮")


def told(database: Database, occasion: Occasion, topic: PrivacyTopic | None) -> list[str]:
    with database.reading() as session:
        replies = record(PrivacyAsked(topic), session, occasion, None).replies
    return [render(reply, occasion.language).text for reply in replies]


def test_the_first_page_is_in_plain_words_and_offers_every_topic(
    database: Database, occasion: Occasion
) -> None:
    with database.reading() as session:
        (reply,) = record(PrivacyAsked(None), session, occasion, None).replies
    text = render(reply, Language.ZH_HANT).text
    for word in ("您反映問題時", "保護不了的", "12388", "保密", "最多留 2 小時"):
        assert word in text
    buttons = [button.does for row in reply.buttons for button in row]
    assert buttons == [Go("privacy", topic) for topic in PrivacyTopic]


@EVERY_LANGUAGE
def test_every_table_is_told_of_with_form_time_and_readers(
    database: Database, occasion: Occasion, language: Language
) -> None:
    occasion = replace(occasion, language=language)
    pages = [page for topic in PrivacyTopic for page in told(database, occasion, topic)]
    text = "\n".join(pages)
    with database.reading() as session:
        there = set(sa.inspect(session.connection()).get_table_names()) - {"alembic_version"}
    assert there == set(SQLModel.metadata.tables)
    assert [table for table in there if table not in text] == []
    mark = {Language.ZH_HANT: "能打開：", Language.EN: "Can open it: "}[language]
    assert text.count(mark) == len(KEPT)
    for page in pages:
        plain, _ = parse_html(page)
        assert len(plain) < 4_000


def test_the_settings_are_those_it_runs_with(database: Database, occasion: Occasion) -> None:
    (text,) = told(database, occasion, PrivacyTopic.SETTINGS)
    assert ("SQLite" in text) is database.is_sqlite
    assert ("PostgreSQL" in text) is not database.is_sqlite
    for word in ("公開頻道：未設", "清河鎮", "清風 0.", "留 48 小時", "7 天內有效"):
        assert word in text
    assert "沒有說明的表" not in text
    (text,) = told(database, replace(occasion, channel=-100), PrivacyTopic.SETTINGS)
    assert "公開頻道：已設" in text


def test_a_table_nobody_tells_of_is_named(database: Database, occasion: Occasion) -> None:
    with database.writing() as session:
        session.execute(sa.text("CREATE TABLE marker_hidden (id INTEGER)"))
    (text,) = told(database, occasion, PrivacyTopic.SETTINGS)
    assert "沒有說明的表：marker_hidden" in text


@EVERY_LANGUAGE
def test_what_cannot_be_protected_is_said(
    database: Database, occasion: Occasion, language: Language
) -> None:
    (text,) = told(database, replace(occasion, language=language), PrivacyTopic.LIMITS)
    assert "Telegram" in text
    assert "12388" in text
    assert text.count("• ") == 8
