"""What cannot be opened is said in a sentence, whatever was to be done."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bot.test_first_invitation import WORKBOOK

TOKEN = "123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K"
NOWHERE = "postgresql://town:hunter2@127.0.0.1:9/qingfeng"
COMMANDS = (
    ("check",),
    ("run",),
    ("import", str(WORKBOOK)),
    ("export", "copy.xlsx"),
    ("invite", "R011"),
)


def qingfeng(
    folder: Path, *words: str, database_url: str = "", **more: str
) -> subprocess.CompletedProcess[str]:
    """Run the program in an empty folder with settings of its own."""
    settings = {"data_dir": "data", "telegram_token": TOKEN, "database_url": database_url, **more}
    named = {f"QINGFENG_{name.upper()}": value for name, value in settings.items()}
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        env={**os.environ, **named},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_database_that_does_not_answer_is_one_sentence(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    said = qingfeng(tmp_path, *words, database_url=NOWHERE)
    assert said.returncode == 2
    (line,) = said.stderr.splitlines()
    assert line.startswith("QINGFENG_DATABASE_URL: no database answers at postgresql+psycopg://")
    assert "hunter2" not in line


def test_a_data_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    tmp_path.joinpath("taken").write_text("a file")
    said = qingfeng(tmp_path, "check", data_dir="taken/data")
    assert said.returncode == 2
    (line,) = said.stderr.splitlines()
    assert line.startswith("QINGFENG_DATA_DIR: the folder taken/data cannot be made")


def test_a_check_that_fails_leaves_nothing_open(tmp_path: Path) -> None:
    said = qingfeng(tmp_path, "check", telegram_api_url="http://127.0.0.1:9")
    assert said.returncode == 2
    (line,) = said.stderr.splitlines()
    assert line.startswith("telegram  ")


def test_a_township_is_told_how_far_its_calendar_is_known_and_that_nobody_can_read_letters(
    tmp_path: Path,
) -> None:
    said = qingfeng(tmp_path, "check", telegram_token="", calendar="taiwan")
    assert said.returncode == 2
    assert "calendar  taiwan, known until 20" in said.stdout
    assert "letters   0 of the commission can read them; below 2 none are taken" in said.stdout
