"""When people are reminded, and when they are left in peace."""

from datetime import date, datetime, time, timedelta, tzinfo

from dialogs.rules.calendar import add_working_days, is_working_day, working_days_between
from dialogs.vocabulary import ReminderStage

# [PROPOSED]: the township approves these numbers.
BEFORE = 3  # working days before the day it is due
LATE = 1  # working days after
VERY_LATE = 5  # working days after
OPENS = time(8, 30)  # nobody is reminded earlier in the day
CLOSES = time(18, 0)  # nor later

STILL_FRESH = timedelta(days=90)  # a self-check so young need not be done again when called for

REFILL = timedelta(days=30)  # [PROPOSED]: from the first day on a new post to its self-check

NOTICE_DAYS = 15  # days within which acceptance is told (信訪工作條例 §23)


def stage(due: date, *, today: date) -> ReminderStage:
    """Name the reminder that fits a day; the first is that it has been called for.

    After days of downtime only the latest stage is named, so that one message catches up.
    """
    if today < due:
        left = working_days_between(today, due)
        return ReminderStage.BEFORE if left <= BEFORE else ReminderStage.CALLED
    if today == due:
        return ReminderStage.ON_DAY
    over = working_days_between(due, today)
    if over >= VERY_LATE:
        return ReminderStage.VERY_LATE
    return ReminderStage.LATE if over >= LATE else ReminderStage.ON_DAY


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


def notice_due(received: date) -> date:
    """Find the last day on which acceptance of a case may be told."""
    return received + timedelta(days=NOTICE_DAYS)
