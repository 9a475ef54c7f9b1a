"""表格、台賬: which official form of which post or unit somebody takes along."""

from collections.abc import Sequence

from dialogs.asking import choose
from dialogs.engine import Dialogue
from dialogs.errors import Refused
from dialogs.events import LedgerAsked, OfficialFormAsked
from dialogs.facts import FormsInReach, LedgersInReach, PostNamed, UnitNamed
from dialogs.flows.finding import titled
from dialogs.prompts import Option
from dialogs.speech import Phrase
from dialogs.vocabulary import PERSONAL_FORMS, UNIT_FORMS

WHOLE = "unit"


def ask_for_form(told: FormsInReach) -> Dialogue[OfficialFormAsked]:
    """Choose a unit, a post of it or the whole of it, and the form; one of a kind is not asked."""
    unit = yield from choose_unit(told)
    post = yield from choose_place(told, unit)
    form = yield from choose("forms.which", UNIT_FORMS if post is None else PERSONAL_FORMS)
    return OfficialFormAsked(form, unit.unit, post.post if post else None)


def choose_unit(told: FormsInReach) -> Dialogue[UnitNamed]:
    """Choose a unit, whole ones and those of single posts alike."""
    of_posts = [UnitNamed(post.unit, post.unit_name) for post in told.posts]
    units = {unit.unit: unit for unit in [*of_posts, *told.units]}
    if not units:
        raise Refused("no_posts")
    if len(units) == 1:
        return next(iter(units.values()))
    options = [Option(one.unit.hex[:8], one.name, one) for one in units.values()]
    unit: UnitNamed = yield from choose("forms.unit", options, columns=2)
    return unit


def choose_place(told: FormsInReach, unit: UnitNamed) -> Dialogue[PostNamed | None]:
    """Choose a post, or None for the whole unit where that is within reach."""
    posts = [post for post in told.posts if post.unit == unit.unit]
    options = [Option(post.post.hex[:8], titled(post), post) for post in posts]
    if unit.unit in {one.unit for one in told.units}:
        options.insert(0, Option(WHOLE, Phrase("forms.whole_unit", {"unit": unit.name}), None))
    if len(options) == 1:
        (only,) = options
        place: PostNamed | None = only.value
        return place
    chosen: PostNamed | None = yield from choose("forms.post", options)
    return chosen


def ask_for_ledger(told: LedgersInReach) -> Dialogue[LedgerAsked]:
    """Choose a unit or all of them; the only one is not asked for."""
    units: Sequence[UnitNamed] = told.units
    if not units:
        raise Refused("not_your_unit")
    if len(units) == 1:
        return LedgerAsked(units[0].unit)
    options = [Option(one.unit.hex[:8], one.name, one.unit) for one in units]
    every = Option("all", Phrase("ledger.all"), None)
    return LedgerAsked((yield from choose("ledger.unit", [every, *options], columns=2)))
