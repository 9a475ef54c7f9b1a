"""The backtest at the terminal: what the rules would have drafted; it reads, and writes nothing."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from bot.clock import clock
from bot.console import in_sentences, tell
from bot.opening import books
from bot.settings import read_settings
from dialogs.catalogue import policy
from dialogs.rules.signals import numbers_used
from dialogs.rules.signals.replaying import Replayed
from dialogs.speech import Phrase, Sayable
from storage import calendars
from storage.signals.replaying import Compared, compare

DAYS = ["%Y-%m-%d"]
HALF_A_YEAR = timedelta(days=182)


def backtest(
    numbers: Annotated[
        Path | None,
        typer.Option("--policy", help="Other numbers to try: a file like policy.toml."),
    ] = None,
    first: Annotated[
        datetime | None,
        typer.Option("--from", formats=DAYS, help="The first day; half a year ago."),
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", formats=DAYS, help="The last day; today.")
    ] = None,
) -> None:
    """Ask the rules of warnings again about all that was seen, and say what they would draft.

    By today's numbers, and by those of another file; nothing is drafted, and nothing changed.
    """
    settings = read_settings()
    today = clock(settings.clock_file)().astimezone(settings.zone).date()
    until = last.date() if last else today
    since = first.date() if first else until - HALF_A_YEAR
    with in_sentences():
        other = policy.tried(numbers.read_text(encoding="utf-8")) if numbers else {}
        with books(settings) as opened, opened.database.reading() as session:
            calendar = calendars.own(session, settings.working_days)
            compared = compare(session, other, first=since, last=until, calendar=calendar)
    period: dict[str, Sayable] = {"first": since, "last": until, "signals": compared.signals}
    tell(Phrase("backtest.period", period))
    for line in said(compared, other):
        tell(line)


def said(compared: Compared, other: Mapping[str, int]) -> Iterator[Phrase]:
    """Say what each would have drafted, and what makes the difference."""
    yield Phrase("backtest.now", {"count": len(compared.now)})
    yield from listed(compared.now, compared)
    if not other:
        return
    changed = {name: value for name, value in other.items() if value != policy.number(name)}
    for name, value in changed.items():
        values: dict[str, Sayable] = {"name": name, "now": policy.number(name), "trial": value}
        key = "backtest.number" if name in numbers_used() else "backtest.not_tried"
        yield Phrase(key, values)
    if changed and changed.keys().isdisjoint(numbers_used()):
        return
    yield Phrase("backtest.trial", {"count": len(compared.trial)})
    if not compared.more and not compared.fewer:
        yield Phrase("backtest.same")
    for key, drafts in (("backtest.more", compared.more), ("backtest.fewer", compared.fewer)):
        if drafts:
            yield Phrase(key, {"count": len(drafts)})
            yield from listed(drafts, compared)


def listed(drafts: Sequence[Replayed], compared: Compared) -> Iterator[Phrase]:
    """Say drafts a line each: day, level, by which rule, about which post or unit."""
    for one in drafts:
        yield Phrase(
            "backtest.draft",
            {
                "day": f"{one.day}",
                "level": one.level,
                "rule": Phrase(f"signal.rule_{one.rule}"),
                "about": compared.name(one.about),
            },
        )
