"""Who is let in to a case, looked at anew each time: kin, posts and the commission change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from sqlmodel import Session, col, select

from dialogs.errors import Refused
from dialogs.rules.handling import Standing
from dialogs.rules.recusal import FEWEST
from dialogs.vocabulary import CLOSED, CaseState, Role
from storage.occasion import Occasion
from storage.tables import Case, RoleHeld
from storage.vault import cases, keys
from storage.vault.keys import KeyHolder


def allowed(session: Session, case: Case, occasion: Occasion) -> Sequence[KeyHolder]:
    """List the handlers who need not stand aside from a case today, whether they have its key."""
    return [
        one
        for one in keys.handlers(session, today=occasion.today)
        if not cases.aside(session, case, one, keys=occasion.keys)
    ]


def readers(session: Session, case: Case, occasion: Occasion) -> Sequence[KeyHolder]:
    """List the handlers who have a case's key and need not stand aside from it today."""
    held = cases.key_ids(session, case.id)
    return [one for one in allowed(session, case, occasion) if one.key_id in held]


def stands(session: Session, case: Case, occasion: Occasion) -> Standing:
    """Say how a case stands to its handlers, and which of them head the commission."""
    standing = cases.stands(session, case, today=occasion.today, calendar=occasion.calendar)
    reading = [one.person for one in readers(session, case, occasion)]
    heads = session.exec(
        select(RoleHeld.person_id).where(
            col(RoleHeld.person_id).in_(reading), RoleHeld.role == Role.COMMISSION_SECRETARY
        )
    )
    return replace(standing, in_charge=frozenset(heads))


def to_read(session: Session, found: Sequence[Case], occasion: Occasion) -> Sequence[Case]:
    """Leave out the cases from which whoever asks must stand aside by now."""
    if not found:
        return []
    for one in keys.handlers(session, today=occasion.today):
        if one.person == occasion.person:
            return cases.open_to(session, found, one, keys=occasion.keys)
    return []


def let_in(session: Session, case: UUID, occasion: Occasion) -> Case:
    """Find a case for a handler; raise Refused for one without its key, or who stands aside."""
    found = cases.get(session, case, keys.own(session, occasion.person).id)
    if occasion.person not in {one.person for one in readers(session, found, occasion)}:
        raise Refused("case_aside", about=found.number, number=found.number)
    return found


def visited(session: Session, word: str, occasion: Occasion) -> Case:
    """Find the case whose receipt this chat showed; raise Refused once it is over or destroyed."""
    found = session.get(Case, occasion.visited(word))
    if found is None or found.state is CaseState.WITHDRAWN:
        raise Refused("receipt_again")
    return found


def stranded(session: Session, occasion: Occasion) -> Sequence[Case]:
    """List the letters at work that nobody in office opens: their keys left with who had them."""
    at_work = select(Case).where(col(Case.state).not_in(CLOSED)).order_by(col(Case.number))
    return unopened(session, session.exec(at_work).all(), occasion)


def unopened(
    session: Session, found: Sequence[Case], occasion: Occasion, *, without: UUID | None = None
) -> Sequence[Case]:
    """Leave out the cases that a handler in office opens, with an old key too; one may be left out.

    Whoever must stand aside from a case does not open it, though they have its key.
    """
    others = [
        (one, frozenset(keys.ever(session, one.person)))
        for one in keys.handlers(session, today=occasion.today)
        if one.person != without
    ]
    held = cases.held_keys(session, [case.id for case in found])
    return [
        case
        for case in found
        if not any(
            own & held[case.id] and not cases.aside(session, case, one, keys=occasion.keys)
            for one, own in others
        )
    ]


def goes_up(session: Session, case: Case, occasion: Occasion) -> bool:
    """Say whether too few are left to handle a case here, so that it is the county's."""
    return case.state not in CLOSED and len(allowed(session, case, occasion)) < FEWEST


def going_up(session: Session, found: Sequence[Case], occasion: Occasion) -> Sequence[Case]:
    """List which of some cases are the county's."""
    return [case for case in found if goes_up(session, case, occasion)]
