"""What was not done by its day: forms, measures, matters, answers to objections, disclosure."""

from collections.abc import Callable

from dialogs.rules.signals.looking import Look, Sign, Suggestion, Why, gravest, rule, why
from dialogs.speech import Phrase
from dialogs.vocabulary import WarningLevel as Level
from dialogs.vocabulary import WarningSource as Source

NUMBERS = ("late_yellow", "late_orange")


def by_days(look: Look, source: Source, reason: Callable[[Sign], Why]) -> Suggestion | None:
    """Suggest 三級 for what is some working days late, 二級 for what is late by many."""
    least, many = look.number("late_yellow"), look.number("late_orange")
    levels = {
        sign: Level.ORANGE if look.late(sign) > many else Level.YELLOW
        for sign in look.of(source)
        if look.late(sign) >= least
    }
    return gravest(levels, reason, "late")


@rule("late_form", version=1, looks_at=(Source.LATE_FORM,), numbers=NUMBERS)
def late_form(look: Look) -> Suggestion | None:
    """Look for a self-check, a re-check or a mutual check that came late or not at all."""

    def reason(sign: Sign) -> Why:
        what = Phrase(f"signal.form_{sign.says('form')}")
        return why(sign, "late_form", what=what, late=look.late(sign))

    return by_days(look, Source.LATE_FORM, reason)


@rule("late_measure", version=1, looks_at=(Source.LATE_MEASURE,), numbers=NUMBERS)
def late_measure(look: Look) -> Suggestion | None:
    """Look for a measure that was not reported as done by its day."""
    return by_days(
        look, Source.LATE_MEASURE, lambda sign: why(sign, "late_measure", late=look.late(sign))
    )


@rule("late_answer", version=1, looks_at=(Source.LATE_ANSWER,), numbers=NUMBERS)
def late_answer(look: Look) -> Suggestion | None:
    """Look for an objection to a grade that was not answered by its day."""
    return by_days(
        look, Source.LATE_ANSWER, lambda sign: why(sign, "late_answer", late=look.late(sign))
    )


@rule("late_disclosure", version=1, looks_at=(Source.LATE_DISCLOSURE,), numbers=NUMBERS)
def late_disclosure(look: Look) -> Suggestion | None:
    """Look for grades that were not put on public notice by their day."""
    return by_days(
        *(look, Source.LATE_DISCLOSURE),
        lambda sign: why(sign, "late_disclosure", late=look.late(sign)),
    )


@rule("late_matter", version=1, looks_at=(Source.LATE_MATTER,), numbers=("late_orange",))
def late_matter(look: Look) -> Suggestion | None:
    """Look for a matter that is late by many days; a few days count with what is similar."""
    many = look.number("late_orange")
    levels = {sign: Level.ORANGE for sign in look.of(Source.LATE_MATTER) if look.late(sign) > many}
    return gravest(levels, lambda sign: late_matter_why(look, sign), "late")


def late_matter_why(look: Look, sign: Sign) -> Why:
    """Say a late matter by its number."""
    return why(sign, "late_matter", number=sign.says("number"), late=look.late(sign))
