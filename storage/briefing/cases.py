"""What is told about cases, and about the units they may be about."""

from sqlmodel import Session

from dialogs import facts
from dialogs.rules.access import Action
from dialogs.rules.jurisdiction import ABOVE_US
from storage import people, vault
from storage.briefing.telling import identity, tells
from storage.occasion import Occasion


@tells(Action.LODGE)
def township(session: Session, occasion: Occasion, subject: str) -> facts.Township:
    """Tell the units of the township, and which are those of its leaders or its commission."""
    above = people.units_of(session, ABOVE_US, today=occasion.today)
    return facts.Township(
        [
            facts.UnitNamed(unit.id, unit.name, unit.id not in above)
            for unit in people.units(session)
        ]
    )


@tells(Action.CASES)
def cases_at_hand(session: Session, _: Occasion, subject: str) -> facts.CasesAtHand:
    """Tell the open cases, without anything that was written."""
    return facts.CasesAtHand(
        [
            facts.CaseListed(case.id, case.number, case.kind, case.unit, case.state, case.due_on)
            for case in vault.open_cases(session)
        ]
    )


@tells(Action.ANSWER_CASE)
def case_at_hand(session: Session, _: Occasion, subject: str) -> facts.CaseAtHand:
    """Tell which case is to be answered."""
    case = vault.open_case(session, identity(subject))
    papers = vault.papers(session, case.id)
    return facts.CaseAtHand(case.id, case.number, case.state, papers)
