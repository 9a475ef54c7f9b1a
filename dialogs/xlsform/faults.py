"""What keeps a questionnaire from being used, each with its place in the workbook."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import auto

from dialogs.speech import Phrase, Sayable
from dialogs.vocabulary import Word

MOST = 200  # faults; whoever has more has sent the wrong file


class What(Word):
    """What is wrong; each has its sentence under `xlsform.fault.`."""

    TOO_LARGE = auto()
    NOT_XLSX = auto()
    MISSING_SHEET = auto()
    EMPTY = auto()
    TOO_MANY_ROWS = auto()
    BLANK_ROWS = auto()
    ENCRYPTED = auto()
    MISSING_COLUMN = auto()
    DUPLICATE_HEADING = auto()
    DUPLICATE_COLUMN = auto()
    MISSPELT_COLUMN = auto()
    UNSUPPORTED_COLUMN = auto()
    PARAMETERS = auto()
    MEDIA = auto()
    MISSING_CELL = auto()
    FORMULA = auto()
    UNKNOWN_TYPE = auto()
    MISSPELT_TYPE = auto()
    UNSUPPORTED_TYPE = auto()
    METADATA = auto()
    BEGUN = auto()
    FROM_FILE = auto()
    RANGE = auto()
    OTHER_NAMED = auto()
    BAD_NAME = auto()
    RESERVED_NAME = auto()
    DUPLICATE_NAME = auto()
    MISSING_LABEL = auto()
    UNCLOSED = auto()
    NOT_OPEN = auto()
    WRONG_END = auto()
    TOO_DEEP = auto()
    READ_ONLY = auto()
    CALCULATED_QUESTION = auto()
    DEFAULT = auto()
    UNKNOWN_LIST = auto()
    MISSPELT_LIST = auto()
    DUPLICATE_CHOICE = auto()
    BLANK_IN_CHOICE = auto()
    UNKNOWN_FILTER_COLUMN = auto()
    SYNTAX = auto()
    LONG_EXPRESSION = auto()
    NESTED = auto()
    FUNCTION = auto()
    ARGUMENTS = auto()
    PATTERN = auto()
    CHOICE_NAME = auto()
    BARE_NAME = auto()
    UNKNOWN_NAME = auto()
    MISSPELT_NAME = auto()
    AMBIGUOUS_NAME = auto()
    ASKED_LATER = auto()
    RESTS_ON_LATER = auto()
    CIRCULAR = auto()


@dataclass(frozen=True)
class Fault:
    """Something to mend: `values` fill the sentence of `what`.

    `row` is numbered as in the sheet; 0 means the whole sheet, an empty `sheet` the whole file.
    """

    sheet: str
    row: int
    column: str
    what: What
    values: Mapping[str, Sayable] = field(default_factory=dict)

    @property
    def phrase(self) -> Phrase:
        """Say where it is, what is wrong and what to do."""
        what = Phrase(f"xlsform.fault.{self.what.value}", self.values)
        place: dict[str, Sayable] = {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "what": what,
        }
        if not self.sheet:
            return what
        if not self.row:
            return Phrase("xlsform.fault.in_sheet", place)
        return Phrase("xlsform.fault.in_cell" if self.column else "xlsform.fault.in_row", place)


class FormFaults(Exception):  # noqa: N818 - they are the form's, not ours
    """A questionnaire cannot be used; `faults` are all that was found, in order.

    `more` says that after MOST of them the search was given up.
    """

    def __init__(self, faults: Sequence[Fault], *, more: bool = False) -> None:
        super().__init__(
            "; ".join(f"{f.sheet}:{f.row}:{f.column}: {f.what} {dict(f.values)}" for f in faults)
        )
        self.faults = tuple(faults)
        self.more = more


class Findings:
    """Collects faults, so that all are told at once and each once."""

    def __init__(self) -> None:
        self.faults: dict[tuple[str, ...], Fault] = {}
        self.remarks: list[Fault] = []

    def add(self, sheet: str, row: int, column: str, what: What, /, **values: Sayable) -> None:
        """Note a fault."""
        same = (sheet, str(row), column, what, *map(str, values.values()))
        self.faults[same] = Fault(sheet, row, column, what, values)
        if len(self.faults) >= MOST:
            self.settle()

    def remark(self, sheet: str, row: int, column: str, what: What, /, **values: Sayable) -> None:
        """Note something that is left out and does no harm."""
        self.remarks.append(Fault(sheet, row, column, what, values))

    def settle(self) -> None:
        """Raise what was found, if anything."""
        if self.faults:
            order = {"": 0, "settings": 1, "survey": 2, "choices": 3}
            raise FormFaults(
                sorted(self.faults.values(), key=lambda fault: (order[fault.sheet], fault.row)),
                more=len(self.faults) >= MOST,
            )


def nearest(word: str, known: Iterable[str], *, likeness: float) -> str:
    """Find what was perhaps meant; among very many names nothing is looked for."""
    names = list(known)
    near = get_close_matches(word[:100], names, n=1, cutoff=likeness) if len(names) < 300 else []
    return near[0] if near else ""
