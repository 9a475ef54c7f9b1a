"""The first invitation is made at the terminal, because nobody is there yet to make it."""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dialogs.errors import Refused
from storage import people
from storage.database import Database
from storage.sealing import Keyring, master_key
from tests.house.places import ROOT

WORKBOOK = ROOT / "dialogs" / "catalogue" / "township.xlsx"
CLERK = "R011"  # 何靜怡, the office clerk of the example township


def qingfeng(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the program on a data folder."""
    environment = {**os.environ, "QINGFENG_DATA_DIR": str(folder), "QINGFENG_DATABASE_URL": ""}
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    assert qingfeng(folder, "import", str(WORKBOOK)).returncode == 0
    return folder


def test_the_printed_code_invites_the_person_of_the_workbook(folder: Path) -> None:
    said = qingfeng(folder, "invite", CLERK)
    code = re.search(r"何靜怡 types (\w{12}) ", said.stdout)
    assert code, said.stderr
    database = Database(f"sqlite:///{folder / 'qingfeng.db'}")
    keys = Keyring.of(master_key(folder / "qingfeng.key"))
    try:
        with database.reading() as session:
            _, person = people.invited(session, keys.lookup(code[1]), now=datetime.now(UTC))
            assert person.code == CLERK
            with pytest.raises(Refused):
                people.invited(session, keys.lookup("ABCDEFGHJKMN"), now=datetime.now(UTC))
    finally:
        database.close()


def test_a_code_that_is_in_no_workbook_is_refused_in_words(folder: Path) -> None:
    said = qingfeng(folder, "invite", "R999")
    assert said.returncode == 2
    assert "Nobody has the code R999" in said.stderr
    assert "Traceback" not in said.stderr
