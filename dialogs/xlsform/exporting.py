"""Answers as tables: a row a response, repeats in tables of their own, as ODK lays them out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from dialogs.prompts import Json
from dialogs.xlsform.form import Calculation, Form, Group, Item, Question, Repeat
from dialogs.xlsform.kinds import Kind
from dialogs.xlsform.nodes import Path

Cell: TypeAlias = str | int | float | date | None

LONGEST_TITLE = 31  # characters of a sheet's name, as Excel has it
NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True)
class VersionAnswered:
    """A version of a questionnaire, and what was answered to it, each with its day."""

    form: Form = field(repr=False)
    given: Sequence[tuple[date, Mapping[str, Any]]] = field(repr=False)


@dataclass(frozen=True)
class AnswersAtHand:
    """The answers to every version of a questionnaire."""

    form: str
    versions: Sequence[VersionAnswered] = field(repr=False)


@dataclass(frozen=True)
class AnswersExported:
    """An officer wants the answers to a questionnaire."""

    answers: AnswersAtHand


@dataclass
class Table:
    """A table being laid out: its title, its columns in order, its rows by column."""

    title: str
    columns: list[str]
    rows: list[dict[str, Cell]] = field(default_factory=list)

    def add(self, **cells: Cell) -> None:
        """Begin a row."""
        self.rows.append({"_index": len(self.rows) + 1, **cells})

    def put(self, column: str, value: Cell) -> None:
        """Fill a cell of the last row; a column nobody foresaw is put at the end."""
        if column not in self.rows[-1] and column not in self.columns:
            self.columns.append(column)
        self.rows[-1][column] = value


def tables(versions: Sequence[VersionAnswered]) -> list[Table]:
    """Lay every version out: a table of its responses, then one for each of its repeats."""
    taken: set[str] = set()
    return [table for version in versions for table in Layout(version.form, taken).filled(version)]


class Layout:
    """The tables of one version, by the path of the repeat they are for."""

    def __init__(self, form: Form, taken: set[str]) -> None:
        self.form = form
        self.taken = taken
        name = f"{form.id}-{form.version}" if form.version else form.id
        self.tables: dict[Path, Table] = {
            (): Table(titled(name, taken), ["_index", "_answered_on"])
        }
        self.foresee(form.items, (), self.tables[()])

    def foresee(self, items: Sequence[Item], above: Path, table: Table) -> None:
        """Name the columns in the order of the form."""
        for item in items:
            path = (*above, item.name)
            match item:
                case Repeat():
                    title = titled(f"{self.tables[()].title}-{item.name}", self.taken)
                    inner = Table(title, ["_index", "_parent_table_name", "_parent_index"])
                    self.tables[path] = inner
                    self.foresee(item.items, path, inner)
                case Group():
                    self.foresee(item.items, path, table)
                case Question():
                    table.columns += [column for column, _ in self.cells(item, path, None)]
                case Calculation(kept=True):
                    table.columns.append("/".join(path))

    def filled(self, version: VersionAnswered) -> list[Table]:
        """Fill in what was answered."""
        main = self.tables[()]
        for day, answers in version.given:
            main.add(_answered_on=day)
            self.fill(self.form.items, answers, (), main)
        return list(self.tables.values())

    def fill(
        self, items: Sequence[Item], answers: Mapping[str, Any], above: Path, table: Table
    ) -> None:
        """Fill in one response, or one repetition of it."""
        known = {item.name: item for item in items}
        for name, value in answers.items():
            path, item = (*above, name), known.get(name)
            if isinstance(item, Repeat) and isinstance(value, list):
                parent: dict[str, Cell] = {
                    "_parent_table_name": table.title,
                    "_parent_index": len(table.rows),
                }
                for repetition in value:
                    self.tables[path].add(**parent)
                    self.fill(item.items, repetition, path, self.tables[path])
            elif isinstance(value, dict) and not isinstance(item, Question):
                self.fill(item.items if isinstance(item, Group) else (), value, path, table)
            else:
                for column, cell in self.cells(item, path, value):
                    table.put(column, cell)

    def cells(self, item: Item | None, path: Path, value: Json) -> Iterator[tuple[str, Cell]]:
        """Write one answer; what was chosen of several is written a column a choice as well."""
        name = "/".join(path)
        kind = item.kind if isinstance(item, Question) else None
        yield name, plainly(kind, value)
        if kind is Kind.SELECT_MULTIPLE and isinstance(item, Question):
            chosen = value if isinstance(value, list) else []
            for choice in self.form.choices.get(item.choices, ()):
                yield f"{name}/{choice.name}", int(choice.name in chosen) if chosen else None


def plainly(kind: Kind | None, value: Json) -> Cell:
    """Write one value: days as days, numbers as numbers, a file by its name."""
    match value:
        case None | []:
            return None
        case bool():
            return "true" if value else "false"
        case str() if kind is Kind.DATE:
            return date.fromisoformat(value)
        case str() | int() | float():
            return value
        case list():
            return " ".join(str(part) for part in value)
        case dict():
            return str(value.get("name") or value.get("kind") or "")
        case _:
            return str(value)


def titled(name: str, taken: set[str]) -> str:
    """Make a sheet's name that Excel takes and no other sheet has."""
    clean = NOT_IN_TITLES.sub("_", name)[:LONGEST_TITLE] or "_"
    title, number = clean, 1
    while title.lower() in taken:
        number += 1
        title = f"{clean[: LONGEST_TITLE - len(str(number)) - 1]}~{number}"
    taken.add(title.lower())
    return title
