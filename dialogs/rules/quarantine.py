"""Which letters are set aside to be looked at together: never lost, never unheard, never by whom.

A village is not silenced by one person: letters set aside do not count towards a flood, and one
with a contact or a file, or brought through a clerk, is not set aside for being one of many.
"""

import re
from dataclasses import dataclass

from dialogs.catalogue.policy import number
from dialogs.rules.recusal import letters_of

LINK = re.compile(r"(?:https?://|www\.)[!-~]*|\b[a-z0-9-]+(?:\.[a-z0-9-]+)+[!-~]*", re.IGNORECASE)
FEWEST_SIGNS = 4  # different signs without which a text says nothing


@dataclass(frozen=True)
class Lately:
    """What else came lately: letters of the same text, letters about the same unit."""

    same: int = 0
    about: int = 0


def says_nothing(text: str) -> bool:
    """Say whether a text is a link and little else, or the same few signs over and over."""
    return len(set(letters_of(LINK.sub("", text)))) < FEWEST_SIGNS


def is_set_aside(text: str, lately: Lately, *, vouched: bool, files: bool) -> bool:
    """Say whether a letter is set aside.

    `vouched` is whether a contact or a file was left with it, or a clerk wrote it down.
    """
    if says_nothing(text):
        return not files
    return not vouched and (lately.same > 0 or lately.about >= number("flood_letters"))
