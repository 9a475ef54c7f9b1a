"""線索: the holder of a post takes up what others found, and says what is one and the same."""

from collections.abc import Sequence
from dataclasses import replace

from dialogs.asking import confirm, write
from dialogs.engine import Dialogue
from dialogs.events import FindingSettled, FoundPoint
from dialogs.facts import FindingTold, PointTold, PostToCheck
from dialogs.flows.risk_point import MOST_WAYS, describe, lines_of, named, ways_told
from dialogs.prompts import units_of
from dialogs.rules.likeness import alike, saying_the_same
from dialogs.speech import Listing, Sayable
from dialogs.vocabulary import Aspect, FindingState

LONGEST = 1000  # letters of what is proposed of how a risk shows


def take_up(
    post: PostToCheck, aspect: Aspect, settled: list[FindingSettled]
) -> Dialogue[list[FoundPoint]]:
    """Take up what was found in an aspect of a post, and add to `settled` what became of it."""
    points = []
    known = [point for point in post.before if point.aspect is aspect]
    for finding in post.findings:
        done = {one.finding for one in settled}
        if finding.aspect is not aspect or finding.finding in done:
            continue
        waiting = [one for one in post.findings if one is not finding and one.finding not in done]
        together = yield from gather(finding, waiting)
        became, found = yield from settle(together, known)
        settled += became
        points += [found] if found else []
    return points


def gather(
    finding: FindingTold, waiting: Sequence[FindingTold]
) -> Dialogue[tuple[FindingTold, ...]]:
    """Show findings that may be one side by side, and keep together what the holder says is."""
    together = [finding]
    for other in saying_the_same(finding, waiting):
        same = yield from confirm(
            f"finding.one@{finding.finding.hex[:8]}.{other.finding.hex[:8]}",
            source=source(finding),
            name=finding.name,
            manifestation=finding.manifestation,
            other_source=source(other),
            other=other.name,
            other_manifestation=other.manifestation,
        )
        together += [other] if same else []
    return tuple(together)


def settle(
    together: Sequence[FindingTold], known: Sequence[PointTold]
) -> Dialogue[tuple[list[FindingSettled], FoundPoint | None]]:
    """Settle findings that are one: the same as a point there is, a new one, or none."""
    finding = together[0]
    place = f"{finding.aspect}.{finding.finding.hex[:8]}"
    shows = manifestations(together)
    shown: dict[str, Sayable] = {
        "source": Listing(list(dict.fromkeys(source(one) for one in together)), inline=True),
        "name": finding.name,
        "manifestation": Listing(shows),
    }
    for point in alike(finding, known):
        same = yield from confirm(
            f"finding.same@{place}.{point.lineage.hex[:8]}",
            **shown,
            other=point.name,
            other_manifestation=ways_told(point.ways),
        )
        if same:
            return [merged(one, point) for one in together], None
    if not (yield from confirm(f"finding.adopt@{place}", **shown)):
        reason = yield from write(
            f"finding.declined_because@{place}", at_least=4, at_most=500, name=finding.name
        )
        return [declined(one, reason) for one in together], None
    found = yield from describe(place, named(finding.name, fitting(shows)))
    return adopted(together), replace(found, finding=finding.finding)


def merged(finding: FindingTold, point: PointTold) -> FindingSettled:
    """Let a finding be the same as a point there is."""
    return FindingSettled(finding.finding, FindingState.MERGED, into=point.lineage)


def declined(finding: FindingTold, reason: str) -> FindingSettled:
    """Let a finding be none, and say why."""
    return FindingSettled(finding.finding, FindingState.DECLINED, reason=reason)


def adopted(together: Sequence[FindingTold]) -> list[FindingSettled]:
    """Let the first of several become a point, and the others be the same as it."""
    first, *others = (one.finding for one in together)
    return [
        FindingSettled(first, FindingState.ADOPTED),
        *(FindingSettled(one, FindingState.MERGED, beside=first) for one in others),
    ]


def manifestations(together: Sequence[FindingTold]) -> list[str]:
    """List in how many ways findings say that the risk shows, each once."""
    return list(dict.fromkeys(line for one in together for line in lines_of(one.manifestation)))


def fitting(lines: Sequence[str]) -> list[str]:
    """Keep as many lines as one answer holds."""
    kept: list[str] = []
    for line in lines[:MOST_WAYS]:
        if units_of("\n".join([*kept, line])) > LONGEST:
            break
        kept.append(line)
    return kept


def source(finding: FindingTold) -> Sayable:
    """Say by which method, or through which channel, a risk point was found."""
    return finding.channel or finding.method
