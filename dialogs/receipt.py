"""The receipt of a case: a number that names it and sixteen digits that open it."""

import re

from dialogs.errors import Refused
from dialogs.prompts import plain

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # nothing that looks like something else
NUMBER_LENGTH = 5
SECRET_LENGTH = 16
DIGITS = rf"(?:\d[\s_.:-]{{0,3}}){{{SECRET_LENGTH - 1}}}\d(?![\s_.:-]?\d)"
SECRET = re.compile(rf"(?<!\d){DIGITS}")
WHOLE = re.compile(  # a number of digits alone is drawn once in a thousand times: most are none
    rf"(?<![0-9A-Z])(?=\d*[A-Z])[{ALPHABET}]{{{NUMBER_LENGTH}}}[^0-9A-Z]{{0,20}}{DIGITS}"
)


def read_receipt(text: str) -> tuple[str, str] | None:
    """Read a receipt as people type or paste it; None if it cannot be one."""
    signs = re.sub(r"[^0-9A-Z]", "", plain(text).upper())
    number, secret = signs[:NUMBER_LENGTH], signs[NUMBER_LENGTH:]
    if len(secret) != SECRET_LENGTH or not secret.isdigit() or set(number) - set(ALPHABET):
        return None
    return number, secret


def read_number(text: str) -> str | None:
    """Read the number of a receipt alone; None if it cannot be one."""
    number = re.sub(r"[^0-9A-Z]", "", plain(text).upper())
    return number if len(number) == NUMBER_LENGTH and not set(number) - set(ALPHABET) else None


def read_secret(text: str) -> str | None:
    """Read the digits of a receipt, whatever stands between them; None if it cannot be them."""
    secret = re.sub(r"[^0-9A-Z]", "", plain(text).upper())
    return secret if len(secret) == SECRET_LENGTH and secret.isdigit() else None


def spaced(secret: str) -> str:
    """Write the digits in fours, as they are easiest to copy."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def must_hold_no_receipt(text: str) -> None:
    """Refuse a text in which a whole receipt stands: whoever reads it could pass for its holder."""
    if WHOLE.search(plain(text).upper()):
        raise Refused("receipt_written")


def must_hold_no_secret(text: str) -> None:
    """Refuse a later text of a case in which digits stand that may be those of its receipt.

    The number is known to everybody who reads the case.
    """
    must_hold_no_receipt(text)
    if SECRET.search(plain(text)):
        raise Refused("secret_written")
