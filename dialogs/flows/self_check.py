"""自查: the holder of a post goes through its aspects and writes down where power can slip."""

from collections.abc import Sequence
from functools import lru_cache

from dialogs.asking import pick, review, tell, write
from dialogs.catalogue.library import TypicalPoint, is_of_like_post, suggestions
from dialogs.engine import Dialogue
from dialogs.events import AspectChecked, FindingSettled, SelfChecked
from dialogs.facts import PointTold, PostToCheck
from dialogs.flows.risk_point import former_point, own_points, typical_point
from dialogs.flows.taking_up import take_up
from dialogs.prompts import Option
from dialogs.speech import Phrase, Sayable
from dialogs.vocabulary import Aspect, UnitKind, aspects_of

OWN = "own"  # the option of writing a risk point of one's own


def self_check(post: PostToCheck) -> Dialogue[SelfChecked]:
    """Go through every aspect of a post; each needs points, or a reason why there are none."""
    aspects = aspects_of(post.kind)
    yield from tell("self_check.begin", post=post.title, unit=post.unit, count=len(aspects))
    checked: list[AspectChecked] = []
    settled: list[FindingSettled] = []
    for number, aspect in enumerate(aspects, 1):
        yield from tell(f"self_check.{aspect}", number=number, count=len(aspects))
        checked.append((yield from check_aspect(aspect, post, settled)))
    yield from review("self_check.review", post=post.title)
    return SelfChecked(post, tuple(checked), tuple(settled))


@lru_cache(maxsize=1024)
def typical(title: str, kind: UnitKind, aspect: Aspect) -> Sequence[Option]:
    """Offer the typical points of a post and aspect, then writing one's own."""
    points = [
        Option(point.code.lower(), called(point, title), point, (point.name,))
        for point in suggestions(title, kind, aspect)
    ]
    return (*points, Option(OWN, Phrase("self_check.own"), OWN))


def called(point: TypicalPoint, title: str) -> Sayable:
    """Name a typical point; of a post unlike one's own it says of which."""
    if is_of_like_post(point, title):
        return point.name
    return Phrase("self_check.of_another_post", {"name": point.name, "post": point.post})


def offered(post: PostToCheck, aspect: Aspect) -> Sequence[Option]:
    """Offer what was declared before, then what is typical and was not, then one's own."""
    before = [
        Option(point.lineage.hex[:8], Phrase("self_check.before", {"name": point.name}), point)
        for point in post.before
        if point.aspect is aspect
    ]
    names = {point.name for point in post.before}
    fresh = [
        option
        for option in typical(post.title, post.kind, aspect)
        if not (isinstance(option.value, TypicalPoint) and option.value.name in names)
    ]
    return (*before, *fresh)


def check_aspect(
    aspect: Aspect, post: PostToCheck, settled: list[FindingSettled]
) -> Dialogue[AspectChecked]:
    """Take up what others found, let points be ticked, then take the ones of one's own."""
    points = yield from take_up(post, aspect, settled)
    known = [point.lineage.hex[:8] for point in post.before if point.aspect is aspect]
    picked = yield from pick(
        f"self_check.pick@{aspect}", offered(post, aspect), proposed=[*known] or None, aspect=aspect
    )
    for point in picked:
        match point:
            case PointTold():
                points.append((yield from former_point(point)))
            case TypicalPoint():
                name = called(point, post.title)
                points.append((yield from typical_point(aspect, point, called=name)))
            case _:
                points += yield from own_points(aspect)
    if points:
        return AspectChecked(aspect, points=tuple(points))
    before = {one.aspect: one.reason for one in post.none}
    reason = yield from write(
        f"self_check.none_because@{aspect}",
        at_least=4,
        at_most=500,
        proposed=before.get(aspect),
        aspect=aspect,
    )
    return AspectChecked(aspect, none_because=reason)
