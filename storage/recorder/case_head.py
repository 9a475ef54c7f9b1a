"""The head of a case, as its handlers see it: what it is, without what was written."""

from collections.abc import Iterator
from datetime import date

from sqlmodel import Session

from dialogs.rules import case_clocks
from dialogs.rules.calendar import Calendar
from dialogs.speech import Listing, Phrase
from dialogs.vocabulary import CaseClock
from storage.tables import Case, Unit
from storage.vault import clocks


def head_of(session: Session, case: Case, *, today: date, calendar: Calendar) -> Listing:
    """Say what a case is, what is to be done by when, and what its writer thought of it."""
    unit = session.get(Unit, case.unit_id) if case.unit_id else None
    shown = Phrase(
        "case.shown",
        {
            "number": case.number,
            "kind": case.kind,
            "unit": unit.name if unit else Phrase("case.no_unit"),
            "accused": case.accused,
            "received": case.received_on,
            "state": case.state,
        },
    )
    return Listing([shown, *limits(session, case, today=today, calendar=calendar), *besides(case)])


def limits(session: Session, case: Case, *, today: date, calendar: Calendar) -> Iterator[Phrase]:
    """Say by when what is to be done, and what that rests on; not what can be done no more."""
    running = case_clocks.running(
        case.state,
        due=case.due_on,
        extended=case.extended,
        given_on=clocks.given_on(session, case.id).get(case.id),
        calendar=calendar,
        accepted=case.accepted_on is not None,
    )
    for clock in running:
        if clock.which is CaseClock.HAND_BACK and clock.due < today:
            continue
        basis = case_clocks.rests_on(clock.which, kind=case.kind, named=case.named)
        yield Phrase("case.limit", {"due": clock.due, "clock": clock.which, "basis": basis})


def besides(case: Case) -> Iterator[Phrase]:
    """Say what only some cases have."""
    if case.satisfaction:
        yield Phrase("case.rated", {"rating": case.satisfaction})
