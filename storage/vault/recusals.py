"""Who stands aside from a case because of what was added to it: named later, or kin of theirs."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from dialogs.rules.recusal import by_office, left_aside, people_in
from storage.appointments import in_force
from storage.occasion import Occasion
from storage.tables import Appointment, Case, Person, Post
from storage.vault import cases, keys


def named_in(session: Session, text: str, occasion: Occasion) -> Sequence[UUID]:
    """List whom a text names of those who handle letters or hold a post.

    Handlers and their kin are known by surname and office too.
    """
    working = [
        (who, name, title)
        for who, name, title in session.execute(
            sa.select(col(Person.id), col(Person.name), col(Post.title))
            .join(Appointment, col(Appointment.person_id) == col(Person.id))
            .join(Post, col(Post.id) == col(Appointment.post_id))
            .where(in_force(occasion.today))
        )
    ]
    handlers = keys.handlers(session, today=occasion.today)
    touching = {who for one in handlers for who in (one.person, *one.kin)}
    called = by_office(text, [one for one in working if one[0] in touching], working)
    named = people_in(
        text,
        [*((one.person, one.name) for one in handlers), *((who, name) for who, name, _ in working)],
    )
    return tuple(dict.fromkeys((*named, *(who for who, _ in called))))


def put_aside(session: Session, case: Case, named: Sequence[UUID], occasion: Occasion) -> None:
    """Mark the named, and take the case's key from those of them who have it, and from their kin.

    Whoever had the case to handle, and stands aside now, has it no more.
    """
    cases.name(session, case, named, keys=occasion.keys)
    for one in left_aside(keys.handlers(session, today=occasion.today), named):
        cases.take_from(session, case, keys.ever(session, one.person))
        if case.assigned_to == one.person:
            case.assigned_to = None
