"""Words as official forms print them: a grade never as a bare number, a day in full."""

from datetime import date

from dialogs.messages import SOURCE, plain_words
from dialogs.vocabulary import Aspect, Grade, Likelihood, Severity


def grade(of: Grade) -> str:
    """Print a grade as it is said; numbers run both ways in practice, so the word goes with it."""
    return plain_words(of, SOURCE)


def likelihood(of: Likelihood) -> str:
    """Print how likely a lapse is."""
    match of:
        case Likelihood.HIGH:
            return "高"
        case Likelihood.MEDIUM:
            return "較高"
        case Likelihood.LOW:
            return "較小"


def severity(of: Severity) -> str:
    """Print what harm a lapse would do; wording to be confirmed by the commission."""
    match of:
        case Severity.CRIME:
            return "嚴重(犯罪)"
        case Severity.DISCIPLINE:
            return "較嚴重(紀律處分)"
        case Severity.HARM:
            return "影響或損失"


ASPECTS = {
    Aspect.DUTY: "崗位職責",
    Aspect.PROCESS: "業務流程",
    Aspect.SYSTEM: "制度機制",
    Aspect.EFFICIENCY: "工作效率",
    Aspect.SURROUNDINGS: "外部環境",
    Aspect.HOUSING_LAND: "農村建房土地審批",
    Aspect.SPECIAL_FUNDS: "專項資金管理",
    Aspect.COLLECTIVE_ASSETS: "集體「三資」管理",
}


def day(of: date) -> str:
    """Print a day."""
    return f"{of.year}年{of.month}月{of.day}日"


def short_day(of: date | None) -> str:
    """Print a day in a narrow column; a dash where there is none."""
    return f"{of:%Y-%m-%d}" if of else "—"
