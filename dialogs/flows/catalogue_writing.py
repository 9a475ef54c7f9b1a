"""職權目錄: the head of a unit, or the clerk for any, writes a power down."""

from collections.abc import Sequence
from typing import Any

from dialogs.asking import choose, confirm, pick, review, write, write_or_skip
from dialogs.engine import Dialogue
from dialogs.errors import Refused
from dialogs.events import EntryWritten, UnitChosen
from dialogs.facts import PowerEntry, ProcessEntry, UnitCatalogue
from dialogs.prompts import Option
from dialogs.rules.access import Action
from dialogs.rules.entries import MOST_CLAUSE, MOST_NAME, MOST_TEXT
from dialogs.speech import Phrase
from dialogs.vocabulary import PowerCategory

NEW = "new"


def which_unit(action: Action, at_hand: UnitCatalogue) -> Dialogue[UnitChosen]:
    """Ask which unit it is about."""
    options = [Option(str(one.unit)[:8], one.name, one.unit) for one in at_hand.units]
    return UnitChosen(action, (yield from choose("catalogue.unit", options, columns=2)))


def write_power(at_hand: UnitCatalogue) -> Dialogue[EntryWritten | UnitChosen]:
    """Ask for a power: who exercises it, on what basis, and what is promised."""
    if at_hand.unit is None:
        return (yield from which_unit(Action.WRITE_POWER, at_hand))
    if not at_hand.posts:
        raise Refused("unit_without_posts", unit=at_hand.unit.name)
    former: PowerEntry | None = None
    if at_hand.powers:
        former = yield from choose("power.which", offered(at_hand.powers), unit=at_hand.unit.name)
    name = yield from write(
        "power.name", at_most=MOST_NAME, proposed=was(former, "name"), one_line=True
    )
    category = yield from choose(
        "power.category",
        PowerCategory,
        columns=2,
        proposed=former.category.value if former else None,
    )
    posts = yield from pick(
        "power.posts",
        [Option(post.code.lower(), post.title, post.code) for post in at_hand.posts],
        at_least=1,
        proposed=[code.lower() for code in former.posts] if former else None,
    )
    basis = yield from write("power.basis", at_most=MOST_TEXT, proposed=was(former, "basis"))
    subject = yield from write("power.subject", at_most=MOST_NAME, proposed=was(former, "subject"))
    commitment = yield from write_or_skip(
        "power.commitment", at_most=MOST_CLAUSE, proposed=was(former, "commitment")
    )
    discipline = yield from write_or_skip(
        "power.discipline", at_most=MOST_CLAUSE, proposed=was(former, "discipline")
    )
    public = yield from confirm("power.public")
    ground = ""
    if not public:
        ground = yield from write(
            "power.ground", at_least=4, at_most=MOST_CLAUSE, proposed=was(former, "ground")
        )
    yield from review("power.review", unit=at_hand.unit.name)
    entry = PowerEntry(
        unit=at_hand.code,
        code=former.code if former else new_code(at_hand, "Q"),
        name=name,
        category=category,
        posts=posts,
        basis=basis,
        subject=subject,
        commitment=commitment or "",
        discipline=discipline or "",
        public=public,
        ground=ground,
    )
    return EntryWritten(entry)


def offered(entries: Sequence[PowerEntry | ProcessEntry]) -> Sequence[Option]:
    """Offer to write a new entry, or to change one that is there."""
    there = [Option(entry.code.lower(), entry.name, entry) for entry in entries]
    return [Option(NEW, Phrase("catalogue.new"), None), *there]


def was(former: Any, name: str) -> str | None:
    """Offer what a field held before, if it held anything."""
    return (getattr(former, name) or None) if former else None


def new_code(at_hand: UnitCatalogue, letter: str) -> str:
    """Give a new entry the next code of its unit."""
    number = 1
    while f"{at_hand.code}-{letter}{number:02}" in at_hand.taken:
        number += 1
    return f"{at_hand.code}-{letter}{number:02}"
