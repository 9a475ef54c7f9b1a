"""輪次: the township goes through the four stages together, each with its day."""

from collections.abc import Sequence

from dialogs.asking import confirm, count, day, review, write
from dialogs.engine import Dialogue
from dialogs.events import Mobilised, RoundOpened, StagesAsked
from dialogs.facts import Lacking, RoundToOpen, UnitPicked, UnitToMobilise
from dialogs.flows.at_once import silence
from dialogs.speech import Listing, Phrase, Sayable
from dialogs.vocabulary import Stage

NAMED = 8  # missing things named for a unit in one message


def open_round(told: RoundToOpen) -> Dialogue[RoundOpened | None]:
    """Close the round that is open, if one is; name the new one and give each stage its day."""
    if told.current and not (yield from confirm("round.close", **standing(told))):
        return None
    name = yield from write("round.name", at_least=2, at_most=60, one_line=True)
    due, earliest = [], told.today
    for stage in Stage:
        earliest = yield from day(f"round.due@{stage}", earliest=earliest, stage=stage)
        due.append((stage, earliest))
    yield from review("round.review", name=name)
    return RoundOpened(name, tuple(due), told.current)


def standing(told: RoundToOpen) -> dict[str, Sayable]:
    """Say which round is open, and how many units it would be closed on."""
    behind = Phrase("round.behind", {"count": told.behind})
    return {"name": told.name, "units": behind if told.behind else Phrase("round.none_behind")}


def mobilise(told: UnitToMobilise) -> Dialogue[Mobilised | None]:
    """Report the meeting with which a unit began."""
    held = yield from day("mobilise.held", earliest=told.since, latest=told.today, unit=told.name)
    attended = yield from count("mobilise.attended", low=1, high=1000)
    note = yield from write("mobilise.note", at_least=4, at_most=500)
    if not (yield from confirm("mobilise.send", unit=told.name, held=held, attended=attended)):
        return None
    return Mobilised(told.round, told.unit, held, attended, note)


def show_stages(picked: UnitPicked) -> Dialogue[StagesAsked]:
    """Ask how far the units have come, or what one of them lacks."""
    yield from silence()
    return StagesAsked(picked.unit)


def listed(lacking: Sequence[Lacking]) -> Listing:
    """List what is missing, and how much more there is."""
    lines: list[Sayable] = [lacking_phrase(one) for one in lacking[:NAMED]]
    if len(lacking) > NAMED:
        lines.append(Phrase("round.more", {"count": len(lacking) - NAMED}))
    return Listing(lines)


def lacking_phrase(one: Lacking) -> Phrase:
    """Say one thing that is missing."""
    return Phrase(
        f"lacking.{one.what}",
        {"post": one.post, "holder": one.holder, "about": one.aspect or one.about},
    )
