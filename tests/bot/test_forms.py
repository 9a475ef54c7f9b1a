"""The command line checks, plays and exports questionnaires."""

import json
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from bot.commands import app
from storage.database import Database
from storage.migrations import upgrade
from storage.tables import QuestionnaireAnswer
from tests.builders.questionnaires import faulty_roads, roads

LINES = "no\nholes,short\nyes\n橋頭\n30\n否\n\n"


def run(*arguments: str, code: int = 0, typed: str = "") -> str:
    """Run the program; give what it printed, on both ways out."""
    result = CliRunner().invoke(app, ["form", *arguments], input=typed)
    assert result.exit_code == code, result.output
    return result.output


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The questionnaire about roads, on disk."""
    path = tmp_path / "roads.xlsx"
    path.write_bytes(roads())
    return path


def test_a_form_in_order_is_said_to_be(file: Path) -> None:
    assert run("check", str(file)) == "roads.xlsx: 村道問卷 1, 5 questions\n"


def test_every_fault_is_a_line(tmp_path: Path) -> None:
    path = tmp_path / "roads.xlsx"
    path.write_bytes(faulty_roads())
    lines = run("check", str(path), "--language", "en", code=1).splitlines()
    assert [line[:37] for line in lines] == [
        "Sheet “survey”, row 9, column “type”:",
        "Sheet “survey”, row 10, column “relev",
    ]


def test_a_file_that_is_not_there_is_another_matter(tmp_path: Path) -> None:
    assert "No such file" in run("check", str(tmp_path / "none.xlsx"), code=2)


def test_a_script_plays_a_form(file: Path, tmp_path: Path) -> None:
    answers = tmp_path / "answers.txt"
    answers.write_text(LINES, encoding="utf-8")
    result = CliRunner().invoke(app, ["form", "play", str(file), "--answers", str(answers)])
    assert json.loads(result.stdout) == {
        "fixed": "no",
        "wrongs": ["holes", "short"],
        "places": [{"place": "橋頭", "metres": 30}],
        "words": None,
    }
    assert "村裡的路修好了嗎？" in result.stderr


def test_a_script_is_told_where_it_went_wrong(file: Path, tmp_path: Path) -> None:
    answers = tmp_path / "answers.txt"
    answers.write_text("maybe\n", encoding="utf-8")
    said = run("play", str(file), "--answers", str(answers), "--language", "en", code=1)
    assert "Answer 1 is refused" in said
    answers.write_text("no\n", encoding="utf-8")
    said = run("play", str(file), "--answers", str(answers), "--language", "en", code=1)
    assert "No answer is left for: What is wrong?" in said


def test_somebody_at_a_terminal_is_asked_again_and_goes_back(file: Path) -> None:
    said = run("play", str(file), typed="maybe\n2\n<\n修好了\n\n")
    assert '"fixed": "yes"' in said


def test_answers_are_exported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path / 'qingfeng.db'}"
    monkeypatch.setenv("QINGFENG_DATABASE_URL", url)
    monkeypatch.setenv("QINGFENG_DATA_DIR", str(tmp_path))
    out = tmp_path / "out.xlsx"
    assert "Nobody has answered" in run("export", "satisfaction", str(out), code=2)
    database = Database(url)
    upgrade(database)
    with database.writing() as session:
        for version in ("0", "1"):
            given = {"overall": "five", "papers": {"beyond": ["fee"]}, "gone": "x"}
            session.add(
                QuestionnaireAnswer(
                    form="satisfaction",
                    version=version,
                    answered_on=date(2026, 3, 2),
                    answers=given,
                )
            )
    database.close()
    assert "2 answers" in run("export", "satisfaction", str(out))
    book = openpyxl.load_workbook(BytesIO(out.read_bytes()))
    assert book.sheetnames == ["satisfaction-0", "satisfaction-1"]
    header, row = book["satisfaction-0"].iter_rows(values_only=True)
    found = dict(zip(header, row, strict=True))
    assert found["papers/beyond"] == "fee"
    assert (found["papers/beyond/fee"], found["papers/beyond/gift"]) == (1, 0)
    assert (found["overall"], found["gone"], header[-1]) == ("five", "x", "gone")
