"""The survey sheet, row by row, as what a questionnaire asks and says."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from dialogs.xlsform import cells
from dialogs.xlsform.cells import BadType, Sort, Type
from dialogs.xlsform.faults import What, nearest
from dialogs.xlsform.form import (
    Calculation,
    Choice,
    Group,
    Item,
    Note,
    Question,
    Repeat,
    Scale,
    Wording,
)
from dialogs.xlsform.kinds import Kind
from dialogs.xlsform.nodes import Path
from dialogs.xlsform.notebook import Notebook
from dialogs.xlsform.sheets import Row

DEEPEST = 10  # groups within groups
RESERVED = frozenset({"meta", "xlsform"})
REFUSED_COLUMNS = ("save_to", "trigger")
PARAMETERS_FOR = frozenset({Kind.IMAGE, Kind.AUDIO, Kind.TEXT, Kind.VIDEO, Kind.RANGE})

# What or_other adds, in the words of the standard and ours.
OTHER = Wording((("zh-Hant", "其他"), ("en", "Other")))
SPECIFY = Wording((("zh-Hant", "請寫明是什麼："), ("en", "Please specify:")))


@dataclass
class SurveyReader:
    """Reads the rows of a survey sheet, given the lists of choices."""

    notes: Notebook
    lists: dict[str, tuple[Choice, ...]]
    rows: deque[Row]

    def items(self, above: Path, opened: tuple[Row, Sort] | None) -> tuple[Item, ...]:
        """Read rows up to the end of what was opened."""
        found: list[Item] = []
        if len(above) > DEEPEST and opened:
            self.notes.fault(opened[0], "type", What.TOO_DEEP, most=DEEPEST)
            self.notes.findings.settle()
        while self.rows:
            row = self.rows.popleft()
            type_ = self.type(row)
            if type_ and type_.sort is Sort.END:
                if self.closes(row, type_, opened):
                    return tuple(found)
            elif type_ and (item := self.item(row, type_, above)):
                found.append(item)
                if type_.other:
                    found.append(self.in_words(row, item, above))
        if opened:
            self.notes.fault(opened[0], "type", What.UNCLOSED, type=opened[0].get("type"))
        return tuple(found)

    def closes(self, row: Row, type_: Type, opened: tuple[Row, Sort] | None) -> bool:
        """Tell whether an end closes what is open; it does even if it names the other sort."""
        if opened is None:
            self.notes.fault(row, "type", What.NOT_OPEN, type=row.get("type"))
            return False
        if opened[1] is not type_.ends:
            begun, number = opened[0].get("type"), opened[0].number
            self.notes.fault(
                row, "type", What.WRONG_END, type=row.get("type"), begun=begun, number=number
            )
        return True

    def type(self, row: Row) -> Type | None:
        """Understand a row's type; None if it has none to speak of."""
        cell = row.get("type")
        if not cell:
            if row.get("name") or row.wording("label", self.notes.own):
                self.notes.fault(row, "type", What.MISSING_CELL)
            return None
        try:
            return cells.read_type(cell)
        except BadType as bad:
            known = [*cells.KINDS, *cells.OTHERS, "select_one", "select_multiple"]
            meant = nearest(cell.lower(), known, likeness=0.5)
            if bad.what is What.UNKNOWN_TYPE and meant:
                self.notes.fault(row, "type", What.MISSPELT_TYPE, type=cell, meant=meant)
            else:
                self.notes.fault(row, "type", bad.what, type=cell)
            self.notes.names.enter(row.get("name"), (), row.number)
            return None

    def item(self, row: Row, type_: Type, above: Path) -> Item | None:
        """Read what a row asks or says."""
        name = self.name(row, type_, above)
        path = (*above, name)
        label, relevant = self.notes.wording(row, "label"), self.notes.condition(row, "relevant")
        self.columns_of(row, type_)
        match type_.sort:
            case Sort.GROUP | Sort.REPEAT:
                return self.container(row, type_, path, label, relevant)
            case Sort.TODAY:
                self.notes.names.calculate(name, [relevant], row)
                return Calculation(name=name, relevant=relevant, formula="today()")
            case Sort.BEGUN | Sort.METADATA:
                return self.unseen(row, type_, name)
            case Sort.HIDDEN:
                return self.hidden(row, name, relevant)
            case Sort.CALCULATION:
                return self.calculation(row, name, relevant)
            case _:
                return self.asked(row, type_, name, label, relevant)

    def container(self, row: Row, type_: Type, path: Path, label: Wording, relevant: str) -> Group:
        """Read a group or a repeat with all that is in it."""
        count = self.notes.expression(row, "repeat_count") if type_.sort is Sort.REPEAT else ""
        self.notes.names.open(relevant)
        items = self.items(path, (row, type_.sort))
        self.notes.names.close()
        if type_.sort is Sort.GROUP:
            return Group(name=path[-1], label=label, relevant=relevant, items=items)
        return Repeat(name=path[-1], label=label, relevant=relevant, items=items, count=count)

    def calculation(self, row: Row, name: str, relevant: str) -> Calculation:
        """Read a calculation."""
        source = self.notes.expression(row, "calculation", calculates=name)
        if not row.get("calculation"):
            self.notes.fault(row, "calculation", What.MISSING_CELL)
        self.notes.names.calculate(name, [source, relevant], row)
        return Calculation(name=name, relevant=relevant, formula=source or "''")

    def unseen(self, row: Row, type_: Type, name: str) -> Calculation:
        """Read what would note something behind the answerer's back: it stays empty.

        When it was filled in is known to expressions by the day, and not kept either.
        """
        what = What.METADATA if type_.sort is Sort.METADATA else What.BEGUN
        self.notes.remark(row, "type", what, type=row.get("type"))
        self.notes.names.calculate(name, [], row)
        source = "today()" if type_.sort is Sort.BEGUN else "''"
        return Calculation(name=name, formula=source, kept=False)

    def hidden(self, row: Row, name: str, relevant: str) -> Calculation:
        """Read a value nobody sees: what is calculated, or the default."""
        source = self.notes.expression(row, "calculation", calculates=name)
        if not row.get("calculation"):
            source = self.default(row, Type(Sort.HIDDEN))
        self.notes.names.calculate(name, [source, relevant], row)
        return Calculation(name=name, relevant=relevant, formula=source or "''")

    def in_words(self, row: Row, asked: Item, above: Path) -> Question:
        """Add the question that lets another choice be written out, as or_other wants it."""
        name = f"{asked.name}_other"
        if self.notes.names.enter(name, above, row.number):
            self.notes.fault(row, "type", What.OTHER_NAMED, name=name)
        return Question(
            name=name,
            label=SPECIFY,
            relevant=f"selected(${{{asked.name}}}, 'other')",
            kind=Kind.TEXT,
            required="true()",
        )

    def asked(self, row: Row, type_: Type, name: str, label: Wording, relevant: str) -> Item | None:
        """Read a question or a note."""
        hint = self.notes.wording(row, "hint")
        if not label and not hint:
            self.notes.fault(row, "label", What.MISSING_LABEL)
        heads = type_.choices and "label" in row.get("appearance").split()  # of a table of choices
        shown = row.get("read_only").lower() in cells.YES
        told = shown and type_.kind is Kind.TEXT and not row.get("default")
        if type_.sort is Sort.NOTE or heads or told:
            return Note(name=name, label=label, relevant=relevant, hint=hint)
        if shown:
            self.notes.fault(row, "read_only", What.READ_ONLY)
        if row.get("calculation"):
            self.notes.fault(row, "calculation", What.CALCULATED_QUESTION)
        return Question(
            name=name,
            label=label,
            relevant=relevant,
            kind=type_.kind,
            hint=hint,
            required=self.notes.condition(row, "required"),
            required_message=self.notes.wording(row, "required_message"),
            constraint=self.notes.expression(row, "constraint", own=True),
            constraint_message=self.notes.wording(row, "constraint_message"),
            default=self.default(row, type_),
            choices=self.list(row, type_),
            choice_filter=self.choice_filter(row, type_),
            scale=self.scale(row, type_),
        )

    def name(self, row: Row, type_: Type, above: Path) -> str:
        """Read a name, which must be new among its neighbours; notes may do without one."""
        name = row.get("name")
        if not name and type_.sort is not Sort.NOTE:
            self.notes.fault(row, "name", What.MISSING_CELL)
        elif name and not cells.NAME.fullmatch(name):
            self.notes.fault(row, "name", What.BAD_NAME, name=name)
        elif not above and name in RESERVED:
            self.notes.fault(row, "name", What.RESERVED_NAME, name=name)
        name = name or f"row_{row.number}"
        before = self.notes.names.enter(name, above, row.number)
        if before:
            self.notes.fault(row, "name", What.DUPLICATE_NAME, name=name, other=before)
        return name

    def default(self, row: Row, type_: Type) -> str:
        """Read a default."""
        names = tuple(choice.name for choice in self.lists.get(type_.choices, ()))
        try:
            source = cells.default(row.get("default"), type_.kind, names)
        except ValueError:
            self.notes.fault(row, "default", What.DEFAULT, default=row.get("default"))
            return ""
        return self.notes.expression(row, "default") if source == row.get("default") else source

    def list(self, row: Row, type_: Type) -> str:
        """Check that a list of choices exists and can be chosen from."""
        if not type_.choices:
            return ""
        if type_.choices not in self.lists:
            meant = nearest(type_.choices, self.lists, likeness=0.6)
            what = What.MISSPELT_LIST if meant else What.UNKNOWN_LIST
            self.notes.fault(row, "type", what, list=type_.choices, meant=meant)
        blank = [c.name for c in self.lists.get(type_.choices, ()) if len(c.name.split()) > 1]
        if blank and type_.kind in (Kind.SELECT_MULTIPLE, Kind.RANK):
            self.notes.fault(row, "type", What.BLANK_IN_CHOICE, list=type_.choices, name=blank[0])
        return self.with_other(type_.choices) if type_.other else type_.choices

    def with_other(self, name: str) -> str:
        """Give a list with one choice more, unless it has that choice already."""
        choices = self.lists.get(name, ())
        if any(choice.name == "other" for choice in choices):
            return name
        self.lists[f"{name} or_other"] = (*choices, Choice("other", OTHER))
        return f"{name} or_other"

    def scale(self, row: Row, type_: Type) -> Scale | None:
        """Read what a range goes from and to."""
        if type_.kind is not Kind.RANGE:
            return None
        try:
            return cells.read_scale(row.get("parameters"))
        except (ValueError, ArithmeticError):
            self.notes.fault(row, "parameters", What.RANGE)
            return None

    def choice_filter(self, row: Row, type_: Type) -> str:
        """Read a filter, which may read the columns of its list."""
        choices = self.lists.get(type_.choices, ())
        known = frozenset(name for choice in choices for name, _ in choice.columns)
        return self.notes.expression(row, "choice_filter", columns=known) if choices else ""

    def columns_of(self, row: Row, type_: Type) -> None:
        """Refuse what a row says in columns that cannot be honoured."""
        if cells.SEARCH.search(row.get("appearance")):
            self.notes.fault(row, "appearance", What.FROM_FILE, type=row.get("appearance"))
        for column in REFUSED_COLUMNS:
            if row.get(column):
                self.notes.fault(row, column, What.UNSUPPORTED_COLUMN)
        if row.get("parameters") and type_.kind not in PARAMETERS_FOR:
            self.notes.remark(row, "parameters", What.PARAMETERS)
        self.notes.media(row, "survey")
