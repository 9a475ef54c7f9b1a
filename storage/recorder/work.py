"""What waits for somebody, shown with a button each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, tzinfo

from sqlmodel import Session

from dialogs import events
from dialogs.acceptance import written
from dialogs.flows.round import listed
from dialogs.rules.access import Action
from dialogs.speech import Button, Go, Listing, Phrase, Reply, Sayable
from dialogs.vocabulary import Stage
from storage import measures, rounds, work
from storage.occasion import Occasion
from storage.points import lines
from storage.recorder.outcome import Outcome, record
from storage.recorder.warning_pages import button as listed_warning
from storage.tables import Unit
from storage.work import Review, Work

MOST_BUTTONS = 90


@dataclass(frozen=True)
class Offered:
    """One thing that waits: its line, its button once it can be done, and by when it is to be.

    What is `nested` goes on from the line above it.
    """

    line: Phrase
    button: Button | None = None
    due: date | None = None
    nested: bool = False

    def late(self, today: date) -> int:
        """Count the days it is late."""
        return (today - self.due).days if self.due and self.due < today else 0

    def shown(self, today: date) -> Phrase:
        """Say it; what is late says so first."""
        if days := self.late(today):
            return Phrase("work.late", {"days": days, "line": self.line})
        return Phrase("work.nested" if self.nested else "work.line", {"line": self.line})


@record.register
def work_asked(
    event: events.WorkAsked, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Show what waits for a person, what is late first; what can be done has its button."""
    today = occasion.today
    waiting = work.waiting_for(session, occasion)
    offered = [
        *to_mobilise(session, occasion),
        *own(waiting),
        *of_matters(waiting),
        *of_warnings(waiting),
        *others(session, waiting, zone=occasion.zone),
        *of_commission(waiting),
    ]
    offered = sorted(offered, key=lambda one: -one.late(today))[:MOST_BUTTONS]
    said: list[Sayable] = [one.shown(today) for one in offered]
    if units := list(own_units(session, occasion)):
        said += [Phrase("work.units"), *units]
    if not said:
        return Outcome([Reply([Phrase("work.nothing")])])
    head = Phrase("work.head", {"count": sum(not one.nested for one in offered)})
    buttons = [[one.button] for one in offered if one.button]
    return Outcome([Reply([head, Listing(said)], buttons)])


def to_mobilise(session: Session, occasion: Occasion) -> Iterator[Offered]:
    """Offer the head of a unit whose meeting is not reported yet to report it."""
    current = rounds.open_round(session)
    own = work.looked_after(occasion.standing, Action.MOBILISE) & occasion.standing.units
    if current is None or not own - rounds.mobilised(session, current.id, own):
        return
    due = rounds.days_of(session, current.id).get(Stage.MOBILISE, occasion.today)
    button = Button(Action.MOBILISE, Go(Action.MOBILISE))
    yield Offered(Phrase("work.mobilise_line", {"due": due}), button, due)


def own(waiting: Work) -> Iterator[Offered]:
    """Offer what somebody owes for their own posts and measures."""
    for post, due in waiting.checks:
        go = Go(Action.SELF_CHECK, post.id.hex)
        values: dict[str, Sayable] = {"post": post.title, "due": due}
        yield Offered(
            Phrase("work.check_line", values), Button(Phrase("work.check", values), go), due
        )
    for declaration, post in waiting.returned:
        go = Go(Action.REVISE, declaration.id.hex)
        values = {"post": post.title}
        yield Offered(Phrase("work.revise_line", values), Button(Phrase("work.revise", values), go))
    for appointment, post, holder in waiting.to_fill_in:
        go = Go(Action.FILL_IN, appointment.hex)
        values = {"post": post.title, "holder": holder.name}
        yield Offered(
            Phrase("work.fill_in_line", values), Button(Phrase("fill_in.again", values), go)
        )
    for post, count, go in waiting.findings:
        values = {"post": post.title, "count": count}
        yield Offered(
            Phrase("work.findings_line", values), Button(Phrase("work.findings", values), go)
        )
    for check, post in waiting.mutual:
        go = Go(Action.CHECK_FOR_ANOTHER, check.id.hex)
        values = {"post": post.title, "due": check.due_on}
        yield Offered(
            Phrase("work.mutual_line", values),
            Button(Phrase("work.mutual", values), go),
            check.due_on,
        )
    yield from to_plan(waiting)


def to_plan(waiting: Work) -> Iterator[Offered]:
    """Offer to plan measures, or say which stage is to be completed first."""
    for post, count, earlier in waiting.to_plan:
        values: dict[str, Sayable] = {"post": post.title, "count": count}
        if earlier:
            closed = {**values, "stage": Stage.CONTROL, "earlier": earlier}
            yield Offered(Phrase("work.plan_later_line", closed))
            continue
        go = Go(Action.PLAN_MEASURES, post.id.hex)
        yield Offered(Phrase("work.plan_line", values), Button(Phrase("work.plan", values), go))


def of_matters(waiting: Work) -> Iterator[Offered]:
    """Offer matters at a step of one's own, and those that are late where one looks after them."""
    for one in waiting.matters:
        due = min(day for day in (one.step.due_on, one.matter.due_on) if day)
        values: dict[str, Sayable] = {
            "number": written(one.matter.number),
            "process": one.process,
            "step": one.step.name,
            "due": due,
        }
        go = Go(Action.OPEN_MATTER, one.matter.id.hex)
        yield Offered(
            Phrase("work.matter_line", values), Button(Phrase("work.matter", values), go), due
        )


def of_warnings(waiting: Work) -> Iterator[Offered]:
    """Offer warnings to answer, and those the commission is to take on."""
    for one in waiting.warnings:
        button = listed_warning(one)
        line = Phrase("work.warning_line", {"warning": button.label})
        yield Offered(line, button, one.warning.due_on)


def others(session: Session, waiting: Work, *, zone: tzinfo) -> Iterator[Offered]:
    """Offer measures to report on and to look at, entries to approve, declarations to review."""
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
            yield Offered(
                Phrase(f"work.{action}_line", values),
                Button(Phrase(f"work.{action}", values), Go(action, measure.measure.hex)),
                measure.due if action is Action.REPORT_MEASURE else None,
            )
    if waiting.entries:
        line = Phrase("work.entries_line", {"count": waiting.entries})
        yield Offered(line, Button(Action.REVIEW_ENTRIES, Go(Action.REVIEW_ENTRIES)))
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
        button = Button(Phrase("work.review_unit", unit), together)
        yield Offered(Phrase("work.review_line", unit), button)
    for told in lines(session, review.waiting):
        one: dict[str, Sayable] = {**unit, "post": told.post, "holder": told.holder}
        line = Phrase("work.review_one_line" if several else "work.review_single_line", one)
        go = Go(Action.REVIEW, told.declaration.hex)
        yield Offered(line, Button(Phrase("work.review", one), go), nested=several)


def of_commission(waiting: Work) -> Iterator[Offered]:
    """Offer what only the commission does: letters, publishing, answering, closing."""
    if waiting.letters:
        count: dict[str, Sayable] = {"count": waiting.letters, "late": waiting.letters_late}
        line = Phrase(
            "work.letters_late_line" if waiting.letters_late else "work.letters_line", count
        )
        yield Offered(line, Button(Action.CASES, Go(Action.CASES)))
    if waiting.letters_aside:
        line = Phrase("work.letters_aside_line", {"count": waiting.letters_aside})
        there = None if waiting.letters else Button(Action.CASES, Go(Action.CASES))
        yield Offered(line, there)
    if waiting.letters_stranded:
        line = Phrase("work.letters_stranded_line", {"count": waiting.letters_stranded})
        yield Offered(line, Button(Action.TAKE_KEYS, Go(Action.TAKE_KEYS)))
    if waiting.letters_lost:
        yield Offered(Phrase("work.letters_lost_line", {"count": waiting.letters_lost}))
    if waiting.lacks_key:
        line = Phrase("work.key_wanted_line")
        yield Offered(line, Button(Action.SET_KEY, Go(Action.SET_KEY)))
    if waiting.to_publish:
        line = Phrase("work.publish_line", {"count": waiting.to_publish})
        yield Offered(line, Button(Action.PUBLISH, Go(Action.PUBLISH)))
    for objection in waiting.objections:
        go = Go(Action.ANSWER_OBJECTION, objection.id.hex)
        values: dict[str, Sayable] = {"due": objection.due_on}
        button = Button(Phrase("work.objection", values), go)
        yield Offered(Phrase("work.objection_line", values), button, objection.due_on)
    for notice in waiting.to_close:
        go = Go(Action.CLOSE_NOTICE, notice.id.hex)
        values = {"title": notice.title}
        yield Offered(Phrase("work.close_line", values), Button(Phrase("work.close", values), go))


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
