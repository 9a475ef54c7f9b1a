"""自查: the holder of a post goes through its aspects and writes down where power can slip."""

from collections.abc import Sequence
from functools import lru_cache

from dialogs.asking import choose, confirm, pick, review, tell, write
from dialogs.catalogue.library import TypicalPoint, suggestions
from dialogs.engine import Dialogue
from dialogs.events import AspectChecked, FoundPoint, SelfChecked
from dialogs.facts import PostToCheck
from dialogs.prompts import Option
from dialogs.rules.grading import suggest
from dialogs.speech import Phrase
from dialogs.vocabulary import Aspect, Grade, Likelihood, Severity, UnitKind, aspects_of

OWN = "own"  # the option of writing a risk point of one's own
MOST_OWN = 9  # risk points of one's own in one aspect


def self_check(post: PostToCheck) -> Dialogue[SelfChecked]:
    """Go through every aspect of a post; each needs points, or a reason why there are none."""
    aspects = aspects_of(post.kind)
    yield from tell("self_check.begin", post=post.title, unit=post.unit, count=len(aspects))
    checked = []
    for number, aspect in enumerate(aspects, 1):
        yield from tell(f"self_check.{aspect}", number=number, count=len(aspects))
        offered = options(post.title, post.kind, aspect)
        checked.append((yield from check_aspect(aspect, offered)))
    yield from review("self_check.review", post=post.title)
    return SelfChecked(post, tuple(checked))


@lru_cache(maxsize=1024)
def options(title: str, kind: UnitKind, aspect: Aspect) -> Sequence[Option]:
    """Offer the typical points of a post and aspect, then writing one's own."""
    typical = [
        Option(point.code.lower(), point.name, point) for point in suggestions(title, kind, aspect)
    ]
    return (*typical, Option(OWN, Phrase("self_check.own"), OWN))


def check_aspect(aspect: Aspect, offered: Sequence[Option]) -> Dialogue[AspectChecked]:
    """Let typical points be ticked, then take the ones of one's own."""
    picked = yield from pick(f"self_check.pick@{aspect}", offered, aspect=aspect)
    if not picked:
        reason = yield from write(
            f"self_check.none_because@{aspect}", at_least=4, at_most=500, aspect=aspect
        )
        return AspectChecked(aspect, none_because=reason)
    points = []
    for point in picked:
        if point == OWN:
            points += yield from own_points(aspect)
        else:
            points.append((yield from typical_point(aspect, point)))
    return AspectChecked(aspect, points=tuple(points))


def typical_point(aspect: Aspect, point: TypicalPoint) -> Dialogue[FoundPoint]:
    """Take a typical point as it stands, or fit it to one's post."""
    place = f"{aspect}.{point.code}"
    adopted = yield from choose(
        f"self_check.adopt@{place}",
        [
            Option("adopt", Phrase("self_check.adopt"), True),
            Option("adjust", Phrase("self_check.adjust"), False),
        ],
        name=point.name,
        manifestation=point.manifestation,
        grade=point.grade,
        measure=point.measure,
    )
    if adopted:
        return FoundPoint(
            name=point.name,
            manifestation=point.manifestation,
            likelihood=point.likelihood,
            severity=point.severity,
            grade=point.grade,
            measure=point.measure,
            library=point.code,
        )
    return (yield from describe(place, name=point.name, library=point.code))


def own_points(aspect: Aspect) -> Dialogue[list[FoundPoint]]:
    """Take risk points of one's own until there are no more."""
    points = []
    for number in range(1, MOST_OWN + 1):
        place = f"{aspect}.{number}"
        name = yield from write(f"self_check.name@{place}", at_least=2, at_most=40)
        points.append((yield from describe(place, name=name)))
        if number == MOST_OWN or not (yield from confirm(f"self_check.another@{place}")):
            break
    return points


def describe(place: str, *, name: str, library: str | None = None) -> Dialogue[FoundPoint]:
    """Ask how a risk shows, how likely and how grave it is, and what holds it in check."""
    manifestation = yield from write(
        f"self_check.manifestation@{place}", at_least=4, at_most=1000, name=name
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
    measure = yield from write(f"self_check.measure@{place}", at_least=4, at_most=1000, name=name)
    return FoundPoint(
        name=name,
        manifestation=manifestation,
        likelihood=likelihood,
        severity=severity,
        grade=grade,
        measure=measure,
        reason=reason,
        library=library,
    )
