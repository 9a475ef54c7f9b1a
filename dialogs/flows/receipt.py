"""Asking after a case: whoever holds its receipt may, and nobody else."""

from dialogs.asking import choose, confirm, write
from dialogs.engine import Dialogue
from dialogs.errors import Refused
from dialogs.events import BellHung, ReceiptPresented, WriterStepped
from dialogs.facts import CaseFollowed, Nothing
from dialogs.flows.complaint import ask_files, coach, with_captions
from dialogs.prompts import Option, Writing
from dialogs.receipt import must_hold_no_secret, read_number, read_receipt, read_secret
from dialogs.speech import Phrase
from dialogs.vocabulary import CaseMove, Satisfaction


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


def follow_case(case: CaseFollowed) -> Dialogue[WriterStepped | BellHung | None]:
    """Let whoever holds the receipt add to the case, judge it, take it back, or be told."""
    bell = Option("bell", Phrase("receipt.bell_off" if case.bell else "receipt.bell_on"))
    options = [Option(move.value, Phrase(f"receipt.{move.value}"), move) for move in case.moves]
    move: CaseMove | None = yield from choose("receipt.move", [*options, bell], number=case.number)
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
            text = yield from write(
                f"receipt.{move.value}", at_least=2, at_most=2000, check=must_hold_no_secret
            )
            yield from coach(text, added=True)
            files = yield from ask_files()
            return WriterStepped(case.visit, move, with_captions(text, files), files=files)
