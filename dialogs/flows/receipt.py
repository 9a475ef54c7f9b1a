"""Asking after a case: whoever holds its receipt may, and nobody else."""

from dialogs.asking import choose, confirm
from dialogs.engine import Dialogue
from dialogs.errors import Refused
from dialogs.events import BellHung, ReceiptPresented, SentElsewhere, WriterStepped
from dialogs.facts import CaseFollowed, Nothing
from dialogs.flows.complaint import ask_account, ask_files, points_up, with_captions
from dialogs.prompts import Option, Writing
from dialogs.receipt import must_hold_no_secret, read_number, read_receipt, read_secret
from dialogs.speech import Phrase
from dialogs.vocabulary import CLOSED, CaseMove, Satisfaction


def ask_after(_: Nothing) -> Dialogue[ReceiptPresented]:
    """Take a receipt, in whatever spacing it was copied; the number alone asks for the digits."""
    text: str = yield Writing(key="receipt.present", at_most=100, check=must_be_receipt)
    whole = read_receipt(text)
    if whole is None:
        digits: str = yield Writing(key="receipt.secret", at_most=100, check=must_be_secret)
        secret = read_secret(digits) or ""
        whole = read_receipt(digits) or (read_number(text) or "", secret)
    return ReceiptPresented(*whole)


def must_be_receipt(text: str) -> None:
    """Refuse what can be neither a receipt nor its number."""
    if read_receipt(text) is None and read_number(text) is None:
        raise Refused("receipt_unreadable")


def must_be_secret(text: str) -> None:
    """Refuse what can be neither a receipt's digits nor a whole receipt."""
    if read_secret(text) is None and read_receipt(text) is None:
        raise Refused("secret_unreadable")


def follow_case(
    case: CaseFollowed,
) -> Dialogue[WriterStepped | BellHung | SentElsewhere | None]:
    """Let whoever holds the receipt add to the case, judge it, take it back, or be told."""
    bell = Option("bell", Phrase("receipt.bell_off" if case.bell else "receipt.bell_on"))
    bells = [bell] if case.bell or case.state not in CLOSED else []  # of what is over none rings
    options = [Option(move.value, Phrase(f"receipt.{move.value}"), move) for move in case.moves]
    move: CaseMove | None = yield from choose(
        "receipt.move", [*options, *bells], number=case.number
    )
    match move:
        case None:
            if not case.bell and not (yield from confirm("receipt.bell")):
                return None
            return BellHung(case.visit, wanted=not case.bell)
        case CaseMove.RATE:
            how = yield from choose("receipt.satisfaction", Satisfaction)
            return WriterStepped(case.visit, move, satisfaction=how)
        case CaseMove.WITHDRAW:
            sure = yield from confirm("receipt.withdraw", number=case.number)
            return WriterStepped(case.visit, move) if sure else None
        case _:
            return (yield from add_to(case, move))


def add_to(case: CaseFollowed, move: CaseMove) -> Dialogue[WriterStepped | SentElsewhere]:
    """Take what is added to a case, in words or spoken, and files beside it."""
    text, recordings = yield from ask_account(
        f"receipt.{move.value}", at_least=2, check=must_hold_no_secret, added=True
    )
    files = yield from ask_files(recordings)
    written = with_captions(text, files)
    if (yield from points_up(written, case.intake)):
        return SentElsewhere()
    return WriterStepped(case.visit, move, written, files=files)
