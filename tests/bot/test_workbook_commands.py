"""The organisation's workbook at the terminal: first what would change, then all or nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from dialogs.documents.roster import RosterAppointment, read_roster, write_roster
from dialogs.vocabulary import Role
from tests.bot.test_first_invitation import WORKBOOK
from tests.builders.program import on_data

Run = Callable[..., CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return lambda *words: on_data(tmp_path / "data", *words)


def test_a_dry_run_says_what_would_change_and_changes_nothing(run: Run) -> None:
    for _again in range(2):
        said = run("import", WORKBOOK, "--dry-run")
        assert said.returncode == 0, said.stderr
        assert "人員 陳立誠（R001）：在崗人員、分管領導、黨委" in said.stdout
        assert "新增（192）" in said.stdout
        assert said.stdout.endswith("Nothing was imported.\n")


def test_the_same_workbook_again_changes_nothing(run: Run) -> None:
    first = run("import", WORKBOOK)
    assert first.stdout.endswith("Imported 22 units, 80 posts, 90 people, 97 appointments.\n")
    assert "和現在的組織一樣" in run("import", WORKBOOK, "--dry-run").stdout


def test_an_export_is_the_workbook_that_was_imported(run: Run, tmp_path: Path) -> None:
    run("import", WORKBOOK)
    copy = tmp_path / "copy.xlsx"
    assert run("export", copy).returncode == 0
    assert copy.read_bytes() == WORKBOOK.read_bytes()
    again = run("export", copy)
    assert again.returncode == 2
    assert "File exists" in again.stderr


def test_every_fault_is_said_and_nothing_is_imported(run: Run, tmp_path: Path) -> None:
    roster = read_roster(WORKBOOK.read_bytes())
    wrong = tmp_path / "wrong.xlsx"
    backwards = RosterAppointment("R001", "Z05-01", date(2026, 3, 2), date(2026, 3, 1))
    nowhere = RosterAppointment("R999", "Z05-01", date(2026, 3, 2))
    more = (*roster.appointments, backwards, nowhere)
    wrong.write_bytes(write_roster(replace(roster, appointments=more)))
    said = run("import", wrong)
    assert said.returncode == 2
    assert "止（2026年3月1日）早於起（2026年3月2日）" in said.stderr
    assert "裡沒有代碼「R999」" in said.stderr
    assert "工作簿有 2 處要改" in said.stderr
    assert "新增（192）" in run("import", WORKBOOK, "--dry-run").stdout


def test_who_has_neither_role_nor_post_is_not_invited(run: Run, tmp_path: Path) -> None:
    roster = read_roster(WORKBOOK.read_bytes())
    gone = replace(roster.people[-1], roles=frozenset({Role.VILLAGER}))
    held = tuple(
        replace(one, end=date(2025, 12, 31)) if one.person == gone.code else one
        for one in roster.appointments
    )
    workbook = tmp_path / "gone.xlsx"
    workbook.write_bytes(
        write_roster(replace(roster, people=(*roster.people[:-1], gone), appointments=held))
    )
    run("import", workbook)
    said = run("invite", gone.code)
    assert said.returncode == 2
    assert "已離任，不能邀請" in said.stderr


def test_how_many_faults_there_are_is_said_before_they_are_listed(run: Run, tmp_path: Path) -> None:
    roster = read_roster(WORKBOOK.read_bytes())
    empty = tmp_path / "empty.xlsx"
    empty.write_bytes(write_roster(replace(roster, people=())))
    said = run("import", empty).stderr.splitlines()
    assert said[0].startswith("工作簿有 1 處要改")
    assert said[1:] == ["「人員」表裡一行都沒有，別的表卻用到它的代碼。請把這張表填好。"]
