"""The head of a case, as its handlers see it: what it is, without what was written."""

from collections.abc import Iterator

from sqlmodel import Session

from dialogs.rules import case_clocks
from dialogs.speech import Listing, Phrase
from dialogs.vocabulary import CameBy, CaseClock, CaseMove, CaseState
from storage.occasion import Occasion
from storage.tables import Case, Unit
from storage.vault import clocks, results


def head_of(session: Session, case: Case, occasion: Occasion, *, came_by: CameBy | None) -> Listing:
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
    return Listing(
        [shown, *limits(session, case, occasion), *told(session, case), *besides(case, came_by)]
    )


def limits(session: Session, case: Case, occasion: Occasion) -> Iterator[Phrase]:
    """Say by when what is to be done, and what that rests on; not what can be done no more."""
    running = case_clocks.running(
        case.state,
        due=case.due_on,
        extended=case.extended,
        given_on=clocks.given_on(session, case.id).get(case.id),
        calendar=occasion.calendar,
        accepted=case.accepted_on is not None,
        owes_result=results.is_owed(session, case),
    )
    for clock in running:
        if clock.which is CaseClock.HAND_BACK and clock.due < occasion.today:
            continue
        basis = case_clocks.rests_on(clock.which, kind=case.kind, named=case.named)
        yield Phrase("case.limit", {"due": clock.due, "clock": clock.which, "basis": basis})


def told(session: Session, case: Case) -> Iterator[Phrase]:
    """Say on which day the writer was told what it came to, or read it by receipt."""
    step = results.last_step(session, case) if case.state is CaseState.CONCLUDED else None
    if step and step.move is CaseMove.TELL:
        by_hand = step.person_id is not None
        key = "case.told" if by_hand else "case.told_by_receipt"
        yield Phrase(key, {"day": step.taken_on})


def besides(case: Case, came_by: CameBy | None) -> Iterator[Phrase]:
    """Say what only some cases have; how one came that a clerk wrote down is sealed with it."""
    if came_by:
        yield Phrase("case.assisted_by", {"came_by": came_by})
    elif case.assisted:
        yield Phrase("case.assisted")
    if case.satisfaction:
        yield Phrase("case.rated", {"rating": case.satisfaction})
