"""How a risk point is graded: the rule suggests, people decide."""

from dialogs.vocabulary import Grade, Likelihood, Severity


def suggest(likelihood: Likelihood, severity: Severity) -> Grade:
    """Suggest a grade: the worse of how likely a lapse is and what harm it would do.

    The township's plan joins the two with 「或者」, so that either alone is enough.
    """
    return Grade(min(likelihood, severity))
