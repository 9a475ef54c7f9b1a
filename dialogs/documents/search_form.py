"""個人廉政風險查找表: one person's risk points on one post, with the chain of signatures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dialogs.documents import wording
from dialogs.documents.template import fill
from dialogs.vocabulary import Aspect, Grade, Likelihood, Severity

TEMPLATE = "personal_search_form"
UNDATED = "年　　月　　日"  # to be written in by hand
NOT_APPLICABLE = "—"
NO_POWERS = "—（職權目錄未列）"


@dataclass(frozen=True)
class SearchPoint:
    """A risk point as the person reports and grades it."""

    aspect: Aspect
    name: str
    manifestation: str
    likelihood: Likelihood
    severity: Severity
    grade: Grade
    measure: str


@dataclass(frozen=True)
class NoRisk:
    """An aspect on which the person finds no risk, and why."""

    aspect: Aspect
    reason: str


@dataclass(frozen=True)
class Signature:
    """Who signed, and when; who filled it in for them, where they sign the paper itself."""

    name: str
    day: date
    filled_in_by: str = ""


@dataclass(frozen=True)
class Opinion:
    """What was decided at a step of the chain, by whom (a person or a meeting), and when."""

    text: str
    name: str
    day: date


@dataclass(frozen=True, kw_only=True)
class PersonalSearchForm:
    """What stands on the form; a step of the chain not yet taken is None and stays blank.

    `reasons` say why declared grades depart from the suggested ones, a line each.
    """

    town: str
    unit: str
    name: str
    post: str
    duty: str
    powers: Sequence[str] = ()
    filled_on: date
    rows: Sequence[SearchPoint | NoRisk]
    signed: Signature | None = None
    unit_head: Opinion | None = None
    leader: Opinion | None = None
    commission: Opinion | None = None
    party_committee: Opinion | None = None
    filing_number: str = ""
    reasons: Sequence[str] = ()


def personal_search_form(form: PersonalSearchForm) -> bytes:
    """Print the form as a .docx, A4 landscape."""
    return fill(
        TEMPLATE,
        {
            "town": form.town,
            "unit": form.unit,
            "name": form.name,
            "post": form.post,
            "duty": form.duty,
            "powers": print_powers(form.powers),
            "filled_on": wording.day(form.filled_on),
            "filing_number": form.filing_number,
            "reasons": "\n".join(form.reasons),
            "rows": [print_row(number, row) for number, row in enumerate(form.rows, start=1)],
            "signed": print_signature(form.signed),
            "unit_head": print_opinion(form.unit_head),
            "leader": print_opinion(form.leader),
            "commission": print_opinion(form.commission),
            "party_committee": print_opinion(form.party_committee),
        },
    )


def print_powers(powers: Sequence[str]) -> str:
    """Print the powers a post exercises, or that its unit's catalogue names none."""
    return "、".join(powers) or NO_POWERS


def print_assessment(likelihood: Likelihood, severity: Severity, grade: Grade) -> str:
    """Print how a holder grades a risk, with what the grade rests on."""
    rests_on = f"可能性：{wording.likelihood(likelihood)}\n危害：{print_severity(severity)}"
    return f"{wording.grade(grade)}\n{rests_on}"


def print_severity(severity: Severity) -> str:
    """Print what harm a lapse would do, in a narrow column."""
    return wording.severity(severity).replace("(", "\n(")


def print_row(number: int, row: SearchPoint | NoRisk) -> dict[str, str]:
    """Print a row: a risk point, or 無 and the reason."""
    printed = {"number": str(number), "aspect": wording.ASPECTS[row.aspect]}
    match row:
        case SearchPoint():
            return printed | {
                "name": row.name,
                "manifestation": row.manifestation,
                "likelihood": wording.likelihood(row.likelihood),
                "severity": print_severity(row.severity),
                "grade": wording.grade(row.grade),
                "measure": row.measure,
            }
        case NoRisk():
            empty = dict.fromkeys(("likelihood", "severity", "grade", "measure"), NOT_APPLICABLE)
            return printed | empty | {"name": "無", "manifestation": f"理由：{row.reason}"}


def print_signature(signature: Signature | None) -> dict[str, str]:
    """Print a signature, or room for one."""
    if signature is None:
        return {"name": "", "day": UNDATED}
    if signature.filled_in_by:
        written = f"\n（{wording.day(signature.day)}由{signature.filled_in_by}代填）"
        return {"name": written, "day": UNDATED}
    return {"name": signature.name, "day": wording.day(signature.day)}


def print_opinion(opinion: Opinion | None) -> dict[str, str]:
    """Print an opinion, or room for one."""
    if opinion is None:
        return {"text": "", "name": "", "day": UNDATED}
    return {"text": opinion.text, "name": opinion.name, "day": wording.day(opinion.day)}
