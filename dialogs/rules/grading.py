"""How a risk point is graded: the rule suggests, people decide."""

from collections.abc import Iterable

from dialogs.vocabulary import Grade, Likelihood, Severity


def suggest(likelihood: Likelihood, severity: Severity) -> Grade:
    """Suggest a grade: the worse of how likely a lapse is and what harm it would do.

    The township's plan joins the two with 「或者」, so that either alone is enough.
    """
    return Grade(min(likelihood, severity))


def of_post(grades: Iterable[Grade]) -> Grade | None:
    """Give a post the gravest grade of its risk points; None where none was found."""
    return min(grades, default=None)


def raised(grade: Grade, *, before: Grade) -> bool:
    """Say whether a grade is graver than the one before."""
    return grade < before
