"""今日: the commission's day on one screen: to decide, late, and done by itself."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from sqlmodel import Session

from dialogs import events
from dialogs.rules.access import Action
from dialogs.speech import Button, Go, Listing, Phrase, Reply, Sayable
from storage import broadcasts, day, work
from storage.day import ByItself
from storage.occasion import Occasion
from storage.recorder.outcome import Outcome, record
from storage.work import Work

ON = (Action.WORK, Action.CASES, Action.WARNINGS, Action.WHO_IS_LATE, Action.STAGES)


@record.register
def day_asked(
    event: events.DayAsked, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Show the day: three short lists, and the ways on."""
    today, calendar = occasion.today, occasion.calendar
    since = calendar.add_working_days(today, -1) + timedelta(days=1)
    worked = "day.working" if calendar.is_working_day(today) else "day.free"
    buttons = [Button(action, Go(action)) for action in ON]
    waiting = work.waiting_for(session, occasion)
    asked = len(day.to_approve(session, occasion.person))
    undecided = sum(broadcasts.undecided(session).values())
    lists = (
        ("day.decide", list(to_decide(waiting, asked, undecided))),
        ("day.late", list(late(session, waiting, today=today))),
        ("day.by_itself", list(done(day.by_itself(session, since=since)))),
    )
    said = [part(key, lines, {"since": since}) for key, lines in lists]
    head = Phrase("day.head", {"day": today, "kind": Phrase(worked)})
    rows = [buttons[:2], buttons[2:4], buttons[4:], *of_broadcasts(asked, undecided)]
    return Outcome([Reply([head, *said], rows)])


def of_broadcasts(asked: int, undecided: int) -> Iterator[list[Button]]:
    """Offer the notices, of which something waits for a decision."""
    for key, count in (("day.approve_broadcasts", asked), ("day.decide_copies", undecided)):
        if count:
            yield [Button(Phrase(key, {"count": count}), Go(Action.BROADCASTS))]


def part(key: str, lines: Sequence[Phrase], values: Mapping[str, Sayable]) -> Phrase:
    """Say one list under its heading, or that there is nothing of it."""
    listed: Sayable = Listing([Phrase("work.line", {"line": one}) for one in lines])
    return Phrase(key, {**values, "lines": listed if lines else Phrase("day.nothing")})


def to_decide(waiting: Work, asked: int, undecided: int) -> Iterator[Phrase]:
    """Say what waits for a decision of whoever asks."""
    counts = (
        ("day.warnings", len(waiting.warnings)),
        ("day.letters", waiting.letters),
        ("day.letters_aside", waiting.letters_aside),
        ("day.letters_stranded", waiting.letters_stranded),
        ("day.reviews", sum(len(one.waiting) for one in waiting.reviews)),
        ("day.to_publish", waiting.to_publish),
        ("day.objections", len(waiting.objections)),
        ("day.to_close", len(waiting.to_close)),
        ("day.broadcasts", asked),
        ("day.undecided", undecided),
    )
    yield from counted(counts)


def late(session: Session, waiting: Work, *, today: date) -> Iterator[Phrase]:
    """Say what is late: how much of what, in how many units, and of nobody by name."""
    for one in day.late(session, today=today):
        yield Phrase("day.late_line", {"kind": one.kind, "count": one.count, "units": one.units})
    counts = (
        ("day.late_matters", day.late_matters(session, today=today)),
        ("day.late_letters", waiting.letters_late),
    )
    yield from counted(counts)


def done(found: ByItself) -> Iterator[Phrase]:
    """Say what was done by itself."""
    counts = (
        ("day.reminded", found.reminded),
        ("day.climbed", found.climbed),
        ("day.signals", found.signals),
        ("day.drafts", found.drafts),
        ("day.root", found.root),
    )
    yield from counted(counts)


def counted(counts: Sequence[tuple[str, int | None]]) -> Iterator[Phrase]:
    """Say of each thing how much of it there is, where there is any."""
    yield from (Phrase(key, {"count": count}) for key, count in counts if count)
