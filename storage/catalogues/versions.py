"""Every change of an entry is a new version; the earlier ones stay as they were."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.errors import Refused
from dialogs.facts import Entry, PowerEntry, ProcessEntry, RuleEntry, StepEntry
from dialogs.vocabulary import EntryKind, EntryState
from storage.catalogues.reading import Row, Table, latest, read
from storage.tables import (
    Post,
    Power,
    PowerPost,
    Process,
    ProcessPower,
    ProcessStep,
    RiskPoint,
    Rule,
    Unit,
)

TABLES: Mapping[type, Table] = {PowerEntry: Power, ProcessEntry: Process, RuleEntry: Rule}
KINDS: Mapping[type, EntryKind] = {
    Power: EntryKind.POWER,
    Process: EntryKind.PROCESS,
    Rule: EntryKind.RULE,
}
OPEN = (EntryState.DRAFT, EntryState.SENT_BACK)  # a newer version takes the place of these


def kind_of(row: Row) -> EntryKind:
    """Say in which catalogue a version stands."""
    return KINDS[type(row)]


def find(session: Session, entry: UUID) -> Row:
    """Find a version by its id, in whichever catalogue; raise Refused if there is none."""
    for table in TABLES.values():
        row: Row | None = session.get(table, entry)  # type: ignore[assignment]
        if row is not None:
            return row
    raise Refused("unknown_action")


def write(
    session: Session,
    entry: Entry,
    *,
    by: UUID | None,
    now: datetime,
    file: UUID | None = None,
    keeps_file: bool = True,
) -> Row | None:
    """Write a new version of an entry, to be approved; None where nothing has changed.

    Raises Refused where the code belongs to another unit, or a post is not known.
    """
    table = TABLES[type(entry)]
    unit = session.exec(select(Unit).where(Unit.code == entry.unit)).one()
    entry = tidied(session, entry)
    before = next(iter(read(session, table, col(table.code) == entry.code, latest(table))), None)
    if before and before.row.unit_id != unit.id:
        raise Refused("code_taken", code=entry.code)
    if before and keeps_file and isinstance(before.row, Rule) and file is None:
        file = before.row.file_id
    if before and before.entry == entry and file == getattr(before.row, "file_id", None):
        return None
    if before and before.row.state in OPEN:
        before.row.state = EntryState.SUPERSEDED
        session.add(before.row)
    version: dict[str, Any] = {
        "id": uuid4(),
        "unit_id": unit.id,
        "code": entry.code,
        "version": before.row.version + 1 if before else 1,
        "state": EntryState.DRAFT,
        "written_by": by,
        "written_at": now,
    }
    row: Row
    row, *parts = laid_out(session, entry, version, file)
    session.add(row)
    session.flush()
    session.add_all(parts)
    session.flush()
    return row


def tidied(session: Session, entry: Entry) -> Entry:
    """Put posts and powers in the order of their codes; a post named by its title gets its code."""
    match entry:
        case PowerEntry():
            return replace(entry, posts=tuple(sorted(set(entry.posts))))
        case ProcessEntry():
            steps = tuple(replace(one, post=post_code(session, one.post)) for one in entry.steps)
            return replace(entry, powers=tuple(sorted(set(entry.powers))), steps=steps)
        case RuleEntry():
            return entry


def post_code(session: Session, named: str) -> str:
    """Find a post by its code or its title; raise Refused if none, or several, are called so."""
    codes = session.exec(
        select(Post.code).where(sa.or_(col(Post.code) == named, col(Post.title) == named))
    ).all()
    if named in codes:
        return named
    if len(codes) != 1:
        raise Refused("posts_of_that_name" if codes else "post_unknown", post=named)
    return codes[0]


def laid_out(
    session: Session, entry: Entry, version: Mapping[str, Any], file: UUID | None
) -> Sequence[Any]:
    """Lay an entry out as its row and the rows that hang on it."""
    match entry:
        case PowerEntry():
            fields = said(entry, "category basis subject commitment discipline public ground name")
            posts = post_ids(session, entry.posts)
            return [
                Power(**version, **fields),
                *(PowerPost(power_id=version["id"], post_id=posts[one]) for one in entry.posts),
            ]
        case ProcessEntry():
            fields = said(entry, "name conditions supervision rights complaint")
            return [
                Process(**version, **fields),
                *(ProcessPower(process_id=version["id"], power_code=one) for one in entry.powers),
                *steps_of(session, version["id"], entry.steps),
            ]
        case RuleEntry():
            fields = said(entry, "system title number in_force text")
            return [Rule(**version, **fields, file_id=file)]


def said(entry: Entry, names: str) -> dict[str, Any]:
    """Take fields of an entry by their names."""
    return {name: getattr(entry, name) for name in names.split()}


def post_ids(session: Session, codes: Sequence[str]) -> Mapping[str, UUID]:
    """Find posts by their codes; raise Refused if one is not known."""
    rows = session.execute(
        sa.select(col(Post.code), col(Post.id)).where(col(Post.code).in_(codes))
    ).all()
    found = {row[0]: row[1] for row in rows}
    for code in codes:
        if code not in found:
            raise Refused("post_unknown", post=code)
    return found


def steps_of(session: Session, process: UUID, steps: Sequence[StepEntry]) -> Sequence[ProcessStep]:
    """Lay steps out; a risk that is called like a risk point of the post refers to it."""
    posts = post_ids(session, [step.post for step in steps])
    rows = session.execute(
        sa.select(col(RiskPoint.post_id), col(RiskPoint.name), col(RiskPoint.id)).where(
            col(RiskPoint.post_id).in_(posts.values()),
            col(RiskPoint.name).in_([step.risk for step in steps if step.risk]),
        )
    )
    points = {(post, name): point for post, name, point in rows}
    return [
        ProcessStep(
            process_id=process,
            ordinal=ordinal,
            post_id=posts[step.post],
            risk_point_id=points.get((posts[step.post], step.risk)),
            name=step.name,
            days=step.days,
            deed=step.deed,
            supervision=step.supervision,
            risk=step.risk,
            grade=step.grade,
        )
        for ordinal, step in enumerate(steps, 1)
    ]


def decide(
    session: Session, row: Row, *, by: UUID | None, now: datetime, comment: str | None = None
) -> None:
    """Approve a version, which then takes the place of the one in force; or send it back.

    Raises Refused where it no longer waits.
    """
    if row.state is not EntryState.DRAFT:
        raise Refused("entry_decided", state=row.state)
    table = type(row)
    if comment is None:
        session.execute(
            sa.update(table)
            .where(col(table.code) == row.code, col(table.state) == EntryState.APPROVED)
            .values(state=EntryState.SUPERSEDED)
        )
    row.state = EntryState.APPROVED if comment is None else EntryState.SENT_BACK
    row.decided_by, row.decided_at, row.comment = by, now, comment or ""
    session.add(row)
    session.flush()
