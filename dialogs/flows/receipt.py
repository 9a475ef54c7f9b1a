"""Asking after a case: whoever holds its receipt may, and nobody else."""

from dialogs.engine import Dialogue
from dialogs.errors import Refused
from dialogs.events import ReceiptPresented
from dialogs.facts import Nothing
from dialogs.prompts import Writing
from dialogs.receipt import read_number, read_receipt, read_secret


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
