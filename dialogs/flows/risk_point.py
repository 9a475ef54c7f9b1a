"""風險點: how a risk shows, how likely and how grave it is, and what holds it in check."""

from collections.abc import Sequence
from dataclasses import replace

from dialogs.asking import choose, confirm, write
from dialogs.catalogue.library import TypicalPoint
from dialogs.engine import Dialogue
from dialogs.errors import Refused
from dialogs.events import FoundPoint
from dialogs.facts import PointTold, Way
from dialogs.prompts import Option
from dialogs.rules.grading import suggest
from dialogs.speech import Brief, Listing, Phrase, Sayable
from dialogs.vocabulary import Aspect, Grade, Likelihood, Severity

MOST_OWN = 9  # risk points of one's own in one aspect
MOST_WAYS = 9  # ways in which one risk point shows
TITLED = 30  # letters of a way where its measure is titled


def ways_told(ways: Sequence[Way]) -> Sayable:
    """Say the ways in which a risk shows, a line each; numbered where there are several."""
    if len(ways) == 1:
        return ways[0].manifestation
    return Listing([f"{number}. {way.manifestation}" for number, way in enumerate(ways, 1)])


def measures_told(ways: Sequence[Way]) -> Sayable:
    """Say the measures, a line each, under the numbers of what they answer to."""
    if len(ways) == 1:
        return ways[0].measure
    return Listing([f"{number}. {way.measure}" for number, way in enumerate(ways, 1)])


def typical_point(
    aspect: Aspect, point: TypicalPoint, *, called: Sayable = ""
) -> Dialogue[FoundPoint]:
    """Take a typical point as it stands, or fit it to one's post.

    `called` names it with the post it comes from, where that is unlike one's own.
    """
    place = f"{aspect}.{point.code}"
    way = Way(point.manifestation, point.measure, point.indicator)
    found = FoundPoint(
        name=point.name,
        ways=(way,),
        likelihood=point.likelihood,
        severity=point.severity,
        grade=point.grade,
        library=point.code,
    )
    return (yield from adopt_or_adjust(place, found, called=called))


def former_point(point: PointTold) -> Dialogue[FoundPoint]:
    """Keep a point declared before as it stands, or change it."""
    return (yield from adopt_or_adjust(f"{point.aspect}.{point.lineage.hex[:8]}", as_found(point)))


def as_found(point: PointTold) -> FoundPoint:
    """Take a point over from what was declared before."""
    return FoundPoint(
        name=point.name,
        ways=tuple(point.ways),
        likelihood=point.likelihood,
        severity=point.severity,
        grade=point.declared,
        reason=point.reason,
        lineage=point.lineage,
    )


def adopt_or_adjust(place: str, point: FoundPoint, *, called: Sayable = "") -> Dialogue[FoundPoint]:
    """Show a point whole and let it be taken or changed; the review says what was taken."""
    shows, measure = ways_told(point.ways), measures_told(point.ways)
    taken = {"grade": point.grade, "manifestation": shows, "measure": measure}
    adopted = yield from choose(
        f"self_check.adopt@{place}",
        [
            Option(
                *("adopt", Phrase("self_check.adopt"), True),
                echo=Phrase("self_check.adopted", taken),
            ),
            Option("adjust", Phrase("self_check.adjust"), False),
        ],
        name=called or point.name,
        manifestation=shows,
        grade=point.grade,
        measure=measure,
    )
    return point if adopted else (yield from describe(place, point))


def own_points(aspect: Aspect) -> Dialogue[list[FoundPoint]]:
    """Take risk points of one's own until there are no more."""
    points = []
    for number in range(1, MOST_OWN + 1):
        place = f"{aspect}.{number}"
        points.append((yield from own_point(place)))
        if number == MOST_OWN or not (yield from confirm(f"self_check.another@{place}")):
            break
    return points


def own_point(place: str) -> Dialogue[FoundPoint]:
    """Take a risk point of one's own."""
    name = yield from write(f"self_check.name@{place}", at_least=2, at_most=40, one_line=True)
    return (yield from describe(place, named(name)))


def named(name: str, shows: Sequence[str] = ()) -> FoundPoint:
    """Begin a point of which no more is known than its name, or how it shows."""
    ways = tuple(Way(one, "") for one in shows)
    return FoundPoint(name, ways, Likelihood.LOW, Severity.HARM, Grade.LOW)


def describe(place: str, point: FoundPoint) -> Dialogue[FoundPoint]:
    """Ask how a risk shows, how likely and how grave it is, and what holds it in check.

    What is known of the point already is proposed.
    """
    name = point.name
    known = "\n".join(way.manifestation for way in point.ways)
    shows = yield from write(
        f"self_check.manifestation@{place}",
        at_least=4,
        at_most=1000,
        proposed=known or None,
        check=few_lines,
        name=name,
    )
    likelihood = yield from choose(f"self_check.likelihood@{place}", Likelihood, name=name)
    severity = yield from choose(f"self_check.severity@{place}", Severity, name=name)
    suggested = suggest(likelihood, severity)
    grade = yield from choose(f"self_check.grade@{place}", Grade, name=name, suggested=suggested)
    reason = None
    if grade != suggested:
        reason = yield from write(
            f"self_check.reason@{place}", at_least=4, at_most=500, grade=grade, suggested=suggested
        )
    ways = yield from counter(place, point, lines_of(shows))
    return replace(
        point,
        ways=ways,
        likelihood=likelihood,
        severity=severity,
        grade=grade,
        reason=reason,
    )


def counter(place: str, point: FoundPoint, lines: Sequence[str]) -> Dialogue[tuple[Way, ...]]:
    """Ask for a measure for each way in which a risk shows."""
    if len(lines) == 1:
        known = point.ways[0] if len(point.ways) == 1 else Way("", "")
        measure = yield from write(
            f"self_check.measure@{place}",
            at_least=4,
            at_most=1000,
            proposed=known.measure or None,
            name=point.name,
        )
        return (Way(lines[0], measure, known.indicator),)
    before = {way.manifestation: way for way in point.ways}
    ways = []
    for number, line in enumerate(lines, 1):
        known = before.get(line, Way(line, ""))
        measure = yield from write(
            f"self_check.measure_of@{place}.{number}",
            at_least=4,
            at_most=1000,
            proposed=known.measure or None,
            name=point.name,
            manifestation=line,
            briefly=Brief(line, TITLED),
        )
        ways.append(Way(line, measure, known.indicator))
    return tuple(ways)


def lines_of(text: str) -> list[str]:
    """Cut a text into its lines; each is a way in which the risk shows."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def few_lines(text: str) -> None:
    """Refuse more lines than there can be measures for, or the same line twice."""
    lines = lines_of(text)
    if len(lines) > MOST_WAYS:
        raise Refused("too_many_lines", most=MOST_WAYS)
    if len(set(lines)) < len(lines):
        raise Refused("line_twice")
