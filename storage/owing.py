"""What is owed is kept as it should be: deadlines begin, end, and begin again."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeAlias
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.vocabulary import DeadlineKind
from storage.tables import Deadline

Due: TypeAlias = tuple[DeadlineKind, UUID, UUID, date]  # what is owed by whom, about what, by when


def keep(
    session: Session, wanted: Mapping[Due, UUID], *, among: sa.ColumnElement[bool], now: datetime
) -> None:
    """Let what is wanted, each about a post, be open among some deadlines, and nothing else."""
    still_open = session.exec(select(Deadline).where(among, col(Deadline.done_at).is_(None))).all()
    owed = {(one.kind, one.person_id, one.subject, one.due_on): one for one in still_open}
    for due, deadline in owed.items():
        if due not in wanted:
            deadline.done_at = now
            session.add(deadline)
    for due, post in wanted.items():
        if due not in owed:
            session.add(begun(session, due, post))
    session.flush()


def begun(session: Session, due: Due, post: UUID) -> Deadline:
    """Open a deadline; one that was closed already is open again."""
    kind, person, subject, day = due
    there = session.exec(
        select(Deadline).where(
            Deadline.kind == kind,
            Deadline.person_id == person,
            Deadline.subject == subject,
            Deadline.due_on == day,
        )
    ).first()
    if there is None:
        return Deadline(kind=kind, person_id=person, post_id=post, subject=subject, due_on=day)
    there.done_at = None
    return there
