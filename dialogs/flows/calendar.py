"""工作日曆: the clerk looks at the township's own days, enters more, and takes some back."""

from collections.abc import Sequence
from datetime import date, timedelta

from dialogs.asking import choose, confirm, day, tell, write
from dialogs.engine import Dialogue
from dialogs.events import OwnDaysEntered, OwnDaysTakenBack
from dialogs.facts import CalendarAtHand, OwnSpan
from dialogs.prompts import Option
from dialogs.speech import Listing, Phrase, Sayable

LONGEST = timedelta(days=60)  # a span beyond it is most likely a slip
AHEAD = timedelta(days=800)
LONGEST_REASON = 60
FREE, WORKED, BACK = (
    Option("free", Phrase("calendar.free"), "free"),
    Option("worked", Phrase("calendar.worked"), "worked"),
    Option("back", Phrase("calendar.back"), "back"),
)


def keep_calendar(told: CalendarAtHand) -> Dialogue[OwnDaysEntered | OwnDaysTakenBack | None]:
    """Show what is known and entered, then take one span in or back."""
    lines = Listing([span_line(span) for span in told.coming] or [Phrase("calendar.no_days")])
    yield from tell("calendar.known", until=told.known_until, days=lines)
    what = yield from choose("calendar.what", [FREE, WORKED, *([BACK] if told.coming else [])])
    if what == BACK.value:
        return (yield from take_back(told.coming))
    span = yield from enter(told.today, worked=what == WORKED.value)
    if not (yield from confirm("calendar.confirm", span=span_line(span))):
        return None
    return OwnDaysEntered(span)


def enter(today: date, *, worked: bool) -> Dialogue[OwnSpan]:
    """Ask for the first day, the last, and why."""
    first = yield from day("calendar.first", earliest=today, latest=today + AHEAD)
    last = yield from day("calendar.last", earliest=first, latest=first + LONGEST, proposed=first)
    reason = yield from write("calendar.reason", at_most=LONGEST_REASON, one_line=True)
    return OwnSpan(first, last, worked, reason)


def take_back(coming: Sequence[OwnSpan]) -> Dialogue[OwnDaysTakenBack | None]:
    """Ask which span is not so after all."""
    spans = [Option(span.first.isoformat(), span_line(span), span) for span in coming]
    span: OwnSpan = yield from choose("calendar.which", spans)
    if not (yield from confirm("calendar.confirm_back", span=span_line(span))):
        return None
    return OwnDaysTakenBack(span)


def span_line(span: OwnSpan) -> Phrase:
    """Say a span: its days, whether they are worked, and why."""
    what = Phrase("calendar.worked_days" if span.worked else "calendar.free_days")
    values: dict[str, Sayable] = {
        "first": span.first,
        "last": span.last,
        "what": what,
        "reason": span.reason,
    }
    return Phrase("calendar.day" if span.first == span.last else "calendar.span", values)
