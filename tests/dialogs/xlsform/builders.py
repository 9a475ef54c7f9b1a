"""Workbooks as people write them, and conversations about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from dialogs.engine import Asked, Dialogue, Draft, Ended, advance, resume
from dialogs.prompts import Heard, Json, Pressed, Wrote, reference
from dialogs.speech import Label, Phrase
from dialogs.xlsform.faults import FormFaults
from dialogs.xlsform.form import Form
from dialogs.xlsform.play import FormAnswered, play
from dialogs.xlsform.reading import read_form

TODAY = date(2026, 5, 4)

Cell = str | int | float | bool | date | None
YES_NO = [("yes_no", "yes", "有"), ("yes_no", "no", "沒有")]


def xlsx(sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> bytes:
    """Write a workbook of the given rows."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]  # a new workbook has a sheet
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def survey(
    *rows: Mapping[str, Cell], choices: Sequence[Sequence[Cell]] = (), **settings: Cell
) -> bytes:
    """Write a workbook of questions, in which only what matters is said."""
    columns = list(dict.fromkeys(["type", "name", "label", *(key for row in rows for key in row)]))
    sheets: dict[str, Sequence[Sequence[Cell]]] = {
        "survey": [columns, *([row.get(column) for column in columns] for row in rows)]
    }
    if choices:
        sheets["choices"] = [("list_name", "name", "label"), *choices]
    if settings:
        sheets["settings"] = [list(settings), list(settings.values())]
    return xlsx(sheets)


def q(type_: str, name: str, label: str | None = "?", **columns: Cell) -> Mapping[str, Cell]:
    """Write a row."""
    return {"type": type_, "name": name, "label": label, **columns}


def form_of(
    *rows: Mapping[str, Cell], choices: Sequence[Sequence[Cell]] = (), **settings: Cell
) -> Form:
    """Read a questionnaire of the given rows."""
    return read_form(survey(*rows, choices=choices, **settings), "form")


def faults_of(content: bytes) -> list[tuple[str, int, str, str]]:
    """List what is wrong with a workbook."""
    with pytest.raises(FormFaults) as raised:
        read_form(content, "form")
    return [(f.sheet, f.row, f.column, f.what) for f in raised.value.faults]


class Talk:
    """Somebody answering a questionnaire."""

    def __init__(self, form: Form, *, today: date = TODAY) -> None:
        self.form = form
        self.today = today
        self.turn: Asked | Ended[FormAnswered] = resume(self.begin, Draft())

    def begin(self) -> Dialogue[FormAnswered]:
        return play(self.form, today=self.today)

    @property
    def asked(self) -> Asked:
        assert isinstance(self.turn, Asked)
        return self.turn

    @property
    def key(self) -> str:
        return self.asked.prompt.key

    @property
    def told(self) -> list[Any]:
        return [words(told) for told in self.asked.told]

    @property
    def question(self) -> Any:
        return words(self.asked.prompt.question())

    @property
    def refusal(self) -> Any:
        return words(self.asked.refusal) if self.asked.refusal else None

    def hear(self, heard: Heard) -> Talk:
        turn = advance(self.begin, self.asked.draft, heard, today=self.today)
        assert isinstance(turn, Asked | Ended)
        self.turn = turn
        return self

    def press(self, act: str, code: str = "") -> Talk:
        return self.hear(Pressed(reference(self.key), act, code))

    def say(self, *texts: str) -> Talk:
        for text in texts:
            self.hear(Wrote(text))
        return self

    def take(self, *codes: str) -> Talk:
        for code in codes:
            self.press("take", code)
        return self

    def skip(self) -> Talk:
        return self.press("skip")

    def edit(self, key: str) -> Talk:
        return self.press("edit", reference(key))

    def send(self) -> dict[str, Json]:
        self.press("send")
        assert isinstance(self.turn, Ended)
        return dict(self.turn.event.answers)


def words(said: Any) -> Any:
    """Read what is said: a text, texts by language, or a message's key with its values."""
    match said:
        case Label(texts):
            return next(iter(texts.values())) if len(texts) == 1 else dict(texts)
        case Phrase(key, values):
            return (key, *(words(value) for value in values.values())) if values else key
        case _:
            return said


def talk(*rows: Mapping[str, Cell], choices: Sequence[Sequence[Cell]] = ()) -> Talk:
    """Begin a conversation about some questions."""
    return Talk(form_of(*rows, choices=choices))
