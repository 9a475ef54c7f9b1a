"""What a rule looks at, what it may suggest, and the list of rules: one decorator is all it takes.

A rule is a function from everything seen about one post or unit to a suggestion, or None. It
suggests a draft; people issue it, or drop it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeAlias
from uuid import UUID

from dialogs.catalogue import policy
from dialogs.rules.calendar import Calendar
from dialogs.rules.warning import YEAR
from dialogs.speech import Phrase, Sayable
from dialogs.vocabulary import WarningLevel as Level
from dialogs.vocabulary import WarningSource as Source

UNVERIFIED = frozenset({Source.VOTE, Source.TALK, Source.OTHER})  # nothing rests on these alone
GRAVITY = {level: n for n, level in enumerate(Level)}

Fact: TypeAlias = str | int | bool


@dataclass(frozen=True)
class Sign:
    """A signal as the rules see it; `drafted` are the levels of the drafts it has gone into.

    Of these, `dropped` were dropped: it counts for nothing at these levels, and for a graver one.
    `follows` is the warning it is about, or that grew out of it and is still at work.
    """

    id: UUID
    source: Source
    of_day: date
    until: date | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict, hash=False)
    drafted: frozenset[Level] = frozenset()
    dropped: frozenset[Level] = frozenset()
    follows: UUID | None = None

    def fresh(self, level: Level) -> bool:
        """Say whether it has gone into no draft so grave yet."""
        return all(GRAVITY[one] < GRAVITY[level] for one in self.drafted)

    def stands(self, level: Level) -> bool:
        """Say whether no draft so grave that it went into was dropped."""
        return all(GRAVITY[one] < GRAVITY[level] for one in self.dropped)

    def says(self, name: str) -> str:
        """Give a fact that is a word, empty where there is none."""
        return str(self.facts.get(name, ""))


@dataclass(frozen=True)
class Earlier:
    """A warning issued earlier to the same person or unit, and what it rested on."""

    level: Level
    issued_on: date
    sources: frozenset[Source] = frozenset()


@dataclass(frozen=True)
class Look:
    """Everything seen about one post's holder, or one unit, as it is known on a day."""

    signs: Sequence[Sign]
    today: date
    earlier: Sequence[Earlier] = ()
    calendar: Calendar = Calendar()
    number: Callable[[str], int] = policy.number

    def of(self, *sources: Source, within: timedelta = YEAR) -> Sequence[Sign]:
        """List the signs of some sources within a time, the oldest first."""
        since = self.today - within
        found = [
            one for one in self.signs if one.source in sources and since < one.of_day <= self.today
        ]
        return sorted(found, key=lambda one: (one.of_day, one.id))

    def late(self, sign: Sign) -> int:
        """Count the working days by which something was late, or is by now."""
        until = min(sign.until or self.today, self.today)
        return self.calendar.working_days_between(sign.of_day, until)


@dataclass(frozen=True)
class Why:
    """A reason: the signal, the fact in words a cadre understands, and what bears it out."""

    sign: Sign
    fact: Phrase
    basis: Phrase


@dataclass(frozen=True)
class Suggestion:
    """A draft that a rule suggests: how grave, why, and what is to be asked.

    `rule` and `version` are filled in by whoever asked the rule; `instead_of` is the warning at
    work whose place it would take.
    """

    level: Level
    why: Sequence[Why]
    demand: Phrase
    instead_of: UUID | None = None
    rule: str = ""
    version: int = 0

    @property
    def signs(self) -> frozenset[UUID]:
        """The signals it rests on."""
        return frozenset(one.sign.id for one in self.why)


Ruling: TypeAlias = Callable[[Look], Suggestion | None]


@dataclass(frozen=True)
class Rule:
    """A rule with its version, what it looks at and the policy's numbers it uses."""

    name: str
    version: int
    looks_at: Sequence[Source]
    numbers: Sequence[str]
    ask: Ruling = field(repr=False)


RULES: dict[str, Rule] = {}


def numbers_used() -> Sequence[str]:
    """List the policy's numbers that rules use: what can be tried on what has been seen.

    Others decide what is seen at all, as how long silence is waited for.
    """
    return list(dict.fromkeys(name for one in RULES.values() for name in one.numbers))


def rule(
    name: str, *, version: int, looks_at: Sequence[Source], numbers: Sequence[str] = ()
) -> Callable[[Ruling], Ruling]:
    """Enter a function in the list of rules; raise ValueError where the name is taken."""

    def enter(ask: Ruling) -> Ruling:
        if name in RULES:
            raise ValueError(f"there is a rule {name} already")
        RULES[name] = Rule(name, version, looks_at, numbers, ask)
        return ask

    return enter


def why(sign: Sign, kind: str, /, **values: Sayable) -> Why:
    """Say a sign as a reason, by the sentences of its kind."""
    said = {"day": sign.of_day, **values}
    return Why(sign, Phrase(f"signal.fact_{kind}", said), Phrase(f"signal.basis_{kind}", said))


def suggestion(
    level: Level, reasons: Sequence[Why], demand: str, *, instead_of: UUID | None = None
) -> Suggestion:
    """Suggest a draft; it takes the place of a lower warning its signs are tied to."""
    tied = instead_of or next((one.sign.follows for one in reasons if one.sign.follows), None)
    return Suggestion(level, reasons, Phrase(f"signal.demand_{demand}"), tied)


def gravest(
    levels: Mapping[Sign, Level], reason: Callable[[Sign], Why], demand: str
) -> Suggestion | None:
    """Suggest the gravest level that some fresh sign reaches, on every sign that is fresh for it.

    `levels` says of each sign how grave it is by itself.
    """
    for level in sorted(Level, key=GRAVITY.__getitem__, reverse=True):
        if any(reached is level and sign.fresh(level) for sign, reached in levels.items()):
            fresh = [sign for sign in levels if sign.fresh(level)]
            return suggestion(level, [reason(sign) for sign in fresh], demand)
    return None


def as_a_whole(
    level: Level, signs: Iterable[Sign], reason: Callable[[Sign], Why], demand: str
) -> Suggestion | None:
    """Suggest a level that signs reach together, if one of them has not been used for it yet."""
    together = list(signs)
    if not any(sign.fresh(level) for sign in together):
        return None
    return suggestion(level, [reason(sign) for sign in together], demand)
