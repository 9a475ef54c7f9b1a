"""審計日誌: the auditor reads the log, takes it along, and sees whether it is whole."""

from datetime import date, timedelta
from enum import Enum
from uuid import UUID

from dialogs.asking import choose, day
from dialogs.engine import Dialogue
from dialogs.events import LogAsked, LogTaken, LogVerified
from dialogs.facts import LogSlice, LogToRead, Nothing
from dialogs.flows.at_once import silence
from dialogs.prompts import Option, options_of
from dialogs.speech import Phrase
from dialogs.vocabulary import Verdict

SELECT = "select"  # what a button carries that leads to the questions

Days = tuple[date | None, date | None]


class Whose(Enum):
    """Whose deeds are looked for."""

    EVERYBODY = "everybody"
    PERSON = "person"
    UNIT = "unit"


def read_log(told: LogToRead) -> Dialogue[LogAsked]:
    """Show what a button asked for; without one, ask which days, what kind, and whose."""
    if told.chosen is not None:
        yield from silence()
        return LogAsked(told.chosen)
    since, until = yield from choose_days(told.today)
    every = Option("every", Phrase("audit.every_kind"), None)
    verdict = yield from choose("audit.verdict", [every, *options_of(list(Verdict))], columns=2)
    person, unit = yield from choose_whose(told)
    return LogAsked(LogSlice(since, until, verdict, person, unit))


def choose_days(today: date) -> Dialogue[Days]:
    """Choose the days by how long ago, or one of them."""
    options = [
        Option("today", Phrase("audit.today"), 0),
        Option("week", Phrase("audit.last_days", {"days": 7}), 6),
        Option("month", Phrase("audit.last_days", {"days": 30}), 29),
        Option("one", Phrase("audit.one_day"), None),
        Option("ever", Phrase("audit.every_day"), -1),
    ]
    back: int | None = yield from choose("audit.days", options, columns=2)
    if back is None:
        chosen = yield from day("audit.day", latest=today)
        return chosen, chosen
    return (None, None) if back < 0 else (today - timedelta(days=back), today)


def choose_whose(told: LogToRead) -> Dialogue[tuple[UUID | None, UUID | None]]:
    """Choose a person, or a unit for all of its people, or neither."""
    options = [Option(one.value, Phrase(f"audit.whose_{one.value}"), one) for one in Whose]
    whose = yield from choose("audit.whose", options)
    match whose:
        case Whose.PERSON:
            unit = yield from choose(
                "audit.person_of",
                [
                    Option(f"u{number}", name or Phrase("invite.no_unit"), name)
                    for number, name in enumerate(dict.fromkeys(one.unit for one in told.people))
                ],
                columns=2,
            )
            people = [
                Option(one.person.hex[:8], one.name, one.person)
                for one in told.people
                if one.unit == unit
            ]
            return (yield from choose("audit.person", people, columns=2)), None
        case Whose.UNIT:
            units = [Option(one.unit.hex[:8], one.name, one.unit) for one in told.units]
            return None, (yield from choose("audit.unit", units, columns=2))
        case _:
            return None, None


def take_log(chosen: LogSlice) -> Dialogue[LogTaken]:
    """Ask for what is being read as a workbook."""
    yield from silence()
    return LogTaken(chosen)


def verify_log(_: Nothing) -> Dialogue[LogVerified]:
    """Ask whether the log is whole."""
    yield from silence()
    return LogVerified()
