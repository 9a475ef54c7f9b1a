"""Handling: the commission reads a case and answers it."""

from dialogs.asking import choose, confirm, write
from dialogs.engine import Dialogue
from dialogs.errors import Refused
from dialogs.events import CaseAnswered, CaseOpened
from dialogs.facts import CaseAtHand, CasesAtHand
from dialogs.prompts import Option
from dialogs.speech import Phrase
from dialogs.vocabulary import CLOSED, CaseState


def open_case(at_hand: CasesAtHand) -> Dialogue[CaseOpened]:
    """Let a handler choose which case to read."""
    if not at_hand.cases:
        raise Refused("no_open_cases")
    options = [
        Option(
            case.number.lower(),
            Phrase(
                "case.listed",
                {
                    "number": case.number,
                    "kind": case.kind,
                    "unit": case.unit or Phrase("case.no_unit"),
                    "state": case.state,
                    "due": case.due,
                },
            ),
            case.case,
        )
        for case in at_hand.cases
    ]
    return CaseOpened((yield from choose("case.which", options)))


def answer_case(case: CaseAtHand) -> Dialogue[CaseAnswered | None]:
    """Take the answer a receipt's holder will read, and where the case stands now."""
    state = yield from choose("case.state", [CaseState.ACCEPTED, *CLOSED], number=case.number)
    answer = yield from write("case.answer", at_most=2000, number=case.number)
    if not (yield from confirm("case.send", number=case.number, state=state, answer=answer)):
        return None
    return CaseAnswered(case.case, state, answer, case.papers)
