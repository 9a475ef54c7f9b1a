"""The example of settings is the settings."""

import re
from enum import Enum
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.settings import Settings, read_settings
from tests.house.places import read

ENTRY = re.compile(r"^# (?P<says>.+)\nQINGFENG_(?P<name>\w+)=(?P<value>.*)$", re.MULTILINE)


def example() -> dict[str, tuple[str, str]]:
    return {
        entry["name"].lower(): (entry["says"], entry["value"])
        for entry in ENTRY.finditer(read(".env.example"))
    }


def written(default: object) -> str:
    """Write a default as a line of settings has it."""
    match default:
        case SecretStr():
            return default.get_secret_value()
        case Enum():
            return str(default.value)
        case None:
            return ""
        case _:
            return str(default)


def test_the_example_lists_every_setting_with_its_meaning_and_default() -> None:
    assert example() == {
        name: (field.description, written(field.default))
        for name, field in Settings.model_fields.items()
    }


def test_the_example_holds_nothing_else() -> None:
    lines = [line for line in read(".env.example").splitlines() if "=" in line]
    assert len(lines) == len(Settings.model_fields)


def test_the_example_is_read_as_the_defaults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"QINGFENG_{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)
    tmp_path.joinpath(".env").write_text(read(".env.example"), encoding="utf-8")
    assert read_settings() == Settings(_env_file=None)
