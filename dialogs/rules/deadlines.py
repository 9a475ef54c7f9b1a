"""When people are reminded, and when they are left in peace."""

from datetime import date, datetime, time, timedelta, tzinfo

from dialogs.catalogue.policy import number
from dialogs.rules.calendar import add_working_days, is_working_day, working_days_between
from dialogs.vocabulary import CaseKind, DeadlineKind, ReminderStage

# [PROPOSED]: the township approves these hours.
OPENS = time(8, 30)  # nobody is reminded earlier in the day
CLOSES = time(18, 0)  # nor later

REFILL = timedelta(days=number("refill_days"))  # from the first day on a new post


def stage(due: date, *, today: date, kind: DeadlineKind) -> ReminderStage | None:
    """Name the reminder that fits a day; None while it is too early for any.

    The first is that it has been called for. After days of downtime only the latest is named, so
    that one message catches up.
    """
    if today < due:
        if kind is DeadlineKind.REGRADE:
            return ahead((due - today).days)
        left = working_days_between(today, due)
        return ReminderStage.BEFORE if left <= number("remind_before") else ReminderStage.CALLED
    if today == due:
        return ReminderStage.ON_DAY
    over = working_days_between(due, today)
    if over >= number("remind_very_late"):
        return ReminderStage.VERY_LATE
    return ReminderStage.LATE if over >= number("remind_late") else ReminderStage.ON_DAY


def stages_of(kind: DeadlineKind) -> tuple[ReminderStage, ...]:
    """List the reminders there are of a kind of deadline."""
    if kind is DeadlineKind.REGRADE:
        return tuple(one for one in ReminderStage if one is not ReminderStage.CALLED)
    early = (ReminderStage.FAR, ReminderStage.NEAR)
    return tuple(one for one in ReminderStage if one not in early)


def ahead(days: int) -> ReminderStage | None:
    """Name the reminder that fits so many days before grades are to be looked at anew."""
    if days <= number("regrade_soon"):
        return ReminderStage.BEFORE
    if days <= number("regrade_near"):
        return ReminderStage.NEAR
    return ReminderStage.FAR if days <= number("regrade_far") else None


def next_open_moment(now: datetime, *, zone: tzinfo) -> datetime:
    """Find the next moment at which people may be reminded: a working day, in office hours."""
    local = now.astimezone(zone)
    if is_working_day(local.date()):
        if OPENS <= local.time() < CLOSES:
            return now
        if local.time() < OPENS:
            return datetime.combine(local.date(), OPENS, zone)
    return datetime.combine(add_working_days(local.date(), 1), OPENS, zone)


def refill_due(since: date) -> date:
    """Find the day by which a new holder of a post has checked it (輪崗重填)."""
    return since + REFILL


def notice_due(received: date, *, kind: CaseKind, named: bool) -> date:
    """Find the last day on which acceptance of a case may be told.

    A report with a name and a contact has its own clock, in working days.
    """
    if named and kind is CaseKind.REPORT:
        return add_working_days(received, number("named_notice"))
    return received + timedelta(days=number("acceptance_notice"))


def handling_due(accepted: date, *, extended: bool = False) -> date:
    """Find the last day on which an accepted case may be concluded."""
    days = number("handling_days") + (number("extension_days") if extended else 0)
    return accepted + timedelta(days=days)


def may_reopen(concluded: date, *, today: date) -> bool:
    """Say whether a concluded case may still be taken up again at its writer's word."""
    return today <= concluded + timedelta(days=number("reopen_days"))


def may_hand_back(assigned: date, *, today: date) -> bool:
    """Say whether whoever was assigned a case may still say that it is not theirs."""
    return today <= add_working_days(assigned, number("hand_back_days"))


def regrade_due(filed: date) -> date:
    """Find the day by which a filed grade is to be looked at anew."""
    year = filed.year + number("regrade_years")
    try:
        return filed.replace(year=year)
    except ValueError:  # 29 February
        return date(year, 2, 28)
