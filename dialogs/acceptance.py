"""The acceptance number (受理號) of a matter: it says where the matter stands, and nothing else."""

import re

from dialogs.prompts import plain
from dialogs.receipt import ALPHABET

LENGTH = 8  # letters of 31: among ten thousand matters, one try in 85 million comes upon one


def read_number(text: str) -> str | None:
    """Read an acceptance number however it was copied; None if it cannot be one."""
    signs = re.sub(r"[^0-9A-Z]", "", plain(text).upper())
    return signs if len(signs) == LENGTH and not set(signs) - set(ALPHABET) else None


def written(number: str) -> str:
    """Write an acceptance number in fours, as it is easiest to copy."""
    return f"{number[:4]}-{number[4:]}"
