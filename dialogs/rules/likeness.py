"""Which risk points may be one and the same: a machine points, a person decides."""

from collections.abc import Sequence

from dialogs.facts import FindingTold, PointTold
from dialogs.prompts import plain

ALIKE = 0.34  # share of letter pairs that two texts must have in common
MOST = 2  # points shown side by side with a finding
TOGETHER = 9  # findings shown side by side with a finding


def alike(finding: FindingTold, points: Sequence[PointTold]) -> Sequence[PointTold]:
    """Find the points a finding may be the same as, the likest first."""
    rated = sorted(
        ((likeness(finding, point), point) for point in points), key=lambda pair: -pair[0]
    )
    return [point for rating, point in rated if rating >= ALIKE][:MOST]


def likeness(finding: FindingTold, point: PointTold) -> float:
    """Measure how alike a finding and a point are, from 0 to 1: by name, or by how they show."""
    shows = [way.manifestation for way in point.ways]
    return max(
        shared(finding.name, point.name),
        *(shared(finding.manifestation, text) for text in shows),
    )


def saying_the_same(finding: FindingTold, others: Sequence[FindingTold]) -> Sequence[FindingTold]:
    """Find the other findings that a finding may be the same as, the oldest first."""
    return [
        other
        for other in others
        if max(shared(finding.name, other.name), shared(finding.manifestation, other.manifestation))
        >= ALIKE
    ][:TOGETHER]


def shared(one: str, other: str) -> float:
    """Measure the share of letter pairs that two texts have in common."""
    pairs, others = pairs_of(one), pairs_of(other)
    if not pairs or not others:
        return 0.0
    return len(pairs & others) / min(len(pairs), len(others))


def pairs_of(text: str) -> set[str]:
    """List the pairs of neighbouring letters of a text, marks left out."""
    letters = "".join(sign for sign in plain(text).casefold() if sign.isalnum())
    return {letters[place : place + 2] for place in range(len(letters) - 1)}
