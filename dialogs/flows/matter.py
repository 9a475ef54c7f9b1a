"""辦件: a unit accepts a matter, and takes it step by step to its end."""

from collections.abc import Sequence
from uuid import UUID

from dialogs.asking import choose, confirm, pick, review, tell, write, write_or_skip
from dialogs.engine import Dialogue
from dialogs.errors import Refused
from dialogs.events import (
    MatterAccepted,
    MatterMoved,
    MatterOpened,
    MattersAsked,
    ProcessChosen,
)
from dialogs.facts import About, MatterAtHand, MatterToAccept, Nothing, ProcessNamed
from dialogs.flows.at_once import silence
from dialogs.prompts import Option
from dialogs.rules.access import Action
from dialogs.speech import Listing, Phrase
from dialogs.vocabulary import MatterMove

MOST_WANTED = 1000
MOST_NOTE = 500


def accept_matter(told: MatterToAccept) -> Dialogue[MatterAccepted | ProcessChosen]:
    """Check the conditions off, then take who applies for what."""
    if told.process is None:
        return (yield from choose_process(told.processes, Action.ACCEPT_MATTER))
    yield from tell(
        "matter.begin",
        process=told.process.name,
        unit=told.process.unit_name,
        steps=told.steps,
        days=told.days,
    )
    met: Sequence[int] = ()
    if told.conditions:
        met = yield from pick(
            "matter.conditions",
            numbered(told.conditions),
            nothing=Phrase("matter.none_met"),
            conditions=spelled(told.conditions),
        )
    wanted = yield from write("matter.wanted", at_least=2, at_most=MOST_WANTED)
    applicant = yield from write("matter.applicant", at_most=60, one_line=True)
    contact = yield from write_or_skip("matter.contact", at_most=200)
    lacks = len(told.conditions) - len(met)
    if lacks:
        yield from tell("matter.lacks", count=lacks)
    yield from review("matter.review")
    return MatterAccepted(told.process.process, tuple(met), wanted, applicant, contact)


def choose_process(processes: Sequence[ProcessNamed], action: Action) -> Dialogue[ProcessChosen]:
    """Choose a unit, then a process of it; the only unit is not asked for."""
    units = list(dict.fromkeys((one.unit, one.unit_name) for one in processes))
    if not units:
        raise Refused("no_processes")
    unit: UUID = units[0][0]
    if len(units) > 1:
        options = [Option(one.hex[:8], name, one) for one, name in units]
        unit = yield from choose("matter.unit", options, columns=2)
    of_unit = [one for one in processes if one.unit == unit]
    options = [Option(one.process.hex[:8], one.name, one.process) for one in of_unit]
    return ProcessChosen(action, (yield from choose("matter.process", options)))


def numbered(conditions: Sequence[str]) -> Sequence[Option]:
    """Offer conditions by their numbers, from 1."""
    return [
        Option(str(number), Phrase("matter.condition", {"number": number, "text": text}), number)
        for number, text in enumerate(conditions, 1)
    ]


def spelled(conditions: Sequence[str]) -> Listing:
    """Write conditions out in full, for a button holds only the beginning."""
    return Listing([option.label for option in numbered(conditions)])


def show_matters(_: Nothing) -> Dialogue[MattersAsked]:
    """Ask which matters are at hand."""
    yield from silence()
    return MattersAsked()


def open_matter(about: About) -> Dialogue[MatterOpened]:
    """Ask to see a matter."""
    yield from silence()
    return MatterOpened(about.subject)


def handle_matter(told: MatterAtHand) -> Dialogue[MatterMoved | None]:
    """Choose what is done at the step a matter is at, and take what belongs to it."""
    move = yield from choose(
        "matter.move",
        told.moves,
        number=told.number,
        process=told.process,
        state=told.state,
        step=told.step,
        steps=told.steps,
        name=told.step_name,
    )
    missing: Sequence[int] = ()
    note = ""
    match move:
        case MatterMove.TAKE:
            note = yield from write("matter.note", at_least=2, at_most=MOST_NOTE)
        case MatterMove.FINISH:
            note = yield from write("matter.result", at_least=2, at_most=MOST_NOTE)
        case MatterMove.SEND_BACK:
            note = yield from write("matter.reason", at_least=4, at_most=MOST_NOTE)
        case MatterMove.DECLINE:
            note = yield from write("matter.ground", at_least=4, at_most=MOST_NOTE)
        case MatterMove.STOP:
            missing = yield from pick(
                "matter.missing",
                numbered(told.conditions),
                at_least=1,
                conditions=spelled(told.conditions),
            )
    sure = yield from confirm("matter.confirm", number=told.number, move=move, name=told.step_name)
    return MatterMoved(told.matter, told.step, move, note, tuple(missing)) if sure else None
