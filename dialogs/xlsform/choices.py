"""The choices sheet: what may be chosen, list by list."""

from dialogs.xlsform.faults import What
from dialogs.xlsform.form import Choice
from dialogs.xlsform.notebook import Notebook
from dialogs.xlsform.sheets import Row, Sheet


def read_choices(sheet: Sheet, notes: Notebook) -> dict[str, tuple[Choice, ...]]:
    """Read the lists of choices by name."""
    lists: dict[str, dict[str, Choice]] = {}
    known = {name for name, _ in sheet.headers}
    for column in ("list_name", "name"):
        if sheet.rows and column not in known:
            notes.findings.add("choices", 1, column, What.MISSING_COLUMN)
    for row in sheet.rows:
        read_choice(row, lists, notes)
    return {name: tuple(choices.values()) for name, choices in lists.items()}


def read_choice(row: Row, lists: dict[str, dict[str, Choice]], notes: Notebook) -> None:
    """Read one choice into its list."""
    name, belongs = row.get("name"), " ".join(row.get("list_name").split())
    label = row.wording("label", notes.own)
    for column, missing in (("list_name", not belongs), ("name", not name)):
        if missing:
            notes.fault(row, column, What.MISSING_CELL, sheet="choices")
    if not label:
        notes.fault(row, "label", What.MISSING_LABEL, sheet="choices")
    notes.media(row, "choices")
    known = lists.setdefault(belongs, {})
    if name in known:
        notes.fault(row, "name", What.DUPLICATE_CHOICE, sheet="choices", name=name, list=belongs)
    columns = tuple((column, text) for (column, tag), text in row.cells.items() if not tag)
    known[name] = Choice(name, label, columns)
    notes.mentions(label, row, "label", sheet="choices")
