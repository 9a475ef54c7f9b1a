"""How a warning stands, what it rests on, and who never takes a step on it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.errors import Refused
from dialogs.facts import Reason
from dialogs.rules.access import COMMISSION
from dialogs.rules.jurisdiction import ABOVE_US
from dialogs.rules.warning import (
    BY_THE_ADDRESSEE,
    ONWARD,
    OUT,
    TO_ANSWER,
    Issued,
    Warned,
    latest_extension,
)
from dialogs.vocabulary import Role, WarningMove, WarningState
from storage.appointments import in_force
from storage.catalogues.reviewing import heads
from storage.people import roles_of, units_of, with_role
from storage.sealing import Keyring
from storage.tables import (
    Appointment,
    GradedWarning,
    Kinship,
    Person,
    Post,
    Recusal,
    WarningReason,
    WarningStep,
)
from storage.warnings.noting import opened


@dataclass(frozen=True)
class Taken:
    """A step that was taken of a warning; `by` is empty for the machine.

    One of the addressee's that is `on_paper` was written down by a member.
    """

    move: WarningMove
    by: str
    person: UUID | None
    at: datetime
    due_on: date | None
    note: str = field(repr=False)
    on_paper: bool = False


def find(session: Session, warning: UUID) -> GradedWarning:
    """Find a warning; raise Refused if there is none."""
    found = session.get(GradedWarning, warning)
    if found is None:
        raise Refused("unknown_action")
    return found


def lower_of(session: Session, warning: GradedWarning) -> GradedWarning | None:
    """Find the lower warning in whose place one comes, or came; None of one that stands alone."""
    return session.get(GradedWarning, warning.raised_from) if warning.raised_from else None


def demand(warning: GradedWarning, *, keys: Keyring) -> str:
    """Open what a warning asks for."""
    return opened(warning.demand, "demand", warning.id, keys=keys)


def reasons(session: Session, warning: UUID, *, keys: Keyring) -> Sequence[Reason]:
    """Open what a warning rests on."""
    rows = session.exec(
        select(WarningReason)
        .where(WarningReason.warning_id == warning)
        .order_by(col(WarningReason.ordinal))
    )
    return [
        Reason(
            one.source,
            one.of_day,
            opened(one.fact, f"fact:{one.ordinal}", warning, keys=keys),
            opened(one.basis, f"basis:{one.ordinal}", warning, keys=keys),
        )
        for one in rows
    ]


def steps(session: Session, warning: UUID, *, keys: Keyring) -> Sequence[Taken]:
    """Open every step of a warning, the oldest first.

    What was taken before it passed to a new head was taken by somebody else than its addressee.
    """
    addressee = find(session, warning).person_id
    rows = session.execute(
        sa.select(WarningStep, col(Person.name))
        .join(Person, col(Person.id) == col(WarningStep.person_id), isouter=True)
        .where(col(WarningStep.warning_id) == warning)
        .order_by(col(WarningStep.ordinal))
    ).all()
    passed = [step.ordinal for step, _ in rows if step.move is WarningMove.HAND_ON]
    return [
        Taken(
            step.move,
            name or "",
            step.person_id,
            step.taken_at,
            step.due_on,
            opened(step.note, "note", step.id, keys=keys),
            on_paper=step.move in BY_THE_ADDRESSEE
            and step.person_id != addressee
            and step.ordinal > max(passed, default=0),
        )
        for step, name in rows
    ]


def warned(session: Session, warning: GradedWarning, *, today: date) -> Warned:
    """Look at a warning as its way does."""
    away = aside(session, warning, today=today)
    author, last = warning.author_id, last_by(session, warning.id)
    members = holders(session, COMMISSION) - away - {warning.person_id}
    return Warned(
        level=warning.level,
        state=warning.state,
        addressee=warning.person_id,
        author=author,
        last_by=last,
        asker=warning.asker_id,
        aside=away,
        issuers=members & holders(session, {Role.COMMISSION_SECRETARY}),
        others=bool(members - {author, last}),
        due_on=warning.due_on,
        latest=latest_day(session, warning) if warning.state in TO_ANSWER else None,
        on_paper=is_on_paper(session, warning) or is_under_way(warning, today=today),
        to_look_back=warning.look_back_on is not None and warning.look_back_on <= today,
    )


def latest_day(session: Session, warning: GradedWarning) -> date | None:
    """Find the latest day to which a reply may be put off: counted from the day it first had.

    That is the day set when it was issued, brought, sent back or handed on, not by an extension.
    """
    by_people = sa.or_(
        col(WarningStep.move) == WarningMove.ASK_EXTENSION,
        sa.and_(
            col(WarningStep.move) == WarningMove.EXTEND, col(WarningStep.person_id).is_not(None)
        ),
    )
    first = (
        session.execute(
            sa.select(col(WarningStep.due_on))
            .where(
                col(WarningStep.warning_id) == warning.id,
                col(WarningStep.due_on).is_not(None),
                ~by_people,
            )
            .order_by(col(WarningStep.ordinal).desc())
        )
        .scalars()
        .first()
    )
    due = first or warning.due_on
    return latest_extension(due) if due else None


def is_on_paper(session: Session, warning: GradedWarning) -> bool:
    """Say whether a warning reaches its addressee on paper.

    They have not joined, or a member brought it, since the letter could not be delivered.
    """
    if warning.person_id is None:
        return False
    if session.get_one(Person, warning.person_id).account is None:
        return True
    by = session.exec(
        select(WarningStep.person_id)
        .where(WarningStep.warning_id == warning.id, WarningStep.move == WarningMove.DELIVER)
        .order_by(col(WarningStep.ordinal).desc())
    ).first()
    return by is not None


def is_under_way(warning: GradedWarning, *, today: date) -> bool:
    """Say whether a letter sent on an earlier day has not arrived; it is brought on paper then."""
    sent = warning.issued_on
    return warning.state is WarningState.ISSUED and sent is not None and sent < today


def holders(session: Session, roles: Collection[Role]) -> frozenset[UUID]:
    """Find the joined people who hold one of some roles."""
    return frozenset(one.id for one in with_role(session, roles))


def last_by(session: Session, warning: UUID) -> UUID | None:
    """Find who took the last step by which a warning went on."""
    return session.exec(
        select(WarningStep.person_id)
        .where(WarningStep.warning_id == warning, col(WarningStep.move).in_(ONWARD))
        .order_by(col(WarningStep.ordinal).desc())
    ).first()


def aside(session: Session, warning: GradedWarning, *, today: date) -> frozenset[UUID]:
    """Find who never takes a step on a warning but as its addressee."""
    if warning.unit_id is None:
        return frozenset()
    whole = warning.post_id is None
    return near(session, warning.unit_id, warning.person_id, whole=whole, today=today)


def near(
    session: Session, unit: UUID, person: UUID | None, *, whole: bool, today: date
) -> frozenset[UUID]:
    """Find who is too near to a subject to take a step on a warning about it.

    The heads of the unit; the person's relatives, and whoever stands aside from them; of a
    warning to a whole unit, everybody who works in it.
    """
    found = {*heads(session, [unit], today=today).get(unit, ())}
    if whole:
        found |= working_in(session, unit, today=today)
    if person:
        found |= kin_of(session, [person]) | standing_aside(session, person)
    return frozenset(found - {person})


def is_the_countys(session: Session, unit: UUID, *, today: date) -> bool:
    """Say whether a unit as a whole is supervised by the county: the commission's own, as it were.

    The secretary works in it, or its heads belong to the county; nobody here could warn it.
    """
    if unit in units_of(session, {Role.COMMISSION_SECRETARY}, today=today):
        return True
    leading = heads(session, [unit], today=today).get(unit, ())
    roles = roles_of(session, leading)
    return bool(leading) and all(roles.get(one, frozenset()) & ABOVE_US for one in leading)


def working_in(session: Session, unit: UUID, *, today: date) -> set[UUID]:
    """Find who holds a post of a unit."""
    rows = session.execute(
        sa.select(col(Appointment.person_id))
        .join(Post, col(Post.id) == col(Appointment.post_id))
        .where(col(Post.unit_id) == unit, in_force(today))
    )
    return set(rows.scalars())


def kin_of(session: Session, people: Collection[UUID]) -> set[UUID]:
    """Find the relatives of people, whichever of them declared it."""
    rows = session.execute(
        sa.select(col(Kinship.person_id), col(Kinship.relative_id)).where(
            sa.or_(col(Kinship.person_id).in_(people), col(Kinship.relative_id).in_(people))
        )
    )
    return {one for pair in rows for one in pair} - set(people)


def standing_aside(session: Session, holder: UUID) -> set[UUID]:
    """Find the officers who stand aside from everything about somebody."""
    return {*session.exec(select(Recusal.person_id).where(Recusal.holder_id == holder))}


def to_subject(unit: UUID, person: UUID | None) -> sa.ColumnElement[bool]:
    """Limit warnings to those to somebody personally; with None, to those to a unit as a whole.

    A head answers for the unit; what is about the unit does not count against them.
    """
    if person:
        return sa.and_(
            col(GradedWarning.person_id) == person, col(GradedWarning.post_id).is_not(None)
        )
    return sa.and_(col(GradedWarning.unit_id) == unit, col(GradedWarning.post_id).is_(None))


def issued_within(session: Session, unit: UUID, person: UUID | None) -> Issued:
    """List the warnings that were issued to somebody; with None, those to the unit as a whole."""
    rows = session.execute(
        sa.select(col(GradedWarning.level), col(GradedWarning.issued_on)).where(
            to_subject(unit, person), col(GradedWarning.state).in_(OUT)
        )
    )
    return [(level, day) for level, day in rows]


def issued_to(session: Session, warning: GradedWarning) -> Issued:
    """List the warnings that were issued to the subject of a warning, itself included."""
    if warning.unit_id is None:
        return []
    person = warning.person_id if warning.post_id else None
    return issued_within(session, warning.unit_id, person)
