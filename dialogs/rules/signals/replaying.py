"""The rules asked again, day by day, about what was known then; what they would have drafted."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeAlias
from uuid import UUID

from dialogs.rules.calendar import Calendar
from dialogs.rules.signals.looking import Earlier, Look, Sign
from dialogs.rules.signals.suggesting import suggest
from dialogs.vocabulary import WarningLevel as Level

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Kept:
    """A signal as it is on record: about whom or what, and since when it was known."""

    sign: Sign
    about: Hashable
    seen_on: date

    def known_on(self, day: date) -> Sign:
        """Give it as it was known on a day: what was over later went on then."""
        until = self.sign.until if self.sign.until and self.sign.until <= day else None
        return replace(self.sign, until=until)


@dataclass(frozen=True)
class Replayed:
    """A draft that would have been made: on which day, about whom or what, by which rule."""

    day: date
    about: Hashable
    rule: str
    level: Level


Numbers: TypeAlias = Callable[[str], int]
Drafted: TypeAlias = dict[UUID, frozenset[Level]]


def replay(
    kept: Sequence[Kept],
    earlier: Mapping[Hashable, Sequence[Earlier]],
    *,
    first: date,
    last: date,
    calendar: Calendar,
    number: Numbers,
) -> Sequence[Replayed]:
    """Say what the rules would have drafted from one day to another, by some numbers.

    It begins with the first signal on record, so that what went into a draft before is spent. The
    warnings that were issued are those that were; nobody knows which of other drafts would be.
    """
    about: dict[Hashable, list[Kept]] = defaultdict(list)
    for one in kept:
        about[one.about].append(one)
    made = [
        one
        for subject, signals in about.items()
        for one in of_one(
            signals, earlier.get(subject, ()), last=last, calendar=calendar, number=number
        )
        if one.day >= first
    ]
    return sorted(made, key=lambda one: (one.day, str(one.about), one.rule))


def of_one(
    kept: Sequence[Kept],
    earlier: Sequence[Earlier],
    *,
    last: date,
    calendar: Calendar,
    number: Numbers,
) -> Iterator[Replayed]:
    """Ask the rules about one post or unit on every day on which something could change."""
    drafted: Drafted = {}
    day = min(one.seen_on for one in kept)
    while day <= last:
        known = [one.known_on(day) for one in kept if one.seen_on <= day]
        fresh = any(one.seen_on == day for one in kept)
        if fresh or any(sign.until is None for sign in known):
            signs = [replace(sign, drafted=drafted.get(sign.id, frozenset())) for sign in known]
            before = [one for one in earlier if one.issued_on <= day]
            for made in suggest(Look(signs, day, before, calendar, number)):
                for sign in made.signs:
                    drafted[sign] = drafted.get(sign, frozenset()) | {made.level}
                yield Replayed(day, kept[0].about, made.rule, made.level)
        day += DAY
