"""Reads a workbook into a questionnaire, or tells everything that is wrong with it."""

from collections import deque
from collections.abc import Mapping

from dialogs.xlsform import cells
from dialogs.xlsform.checking import check
from dialogs.xlsform.choices import read_choices
from dialogs.xlsform.faults import Findings, What, nearest
from dialogs.xlsform.form import Form
from dialogs.xlsform.notebook import Notebook
from dialogs.xlsform.sheets import SPOKEN, Sheet, Workbook, language, read_tables, read_workbook
from dialogs.xlsform.survey import SurveyReader

COLUMNS = (
    *("type", "name", "label", "hint", "guidance_hint", "default", "appearance", "parameters"),
    *("relevant", "constraint", "constraint_message", "required", "required_message"),
    *("calculation", "choice_filter", "repeat_count", "read_only", "trigger", "save_to"),
    *("disabled", "note", "notes", "comment", "comments"),
)


def read_form(content: bytes, name: str) -> Form:
    """Read a questionnaire from an .xlsx file; `name` stands in for a missing form_id.

    Raises FormFaults with all that is wrong.
    """
    findings = Findings()
    return compose(read_workbook(content, findings), name, findings)


def read_markdown(text: str, name: str) -> Form:
    """Read a questionnaire from Markdown tables; `name` stands in for a missing form_id.

    Raises FormFaults with all that is wrong.
    """
    findings = Findings()
    return compose(read_tables(text, findings), name, findings)


def compose(book: Workbook, name: str, findings: Findings) -> Form:
    """Put a questionnaire together from its sheets."""
    if "survey" not in book:
        findings.add("", 0, "", What.MISSING_SHEET, sheet="survey")
        findings.settle()
    survey = book["survey"]
    settings = read_settings(book.get("settings", Sheet("settings")), findings)
    own = language(settings.get("default_language", "")) or first_language(survey)
    examine_headings(survey, findings)
    notes = Notebook(findings, own)
    lists = read_choices(book.get("choices", Sheet("choices")), notes)
    notes.lists = frozenset(lists)
    rows = deque(row for row in survey.rows if row.get("disabled").lower() not in cells.YES)
    items = SurveyReader(notes, lists, rows).items((), None)
    if not items:
        findings.add("survey", 0, "", What.EMPTY)
    check(notes.names, notes.uses, findings)
    findings.settle()
    form_id = settings.get("form_id") or name
    return Form(
        id=form_id,
        version=settings.get("version", ""),
        title=settings.get("form_title") or form_id,
        language=own,
        languages=languages(book, own),
        items=items,
        lists=tuple(lists.items()),
        remarks=tuple(findings.remarks),
    )


def read_settings(sheet: Sheet, findings: Findings) -> Mapping[str, str]:
    """Read the settings sheet, which has one row."""
    row = next(iter(sheet.rows), None)
    if row and row.get("public_key"):
        findings.add("settings", row.number, row.header("public_key"), What.ENCRYPTED)
    return {name: text for (name, _), text in row.cells.items()} if row else {}


def first_language(survey: Sheet) -> str:
    """Take the language of the first label where the form names none as its own."""
    return next((tag for name, tag in survey.headers if name == "label"), "")


def languages(book: Workbook, own: str) -> tuple[str, ...]:
    """List the languages of the texts, the form's own first."""
    tags = [tag for sheet in book.values() for name, tag in sheet.headers if name in SPOKEN]
    return tuple(tag for tag in dict.fromkeys([own, *tags]) if tag)


def examine_headings(survey: Sheet, findings: Findings) -> None:
    """Find headings that are missing, and such as were misspelt."""
    headings = {name: title for (name, _), title in survey.headers.items()}
    if "type" not in headings:
        findings.add("survey", 1, "type", What.MISSING_COLUMN)
        findings.settle()
    for name, title in headings.items():
        meant = nearest(name, COLUMNS, likeness=0.85)
        if name not in COLUMNS and meant:
            findings.add("survey", 1, title, What.MISSPELT_COLUMN, meant=meant)
