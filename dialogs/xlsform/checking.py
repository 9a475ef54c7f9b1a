"""Whether expressions and texts speak of questions that exist and have been asked by then."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from graphlib import CycleError, TopologicalSorter

from dialogs.xlsform.expressions import formula
from dialogs.xlsform.faults import Findings, What, nearest
from dialogs.xlsform.grammar import Wrong
from dialogs.xlsform.nodes import Path
from dialogs.xlsform.sheets import Row


@dataclass(frozen=True)
class Use:
    """A cell that speaks of other questions: `names` as answered by then, `loose` at any time.

    `steps` are names along a path, which are only looked up, for a path tells them apart.
    `order` is the row from which on nothing is answered yet, 0 where that is not known;
    `calculates` the calculation it belongs to, which is worked out whenever it is read.
    """

    sheet: str
    row: Row
    column: str
    names: frozenset[str]
    loose: frozenset[str] = frozenset()
    steps: frozenset[str] = frozenset()
    calculates: str = ""
    order: int = 0


@dataclass
class Names:
    """The names of a form: where each stands, and what calculations rest on."""

    rows: dict[str, list[int]] = field(default_factory=dict)
    places: dict[Path, int] = field(default_factory=dict)
    rests: dict[str, frozenset[str]] = field(default_factory=dict)
    at: dict[str, Row] = field(default_factory=dict)
    conditions: list[str] = field(default_factory=list)

    def enter(self, name: str, above: Path, row: int) -> int:
        """Enter a name; return the row that has it already among its neighbours, or 0."""
        self.rows.setdefault(name, []).append(row)
        before = self.places.setdefault((*above, name), row)
        return 0 if before == row else before

    def open(self, relevant: str) -> None:
        """Enter a group."""
        self.conditions.append(relevant)

    def close(self) -> None:
        """Leave a group."""
        self.conditions.pop()

    def calculate(self, name: str, sources: Sequence[str], row: Row) -> None:
        """Note what a calculation rests on, the conditions of its groups included."""
        self.rests[name] = frozenset(
            mentioned for source in (*sources, *self.conditions) for mentioned in read(source)
        )
        self.at[name] = row

    def ground(self, name: str) -> frozenset[str]:
        """Find what is asked that a name rests on in the end."""
        found: set[str] = set()
        open_, seen = [name], set[str]()
        while open_:
            next_ = open_.pop()
            if next_ in seen:
                continue
            seen.add(next_)
            if next_ in self.rests:
                open_.extend(self.rests[next_])
            else:
                found.add(next_)
        return frozenset(found)


def read(source: str) -> frozenset[str]:
    """List the names an expression reads; none if it is broken, which is told elsewhere."""
    try:
        return formula(source).names if source else frozenset()
    except Wrong:
        return frozenset()


def check(names: Names, uses: Sequence[Use], findings: Findings) -> None:
    """Find names that do not exist, come too late or go in circles."""
    for use in uses:
        note = partial(findings.add, use.sheet, use.row.number, use.row.header(use.column))
        for name in sorted(use.steps - names.rows.keys()):
            unknown(name, names, note)
        for name in sorted(use.names | use.loose):
            rows = names.rows.get(name, [])
            if not rows:
                unknown(name, names, note)
            elif len(rows) > 1:
                note(What.AMBIGUOUS_NAME, name=name, one=rows[0], two=rows[1])
            elif name in use.names and use.order and not use.calculates:
                in_time(name, names, use.order, note)
    for circle in circles(names.rests):
        row = names.at[circle[0]]
        heading, way = row.header("calculation"), " → ".join(circle)
        findings.add("survey", row.number, heading, What.CIRCULAR, names=way)


def unknown(name: str, names: Names, note: Callable[..., None]) -> None:
    """Tell that nothing has a name, and what was perhaps meant."""
    if meant := nearest(name, names.rows, likeness=0.7):
        note(What.MISSPELT_NAME, name=name, meant=meant)
    else:
        note(What.UNKNOWN_NAME, name=name)


def in_time(name: str, names: Names, order: int, note: Callable[..., None]) -> None:
    """Check that all a name rests on has been asked before a row."""
    rows = {asked: names.rows.get(asked, [0])[0] for asked in sorted(names.ground(name))}
    late = next((asked for asked, row in rows.items() if row >= order), None)
    if late:
        what = What.ASKED_LATER if name == late else What.RESTS_ON_LATER
        note(what, name=name, other=late, number=rows[late])


def circles(rests: Mapping[str, frozenset[str]]) -> Iterator[list[str]]:
    """Find calculations that rest on themselves, each circle from its name to its name."""
    graph = {name: sorted(rests[name] & rests.keys()) for name in sorted(rests)}
    while True:
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            circle: list[str] = error.args[1]
            yield circle[::-1]  # each rests on the next
            del graph[circle[0]]
            graph = {name: [n for n in rest if n in graph] for name, rest in graph.items()}
        else:
            return
