"""Signals as the rules see them, a line each."""

from collections.abc import Sequence
from datetime import date, timedelta

from dialogs.rules.signals import Earlier, Fact, Look, Sign
from dialogs.vocabulary import WarningLevel, WarningSource
from tests.dialogs.told import some_id

TODAY = date(2026, 3, 20)  # a Friday
NUMBERS = iter(range(1, 10**9))


def sign(
    source: WarningSource,
    ago: int = 0,
    *,
    over: bool = True,
    drafted: Sequence[WarningLevel] = (),
    **facts: Fact,
) -> Sign:
    """Make a signal of some days ago; what is not over goes on."""
    day = TODAY - timedelta(days=ago)
    return Sign(
        some_id(next(NUMBERS)),
        source,
        day,
        until=day if over else None,
        facts=facts,
        drafted=frozenset(drafted),
    )


def late(source: WarningSource, ago: int, *, drafted: Sequence[WarningLevel] = ()) -> Sign:
    """Make a signal of something that was due some days ago and is not done yet."""
    facts: dict[str, Fact] = {"form": "self_check"} if source is WarningSource.LATE_FORM else {}
    return sign(source, ago, over=False, drafted=drafted, **facts)


def look(*signs: Sign, earlier: Sequence[Earlier] = ()) -> Look:
    return Look(signs, TODAY, earlier)


def earlier(level: WarningLevel, ago: int, *sources: WarningSource) -> Earlier:
    """Make a warning issued some days ago."""
    return Earlier(level, TODAY - timedelta(days=ago), frozenset(sources))
