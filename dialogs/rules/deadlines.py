"""By when things are to be done."""

from datetime import date, timedelta

from dialogs.catalogue.policy import number
from dialogs.rules.calendar import Calendar
from dialogs.vocabulary import CaseKind

REFILL = timedelta(days=number("refill_days"))  # from the first day on a new post


def refill_due(since: date) -> date:
    """Find the day by which a new holder of a post has checked it (輪崗重填)."""
    return since + REFILL


def notice_due(received: date, *, kind: CaseKind, named: bool, calendar: Calendar) -> date:
    """Find the last day on which acceptance of a case may be told.

    A report with a name and a contact has its own clock, in working days.
    """
    if is_real_name(kind, named=named):
        return calendar.add_working_days(received, number("named_notice"))
    return received + timedelta(days=number("acceptance_notice"))


def is_real_name(kind: CaseKind, *, named: bool) -> bool:
    """Say whether a case is a report under a name (實名檢舉控告), which has its own clock."""
    return named and kind is CaseKind.REPORT


def handling_due(accepted: date, *, extended: bool = False) -> date:
    """Find the last day on which an accepted case may be concluded."""
    days = number("handling_days") + (number("extension_days") if extended else 0)
    return accepted + timedelta(days=days)


def result_due(concluded: date, *, calendar: Calendar) -> date:
    """Find the last day on which the writer of a report under a name is told what it came to."""
    return calendar.add_working_days(concluded, number("named_result"))


def may_reopen(concluded: date, *, today: date) -> bool:
    """Say whether a concluded case may still be taken up again at its writer's word."""
    return today <= concluded + timedelta(days=number("reopen_days"))


def may_hand_back(assigned: date, *, today: date, calendar: Calendar) -> bool:
    """Say whether whoever was assigned a case may still say that it is not theirs."""
    return today <= calendar.add_working_days(assigned, number("hand_back_days"))


def regrade_due(filed: date) -> date:
    """Find the day by which a filed grade is to be looked at anew."""
    year = filed.year + number("regrade_years")
    try:
        return filed.replace(year=year)
    except ValueError:  # 29 February
        return date(year, 2, 28)
