"""What somebody established: steps that were skipped, and loss that audit or inspection found."""

from datetime import timedelta

from dialogs.rules.signals.looking import Look, Sign, Suggestion, Why, gravest, rule, why
from dialogs.vocabulary import WarningLevel as Level
from dialogs.vocabulary import WarningSource as Source


@rule(
    "skipped_step",
    version=1,
    looks_at=(Source.SKIPPED_STEP,),
    numbers=("refusals_yellow", "refusals_days"),
)
def skipped_step(look: Look) -> Suggestion | None:
    """Look for skipped steps: 一級 where money or a step of high risk is touched, else 三級.

    What the program refused was not skipped; it counts only where it was tried again and again.
    """
    found = look.of(Source.SKIPPED_STEP)
    levels = {
        sign: Level.RED if sign.facts.get("grave") else Level.YELLOW
        for sign in found
        if not sign.facts.get("refused")
    }
    since = look.today - timedelta(days=look.number("refusals_days"))
    tried = [sign for sign in found if sign.facts.get("refused") and sign.of_day > since]
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
