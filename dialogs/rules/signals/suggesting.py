"""Every rule is asked, and what they suggest is settled: the gravest first, nothing twice."""

from collections.abc import Sequence
from dataclasses import replace

from dialogs.rules.signals.looking import (
    GRAVITY,
    RULES,
    UNVERIFIED,
    Look,
    Rule,
    Suggestion,
    Why,
    why,
)
from dialogs.vocabulary import WarningSource as Source


def suggest(look: Look) -> Sequence[Suggestion]:
    """Ask every rule; a signal that goes into one draft goes into no lower one beside it.

    What nobody verified never stands alone: it joins what is suggested about the same post.
    """
    asked = [made for one in RULES.values() if (made := ask(one, look))]
    asked.sort(key=lambda made: (-GRAVITY[made.level], made.rule))
    settled: list[Suggestion] = []
    taken: set[object] = set()
    for made in asked:
        if not made.signs <= taken:
            taken |= made.signs
            settled.append(made)
    if settled:
        settled[0] = replace(settled[0], why=[*settled[0].why, *voices(look)])
    return settled


def ask(one: Rule, look: Look) -> Suggestion | None:
    """Ask one rule; None where what it suggests rests on nothing that was verified."""
    made = one.ask(look)
    if made is None or all(reason.sign.source in UNVERIFIED for reason in made.why):
        return None
    return replace(made, rule=one.name, version=one.version)


def voices(look: Look) -> Sequence[Why]:
    """Say what was voted about the same post, which no draft has told yet."""
    votes = [sign for sign in look.of(Source.VOTE) if not sign.drafted]
    return [why(sign, "vote", voices=int(sign.facts.get("voices", 0))) for sign in votes]
