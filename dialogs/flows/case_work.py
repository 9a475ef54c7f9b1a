"""Handling: a handler reads a case and takes it a step on."""

from dialogs.asking import choose, confirm, write
from dialogs.engine import Dialogue
from dialogs.errors import Refused
from dialogs.events import CaseOpened, CaseStepped, VaultUnlocked
from dialogs.facts import CaseAtHand, CaseListed, CasesAtHand
from dialogs.prompts import Option
from dialogs.rules.handling import UNTOLD
from dialogs.speech import Phrase
from dialogs.vocabulary import CaseMove


def open_case(at_hand: CasesAtHand) -> Dialogue[CaseOpened | VaultUnlocked]:
    """Let a handler choose which case to read, unlocking their key first."""
    if at_hand.locked:
        return VaultUnlocked((yield from write("vault.passphrase", at_most=200)))
    if not at_hand.cases:
        raise Refused("no_open_cases")
    options = [Option(case.number.lower(), listed(case), case.case) for case in at_hand.cases]
    return CaseOpened((yield from choose("case.which", options)))


def listed(case: CaseListed) -> Phrase:
    """Say a case in a list: nothing of what was written."""
    return Phrase(
        "case.listed_urgent" if case.urgent else "case.listed",
        {
            "number": case.number,
            "kind": case.kind,
            "unit": case.unit or Phrase("case.no_unit"),
            "state": case.state,
            "due": case.due,
        },
    )


def handle_case(case: CaseAtHand) -> Dialogue[CaseStepped | None]:
    """Take a step: what is written goes to the receipt's holder, a note to the handlers."""
    if not case.moves:
        raise Refused("case_closed")
    move: CaseMove = yield from choose("case.move", list(case.moves), number=case.number)
    to = None
    if move is CaseMove.ASSIGN:
        options = [Option(str(one.person)[:8], one.name, one.person) for one in case.handlers]
        to = yield from choose("case.to", options, number=case.number)
    text = yield from write(
        "case.note" if move in UNTOLD else "case.answer",
        at_most=2000,
        number=case.number,
        move=move,
    )
    if not (
        yield from confirm(
            "case.keep" if move in UNTOLD else "case.send",
            number=case.number,
            move=move,
            text=text,
        )
    ):
        return None
    return CaseStepped(case.case, move, text, to, case.papers)
