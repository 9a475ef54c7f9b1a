"""What waits for somebody, shown with a button each."""

from collections.abc import Iterator
from datetime import tzinfo

from sqlmodel import Session

from dialogs import events
from dialogs.acceptance import written
from dialogs.flows.round import listed
from dialogs.rules.access import Action
from dialogs.speech import Button, Go, Listing, Phrase, Reply, Sayable
from storage import measures, rounds, work
from storage.occasion import Occasion
from storage.points import lines
from storage.recorder.outcome import Outcome, record
from storage.tables import Unit
from storage.work import Review, Work

MOST_BUTTONS = 90

Offered = tuple[Sayable, Button]


@record.register
def work_asked(
    event: events.WorkAsked, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Show what waits for a person; each line has its button."""
    waiting = work.waiting_for(session, occasion.person, occasion.standing, today=occasion.today)
    offered = [
        *own(waiting),
        *of_matters(waiting),
        *others(session, waiting, zone=occasion.zone),
        *of_commission(waiting),
    ][:MOST_BUTTONS]
    said: list[Sayable] = [line for line, _ in offered]
    if units := list(own_units(session, occasion)):
        said += [Phrase("work.units"), *units]
    if not said:
        return Outcome([Reply([Phrase("work.nothing")])])
    head = Phrase("work.head", {"count": len(offered)})
    buttons = [[button] for _, button in offered] + to_mobilise(session, occasion)
    return Outcome([Reply([head, Listing(said)], buttons)])


def to_mobilise(session: Session, occasion: Occasion) -> list[list[Button]]:
    """Offer the head of a unit whose meeting is not reported yet to report it."""
    current = rounds.open_round(session)
    own = work.looked_after(occasion.standing, Action.MOBILISE) & occasion.standing.units
    if current is None or not own - rounds.mobilised(session, current.id, own):
        return []
    return [[Button(Action.MOBILISE, Go(Action.MOBILISE))]]


def own(waiting: Work) -> Iterator[Offered]:
    """Offer what somebody owes for their own posts and measures."""
    for post, due in waiting.checks:
        go = Go(Action.SELF_CHECK, post.id.hex)
        values: dict[str, Sayable] = {"post": post.title, "due": due}
        yield Phrase("work.check_line", values), Button(Phrase("work.check", values), go)
    for declaration, post in waiting.returned:
        go = Go(Action.REVISE, declaration.id.hex)
        values = {"post": post.title}
        yield Phrase("work.revise_line", values), Button(Phrase("work.revise", values), go)
    for post, count, go in waiting.findings:
        values = {"post": post.title, "count": count}
        yield Phrase("work.findings_line", values), Button(Phrase("work.findings", values), go)
    for check, post in waiting.mutual:
        go = Go(Action.CHECK_FOR_ANOTHER, check.id.hex)
        values = {"post": post.title, "due": check.due_on}
        yield Phrase("work.mutual_line", values), Button(Phrase("work.mutual", values), go)
    for post, count in waiting.to_plan:
        go = Go(Action.PLAN_MEASURES, post.id.hex)
        values = {"post": post.title, "count": count}
        yield Phrase("work.plan_line", values), Button(Phrase("work.plan", values), go)


def of_matters(waiting: Work) -> Iterator[Offered]:
    """Offer matters at a step of one's own, and those that are late where one looks after them."""
    for one in waiting.matters:
        values: dict[str, Sayable] = {
            "number": written(one.matter.number),
            "process": one.process,
            "step": one.step.name,
            "due": one.step.due_on or one.matter.due_on,
        }
        line = Phrase("work.matter_late_line" if one.late else "work.matter_line", values)
        go = Go(Action.OPEN_MATTER, one.matter.id.hex)
        yield line, Button(Phrase("work.matter", values), go)


def others(session: Session, waiting: Work, *, zone: tzinfo) -> Iterator[Offered]:
    """Offer measures to report on and to look at, and declarations to review."""
    for action, found in (
        (Action.REPORT_MEASURE, waiting.measures),
        (Action.VERIFY_MEASURE, waiting.to_verify),
    ):
        for measure in measures.told(session, [one.id for one in found], zone=zone):
            values: dict[str, Sayable] = {
                "point": measure.point,
                "owner": measure.owner,
                "due": measure.due or Phrase("measure.no_day"),
            }
            line = Phrase(f"work.{action}_line", values)
            yield line, Button(Phrase(f"work.{action}", values), Go(action, measure.measure.hex))
    for review in waiting.reviews:
        yield from reviews(session, review)


def reviews(session: Session, review: Review) -> Iterator[Offered]:
    """Offer the declarations of a unit together where there are several, and one by one."""
    unit: dict[str, Sayable] = {
        "unit": review.unit.name,
        "move": review.move,
        "count": len(review.waiting),
    }
    several = len(review.waiting) > 1
    if several:
        together = Go(Action.REVIEW_UNIT, f"{review.unit.id.hex}{review.move}")
        yield Phrase("work.review_line", unit), Button(Phrase("work.review_unit", unit), together)
    for told in lines(session, review.waiting):
        one: dict[str, Sayable] = {**unit, "post": told.post, "holder": told.holder}
        line = Phrase("work.review_one_line" if several else "work.review_single_line", one)
        go = Go(Action.REVIEW, told.declaration.hex)
        yield line, Button(Phrase("work.review", one), go)


def of_commission(waiting: Work) -> Iterator[Offered]:
    """Offer what only the commission does: letters, publishing, answering, closing."""
    if waiting.letters:
        count: dict[str, Sayable] = {"count": waiting.letters, "late": waiting.letters_late}
        line = Phrase(
            "work.letters_late_line" if waiting.letters_late else "work.letters_line", count
        )
        yield line, Button(Action.CASES, Go(Action.CASES))
    if waiting.to_publish:
        values: dict[str, Sayable] = {"count": waiting.to_publish}
        yield Phrase("work.publish_line", values), Button(Action.PUBLISH, Go(Action.PUBLISH))
    for objection in waiting.objections:
        go = Go(Action.ANSWER_OBJECTION, objection.id.hex)
        values = {"due": objection.due_on}
        yield Phrase("work.objection_line", values), Button(Phrase("work.objection", values), go)
    for notice in waiting.to_close:
        go = Go(Action.CLOSE_NOTICE, notice.id.hex)
        values = {"title": notice.title}
        yield Phrase("work.close_line", values), Button(Phrase("work.close", values), go)


def own_units(session: Session, occasion: Occasion) -> Iterator[Sayable]:
    """Say what the units somebody heads lack before their next stage."""
    current = rounds.open_round(session)
    if current is None:
        return
    for unit_id in sorted(work.looked_after(occasion.standing, Action.MOBILISE)):
        unit = session.get_one(Unit, unit_id)
        stage, lacking = rounds.reached(session, current, unit, today=occasion.today)
        if stage is not None:
            values: dict[str, Sayable] = {"unit": unit.name, "stage": stage}
            yield Phrase("round.unit", {**values, "lacking": listed(lacking)})
