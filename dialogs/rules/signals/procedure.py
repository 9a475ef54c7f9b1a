"""What somebody established: steps that were skipped, and loss that audit or inspection found."""

import re
from collections.abc import Iterable
from datetime import timedelta

from dialogs.rules.signals.looking import Look, Sign, Suggestion, Why, gravest, rule, why
from dialogs.vocabulary import PowerCategory
from dialogs.vocabulary import WarningLevel as Level
from dialogs.vocabulary import WarningSource as Source

MONEY_OR_LAND = re.compile(  # what such powers, processes and steps are called, in both scripts
    "資金|资金|經費|经费|補貼|补贴|補助|补助|補償|补偿|救助|低保|報銷|报销|開支|开支|撥付|拨付|發放|发放"
    "|採購|采购|招標|招标|工程款|三資|三资|資產|资产|土地|用地|宅基地|建房|徵收|征收|徵用|征用"
)


def touches_money_or_land(categories: Iterable[PowerCategory], names: Iterable[str]) -> bool:
    """Say whether work is about money or land: by the category of its powers, or what it is called.

    Too much is taken for it rather than too little; people decide about the draft.
    """
    return PowerCategory.PAYMENT in categories or any(map(MONEY_OR_LAND.search, names))


@rule(
    "skipped_step",
    version=2,
    looks_at=(Source.SKIPPED_STEP,),
    numbers=("refusals_yellow", "refusals_days"),
)
def skipped_step(look: Look) -> Suggestion | None:
    """Look for skipped steps: 一級 where money, land or high risk is touched, else 三級.

    What the program refused was not skipped; it counts only where it was tried again and again.
    """
    found = look.of(Source.SKIPPED_STEP)
    levels = {
        sign: Level.RED if sign.facts.get("grave") else Level.YELLOW
        for sign in found
        if not sign.facts.get("refused")
    }
    since = look.today - timedelta(days=look.number("refusals_days"))
    tried = [
        sign
        for sign in found
        if sign.facts.get("refused") and sign.of_day > since and sign.stands(Level.YELLOW)
    ]
    if len(tried) >= look.number("refusals_yellow"):
        levels |= dict.fromkeys(tried, Level.YELLOW)
    return gravest(levels, said_skipped, "skipped")


def said_skipped(sign: Sign) -> Why:
    """Say that a step was skipped, or that skipping it was tried and refused."""
    if sign.facts.get("refused"):
        return why(sign, "refused")
    return why(sign, "skipped_grave" if sign.facts.get("grave") else "skipped")


@rule("found_with_loss", version=1, looks_at=(Source.AUDIT, Source.INSPECTION))
def found_with_loss(look: Look) -> Suggestion | None:
    """Look for what an audit or an inspection found, where it has led to a loss."""
    levels = {
        sign: Level.RED
        for sign in look.of(Source.AUDIT, Source.INSPECTION)
        if sign.facts.get("loss")
    }
    return gravest(levels, said_loss, "loss")


def said_loss(sign: Sign) -> Why:
    """Say who found it, and under which number it is on file there."""
    return why(sign, "loss", source=sign.source, reference=sign.says("reference"))
