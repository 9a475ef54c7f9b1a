"""待辦 and 今日: what waits for somebody, and the day of the commission."""

from dialogs.engine import Dialogue
from dialogs.events import DayAsked, WorkAsked
from dialogs.facts import Nothing
from dialogs.flows.at_once import silence


def show_work(_: Nothing) -> Dialogue[WorkAsked]:
    """Ask what waits."""
    yield from silence()
    return WorkAsked()


def show_day(_: Nothing) -> Dialogue[DayAsked]:
    """Ask for the day."""
    yield from silence()
    return DayAsked()
