import pytest

from dialogs.rules.grading import suggest
from dialogs.vocabulary import Grade, Likelihood, Severity


@pytest.mark.parametrize(
    ("likelihood", "severity", "grade"),
    [
        (Likelihood.HIGH, Severity.CRIME, Grade.HIGH),
        (Likelihood.HIGH, Severity.DISCIPLINE, Grade.HIGH),
        (Likelihood.HIGH, Severity.HARM, Grade.HIGH),
        (Likelihood.MEDIUM, Severity.CRIME, Grade.HIGH),
        (Likelihood.MEDIUM, Severity.DISCIPLINE, Grade.MEDIUM),
        (Likelihood.MEDIUM, Severity.HARM, Grade.MEDIUM),
        (Likelihood.LOW, Severity.CRIME, Grade.HIGH),
        (Likelihood.LOW, Severity.DISCIPLINE, Grade.MEDIUM),
        (Likelihood.LOW, Severity.HARM, Grade.LOW),
    ],
)
def test_the_worse_of_likelihood_and_severity_is_suggested(
    likelihood: Likelihood, severity: Severity, grade: Grade
) -> None:
    assert suggest(likelihood, severity) is grade
