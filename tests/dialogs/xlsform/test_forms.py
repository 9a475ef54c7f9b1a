"""Questionnaires as others write them for ODK and Kobo run, or are refused by row and column."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot import terminal
from dialogs.messages import plain_words
from dialogs.vocabulary import Language
from dialogs.xlsform.faults import FormFaults
from dialogs.xlsform.form import Form
from dialogs.xlsform.reading import read_markdown

FORMS = Path(__file__).parent / "forms"
PLAYED = sorted(file.stem for file in FORMS.glob("*.txt"))
TODAY = date(2026, 3, 2)


def form(name: str) -> Form:
    return read_markdown((FORMS / f"{name}.md").read_text(encoding="utf-8"), name)


@pytest.mark.parametrize("name", PLAYED)
def test_a_form_is_played_to_its_answers(name: str, golden: Callable[[Path, str], None]) -> None:
    lines = (FORMS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    given = terminal.play(
        form(name), today=TODAY, language=Language.ZH_HANT, lines=iter(lines), strict=True
    )
    golden(FORMS / f"{name}.json", json.dumps(given, ensure_ascii=False, indent=2) + "\n")


@pytest.mark.parametrize("name", ["unfit"])
def test_what_a_chat_cannot_do_is_refused_cell_by_cell(
    name: str, golden: Callable[[Path, str], None]
) -> None:
    with pytest.raises(FormFaults) as raised:
        form(name)
    lines = [plain_words(fault.phrase, Language.EN) for fault in raised.value.faults]
    golden(FORMS / f"{name}.faults", "\n".join([*lines, ""]))


def test_what_would_note_the_answerer_is_left_out_and_said() -> None:
    remarks = [(one.row, one.what.value) for one in form("clinic").remarks]
    assert remarks == [(2, "metadata"), (3, "metadata"), (5, "parameters")]
    given = json.loads((FORMS / "clinic.json").read_text(encoding="utf-8"))
    assert not {"phone", "audit", "start", "end", "device", "user"} & given.keys()
