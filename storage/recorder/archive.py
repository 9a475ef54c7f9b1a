"""The archive: what is on file about a post, read by those who may, each reading noted."""

from collections.abc import Iterator
from datetime import tzinfo

from sqlmodel import Session, col, select

from dialogs import events
from dialogs.errors import Refused
from dialogs.flows.measure import enclosed
from dialogs.flows.review import point_line
from dialogs.rules import workflow
from dialogs.rules.access import Action, reaches
from dialogs.speech import Button, Go, Listing, Phrase, Reply, Sayable, say
from dialogs.vocabulary import Grade, Move
from storage import declarations, measures
from storage.occasion import Occasion
from storage.points import lines, points_of
from storage.recorder.outcome import Outcome, record
from storage.recorder.warning_pages import warnings_of
from storage.tables import Declaration, Person, Post, Recusal


@record.register
def archive_opened(
    event: events.ArchiveOpened, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Show what is on file about a post: each declaration, its points, every step."""
    post = session.get(Post, event.post)
    if post is None:
        raise Refused("unknown_action")
    occasion.must_reach(Action.ARCHIVE, post.unit_id)
    found = session.exec(
        select(Declaration)
        .where(Declaration.post_id == post.id)
        .order_by(col(Declaration.declared_on).desc(), col(Declaration.id))
    ).all()
    pages = [page(session, one, occasion=occasion) for one in found]
    pages = pages or [say("archive.empty", post=post.title)]
    return Outcome([*pages, *warnings_of(session, post, occasion=occasion)], about=post.id.hex)


def page(session: Session, declaration: Declaration, *, occasion: Occasion) -> Reply:
    """Lay out a declaration; whoever must stand aside is told only that."""
    (line,) = lines(session, [declaration])
    head = Phrase(
        "archive.head",
        {
            "post": line.post,
            "unit": line.unit,
            "holder": line.holder,
            "state": declaration.state,
            "grade": line.grade or Phrase("notices.no_points"),
            "number": declaration.filing_number or Phrase("archive.no_number"),
            "review": declaration.review_due_on or Phrase("archive.no_day"),
        },
    )
    if declarations.recused(session, declaration.person_id, occasion.person):
        return Reply([Phrase("archive.recused", {"post": line.post, "holder": line.holder})])
    points = [
        point_line(number, one) for number, one in enumerate(points_of(session, declaration), 1)
    ]
    steps = Listing(list(history(session, declaration, zone=occasion.zone)))
    parts: list[Sayable] = [head, *([Listing(points)] if points else [])]
    return Reply(
        [*parts, Phrase("archive.history"), steps],
        buttons(session, declaration, occasion=occasion),
    )


def history(session: Session, declaration: Declaration, *, zone: tzinfo) -> Iterator[Sayable]:
    """Say every step: what, by whom, when, and what was said with it."""
    steps = declarations.steps(session, declaration.id)
    names = dict(
        session.execute(
            select(Person.id, Person.name).where(
                col(Person.id).in_([step.person_id for step in steps])
            )
        ).all()
    )
    for step in steps:
        own = step.move not in workflow.OWN or step.person_id == declaration.person_id
        name = names[step.person_id]
        yield Phrase(
            "archive.step",
            {
                "day": step.taken_at.astimezone(zone).date(),
                "move": step.move,
                "by": name if own else Phrase("archive.filled_in", {"by": name}),
                "note": "；".join(text for text in (step.meeting, step.note) if text),
            },
        )


def buttons(
    session: Session, declaration: Declaration, *, occasion: Occasion
) -> list[list[Button]]:
    """Offer what the reader may do about a declaration."""
    declared = declarations.as_declared(session, declaration)
    offered = []
    if measures.evidence(session, declaration.id, zone=occasion.zone):
        offered.append([Button(Action.EVIDENCE, Go(Action.EVIDENCE, declaration.id.hex))])
    grades = [one.grade for one in points_of(session, declaration)]
    if any(grade is not Grade.HIGH for grade in grades) and workflow.may_take(
        Move.RAISE, declared, actor=occasion.person, standing=occasion.standing
    ):
        offered.append([Button(Action.RAISE, Go(Action.RAISE, declaration.id.hex))])
    unit = declared.unit
    if declaration.person_id != occasion.person and reaches(occasion.standing, Action.RECUSE, unit):
        offered.append([Button(Action.RECUSE, Go(Action.RECUSE, declaration.id.hex))])
    if reaches(occasion.standing, Action.FORMS, unit):
        offered.append([Button(Action.FORMS, Go(Action.FORMS, declaration.post_id.hex))])
    return offered


@record.register
def evidence_asked(
    event: events.EvidenceAsked, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Hand out what shows how far the measures of a declaration are, unless one stands aside."""
    declaration = declarations.get(session, event.declaration)
    unit = declarations.as_declared(session, declaration).unit
    occasion.must_reach(Action.EVIDENCE, unit)
    if declarations.recused(session, declaration.person_id, occasion.person):
        raise Refused("stands_aside")
    found = measures.evidence(session, declaration.id, zone=occasion.zone)
    handed = [enclosed(report, point) for point, report in found]
    return Outcome(handed or [say("archive.no_evidence")])


@record.register
def stood_aside(
    event: events.Recused, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Write down that somebody stands aside from everything about a person."""
    declaration = declarations.get(session, event.declaration)
    if declaration.person_id == occasion.person:
        raise Refused("own_declaration")
    session.merge(
        Recusal(
            person_id=occasion.person,
            holder_id=declaration.person_id,
            reason=event.reason,
            declared_on=occasion.today,
        )
    )
    holder = session.get_one(Person, declaration.person_id).name
    return Outcome([say("recuse.recorded", holder=holder)], about=declaration.person_id.hex)
