"""Letters to people who have joined, each in their language."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from dialogs.messages import render
from dialogs.speech import Reply
from dialogs.vocabulary import Language
from storage import languages, outbox
from storage.outbox import Letter, Urgency
from storage.people import account_of
from storage.sealing import Keyring
from storage.tables import Person


def write(
    session: Session,
    letters: Sequence[tuple[Person, Reply]],
    *,
    keys: Keyring,
    now: datetime,
    urgency: Urgency = Urgency.REMINDER,
    arrives: str = "",
    reminds: Mapping[UUID, Sequence[str]] | None = None,
) -> int:
    """Post a reply to each person who has joined; say how many these are.

    `arrives` is the warning whose delivery is noted when they have been sent; `reminds` names, for
    each person, the deadlines they are reminded of.
    """
    joined = [(person, reply) for person, reply in letters if person.account is not None]
    spoken = languages.chosen(session, [person.account_hash or "" for person, _ in joined])
    outbox.post(
        session,
        [
            outbox.draft(
                Letter(
                    account_of(person, keys=keys),
                    render(reply, spoken.get(person.account_hash or "", Language.ZH_HANT)),
                    arrives=arrives,
                    reminds=(reminds or {}).get(person.id, ()),
                ),
                keys=keys,
                due_at=now,
                urgency=urgency,
            )
            for person, reply in joined
        ],
    )
    return len(joined)


def tell(
    session: Session, people: Collection[UUID], reply: Reply, *, keys: Keyring, now: datetime
) -> int:
    """Tell some people the same; say how many have joined."""
    found = session.exec(
        select(Person).where(col(Person.id).in_(people)).order_by(col(Person.code))
    ).all()
    return write(session, [(person, reply) for person in found], keys=keys, now=now)
