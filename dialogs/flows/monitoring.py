"""效能監察: what went wrong with how something was handled, and what is counted of it."""

from dialogs.asking import choose, confirm, day, write
from dialogs.engine import Dialogue
from dialogs.events import LapseRecorded, MonitoringAsked, ProcessChosen
from dialogs.facts import LapseToRecord, MonthPicked
from dialogs.flows.at_once import silence
from dialogs.flows.matter import choose_process
from dialogs.prompts import Option
from dialogs.rules.access import Action
from dialogs.speech import Phrase
from dialogs.vocabulary import LapseKind

WHOLE = Option("whole", Phrase("lapse.whole"), 0)


def record_lapse(told: LapseToRecord) -> Dialogue[LapseRecorded | ProcessChosen | None]:
    """Ask at which step, what kind, when and what; about the work, not about a person."""
    if told.process is None:
        return (yield from choose_process(told.processes, Action.RECORD_LAPSE))
    process = told.process
    steps = [
        Option(str(number), Phrase("matter.condition", {"number": number, "text": name}), number)
        for number, name in enumerate(told.steps, 1)
    ]
    about = told.number or Phrase("lapse.no_matter")
    step = yield from choose(
        "lapse.step", [*steps, WHOLE], process=process.name, unit=process.unit_name, matter=about
    )
    kind = yield from choose("lapse.kind", LapseKind, columns=2)
    found = yield from day("lapse.day", latest=told.today, proposed=told.today)
    text = yield from write("lapse.text", at_least=4, at_most=500)
    if not (yield from confirm("lapse.confirm", unit=process.unit_name, kind=kind)):
        return None
    return LapseRecorded(process.process, told.matter, step, kind, found, text)


def show_monitoring(picked: MonthPicked) -> Dialogue[MonitoringAsked]:
    """Ask what is counted."""
    yield from silence()
    return MonitoringAsked(picked.month, picked.unit)
