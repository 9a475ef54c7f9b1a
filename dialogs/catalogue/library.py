"""The library of typical risk points: what others found on such a post, to think along with."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import takewhile

from dialogs.prompts import plain
from dialogs.vocabulary import Aspect, Grade, Likelihood, Severity, UnitKind

MOST = 6
SHORTEST_LIKENESS = 2  # letters that two titles begin with: 財政所, but not the 村 of every village

KINDS = {"鎮機關": UnitKind.OFFICE, "村居": UnitKind.VILLAGE}
ASPECTS = {
    "崗位職責": Aspect.DUTY,
    "業務流程": Aspect.PROCESS,
    "制度機制": Aspect.SYSTEM,
    "工作效率": Aspect.EFFICIENCY,
    "外部環境": Aspect.SURROUNDINGS,
    "農村建房土地審批": Aspect.HOUSING_LAND,
    "專項資金管理": Aspect.SPECIAL_FUNDS,
    "農村集體三資管理": Aspect.COLLECTIVE_ASSETS,
}

# Five village points are filed under an aspect that village posts are not asked about. Only the
# one on village spending and its vouchers is about the collective's money; the others (kinship
# among supervisors, patrols, elections, clan pressure) belong to none of the three domains.
ASKED_UNDER = {"V006": Aspect.COLLECTIVE_ASSETS}


@dataclass(frozen=True)
class TypicalPoint:
    """A typical risk point of a post, with the measure and indicator that go with it."""

    code: str
    kind: UnitKind
    post: str
    aspect: Aspect
    name: str
    manifestation: str
    likelihood: Likelihood
    severity: Severity
    grade: Grade
    measure: str
    indicator: str


@cache
def library() -> tuple[TypicalPoint, ...]:
    """Read the library, in the order of its codes."""
    text = files(__package__).joinpath("risk_points.tsv").read_text(encoding="utf-8")
    return tuple(
        TypicalPoint(
            code=row["id"],
            kind=KINDS[row["scope"]],
            post=row["post"],
            aspect=ASPECTS[row["aspect"]],
            name=row["name"],
            manifestation=row["manifestation"],
            likelihood=Likelihood(int(row["probability"])),
            severity=Severity(int(row["severity"])),
            grade=Grade(int(row["grade"])),
            measure=row["measure"],
            indicator=row["monitor_signal"],
        )
        for row in csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    )


def suggestions(post_title: str, kind: UnitKind, aspect: Aspect) -> Sequence[TypicalPoint]:
    """Suggest at most six points of an aspect: of the same post first, of like posts next.

    Among equals the gravest come first.
    """
    title = plain(post_title)
    fitting = [
        point
        for point in library()
        if point.kind is kind and ASKED_UNDER.get(point.code, point.aspect) is aspect
    ]
    fitting.sort(key=lambda point: (-likeness(title, plain(point.post)), point.grade, point.code))
    return fitting[:MOST]


def is_of_like_post(point: TypicalPoint, post_title: str) -> bool:
    """Say whether a point comes from a post like the one it is suggested for."""
    return likeness(plain(post_title), plain(point.post)) > 0


def likeness(title: str, other: str) -> int:
    """Measure how alike two titles are; 0 if they have nothing in common."""
    if len(title) < SHORTEST_LIKENESS:
        return 0
    if title == other:
        return 1000
    if title in other or other in title:
        return 500
    letters = zip(title, other, strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], letters))
    return shared if shared >= SHORTEST_LIKENESS else 0
