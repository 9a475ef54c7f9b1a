"""What is wrong in a workbook, cell by cell, so that everything can be mended at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dialogs.errors import Refused
from dialogs.speech import Listing, Phrase, Sayable

SHOWN = 20  # faults named in one message


@dataclass(frozen=True)
class Fault:
    """One thing wrong: where, and the message that says what it is and what to do.

    `sheet` is "" when the whole file is at fault, `row` 0 when a whole sheet is, `column` ""
    when a whole row or sheet is.
    """

    sheet: str
    row: int
    column: str
    key: str
    values: Mapping[str, Sayable] = field(default_factory=dict)

    @property
    def phrase(self) -> Phrase:
        """Say the fault, with its place among the values."""
        place: dict[str, Sayable] = {"sheet": self.sheet, "row": self.row, "column": self.column}
        return Phrase(self.key, {**place, **self.values})


class RosterFaults(Refused):
    """Say everything that is wrong with an organisation workbook; nothing was imported."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("roster_faults", count=len(faults))
        self.faults = tuple(faults)


class CatalogueFaults(Refused):
    """Say what is wrong with a workbook of catalogues; nothing was taken over."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        listed = Listing([fault.phrase for fault in faults[:SHOWN]])
        super().__init__("catalogue_faults", count=len(faults), faults=listed)
        self.faults = tuple(faults)
