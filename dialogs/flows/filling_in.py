"""代填: a clerk fills in for somebody who cannot do it here themselves."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dialogs.asking import choose, confirm, tell
from dialogs.engine import Dialogue
from dialogs.errors import Refused
from dialogs.events import HolderChosen, SelfChecked
from dialogs.facts import HolderNamed, SelfCheckToFillIn
from dialogs.flows.revise import what_was_said
from dialogs.flows.self_check import self_check
from dialogs.prompts import Option
from dialogs.rules.access import Action
from dialogs.speech import Go, Phrase


def fill_in(told: SelfCheckToFillIn) -> Dialogue[SelfChecked | HolderChosen | None]:
    """Choose whose, then go through the post as its holder would; who has joined must ask for it.

    What is declared is the holder's; who filled it in is kept beside it. Where measures wait for
    the word of one who has not joined, it is chosen first what is filled in.
    """
    if told.chosen is None:
        return (yield from whose(told.holders))
    if told.to_plan or told.to_report:
        options = [*to_choose(told, told.chosen)]
        of_measures: Go | None = yield from choose(
            "fill_in.what", options, holder=told.chosen.holder
        )
        if of_measures:
            return HolderChosen(told.chosen.appointment, of_measures)
    if told.post is None:
        raise Refused("nothing_to_fill_in")
    holder = told.chosen.holder
    yield from tell("fill_in.begin", holder=holder)
    yield from what_was_said(told.note, told.post.before)
    if told.chosen.joined and not (yield from confirm("fill_in.asked_for", holder=holder)):
        return None
    checked = yield from self_check(told.post)
    return replace(checked, filled_in_for=told.chosen)


def to_choose(told: SelfCheckToFillIn, chosen: HolderNamed) -> Iterator[Option]:
    """Offer the self-check where it is its time, and each measure that waits."""
    if told.post:
        yield Option("check", Phrase("fill_in.check"))
    if told.to_plan:
        plan = Phrase("fill_in.plan", {"count": told.to_plan})
        yield Option("plan", plan, Go(Action.PLAN_MEASURES, chosen.appointment.hex))
    for one in told.to_report:
        due = one.due or Phrase("measure.no_day")
        report = Phrase("fill_in.report", {"point": one.point, "due": due})
        yield Option(one.measure.hex[:8], report, Go(Action.REPORT_MEASURE, one.measure.hex))


def whose(holders: Sequence[HolderNamed]) -> Dialogue[HolderChosen]:
    """Choose a unit, then a post of it with its holder; first those who have not joined."""
    units = list(dict.fromkeys(one.unit for one in holders))
    if not units:
        raise Refused("nobody_to_fill_in_for")
    options = [Option(f"u{number}", unit, unit) for number, unit in enumerate(units)]
    unit = yield from choose("fill_in.unit", options, columns=2)
    of_unit = sorted((one for one in holders if one.unit == unit), key=lambda one: one.joined)
    posts = [Option(one.appointment.hex[:8], titled(one), one) for one in of_unit]
    chosen: HolderNamed = yield from choose("fill_in.whose", posts, unit=unit)
    return HolderChosen(chosen.appointment)


def titled(one: HolderNamed) -> Phrase:
    """Say a post with its holder; of one who has joined, that they have."""
    key = "fill_in.joined" if one.joined else "fill_in.not_joined"
    return Phrase(key, {"post": one.post, "holder": one.holder})
