"""Choosing the language to be spoken to in."""

from dialogs.asking import choose
from dialogs.engine import Dialogue
from dialogs.events import LanguageChosen
from dialogs.facts import Interrupted
from dialogs.vocabulary import Language


def choose_language(_: Interrupted) -> Dialogue[LanguageChosen]:
    """Ask which language to speak."""
    return LanguageChosen((yield from choose("language", Language)))
