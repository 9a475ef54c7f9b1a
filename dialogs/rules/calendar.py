"""Working days and office hours: what a land decrees, and what the township adds to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from functools import cache

import chinese_calendar

TAIWAN_SINCE, TAIWAN_UNTIL = 1998, 2026  # the work calendars (DGPA) the package was held against


class Land(StrEnum):
    """Whose public holidays are kept."""

    MAINLAND = "mainland"
    TAIWAN = "taiwan"


@dataclass(frozen=True)
class Decreed:
    """The public holidays of a land, the weekends worked for them, and how far they are known."""

    free: frozenset[date]
    worked: frozenset[date]
    until: date


@cache
def decreed(land: Land) -> Decreed:
    """Read what is known of a land's working days, from the packages that keep them."""
    match land:
        case Land.MAINLAND:
            free, worked = chinese_calendar.constants.holidays, chinese_calendar.constants.workdays
            last = max(day.year for day in free)
        case Land.TAIWAN:
            from holidays.countries.taiwan import Taiwan  # slow to load, wanted in one land alone

            years = range(TAIWAN_SINCE, TAIWAN_UNTIL + 1)
            known = Taiwan(years=years, expand=False)  # type: ignore[no-untyped-call]
            free, worked, last = known, known.weekend_workdays, TAIWAN_UNTIL
    return Decreed(frozenset(free), frozenset(worked), date(last, 12, 31))


def days_of(first: date, last: date) -> Sequence[date]:
    """List the days of a span, both ends included."""
    return [first + timedelta(days=shift) for shift in range((last - first).days + 1)]


@dataclass(frozen=True)
class Calendar:
    """The days a township works and its hours; `free` and `worked` are days of its own.

    [PROPOSED]: the township approves its hours, outside of which nobody is reminded.
    """

    land: Land = Land.MAINLAND
    free: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    opens: time = time(8, 30)
    closes: time = time(18, 0)

    def with_own(self, *, free: Iterable[date], worked: Iterable[date]) -> "Calendar":
        """Give the calendar with days of the township's own in the place of those it had."""
        return replace(self, free=frozenset(free), worked=frozenset(worked))

    @property
    def known_until(self) -> date:
        """The last day whose holidays are known; past it only weekends are free."""
        return decreed(self.land).until

    def is_working_day(self, day: date) -> bool:
        """Say whether a day is worked; the township's own word goes before the land's."""
        if day in self.free or day in self.worked:
            return day in self.worked
        known = decreed(self.land)
        return day in known.worked or (day.weekday() < 5 and day not in known.free)

    def add_working_days(self, day: date, count: int) -> date:
        """Count working days on from a day, which itself does not count; back if negative."""
        step = timedelta(days=1 if count > 0 else -1)
        left = abs(count)
        while left > 0:
            day += step
            left -= self.is_working_day(day)
        return day

    def working_days_between(self, earlier: date, later: date) -> int:
        """Count the working days after one day up to and with another; negative if reversed."""
        if later < earlier:
            return -self.working_days_between(later, earlier)
        return sum(self.is_working_day(day) for day in days_of(earlier, later)[1:])

    def free_days(self, first: date, last: date) -> frozenset[date]:
        """List the days of a span that are not worked, both ends included."""
        return frozenset(day for day in days_of(first, last) if not self.is_working_day(day))

    def is_open(self, moment: datetime, *, zone: tzinfo) -> bool:
        """Say whether a moment lies on a working day, in office hours."""
        local = moment.astimezone(zone)
        return self.opens <= local.time() < self.closes and self.is_working_day(local.date())

    def next_open_moment(self, now: datetime, *, zone: tzinfo) -> datetime:
        """Find the next moment at which people may be reminded: a working day, in office hours."""
        if self.is_open(now, zone=zone):
            return now
        local = now.astimezone(zone)
        day = local.date()
        if not self.is_working_day(day) or local.time() >= self.closes:
            day = self.add_working_days(day, 1)
        return datetime.combine(day, self.opens, zone)
