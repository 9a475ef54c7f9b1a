"""The workbook of catalogues, taken over and given back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from dialogs.documents.catalogues import Catalogues
from dialogs.facts import CodesKnown, Entry, PowerEntry, ProcessEntry, RuleEntry
from dialogs.vocabulary import EntryKind
from storage.catalogues.reading import Row, latest, read
from storage.catalogues.versions import kind_of, write
from storage.tables import Post, Power, Process, Rule, Unit


@dataclass(frozen=True)
class Change:
    """What a workbook changed: an entry that is new, or has a new version."""

    row: Row
    name: str

    @property
    def kind(self) -> EntryKind:
        """In which catalogue it stands."""
        return kind_of(self.row)

    @property
    def new(self) -> bool:
        """Whether it was not there before."""
        return self.row.version == 1


def take_over(
    session: Session, catalogues: Catalogues, *, by: UUID | None, now: datetime
) -> Sequence[Change]:
    """Write down what a workbook says that differs; every change waits for approval.

    What is not in the workbook stays, and so does the document of a rule.
    """
    entries: list[Entry] = [*catalogues.powers, *catalogues.processes, *catalogues.rules]
    return [
        Change(row, entry.name)
        for entry in entries
        if (row := write(session, entry, by=by, now=now)) is not None
    ]


def codes(session: Session) -> CodesKnown:
    """List the codes a workbook may refer to."""

    def of(column: Any) -> frozenset[str]:
        return frozenset(session.execute(sa.select(col(column))).scalars())

    return CodesKnown(of(Unit.code), of(Post.code), of(Power.code))


def export(session: Session) -> Catalogues:
    """Give the newest version of every entry."""
    newest = {table: read(session, table, latest(table)) for table in (Power, Process, Rule)}
    return Catalogues(
        tuple(one.entry for one in newest[Power] if isinstance(one.entry, PowerEntry)),
        tuple(one.entry for one in newest[Process] if isinstance(one.entry, ProcessEntry)),
        tuple(one.entry for one in newest[Rule] if isinstance(one.entry, RuleEntry)),
    )
