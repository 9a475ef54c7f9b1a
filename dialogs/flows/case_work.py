"""Handling: a handler reads a case and takes it a step on."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from dialogs.asking import choose, confirm, day, pick, write, write_or_skip
from dialogs.engine import Dialogue
from dialogs.errors import Refused
from dialogs.events import CaseOpened, CasesSifted, CaseStepped, VaultUnlocked
from dialogs.facts import CaseAtHand, CaseListed, CasesAtHand
from dialogs.prompts import Option
from dialogs.rules.handling import UNTOLD
from dialogs.speech import Phrase, Sayable
from dialogs.vocabulary import CLOSED, CaseKind, CaseMove, CaseState, ToldBy, Verified

A_PAGE = 8  # letters of a list
SIFTING = (CaseMove.RELEASE, CaseMove.DECLINE, CaseMove.HAND_ON)


def open_case(at_hand: CasesAtHand) -> Dialogue[CaseOpened | CasesSifted | VaultUnlocked | None]:
    """Let a handler choose which case to read, unlocking their key first."""
    if at_hand.locked:
        return VaultUnlocked((yield from write("vault.passphrase", at_most=200)))
    if not (at_hand.cases or at_hand.set_aside or at_hand.over):
        raise Refused("no_open_cases")
    options = [*offered(at_hand.cases), *aside(at_hand.set_aside), *over(at_hand.over)]
    case: UUID | CaseState = yield from choose("case.which", options, a_page=A_PAGE)
    match case:
        case UUID():
            return CaseOpened(case)
        case CaseState.QUARANTINED:
            return (yield from sift(at_hand.set_aside))
        case _:
            return CaseOpened((yield from choose("case.over", closed(at_hand.over), a_page=A_PAGE)))


def sift(set_aside: Sequence[CaseListed]) -> Dialogue[CaseOpened | CasesSifted | None]:
    """Let a handler read letters that were set aside, or decide on several together."""
    together = Option("together", Phrase("case.sift_together"))
    options = [together, *offered(set_aside)]
    case: UUID | None = yield from choose("case.set_aside", options, a_page=A_PAGE)
    if case:
        return CaseOpened(case)
    which = yield from pick("case.sift", offered(set_aside), at_least=1, whole=True)
    move: CaseMove = yield from choose("case.sift_move", SIFTING, count=len(which))
    text = yield from write(f"case.sift_{move.value}", at_most=500, count=len(which))
    sure = yield from confirm("case.sift_sure", count=len(which), move=move, text=text)
    return CasesSifted(which, move, text) if sure else None


def offered(cases: Sequence[CaseListed]) -> Sequence[Option]:
    """Offer cases by their numbers, as short as fits a telephone."""
    return [Option(case.number.lower(), listed(case), case.case) for case in cases]


def aside(cases: Sequence[CaseListed]) -> Sequence[Option]:
    """Offer what was set aside in one line."""
    count = Phrase("case.aside_count", {"count": len(cases)})
    return [Option("set_aside", count, CaseState.QUARANTINED)] if cases else []


def over(cases: Sequence[CaseListed]) -> Sequence[Option]:
    """Offer what is closed in one line."""
    count = Phrase("case.over_count", {"count": len(cases)})
    return [Option("over", count, CaseState.CONCLUDED)] if cases else []


def closed(cases: Sequence[CaseListed]) -> Sequence[Option]:
    """Offer closed cases by their numbers, with what their writers thought of it."""
    return [
        Option(
            one.number.lower(),
            Phrase("case.listed_rated", {**named, "rating": one.rating})
            if one.rating
            else Phrase("case.listed_over", named),
            one.case,
        )
        for one in cases
        for named in [{"number": one.number, "state": one.state}]
    ]


def listed(case: CaseListed) -> Phrase:
    """Say an open case in a list: nothing of what was written.

    One that is closed is still open only because its writer has yet to be told the result.
    """
    key = "case.listed_urgent" if case.urgent else "case.listed"
    stands: Sayable = Phrase("case.result_owed") if case.state in CLOSED else case.state
    return Phrase(
        "case.listed_late" if case.late and not case.urgent else key,
        {"number": case.number, "state": stands, "due": f"{case.due:%m-%d}"},
    )


def handle_case(case: CaseAtHand) -> Dialogue[CaseStepped | None]:
    """Take a step: what is written goes to the receipt's holder, a note to the handlers."""
    if not case.moves:
        raise Refused("case_closed")
    move: CaseMove = yield from choose("case.move", list(case.moves), number=case.number)
    if move is CaseMove.TELL:
        return (yield from tell_result(case))
    to = None
    if move is CaseMove.ASSIGN:
        options = [Option(str(one.person)[:8], one.name, one.person) for one in case.handlers]
        to = yield from choose("case.to", options, number=case.number)
    verified: Verified | None = None
    if move is CaseMove.CONCLUDE and case.kind is CaseKind.SERVICE:
        verified = yield from choose("case.verified", Verified, number=case.number)
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
    return CaseStepped(case.case, move, text, to, case.papers, verified)


def tell_result(case: CaseAtHand) -> Dialogue[CaseStepped | None]:
    """Note when and how the writer was told what a report came to, and what they said to it."""
    how = yield from choose("case.told_by", ToldBy, number=case.number)
    on = yield from day(
        "case.told_on",
        earliest=case.concluded,
        latest=case.today,
        proposed=case.today,
        number=case.number,
    )
    text = yield from write_or_skip("case.told_words", number=case.number)
    if not (yield from confirm("case.told_sure", number=case.number, how=how, on=on)):
        return None
    noted = CaseStepped(case.case, CaseMove.TELL, text or "", papers=case.papers)
    return replace(noted, told_by=how, told_on=on)
