"""The ladder of reminders: what is to be said of a deadline on a day, and when to look again."""

from collections.abc import Collection, Sequence
from datetime import date, time, timedelta

from dialogs.catalogue.policy import number
from dialogs.catalogue.reminders import Ladder, Rung, ladders
from dialogs.rules.calendar import Calendar
from dialogs.vocabulary import DeadlineKind, ReminderStage


def stages_of(kind: DeadlineKind) -> tuple[ReminderStage, ...]:
    """List the reminders there are for the holder of a kind of deadline."""
    return tuple(rung.stage for rung in ladders()[kind].rungs)


def day_of(rung: Rung, due: date, *, calendar: Calendar) -> date | None:
    """Find the first day that fits a rung; None for one that fits from the beginning.

    What is due on a day off is last spoken of on the working day before, and counted from it.
    """
    if rung.days is None:
        return None
    if rung.days and not rung.working:
        return due + timedelta(days=rung.days)
    if rung.days <= 0:
        due = last_worked(due, calendar=calendar)
    return calendar.add_working_days(due, rung.days)


def fits(rung: Rung, due: date, *, today: date, calendar: Calendar) -> bool:
    """Say whether the day of a rung has come."""
    day = day_of(rung, due, calendar=calendar)
    return day is None or day <= today


def latest(ladder: Ladder, due: date, *, today: date, calendar: Calendar) -> Rung | None:
    """Find the rung that fits a day: the last whose day has come; None while it is too early."""
    reached = [one for one in ladder.rungs if fits(one, due, today=today, calendar=calendar)]
    return reached[-1] if reached else None


def to_say(
    ladder: Ladder,
    due: date,
    *,
    today: date,
    calendar: Calendar,
    said: Collection[ReminderStage],
) -> Rung | None:
    """Find what the holder is to hear: the latest rung, unless that or a later one was said."""
    rung = latest(ladder, due, today=today, calendar=calendar)
    if rung is None:
        return None
    onward = ladder.rungs[ladder.rungs.index(rung) :]
    return None if any(one.stage in said for one in onward) else rung


def climbed(ladder: Ladder, due: date, *, today: date, calendar: Calendar) -> Sequence[Rung]:
    """List the rungs by which a deadline has climbed to whoever looks after it."""
    return [one for one in ladder.climbs if fits(one, due, today=today, calendar=calendar)]


def next_day(ladder: Ladder, due: date, *, today: date, calendar: Calendar) -> date | None:
    """Find the next working day on which there is something new to say; None if there is none."""
    days = (day_of(rung, due, calendar=calendar) for rung in (*ladder.rungs, *ladder.climbs))
    coming = min((day for day in days if day and day > today), default=None)
    if coming is None or calendar.is_working_day(coming):
        return coming
    return calendar.add_working_days(coming, 1)


def hours(calendar: Calendar) -> Sequence[int]:
    """List the whole hours at which somebody may have their digest."""
    return [hour for hour in range(24) if calendar.opens <= time(hour) < calendar.closes]


def digest_time(hour: int | None, *, calendar: Calendar) -> time:
    """Find when somebody has their digest: at the hour they chose, if offices are open then."""
    wanted = number("digest_hour") if hour is None else hour
    return time(wanted) if wanted in hours(calendar) else calendar.opens


def latest_pause(due: date, *, today: date, calendar: Calendar) -> date | None:
    """Find the last day until which a reminder may wait; None where it may wait no more.

    It is the last day on which the holder hears of it before it is late: a working day. What is
    late waits a few working days at most.
    """
    if due < today:
        return calendar.add_working_days(today, number("snooze_late"))
    last = last_worked(due, calendar=calendar)
    return last if last > today else None


def last_worked(due: date, *, calendar: Calendar) -> date:
    """Find the last working day up to and with the day something is due."""
    return due if calendar.is_working_day(due) else calendar.add_working_days(due, -1)


def said_again(until: date, due: date, *, calendar: Calendar) -> date:
    """Find the working day on which what was put off is said again, not too late for its day."""
    day = until if calendar.is_working_day(until) else calendar.add_working_days(until, 1)
    return min(day, last_worked(due, calendar=calendar)) if until <= due else day
