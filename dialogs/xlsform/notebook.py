"""What is noted while a workbook is read: its faults, its names, and who speaks of whom."""

from __future__ import annotations

from dataclasses import dataclass, field

from dialogs.xlsform import cells
from dialogs.xlsform.checking import Names, Use
from dialogs.xlsform.expressions import formula
from dialogs.xlsform.faults import Findings, What
from dialogs.xlsform.form import Wording
from dialogs.xlsform.grammar import Wrong
from dialogs.xlsform.sheets import Row

MEDIA = frozenset({"media", "image", "audio", "video", "big-image"})


@dataclass
class Notebook:
    """Reads cells and notes what is to be checked; `own` is the form's own language."""

    findings: Findings
    own: str
    lists: frozenset[str] = frozenset()
    names: Names = field(default_factory=Names)
    uses: list[Use] = field(default_factory=list)

    def fault(
        self, row: Row, column: str, what: What, /, sheet: str = "survey", **values: str | int
    ) -> None:
        """Note a fault at a cell."""
        self.findings.add(sheet, row.number, row.header(column), what, **values)

    def remark(self, row: Row, column: str, what: What, /, **values: str | int) -> None:
        """Note something at a cell that is left out."""
        self.findings.remark("survey", row.number, row.header(column), what, **values)

    def wording(self, row: Row, column: str) -> Wording:
        """Read a text, noting whom it mentions."""
        wording = row.wording(column, self.own)
        self.mentions(wording, row, column)
        return wording

    def mentions(self, wording: Wording, row: Row, column: str, sheet: str = "survey") -> None:
        """Note the answers a text speaks of."""
        found = [name for _, text in wording.texts for name in cells.MENTION.findall(text)]
        if found:
            order = row.number if sheet == "survey" else 0
            self.uses.append(Use(sheet, row, column, frozenset(found), order=order))

    def condition(self, row: Row, column: str) -> str:
        """Read a condition."""
        plain = cells.condition(row.get(column))
        return plain if plain in ("", "true()", "false()") else self.expression(row, column)

    def expression(
        self,
        row: Row,
        column: str,
        *,
        own: bool = False,
        calculates: str = "",
        columns: frozenset[str] | None = None,
    ) -> str:
        """Read an expression, noting whom it mentions; "" if it cannot be used.

        `own` lets it read its own question; `columns` are what it may read of a choice.
        """
        source = row.get(column)
        if not source:
            return ""
        try:
            made = formula(source)
        except Wrong as wrong:
            self.fault(row, column, wrong.what, **wrong.values)
            return ""
        for name in sorted(made.bare - (columns or frozenset())):
            what = What.BARE_NAME if columns is None else What.UNKNOWN_FILTER_COLUMN
            self.fault(row, column, what, name=name)
        for name in sorted(made.instances - self.lists):
            self.fault(row, column, What.UNKNOWN_LIST, list=name)
        order = row.number + own
        self.uses.append(
            Use(
                *("survey", row, column, made.names, made.loose, made.steps),
                calculates=calculates,
                order=order,
            )
        )
        return source

    def media(self, row: Row, sheet: str) -> None:
        """Refuse pictures and sounds that go with a text."""
        for name, tag in row.cells:
            if name.split("::")[0].lower() in MEDIA:
                self.findings.add(sheet, row.number, row.headers[name, tag], What.MEDIA)
