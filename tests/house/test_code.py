"""The style of the house, as far as a machine can see it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.places import ROOT, modules, named, tracked

LONGEST = 400  # lines of a module
LONGER = {
    "dialogs/events.py": "everything that can come of a conversation, side by side",
    "dialogs/facts.py": "everything a dialogue can be told, side by side",
    "dialogs/prompts.py": "every kind of question, side by side",
    "dialogs/rules/access.py": "everything that can be done and who may do it, side by side",
    "dialogs/vocabulary.py": "every word of the trade, side by side",
}
EVERY_MODULE = pytest.mark.parametrize("module", modules(), ids=named)

CLOCKS = {"now", "utcnow", "today", "time"}
READ_A_CLOCK = {
    "bot/commands.py": "`check` says what time it is",
    "bot/clock.py": "the one clock that is handed to everybody",
    "bot/demo.py": "seeds the demo on the day it is begun",
}
UNSEEN = re.compile(
    r"/work/|/tmp/w/|/home/\w"  # somebody's machine
    r"|pypi\.org|pythonhosted|registry\.npmjs|proxy\.golang|index-url"  # where packages come from
)
WHERE_IT_IS_SAID = {"tests/house/test_code.py"}


def calls(module: Path) -> Iterator[str]:
    """List what a module calls on something, as `date.today`."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield f"{ast.unparse(node.func.value)}.{node.func.attr}"


@EVERY_MODULE
def test_a_module_begins_with_its_one_idea(module: Path) -> None:
    idea = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    assert idea.partition("\n")[0].rstrip().endswith("."), "no first line, or no whole sentence"


@EVERY_MODULE
def test_no_module_is_longer_than_it_can_be_read(module: Path) -> None:
    if "versions" in module.parts:
        return  # a migration is written once and read once
    lines = len(module.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST or named(module) in LONGER


@EVERY_MODULE
def test_time_is_handed_in(module: Path) -> None:
    name = named(module)
    if name.startswith("bot/playground/"):
        return  # a Telegram of its own has a clock of its own
    read = {
        call
        for call in calls(module)
        if call.split(".")[-1] in CLOCKS and call.split(".")[-2] in {"datetime", "date", "time"}
    }
    assert not read or name in READ_A_CLOCK


@pytest.mark.parametrize("name", READ_A_CLOCK)
def test_whoever_may_read_a_clock_does(name: str) -> None:
    assert {call.rpartition(".")[2] for call in calls(ROOT / name)} & CLOCKS


@EVERY_MODULE
def test_only_the_channels_have_heard_of_telegram(module: Path) -> None:
    if named(module).startswith("bot/channels/"):
        return
    imported = {
        name
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert not {name for name in imported if name.partition(".")[0] == "telegram"}


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    found = []
    for path in tracked():
        if path.suffix in {".png", ".docx", ".xlsx"} or named(path) in WHERE_IT_IS_SAID:
            continue
        found += [
            f"{named(path)}: {match[0]}"
            for match in UNSEEN.finditer(path.read_text(encoding="utf-8"))
        ]
    assert found == []


def test_no_name_says_nothing() -> None:
    idle = {"utils", "util", "helpers", "helper", "manager", "service", "common", "misc"}
    assert [named(path) for path in modules() if set(path.parts) & idle or path.stem in idle] == []
