"""Asking after a matter: whoever holds its acceptance number may, without a name."""

from dialogs.acceptance import read_number
from dialogs.engine import Dialogue
from dialogs.errors import Refused
from dialogs.events import MatterAskedAfter
from dialogs.facts import Nothing
from dialogs.prompts import Writing


def ask_after_matter(_: Nothing) -> Dialogue[MatterAskedAfter]:
    """Take an acceptance number, however it was copied."""
    text: str = yield Writing(key="matter.number", at_most=100, check=must_be_number)
    return MatterAskedAfter(read_number(text) or "")


def must_be_number(text: str) -> None:
    """Refuse what cannot be an acceptance number."""
    if read_number(text) is None:
        raise Refused("matter_number_unreadable")
