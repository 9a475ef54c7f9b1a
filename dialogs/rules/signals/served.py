"""How people were served: complaints that were verified, and what monitoring finds again."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from datetime import timedelta

from dialogs.rules.signals.late import late_matter_why
from dialogs.rules.signals.looking import (
    Look,
    Sign,
    Suggestion,
    Why,
    as_a_whole,
    rule,
    why,
)
from dialogs.vocabulary import LapseKind
from dialogs.vocabulary import WarningLevel as Level
from dialogs.vocabulary import WarningSource as Source


def complaint(sign: Sign) -> Why:
    """Say a verified complaint: that there was one, wholly or partly true; not what it says."""
    return why(sign, "complaint_partly" if sign.facts.get("partly") else "complaint")


@rule(
    "complaint_upheld",
    version=2,
    looks_at=(Source.COMPLAINT,),
    numbers=("complaints_yellow", "complaints_orange"),
)
def complaint_upheld(look: Look) -> Suggestion | None:
    """Look for service complaints that were verified within a year."""
    found = look.of(Source.COMPLAINT)
    many = [sign for sign in found if sign.stands(Level.ORANGE)]
    if len(many) >= look.number("complaints_orange"):
        graver = as_a_whole(Level.ORANGE, many, complaint, "complaint")
        if graver:
            return graver
    some = [sign for sign in found if sign.stands(Level.YELLOW)]
    if len(some) >= look.number("complaints_yellow"):
        fresh = [sign for sign in some if sign.fresh(Level.YELLOW)]
        return as_a_whole(Level.YELLOW, fresh, complaint, "complaint")
    return None


@rule(
    "two_similar",
    version=2,
    looks_at=(Source.MONITORING, Source.LATE_MATTER),
    numbers=("similar_signals", "similar_days"),
)
def two_similar(look: Look) -> Suggestion | None:
    """Look for the same kind of trouble that monitoring found again within a short time."""
    within = timedelta(days=look.number("similar_days"))
    alike: dict[str, dict[Hashable, list[Sign]]] = defaultdict(lambda: defaultdict(list))
    for sign in look.of(Source.MONITORING, Source.LATE_MATTER, within=within):
        if sign.stands(Level.YELLOW):
            alike[sign.says("lapse") or LapseKind.OVERDUE.value][thing(sign)].append(sign)
    found = [
        sign
        for things in alike.values()
        if len(things) >= look.number("similar_signals") and any(map(new, things.values()))
        for signs in things.values()
        for sign in signs
    ]
    return as_a_whole(Level.YELLOW, found, lambda sign: similar(look, sign), "similar")


def thing(sign: Sign) -> Hashable:
    """Say what is in trouble: a late matter is one, whoever noticed it, and else each finding."""
    return sign.says("number") or sign.id


def new(signs: Sequence[Sign]) -> bool:
    """Say whether nothing that was seen of one thing has gone into a draft yet."""
    return all(sign.fresh(Level.YELLOW) for sign in signs)


def similar(look: Look, sign: Sign) -> Why:
    """Say what monitoring found, or what was late."""
    if sign.source is Source.LATE_MATTER:
        return late_matter_why(look, sign)
    return why(sign, "monitoring", kind=LapseKind(sign.says("lapse")))
