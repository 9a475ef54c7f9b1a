"""Which warnings there are: on the commission's desk, at work, and addressed to somebody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from dialogs.errors import Refused
from dialogs.facts import WarningNamed
from dialogs.rules.access import COMMISSION, Standing
from dialogs.rules.warning import OUT, OVER, TO_ANSWER, awaited
from dialogs.vocabulary import WarningState
from storage.occasion import Occasion
from storage.tables import GradedWarning, Person, Post, Unit
from storage.warnings.answering import last_reply
from storage.warnings.reading import aside, find, warned

UNSIGNED = (WarningState.ISSUED, WarningState.DELIVERED)


@dataclass(frozen=True)
class Told:
    """A warning in a list: whom it is about, and whether it waits for the reader."""

    warning: GradedWarning
    unit: str
    post: str
    person: str
    waits: bool = False


def joined() -> sa.Select[GradedWarning, str, str, str]:
    """Join warnings with the names of whom they are about."""
    return (
        sa.select(GradedWarning, col(Unit.name), col(Post.title), col(Person.name))
        .join(Unit, col(Unit.id) == col(GradedWarning.unit_id), isouter=True)
        .join(Post, col(Post.id) == col(GradedWarning.post_id), isouter=True)
        .join(Person, col(Person.id) == col(GradedWarning.person_id), isouter=True)
        .order_by(col(GradedWarning.drafted_on), col(GradedWarning.number), col(GradedWarning.id))
    )


def told(session: Session, warning: GradedWarning) -> Told:
    """Tell whom a warning is about."""
    row = session.execute(joined().where(col(GradedWarning.id) == warning.id)).one()
    return as_told(row)


def named(session: Session, warning: GradedWarning) -> WarningNamed:
    """Name a warning: its level, its number once it has one, whom it is about."""
    of = told(session, warning)
    return WarningNamed(
        *(warning.id, warning.level, warning.number or ""),
        unit=of.unit,
        post=of.post,
        name=of.person,
    )


def as_told(row: sa.Row[GradedWarning, str, str, str], *, waits: bool = False) -> Told:
    """Tell a row of a list; what is not there any more is empty."""
    warning, unit, post, person = row
    return Told(warning, unit or "", post or "", person or "", waits)


def own(session: Session, person: UUID) -> Sequence[Told]:
    """List the warnings that were addressed to somebody, those to be answered first."""
    rows = session.execute(
        joined().where(
            col(GradedWarning.person_id) == person, col(GradedWarning.issued_on).is_not(None)
        )
    ).all()
    found = [as_told(row, waits=row[0].state in (*UNSIGNED, *TO_ANSWER)) for row in rows]
    return sorted(found, key=lambda one: (not one.waits, one.warning.due_on or date.max))


def readable(
    session: Session, person: UUID, standing: Standing, *, today: date, over: bool = True
) -> Sequence[Told]:
    """List the warnings a member of the commission may read, the newest first of each kind.

    Those that wait for them go before others that are at work, what is over comes last.
    Whoever is near to an addressee, or is the addressee, is not told that there is one.
    """
    if not any(role in COMMISSION for role in standing.roles):
        return []
    which = joined() if over else joined().where(at_hand(today))
    found = []
    for row in session.execute(which).all():
        warning = row[0]
        away = aside(session, warning, today=today)
        if person in away or (person == warning.person_id):
            continue
        seen = warned(session, warning, today=today)
        waits = is_time(session, warning, today=today) and bool(
            awaited(seen, actor=person, standing=standing, today=today)
        )
        found.append(as_told(row, waits=waits))
    found.reverse()
    return sorted(found, key=lambda one: (not one.waits, one.warning.state in OVER))


def is_time(session: Session, warning: GradedWarning, *, today: date) -> bool:
    """Say whether what a warning waits for is due: a correction has its day, a look back too."""
    match warning.state:
        case WarningState.ACCEPTED:
            reply = last_reply(session, warning.id)
            return reply is None or reply.correct_by <= today
        case WarningState.ARCHIVED:
            return warning.look_back_on is not None and warning.look_back_on <= today
        case _:
            return True


def at_hand(today: date) -> sa.ColumnElement[bool]:
    """Limit warnings to those something may wait for: not over, or to be looked back on."""
    return sa.or_(col(GradedWarning.state).not_in(OVER), col(GradedWarning.look_back_on) <= today)


def for_the_day(
    session: Session, person: UUID, standing: Standing, *, today: date
) -> Sequence[Told]:
    """List the warnings that wait for somebody: to answer, or to take on as the commission."""
    answers = [one for one in own(session, person) if one.waits]
    desk = readable(session, person, standing, today=today, over=False)
    return [*answers, *(one for one in desk if one.waits)]


def may_read(
    session: Session, warning: GradedWarning, person: UUID, standing: Standing, *, today: date
) -> bool:
    """Say whether somebody may read a warning.

    Its addressee may once it is issued; of the commission, who does not stand aside.
    """
    if person == warning.person_id:
        return warning.state in (*OUT, WarningState.REVOKED)
    member = any(role in COMMISSION for role in standing.roles)
    return member and person not in aside(session, warning, today=today)


def to_read(session: Session, which: UUID, occasion: Occasion) -> GradedWarning:
    """Find a warning; raise Refused unless whoever acts may read it."""
    warning = find(session, which)
    if not may_read(session, warning, occasion.person, occasion.standing, today=occasion.today):
        raise Refused("warning_not_to_read")
    return warning
