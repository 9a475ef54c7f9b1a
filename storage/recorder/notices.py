"""Telling people who have not asked: each in their own language, after the answers."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import Session, col, select

from dialogs.messages import render
from dialogs.speech import Reply
from dialogs.vocabulary import Language
from storage import languages, outbox, people
from storage.occasion import Occasion
from storage.outbox import Letter, Urgency
from storage.tables import Person


def notify(session: Session, persons: Collection[UUID], reply: Reply, *, occasion: Occasion) -> int:
    """Post a reply to those of some people who have joined; say how many these are."""
    joined = session.exec(
        select(Person).where(col(Person.id).in_(persons), col(Person.account_hash).is_not(None))
    ).all()
    spoken = languages.chosen(session, [person.account_hash or "" for person in joined])
    outbox.post(
        session,
        [
            outbox.draft(
                Letter(
                    people.account_of(person, keys=occasion.keys),
                    render(reply, spoken.get(person.account_hash or "", Language.ZH_HANT)),
                ),
                keys=occasion.keys,
                due_at=occasion.now,
                urgency=Urgency.REMINDER,
            )
            for person in joined
        ],
    )
    return len(joined)
