"""Reading the catalogues: what a unit does and how, what waits for approval, what is missing."""

from collections.abc import Sequence

from dialogs.asking import choose, confirm, pick, write
from dialogs.engine import Dialogue
from dialogs.errors import Refused
from dialogs.events import (
    CataloguesAsked,
    CataloguesHanded,
    EntriesApproved,
    EntriesToReviewAsked,
    EntryDecided,
    EntryOpened,
    MissingAsked,
    PublicEntriesAsked,
    UnitEntriesAsked,
)
from dialogs.facts import (
    CodesKnown,
    EntriesWaiting,
    EntryAtHand,
    EntryShown,
    Nothing,
    Township,
    UnitPicked,
)
from dialogs.flows.at_once import silence
from dialogs.prompts import Handing, Option
from dialogs.rules.entries import MOST_CLAUSE
from dialogs.speech import Brief, Listing, Phrase

MOST_AT_ONCE = 100  # entries approved in one step
NAMED = 400  # letters of their names, said once more before it is done


def look_up(township: Township) -> Dialogue[PublicEntriesAsked]:
    """Let anybody choose a unit whose public entries to see."""
    if not township.units:
        raise Refused("nothing_published")
    options = [Option(str(one.unit)[:8], one.name, one.unit) for one in township.units]
    return PublicEntriesAsked((yield from choose("look_up.unit", options, columns=2)))


def read_catalogue(township: Township) -> Dialogue[UnitEntriesAsked]:
    """Let somebody inside choose a unit whose catalogues to read; there may be just one."""
    if not township.units:
        raise Refused("not_your_unit")
    if len(township.units) == 1:
        return UnitEntriesAsked(township.units[0].unit)
    options = [Option(str(one.unit)[:8], one.name, one.unit) for one in township.units]
    return UnitEntriesAsked((yield from choose("catalogue.unit", options, columns=2)))


def review_entries(_: Nothing) -> Dialogue[EntriesToReviewAsked]:
    """Ask what waits for one's approval."""
    yield from silence()
    return EntriesToReviewAsked()


def open_entry(shown: EntryShown) -> Dialogue[EntryOpened]:
    """Ask to read an entry."""
    yield from silence()
    return EntryOpened(shown)


def decide_entry(at_hand: EntryAtHand) -> Dialogue[EntryDecided]:
    """Take the decision on an entry; sending it back needs a comment."""
    options = [
        Option("approve", Phrase("entry.approve"), True),
        Option("back", Phrase("entry.send_back"), False),
    ]
    approved = yield from choose(
        "entry.decision", options, kind=at_hand.kind, name=at_hand.name, version=at_hand.version
    )
    if approved:
        return EntryDecided(at_hand.entry)
    comment = yield from write("entry.comment", at_least=4, at_most=MOST_CLAUSE)
    return EntryDecided(at_hand.entry, comment)


def approve_entries(waiting: EntriesWaiting) -> Dialogue[EntriesApproved | None]:
    """Approve several entries of a unit in one step; those not ticked stay waiting."""
    of_unit = waiting.units[0]
    if len(waiting.units) > 1:
        options = [
            Option(
                str(one.unit.unit)[:8],
                Phrase("entry.of_unit", {"unit": one.unit.name, "count": len(one.entries)}),
                one,
            )
            for one in waiting.units
        ]
        of_unit = yield from choose("entry.unit", options)
    entries = of_unit.entries[:MOST_AT_ONCE]
    picked: Sequence[EntryAtHand] = yield from pick(
        "entry.which",
        [Option(one.entry.hex[:8], entry_line(one), one) for one in entries],
        at_least=1,
        whole=True,
        unit=of_unit.unit.name,
    )
    names = Brief(Listing([one.name for one in picked], inline=True), NAMED)
    if not (yield from confirm("entry.confirm_all", count=len(picked), names=names)):
        return None
    return EntriesApproved(tuple(one.entry for one in picked))


def entry_line(entry: EntryAtHand) -> Phrase:
    """Say which version of which entry it is."""
    return Phrase("entry.line", {"kind": entry.kind, "name": entry.name, "version": entry.version})


def show_missing(picked: UnitPicked) -> Dialogue[MissingAsked]:
    """Ask what is missing."""
    yield from silence()
    return MissingAsked(picked.unit)


def take_catalogues(known: CodesKnown) -> Dialogue[CataloguesHanded]:
    """Take the workbook, and whether to try it or to take it over."""
    file = yield Handing(key="catalogues.file", kinds=("document",), at_most=5_000_000)
    options = [
        Option("try", Phrase("catalogues.try"), True),
        Option("take", Phrase("catalogues.take"), False),
    ]
    trial = yield from choose("catalogues.trial", options, file=file.name)
    return CataloguesHanded(file, known, trial)


def give_catalogues(_: Nothing) -> Dialogue[CataloguesAsked]:
    """Ask for the catalogues as a workbook."""
    yield from silence()
    return CataloguesAsked()
