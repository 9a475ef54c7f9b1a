"""What calls for a graver warning: silence, a failed check, the same again, too many in a year."""

from uuid import UUID

from dialogs.rules.signals.looking import (
    UNVERIFIED,
    Earlier,
    Look,
    Sign,
    Suggestion,
    Why,
    as_a_whole,
    gravest,
    rule,
    suggestion,
    why,
)
from dialogs.rules.warning import YEAR, higher
from dialogs.vocabulary import WarningLevel as Level
from dialogs.vocabulary import WarningSource as Source

AGAIN = tuple(  # the others are unverified, or come of warnings themselves
    one for one in Source if one not in {*UNVERIFIED, Source.UNANSWERED, Source.REPEATED}
)


@rule("unanswered", version=2, looks_at=(Source.UNANSWERED,))
def unanswered(look: Look) -> Suggestion | None:
    """Look for a warning without a reply, or whose replies failed the check; one step higher."""
    levels: dict[Sign, Level] = {}
    for sign in look.of(Source.UNANSWERED):
        above = higher(Level(sign.says("level")))
        if above:
            levels[sign] = above
    found = gravest(levels, said_unanswered, "unanswered")
    if found is None:
        return None
    sign = next(one.sign for one in found.why if levels[one.sign] is found.level)
    tied = UUID(sign.says("warning"))
    return suggestion(found.level, found.why, "unanswered", instead_of=tied)


def said_unanswered(sign: Sign) -> Why:
    """Say which warning was not answered, or not well enough; or that more time was asked for."""
    kind = next((one for one in ("failed", "undecided") if sign.facts.get(one)), "unanswered")
    return why(sign, kind, number=sign.says("number"), level=Level(sign.says("level")))


@rule(
    "too_many",
    version=1,
    looks_at=(Source.REPEATED,),
    numbers=("yellow_in_a_year", "orange_in_a_year"),
)
def too_many(look: Look) -> Suggestion | None:
    """Look for so many warnings of a level within a year that a graver one is called for."""
    most = {
        Level.YELLOW: look.number("yellow_in_a_year"),
        Level.ORANGE: look.number("orange_in_a_year"),
    }
    levels = {
        sign: above
        for sign in look.of(Source.REPEATED)
        if (level := Level(sign.says("level"))) in most
        and int(sign.facts.get("count", 0)) >= most[level]
        and (above := higher(level))
    }
    return gravest(levels, said_repeated, "too_many")


def said_repeated(sign: Sign) -> Why:
    """Say how many warnings of which level there were."""
    count, level = int(sign.facts.get("count", 0)), Level(sign.says("level"))
    return why(sign, "repeated", count=count, level=level)


@rule("same_again", version=1, looks_at=AGAIN, numbers=("late_yellow",))
def same_again(look: Look) -> Suggestion | None:
    """Look for trouble of the same kind within a year after a warning about it was issued."""
    again = [
        sign
        for sign in look.of(*AGAIN)
        if not sign.drafted
        and counts(look, sign)
        and any(before(one, sign) for one in look.earlier)
    ]
    return as_a_whole(Level.ORANGE, again, said_again, "again")


def counts(look: Look, sign: Sign) -> bool:
    """Say whether a signal is trouble by itself: what is late is, from so many days on."""
    return sign.until == sign.of_day or look.late(sign) >= look.number("late_yellow")


def before(earlier: Earlier, sign: Sign) -> bool:
    """Say whether a warning about the same was issued within the year before a signal."""
    since = sign.of_day - YEAR
    return sign.source in earlier.sources and since < earlier.issued_on < sign.of_day


def said_again(sign: Sign) -> Why:
    """Say that it has happened again."""
    return why(sign, "again", source=sign.source)
