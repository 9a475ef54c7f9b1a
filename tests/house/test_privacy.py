"""docs/privacy.md is written from the rows the bot reads out, and the rows tell of every table."""

from collections.abc import Callable, Iterator

import pytest
from sqlmodel import SQLModel

from dialogs.catalogue.privacy import KEPT, LIMITS, Kept
from dialogs.messages import plain_words
from dialogs.speech import Listing, Phrase, Sayable
from dialogs.vocabulary import KeptAs, KeptFor, Language, PrivacyTopic, Reader
from storage import tables  # noqa: F401 - fills the metadata
from storage.lasting import lasting
from tests.house.places import ROOT

PAGE = ROOT / "docs" / "privacy.md"
END = "<!-- end -->"
SAID_APART = (PrivacyTopic.LIMITS, PrivacyTopic.SETTINGS)


def said(what: Sayable) -> str:
    return plain_words(what, Language.EN)


def kept() -> Iterator[str]:
    """Write the tables, a topic each."""
    for topic in PrivacyTopic:
        if topic in SAID_APART:
            continue
        yield f"### {said(topic)} {plain_words(topic, Language.ZH_HANT)}\n"
        yield "| table | what | form | how long | who can open it |\n|---|---|---|---|---|"
        for one in KEPT:
            if one.topic is topic:
                cells = (
                    ", ".join(f"`{table}`" for table in one.tables),
                    said(Phrase(f"kept.{one.name}")),
                    said(Listing(one.form, inline=True)),
                    said(Phrase(f"kept_for.{one.span}", lasting())),
                    said(Listing(one.readers, inline=True)),
                )
                yield f"| {' | '.join(cells)} |"
        yield ""


def limits() -> Iterator[str]:
    """Write what cannot be protected."""
    for name in LIMITS:
        yield f"- {said(Phrase(f'limit.{name}'))}"


@pytest.mark.parametrize(("mark", "write"), [("<!-- kept -->", kept), ("<!-- limits -->", limits)])
def test_the_page_says_what_the_rows_say(
    request: pytest.FixtureRequest, mark: str, write: Callable[[], Iterator[str]]
) -> None:
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(mark)
    written, _, after = rest.partition(END)
    current = "\n\n" + "\n".join(write()).strip() + "\n\n"
    if request.config.getoption("--update"):
        PAGE.write_text(f"{before}{mark}{current}{END}{after}", encoding="utf-8")
        written = current
    assert written == current


def test_every_table_is_told_of_and_none_that_is_not_there() -> None:
    told = {table for one in KEPT for table in one.tables}
    there = set(SQLModel.metadata.tables)
    assert there - told == set(), "add a row to dialogs/catalogue/privacy.py"
    assert told - there == set()


@pytest.mark.parametrize("one", KEPT, ids=lambda one: one.name)
def test_what_is_said_to_be_sealed_or_hashed_has_a_column_for_it(one: Kept) -> None:
    columns = [column for table in one.tables for column in SQLModel.metadata.tables[table].columns]
    if KeptAs.SEALED in one.form:
        assert any(column.type.python_type is bytes for column in columns)
    if KeptAs.HASHED in one.form:
        assert any(column.name.endswith("_hash") for column in columns)
    if KeptAs.UNTIED in one.form:
        people = {key.column.table.name for column in columns for key in column.foreign_keys}
        writes = [column.name for column in columns if "person" in column.name]
        assert "person" not in people or one.name in ("case", "objection")
        assert writes == []


def test_whatever_can_be_said_of_it_is_used() -> None:
    assert {span for one in KEPT for span in [one.span]} == set(KeptFor)
    assert {form for one in KEPT for form in one.form} == set(KeptAs)
    assert {reader for one in KEPT for reader in one.readers} == set(Reader)
    assert {one.topic for one in KEPT} == set(PrivacyTopic) - {*SAID_APART}
