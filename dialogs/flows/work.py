"""待辦: what waits for somebody."""

from dialogs.engine import Dialogue
from dialogs.events import WorkAsked
from dialogs.facts import Nothing
from dialogs.flows.at_once import silence


def show_work(_: Nothing) -> Dialogue[WorkAsked]:
    """Ask what waits."""
    yield from silence()
    return WorkAsked()
