"""修改申報: the holder changes what was sent back or what others found, or stands by it."""

from collections.abc import Sequence

from dialogs.asking import choose, review, tell, write
from dialogs.engine import Dialogue
from dialogs.events import AspectChecked, DeclarationAmended, FindingSettled, FoundPoint
from dialogs.facts import NoneTold, PointTold, ReturnedDeclaration
from dialogs.flows.risk_point import as_found, describe, own_point
from dialogs.flows.taking_up import take_up
from dialogs.prompts import Option
from dialogs.speech import Listing, Phrase
from dialogs.vocabulary import Aspect, aspects_of

MOST = 40  # changes in one sitting
ADD, DONE = "add", "done"


def revise(told: ReturnedDeclaration) -> Dialogue[DeclarationAmended]:
    """Let points be changed, taken out and added one after the other, until it is done."""
    yield from tell("revise.head", post=told.post.title, unit=told.post.unit)
    yield from what_was_said(told.note, told.post.before)
    points: dict[Aspect, list[FoundPoint]] = {
        aspect: [as_found(point) for point in told.post.before if point.aspect is aspect]
        for aspect in aspects_of(told.post.kind)
    }
    settled: list[FindingSettled] = []
    for aspect, found in points.items():
        found += yield from take_up(told.post, aspect, settled)
    changed = (yield from change_points(points)) or any(one.state != "declined" for one in settled)
    reasons = yield from reasons_for_none(points, told.none)
    explanation = None
    if not changed and told.returned:
        explanation = yield from write("revise.explanation", at_least=4, at_most=500)
    if changed or told.returned:
        yield from review("revise.review", post=told.post.title)
    else:
        yield from review("revise.review_kept", post=told.post.title)
    aspects = tuple(
        AspectChecked(aspect, tuple(found), reasons.get(aspect)) for aspect, found in points.items()
    )
    return DeclarationAmended(
        told.declaration, told.post, aspects, tuple(settled), explanation, changed
    )


def what_was_said(note: str, points: Sequence[PointTold]) -> Dialogue[None]:
    """Tell with what a declaration was sent back, as a whole and item by item."""
    if note:
        yield from tell("revise.note", text=note)
    comments = [
        Phrase("revise.comment", {"name": point.name, "text": point.comment})
        for point in points
        if point.comment
    ]
    if comments:
        yield from tell("revise.comments", comments=Listing(comments))


def change_points(points: dict[Aspect, list[FoundPoint]]) -> Dialogue[bool]:
    """Let points be changed until it is done; tell whether any was."""
    changed = False
    for number in range(1, MOST + 1):
        chosen = yield from choose(f"revise.which@{number}", choices(points))
        match chosen:
            case "done":
                break
            case "add":
                aspect = yield from choose(f"revise.aspect@{number}", list(points))
                points[aspect].append((yield from own_point(f"r{number}")))
                changed = True
            case (aspect, place):
                changed |= yield from change_one(number, points[aspect], place)
    return changed


def choices(points: dict[Aspect, list[FoundPoint]]) -> list[Option]:
    """Offer every point, adding one, and being done."""
    offered = [
        Option(f"{aspect}.{place}", Phrase("revise.point", {"name": point.name}), (aspect, place))
        for aspect, found in points.items()
        for place, point in enumerate(found)
    ]
    add = Option(ADD, Phrase("revise.add"), ADD)
    return [*offered, add, Option(DONE, Phrase("revise.done"), DONE)]


def change_one(number: int, found: list[FoundPoint], place: int) -> Dialogue[bool]:
    """Change a point, or take it out, or leave it after all."""
    point = found[place]
    deed = yield from choose(
        f"revise.deed@{number}",
        [
            Option("edit", Phrase("revise.edit"), "edit"),
            Option("remove", Phrase("revise.remove"), "remove"),
            Option("leave", Phrase("revise.leave"), "leave"),
        ],
        name=point.name,
    )
    match deed:
        case "edit":
            found[place] = yield from describe(f"r{number}", point)
            return found[place] != point
        case "remove":
            del found[place]
            return True
        case _:
            return False


def reasons_for_none(
    points: dict[Aspect, list[FoundPoint]], none: Sequence[NoneTold]
) -> Dialogue[dict[Aspect, str]]:
    """Keep the reasons why there are no points, and ask for those that are missing now."""
    known = {one.aspect: one.reason for one in none}
    reasons = {}
    for aspect, found in points.items():
        if found:
            continue
        if aspect not in known:
            known[aspect] = yield from write(
                f"self_check.none_because@{aspect}", at_least=4, at_most=500, aspect=aspect
            )
        reasons[aspect] = known[aspect]
    return reasons
