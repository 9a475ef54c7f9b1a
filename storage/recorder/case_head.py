"""The head of a case, as its handlers see it: what it is, without what was written."""

from collections.abc import Iterator

from sqlmodel import Session

from dialogs.speech import Listing, Phrase
from storage.tables import Case, Unit


def head_of(session: Session, case: Case) -> Listing:
    """Say what a case is, and how content its writer was once it was over."""
    unit = session.get(Unit, case.unit_id) if case.unit_id else None
    shown = Phrase(
        "case.shown",
        {
            "number": case.number,
            "kind": case.kind,
            "unit": unit.name if unit else Phrase("case.no_unit"),
            "accused": case.accused,
            "received": case.received_on,
            "due": case.due_on,
            "state": case.state,
        },
    )
    return Listing([shown, *besides(case)])


def besides(case: Case) -> Iterator[Phrase]:
    """Say what only some cases have."""
    if case.satisfaction:
        yield Phrase("case.rated", {"rating": case.satisfaction})
