"""When people are reminded, kind by kind: reminders.toml, read once."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from dialogs.vocabulary import DeadlineKind, ReminderStage

COUNTS = ("days", "working days")
CLIMBS = {
    "unit_head": ReminderStage.TO_UNIT_HEAD,
    "leader": ReminderStage.TO_LEADER,
    "commission": ReminderStage.TO_COMMISSION,
}


@dataclass(frozen=True)
class Rung:
    """A step of a ladder: so many days from the day it is due; None is as soon as it is set."""

    stage: ReminderStage
    days: int | None = None
    working: bool = True
    at_once: bool = False


@dataclass(frozen=True)
class Ladder:
    """How a kind of deadline is spoken of: to its holder, then upwards; and on what that rests."""

    rungs: Sequence[Rung]
    climbs: Sequence[Rung]
    snooze: bool
    basis: str
    settled: bool


@cache
def ladders() -> Mapping[DeadlineKind, Ladder]:
    """Read every ladder; raise ValueError with a sentence where one is not as it should be."""
    text = files(__package__).joinpath("reminders.toml").read_text(encoding="utf-8")
    return read_ladders(tomllib.loads(text))


def read_ladders(tables: Mapping[str, Any]) -> Mapping[DeadlineKind, Ladder]:
    """Take tables for ladders; every kind of deadline has one, and nothing else does."""
    if wrong := {*tables} ^ {kind.value for kind in DeadlineKind}:
        raise ValueError(f"reminders.toml: a table for each kind of deadline, not {sorted(wrong)}")
    return {DeadlineKind(kind): read_ladder(kind, table) for kind, table in tables.items()}


def read_ladder(kind: str, table: Mapping[str, Any]) -> Ladder:
    """Take a table for a ladder whose rungs lead upwards."""
    try:
        rungs = tuple(read_rung(stage, how) for stage, how in table["say"].items())
        climbs = tuple(Rung(CLIMBS[to], int(days)) for to, days in table["climb"].items())
        ladder = Ladder(rungs, climbs, table["snooze"], table["basis"], table["settled"])
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"reminders.toml: {kind} is not whole: {error}") from None
    days = [rung.days for rung in rungs if rung.days is not None]
    late = [rung.days or 0 for rung in climbs]
    if not (days and ladder.basis and days == sorted(days) and late == sorted(late)):
        raise ValueError(f"reminders.toml: {kind} needs its basis, and rungs one after the other")
    if late and late[0] < 1:
        raise ValueError(f"reminders.toml: {kind} climbs from one working day late on")
    return ladder


def read_rung(stage: str, how: Mapping[str, Any]) -> Rung:
    """Take a rung; `called` alone has no days."""
    named, days, count = ReminderStage(stage), how.get("days"), how.get("count", COUNTS[1])
    if named in CLIMBS.values() or count not in COUNTS:
        raise ValueError(f"{stage} in {count}")
    if (days is None) is not (named is ReminderStage.CALLED):
        raise ValueError(f"{stage} needs days")
    return Rung(named, days, count == COUNTS[1], bool(how.get("at_once", False)))
