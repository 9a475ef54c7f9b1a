"""The days of a case: which run, when its handlers hear of them, and how often of new letters."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dialogs.catalogue.policy import number, policy
from dialogs.rules.calendar import Calendar
from dialogs.rules.deadlines import is_real_name
from dialogs.vocabulary import CLOSED, CaseClock, CaseKind, CaseState, ReminderStage

LATE = (ReminderStage.LATE, ReminderStage.VERY_LATE)
LONG = (CaseClock.HANDLING, CaseClock.EXTENSION)
ONCE = 0  # what the one message a day about days counts as; new letters count from one


@dataclass(frozen=True)
class Clock:
    """A day of a case and what is to be done by it."""

    which: CaseClock
    due: date


def running(
    state: CaseState,
    *,
    due: date,
    extended: bool,
    given_on: date | None,
    calendar: Calendar,
    accepted: bool = False,
    owes_result: bool = False,
) -> Iterator[Clock]:
    """List the days that run; `given_on` is when it was assigned to whoever has it.

    One that was `accepted` and handed back has still the day by which it is to be concluded. One
    that `owes_result` is a report under a name whose writer has yet to be told what it came to.
    """
    if owes_result:
        yield Clock(CaseClock.RESULT, due)
    if state in CLOSED:
        return
    if state in (CaseState.RECEIVED, CaseState.QUARANTINED) and not accepted:
        yield Clock(CaseClock.ACCEPTANCE, due)
        return
    yield Clock(CaseClock.EXTENSION if extended else CaseClock.HANDLING, due)
    if given_on:
        back = calendar.add_working_days(given_on, number("hand_back_days"))
        yield Clock(CaseClock.HAND_BACK, back)


def stage(clock: Clock, *, today: date, calendar: Calendar) -> ReminderStage | None:
    """Name the reminder that fits a day; None while it is too early, or of no use any more.

    After days of downtime only the latest is named.
    """
    if today < clock.due:
        if calendar.working_days_between(today, clock.due) <= number("case_before"):
            return ReminderStage.BEFORE
        far = (clock.due - today).days > number("case_ahead")
        return None if far or clock.which not in LONG else ReminderStage.NEAR
    if today == clock.due:
        return ReminderStage.ON_DAY
    if clock.which is CaseClock.HAND_BACK:
        return None
    over = calendar.working_days_between(clock.due, today)
    if over >= number("case_very_late"):
        return ReminderStage.VERY_LATE
    return ReminderStage.LATE if over >= number("case_late") else ReminderStage.ON_DAY


def rests_on(which: CaseClock, *, kind: CaseKind, named: bool) -> str:
    """Say in few words what a day of a case rests on."""
    match which:
        case CaseClock.ACCEPTANCE:
            real = is_real_name(kind, named=named)
            return policy()["named_notice" if real else "acceptance_notice"].source
        case CaseClock.HAND_BACK:
            return policy()["hand_back_days"].source
        case CaseClock.HANDLING:
            return policy()["handling_days"].source
        case CaseClock.EXTENSION:
            return policy()["extension_days"].source
        case CaseClock.RESULT:
            return policy()["named_result"].source


def may_tell_of_letters(told: int, *, hour: int) -> bool:
    """Say whether a handler hears of new letters now, having heard of some so often today.

    Of the first at once, of the others at fixed hours, so that nobody reads from the pings when a
    letter came, and twenty letters are no twenty pings.
    """
    hours = (0, number("second_ping"), number("third_ping"))
    return told < len(hours) and hour >= hours[told]
