"""The glossary has every word of the code, and says it as people read it."""

import inspect
import re
from enum import Enum

import pytest
from sqlmodel import SQLModel

from dialogs import vocabulary
from dialogs.messages import plain_words
from dialogs.rules import access, anonymity
from dialogs.rules.access import Reach
from dialogs.vocabulary import (
    FindingState,
    KeptFor,
    Language,
    ReminderStage,
    Shortfall,
)
from storage import tables
from tests.house.places import read

NEVER_SAID = (
    FindingState,
    KeptFor,
    Reach,
    ReminderStage,
    Shortfall,
)  # said in sentences only
ROW = re.compile(r"^\| (?P<chinese>[^|]+) \| `(?P<name>\w+)` \| (?P<what>[^|]+) \|(?P<more>.*)$")
MEMBER = re.compile(r"`(\w+)` ([^·|]+?)(?= ·| \|)")


def sets() -> list[type[Enum]]:
    """List the closed sets."""
    return [
        one
        for module in (vocabulary, access, anonymity)
        for one in vars(module).values()
        if inspect.isclass(one) and issubclass(one, Enum) and one.__module__ == module.__name__
        if list(one)
    ]


def tables_of() -> list[type[SQLModel]]:
    """List the tables."""
    return [
        one
        for one in vars(tables).values()
        if inspect.isclass(one)
        and issubclass(one, SQLModel)
        and one.__module__.startswith(tables.__name__)
    ]


def rows() -> dict[str, re.Match[str]]:
    found = (ROW.match(line) for line in read("docs/glossary.md").splitlines())
    return {row["name"]: row for row in found if row}


def chinese_of(one: type) -> str:
    """Read the Chinese word off a docstring."""
    return (one.__doc__ or "").partition(":")[0]


@pytest.mark.parametrize("one", [*sets(), *tables_of()], ids=lambda one: one.__name__)
def test_every_set_and_table_has_its_word(one: type) -> None:
    assert one.__name__ in rows()
    assert rows()[one.__name__]["chinese"] == chinese_of(one)


@pytest.mark.parametrize("one", sets(), ids=lambda one: one.__name__)
def test_every_member_has_its_word(one: type[Enum]) -> None:
    listed = dict(MEMBER.findall(rows()[one.__name__]["more"]))
    assert listed.keys() == set(one.__members__)


@pytest.mark.parametrize(
    "one", [one for one in sets() if one not in NEVER_SAID], ids=lambda one: one.__name__
)
def test_a_member_is_said_in_the_chat_as_the_glossary_has_it(one: type[Enum]) -> None:
    listed = dict(MEMBER.findall(rows()[one.__name__]["more"]))
    for member in one:
        assert plain_words(member, Language.ZH_HANT).endswith(listed[member.name])


@pytest.mark.parametrize("one", NEVER_SAID, ids=lambda one: one.__name__)
def test_what_is_never_said_alone_has_no_sentence(one: type[Enum]) -> None:
    with pytest.raises(KeyError):
        plain_words(next(iter(one)), Language.ZH_HANT)


def test_every_table_stands_with_its_name_in_the_database() -> None:
    for table in tables_of():
        assert f"`{table.__tablename__}`" in rows()[table.__name__]["more"]
