"""審核: whoever a declaration waits for reads it, fixes its grades or sends it back."""

from collections.abc import Iterator, Sequence
from enum import Enum, auto

from dialogs.asking import choose, confirm, pick, tell, write, write_or_skip
from dialogs.engine import Dialogue
from dialogs.events import PointCommented, PointGraded, StepDecided, StepsDecided
from dialogs.facts import (
    ChangeTold,
    DeclarationLine,
    DeclarationToReview,
    DeclinedTold,
    NoneTold,
    PointTold,
    UnitToReview,
)
from dialogs.flows.risk_point import measures_told, ways_told
from dialogs.prompts import Option
from dialogs.rules.grading import suggest
from dialogs.rules.workflow import IN_A_MEETING, fixes_grades
from dialogs.speech import Brief, Listing, Phrase, Sayable
from dialogs.vocabulary import FindingMethod, Grade, Move

SHOWN = 80  # letters of a text in the overview


class Verdict(Enum):
    """What a reviewer makes of a declaration."""

    AS_IT_STANDS = auto()
    ONE_BY_ONE = auto()
    SEND_BACK = auto()


def review_declaration(told: DeclarationToReview) -> Dialogue[StepDecided | None]:
    """Show a declaration, take a verdict, and have it confirmed."""
    yield from tell("review.head", post=told.post, unit=told.unit, holder=told.holder)
    if told.filled_in_by:
        yield from tell("review.filled_in", by=told.filled_in_by, holder=told.holder)
    yield from overview(told)
    verdict = yield from choose(
        "review.verdict", verdicts(told), move=told.move, points=len(told.points)
    )
    if verdict is Verdict.SEND_BACK:
        return (yield from send_back(told))
    grades = as_they_stand(told.points)
    if verdict is Verdict.ONE_BY_ONE:
        grades = yield from grade_each(told)
    note = yield from write_or_skip("review.note", at_most=500)
    meeting = yield from ask_meeting(told.move)
    if not (yield from confirm("review.confirm", move=told.move, grades=graded(told, grades))):
        return None
    return StepDecided(
        told.declaration, told.version, told.move, grades=grades, note=note, meeting=meeting
    )


def verdicts(told: DeclarationToReview) -> list[Option]:
    """Offer what the reviewer may do."""
    offered = []
    if told.move is not Move.RAISE:
        offered.append(Option("agree", Phrase("review.agree"), Verdict.AS_IT_STANDS))
    if fixes_grades(told.move) and told.points:
        offered.append(Option("each", Phrase("review.each"), Verdict.ONE_BY_ONE))
    if told.may_send_back:
        offered.append(Option("back", Phrase("review.send_back"), Verdict.SEND_BACK))
    return offered


def overview(told: DeclarationToReview) -> Dialogue[None]:
    """Tell what is declared, what has changed, and what people think of it."""
    lines: list[Sayable] = []
    for number, point in enumerate(told.points, 1):
        lines += [point_line(number, point), *departure(point)]
    lines += [none_line(one) for one in told.none]
    lines += [declined_line(one) for one in told.declined]
    yield from tell("review.points", points=Listing(lines))
    if told.changes:
        yield from tell("review.changes", changes=Listing([change(one) for one in told.changes]))
    if told.explanation:
        yield from tell("review.explanation", text=told.explanation)
    if told.tallies or told.comments or told.answered:
        yield from tell("review.voices", voices=Listing(list(voices(told))))


def point_line(number: int, point: PointTold) -> Phrase:
    """Say a point on a line: its grade, what it is, where it came from if not from the holder."""
    values: dict[str, Sayable] = {
        "number": number,
        "name": point.name,
        "grade": point.grade,
        "aspect": point.aspect,
        "manifestation": Brief(ways_told(point.ways), SHOWN),
        "measure": Brief(measures_told(point.ways), SHOWN),
    }
    if point.sources == [FindingMethod.SELF]:
        return Phrase("review.point", values)
    return Phrase("review.point_found", {**values, "source": Listing(point.sources, inline=True)})


def departure(point: PointTold) -> Iterator[Phrase]:
    """Say why a grade is another than the holder's or the suggested one, where it is."""
    suggested = suggest(point.likelihood, point.severity)
    reason = point.reason or ""
    if point.grade is not point.declared:
        yield Phrase("review.regraded_since", {"declared": point.declared, "reason": reason})
    elif point.grade is not suggested and reason:
        yield Phrase("review.departs", {"suggested": suggested, "reason": reason})


def declined_line(declined: DeclinedTold) -> Phrase:
    """Say what others found and the holder did not take up, on a line."""
    return Phrase(
        "review.declined",
        {
            "name": declined.name,
            "source": declined.channel or declined.method,
            "reason": Brief(declined.reason, SHOWN),
        },
    )


def none_line(none: NoneTold) -> Phrase:
    """Say an aspect without risk on a line."""
    return Phrase("review.none", {"aspect": none.aspect, "reason": Brief(none.reason, SHOWN)})


def change(told: ChangeTold) -> Sayable:
    """Say a change: what came or went, or only what is other than it was."""
    match told.before, told.after:
        case None, PointTold() as come:
            return Phrase("review.added", {"name": come.name, "ways": in_a_line(come)})
        case PointTold() as gone, None:
            return Phrase("review.removed", {"name": gone.name, "ways": in_a_line(gone)})
        case PointTold() as before, PointTold() as after:
            lines = differences(before, after)
            return Listing([Phrase("review.changed", {"name": after.name}), *lines])
    raise ValueError("A change has a point before it, after it, or both.")


def differences(before: PointTold, after: PointTold) -> Iterator[Phrase]:
    """Say what the holder said otherwise of a point."""
    if before.name != after.name:
        yield Phrase("review.change_name", {"was": before.name})
    if before.ways != after.ways:
        yield Phrase("review.change_ways", {"was": in_a_line(before), "now": in_a_line(after)})
    if before.likelihood is not after.likelihood:
        yield Phrase(
            "review.change_likelihood", {"was": before.likelihood, "now": after.likelihood}
        )
    if before.severity is not after.severity:
        yield Phrase("review.change_severity", {"was": before.severity, "now": after.severity})
    if before.declared is not after.declared:
        yield Phrase("review.change_grade", {"was": before.declared, "now": after.declared})


def in_a_line(point: PointTold) -> Brief:
    """Say how a point shows and what is done about it in one line."""
    return Brief("；".join(f"{way.manifestation} → {way.measure}" for way in point.ways), SHOWN)


def voices(told: DeclarationToReview) -> Sequence[Sayable]:
    """Say what people think: counts, comments, objections and what was answered."""
    counts = [
        Phrase(
            "review.tally",
            {
                "voters": tally.voters,
                "opinion": tally.opinion,
                "count": Phrase("review.too_few") if tally.count is None else tally.count,
            },
        )
        for tally in told.tallies
    ]
    said = [Phrase("review.comment", {"text": text}) for text in told.comments]
    answered = [
        Phrase("review.answered", {"state": one.state, "answer": one.answer})
        for one in told.answered
    ]
    return [*counts, *said, *answered]


def as_they_stand(points: Sequence[PointTold]) -> tuple[PointGraded, ...]:
    """Leave every grade as it was fixed last."""
    return tuple(PointGraded(point.point, point.grade) for point in points)


def grade_each(told: DeclarationToReview) -> Dialogue[tuple[PointGraded, ...]]:
    """Fix the grade of each point; one that departs from the last needs a reason."""
    grades = []
    for point in told.points:
        place = point.lineage.hex[:8]
        grade = yield from choose(
            f"review.grade@{place}",
            Grade,
            proposed=point.grade.name.lower(),
            name=point.name,
            manifestation=ways_told(point.ways),
            before=point.grade,
            suggested=suggest(point.likelihood, point.severity),
        )
        reason = None
        if grade != point.grade:
            reason = yield from write(
                f"review.reason@{place}", at_least=4, at_most=500, grade=grade, before=point.grade
            )
        grades.append(PointGraded(point.point, grade, reason))
    return tuple(grades)


def graded(told: DeclarationToReview, grades: Sequence[PointGraded]) -> Sayable:
    """List the points with the grades they are given; those that change say from what."""
    lines = []
    for point, given in zip(told.points, grades, strict=True):
        key = "review.kept" if given.grade == point.grade else "review.regraded"
        lines.append(Phrase(key, {"name": point.name, "grade": given.grade, "before": point.grade}))
    return Listing(lines) if lines else Phrase("review.no_points")


def ask_meeting(move: Move) -> Dialogue[str | None]:
    """Ask in which meeting the party committee decided."""
    if move not in IN_A_MEETING:
        return None
    return (yield from write("review.meeting", at_least=4, at_most=60))


def send_back(told: DeclarationToReview) -> Dialogue[StepDecided | None]:
    """Choose what is to be changed, and say what about it."""
    items = [Option(point.lineage.hex[:8], point.name, point) for point in told.points]
    picked: Sequence[PointTold] = ()
    if items:
        picked = yield from pick("review.items", items, nothing=Phrase("review.whole"))
    comments = []
    for point in picked:
        text = yield from write(
            f"review.comment@{point.lineage.hex[:8]}", at_least=4, at_most=500, name=point.name
        )
        comments.append(PointCommented(point.point, text))
    note = None
    if not comments:
        note = yield from write("review.back_note", at_least=4, at_most=500)
    if not (yield from confirm("review.confirm_back", holder=told.holder, items=len(comments))):
        return None
    return StepDecided(
        told.declaration, told.version, Move.SEND_BACK, comments=tuple(comments), note=note
    )


def review_unit(told: UnitToReview) -> Dialogue[StepsDecided | None]:
    """Take the same step of several declarations of a unit, with their grades as they stand."""
    options = [
        Option(line.declaration.hex[:8], declaration_line(line), line) for line in told.lines
    ]
    picked: Sequence[DeclarationLine] = yield from pick(
        "review.which",
        options,
        at_least=1,
        proposed=[option.code for option in options],
        unit=told.unit,
        move=told.move,
    )
    meeting = yield from ask_meeting(told.move)
    if not (yield from confirm("review.confirm_all", count=len(picked), move=told.move)):
        return None
    steps = tuple((line.declaration, line.version) for line in picked)
    return StepsDecided(told.move, steps, meeting=meeting)


def declaration_line(line: DeclarationLine) -> Phrase:
    """Say a declaration on a line."""
    values: dict[str, Sayable] = {"post": line.post, "holder": line.holder, "points": line.points}
    if line.grade is None:
        return Phrase("review.line_none", values)
    return Phrase("review.line", {**values, "grade": line.grade})
