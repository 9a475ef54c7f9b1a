"""效能監察 written down and shown: lapses, and what is counted by unit; nobody is ranked."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session

from dialogs import events
from dialogs.acceptance import written
from dialogs.catalogue.policy import number
from dialogs.errors import Refused
from dialogs.rules.access import Action, reaches
from dialogs.rules.months import month_after, month_before, month_of
from dialogs.speech import Button, Go, Listing, Phrase, Reply, Sayable
from storage import letters, monitoring, people
from storage.catalogues.reviewing import heads
from storage.monitoring import Counts, Recorded
from storage.occasion import Occasion
from storage.recorder.outcome import Outcome, record
from storage.recorder.pages import in_pages
from storage.tables import Process, Unit

NOTHING = Counts(late=0, in_time=0, lapses=0, complaints=None)  # as much as a quiet unit has


@record.register
def lapse_recorded(
    event: events.LapseRecorded, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Write a lapse down, and tell the heads of the unit that there is something to read."""
    process = session.get(Process, event.process)
    if process is None:
        raise Refused("unknown_action")
    occasion.must_reach(Action.RECORD_LAPSE, process.unit_id)
    lapse = monitoring.record(
        session, event, by=occasion.person, now=occasion.now, keys=occasion.keys
    )
    unit = session.get_one(Unit, lapse.unit_id)
    month = f"{event.found_on:%Y-%m}"
    button = Button(Action.MONITORING, Go(Action.MONITORING, f"{month}{unit.id.hex}"))
    values: dict[str, Sayable] = {"unit": unit.name, "process": process.name, "kind": event.kind}
    told = letters.tell(
        session,
        frozenset(heads(session, [unit.id], today=occasion.today).get(unit.id, ())),
        Reply([Phrase("lapse.told", values)], [[button]]),
        keys=occasion.keys,
        now=occasion.now,
    )
    key = "lapse.recorded" if told else "lapse.recorded_untold"
    return Outcome([Reply([Phrase(key, values)], [[button]])], about=unit.id.hex)


@record.register
def monitoring_asked(
    event: events.MonitoringAsked, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Say what is counted in a month: of every unit somebody looks after, or of one with words."""
    month = event.month or month_of(occasion.today)
    units = [
        unit
        for unit in people.units(session)
        if event.unit in (None, unit.id) and reaches(occasion.standing, Action.MONITORING, unit.id)
    ]
    if not units:
        raise Refused("not_your_unit")
    counts = monitoring.counted(session, [one.id for one in units], month, today=occasion.today)
    few: Sayable = told(None)
    if month >= month_of(occasion.today):
        few = Phrase("monitoring.not_yet")
    lines: list[Sayable] = [*lines_of(units, counts, few)]
    if len(units) == 1:
        lines += found(session, units[0], month, occasion)
    small = number("small_cell")
    title = Phrase("monitoring.title", {"year": month.year, "month": month.month, "small": small})
    first, *more = in_pages(lines, occasion.language)
    replies = [Reply([title, Listing(first)]), *(Reply([Listing(page)]) for page in more)]
    *before, last = replies
    buttons = turning(session, units, month, event, occasion)
    return Outcome([*before, Reply(last.phrases, buttons)])


def lines_of(
    units: Sequence[Unit], counts: Mapping[UUID, Counts], few: Sayable
) -> Sequence[Sayable]:
    """Say what is counted, unit by unit; those with nothing to tell are said together.

    `few` is said in the place of complaints that are not told.
    """
    if len(units) == 1:
        return [line(units[0], counts[units[0].id], few)]
    quiet = [unit for unit in units if counts[unit.id] == NOTHING]
    lines: list[Sayable] = [line(unit, counts[unit.id], few) for unit in units if unit not in quiet]
    if quiet:
        rest: dict[str, Sayable] = {"count": len(quiet), "complaints": few}
        lines.append(Phrase("monitoring.quiet", rest))
    return lines


def line(unit: Unit, counts: Counts, few: Sayable) -> Phrase:
    """Say what is counted of a unit; what is too small is not told."""
    return Phrase(
        "monitoring.unit",
        {
            "unit": unit.name,
            "late": told(counts.late),
            "in_time": told(counts.in_time),
            "lapses": told(counts.lapses),
            "complaints": few if counts.complaints is None else counts.complaints,
        },
    )


def told(count: int | None) -> Sayable:
    """Say a count, or that it is too small to be told."""
    if count is None:
        return Phrase("monitoring.small", {"small": number("small_cell")})
    return count


def found(session: Session, unit: Unit, month: date, occasion: Occasion) -> Sequence[Sayable]:
    """Write out the lapses of a unit."""
    return [
        lapse_line(one) for one in monitoring.lapses(session, unit.id, month, keys=occasion.keys)
    ]


def lapse_line(lapse: Recorded) -> Phrase:
    """Say one lapse."""
    values: dict[str, Sayable] = {
        "day": lapse.found_on,
        "kind": lapse.kind,
        "process": lapse.process,
        "step": lapse.step or Phrase("lapse.whole"),
        "text": lapse.text,
    }
    if lapse.number:
        return Phrase("monitoring.lapse_of_matter", {**values, "number": written(lapse.number)})
    return Phrase("monitoring.lapse", values)


def turning(
    session: Session,
    units: Sequence[Unit],
    month: date,
    event: events.MonitoringAsked,
    occasion: Occasion,
) -> Sequence[Sequence[Button]]:
    """Offer the units with something to read, then the months before and after."""
    noted = monitoring.with_lapses(session, [one.id for one in units], month)
    several = [one for one in units if len(units) > 1 and one.id in noted]
    rows = [[month_button(unit.name, month, unit)] for unit in several]
    one = units[0] if event.unit else None
    earlier = month_button(Phrase("monitoring.earlier"), month_before(month), one)
    later = month_button(Phrase("monitoring.later"), month_after(month), one)
    return [*rows, [earlier, *([later] if month < month_of(occasion.today) else [])]]


def month_button(says: Sayable, month: date, unit: Unit | None) -> Button:
    """Offer the counts of a month."""
    subject = f"{month:%Y-%m}{unit.id.hex if unit else ''}"
    return Button(says, Go(Action.MONITORING, subject))
