"""The catalogues as a workbook: powers, processes, the steps of processes, rules."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dialogs.documents import wording
from dialogs.documents.catalogue_layout import (
    ANSWERS,
    CATEGORIES,
    CATEGORY_WORDS,
    GRADES,
    LAYOUTS,
    NO,
    POWERS,
    PROCESSES,
    RULES,
    STEPS,
    SYSTEM_WORDS,
    SYSTEMS,
    YES,
)
from dialogs.documents.catalogue_rows import given_out, known, number, one_of, several
from dialogs.documents.faults import CatalogueFaults, Fault
from dialogs.documents.roster import page
from dialogs.documents.roster_rows import Line, Reading, in_order
from dialogs.documents.workbook import read_sheets, write_sheets
from dialogs.errors import Refused
from dialogs.facts import CodesKnown, PowerEntry, ProcessEntry, RuleEntry, StepEntry
from dialogs.rules.entries import MOST_DAYS, MOST_STEPS
from dialogs.vocabulary import RuleSystem


@dataclass(frozen=True)
class Catalogues:
    """The entries of a township, in the order of their sheets."""

    powers: tuple[PowerEntry, ...] = ()
    processes: tuple[ProcessEntry, ...] = ()
    rules: tuple[RuleEntry, ...] = ()


def read_catalogues(content: bytes, codes: CodesKnown) -> Catalogues:
    """Read a workbook of catalogues, or raise CatalogueFaults with all that is wrong.

    Units and posts are those of the roster, by `codes`; a power may be in the workbook or known.
    """
    try:
        reading = Reading(read_sheets(content))
    except Refused as refused:
        fault = Fault("", 0, "", f"roster.fault.{refused}", refused.values)
        raise CatalogueFaults([fault]) from None
    powers = tuple(read_powers(reading, codes))
    processes = list(read_processes(reading, codes))
    steps = read_steps(reading, codes)
    rules = tuple(read_rules(reading, codes))
    if reading.faults:
        raise CatalogueFaults(in_order(reading.faults, LAYOUTS))
    return Catalogues(powers, tuple(process(one, steps) for one in processes), rules)


def read_powers(reading: Reading, codes: CodesKnown) -> Iterator[PowerEntry]:
    """Read the powers."""
    for line in reading.rows(POWERS):
        unit, code = known(line, "unit", codes.units), line.code()
        category = one_of(line, "category", CATEGORIES)
        posts = several(line, "posts", codes.posts)
        public = one_of(line, "public", ANSWERS)
        texts = paragraphs(line, "name", "basis", "subject", "commitment", "discipline", "ground")
        if public is False and texts and not texts["ground"]:
            line.fault("ground", "ground_missing")
        if unit and code and category and posts and public is not None and texts:
            yield PowerEntry(
                unit=unit, code=code, category=category, posts=posts, public=public, **texts
            )


def paragraphs(line: Line, *keys: str) -> dict[str, str] | None:
    """Read cells of text; None where one cannot be read."""
    read = {key: line.text(key) for key in keys}
    texts = {key: text for key, text in read.items() if text is not None}
    return texts if len(texts) == len(keys) else None


def read_processes(reading: Reading, codes: CodesKnown) -> Iterator[ProcessEntry]:
    """Read the processes; the powers are read before."""
    for line in reading.rows(PROCESSES):
        unit, code = known(line, "unit", codes.units), line.code()
        offered = {*codes.powers, *given_out(line, POWERS)}
        powers = several(line, "powers", offered, POWERS.titles[0])
        texts = paragraphs(line, "name", "conditions", "supervision", "rights", "complaint")
        if unit and code and powers and texts:
            name = texts.pop("name")
            yield ProcessEntry(unit, code, name, powers, steps=(), **texts)


def read_steps(reading: Reading, codes: CodesKnown) -> Mapping[str, Mapping[int, StepEntry]]:
    """Read the steps by process and ordinal; the processes are read before."""
    steps: dict[str, dict[int, StepEntry]] = defaultdict(dict)
    rows: dict[tuple[str, int], int] = {}
    for line in reading.rows(STEPS):
        process = line.reference("process", PROCESSES)
        ordinal = number(line, "ordinal", least=1, most=MOST_STEPS)
        step = read_step(line, codes)
        if process is None or ordinal is None:
            continue
        if (process, ordinal) in rows:
            line.fault("ordinal", "step_twice", ordinal=ordinal, first=rows[process, ordinal])
        rows.setdefault((process, ordinal), line.row.number)
        if step is not None:
            steps[process][ordinal] = step
    return steps


def read_step(line: Line, codes: CodesKnown) -> StepEntry | None:
    """Read one step; a risk needs its grade, and a grade its risk."""
    post, days = known(line, "post", codes.posts), number(line, "days", least=0, most=MOST_DAYS)
    grade, graded = one_of(line, "grade", GRADES), line.folded("grade")
    texts = paragraphs(line, "name", "deed", "supervision", "risk")
    if texts and bool(texts["risk"]) != bool(graded):
        line.fault("grade" if texts["risk"] else "risk", "risk_and_grade")
    if post is None or days is None or texts is None:
        return None
    return StepEntry(post=post, days=days, grade=grade, **texts)


def read_rules(reading: Reading, codes: CodesKnown) -> Iterator[RuleEntry]:
    """Read the rules; a unit has one of each system."""
    rows: dict[tuple[str, RuleSystem], int] = {}
    for line in reading.rows(RULES):
        unit, system = known(line, "unit", codes.units), one_of(line, "system", SYSTEMS)
        in_force, texts = line.day("in_force"), paragraphs(line, "title", "number", "text")
        if unit is None or system is None or texts is None:
            continue
        if (unit, system) in rows:
            line.fault("system", "rule_twice", first=rows[unit, system])
        rows.setdefault((unit, system), line.row.number)
        yield RuleEntry(unit=unit, system=system, in_force=in_force, **texts)


def process(entry: ProcessEntry, steps: Mapping[str, Mapping[int, StepEntry]]) -> ProcessEntry:
    """Give a process its steps, in order; numbers left out are closed up."""
    own = steps.get(entry.code, {})
    ordered = tuple(own[ordinal] for ordinal in sorted(own))
    return ProcessEntry(**{**vars(entry), "steps": ordered})


def write_catalogues(catalogues: Catalogues) -> bytes:
    """Write the workbook that read_catalogues reads back to the same entries."""
    return write_sheets(
        [
            page(POWERS, [row_of_power(one) for one in catalogues.powers]),
            page(
                PROCESSES,
                [
                    (
                        *(one.unit, one.code, one.name, "、".join(one.powers)),
                        *(one.conditions, one.supervision, one.rights, one.complaint),
                    )
                    for one in catalogues.processes
                ],
            ),
            page(
                STEPS,
                [
                    row_of_step(one.code, ordinal, step)
                    for one in catalogues.processes
                    for ordinal, step in enumerate(one.steps, 1)
                ],
            ),
            page(
                RULES,
                [
                    (
                        *(one.unit, SYSTEM_WORDS[one.system], one.title, one.number),
                        *(one.in_force, one.text),
                    )
                    for one in catalogues.rules
                ],
            ),
        ]
    )


def row_of_power(one: PowerEntry) -> Sequence[str]:
    """Lay a power out as a row."""
    return (
        *(one.unit, one.code, one.name, CATEGORY_WORDS[one.category], "、".join(one.posts)),
        *(one.basis, one.subject, one.commitment, one.discipline),
        *(YES if one.public else NO, one.ground),
    )


def row_of_step(process: str, ordinal: int, step: StepEntry) -> Sequence[str]:
    """Lay a step out as a row."""
    return (
        *(process, str(ordinal), step.name, step.post, str(step.days), step.deed),
        *(step.supervision, step.risk, wording.grade(step.grade) if step.grade else ""),
    )
