"""Declarations written down: what their holders change, and every step that others take."""

from sqlmodel import Session, col, select

from dialogs import events
from dialogs.errors import Refused
from dialogs.rules import workflow
from dialogs.rules.access import Action
from dialogs.rules.deadlines import regrade_due
from dialogs.rules.grading import raised
from dialogs.speech import Button, Go, Phrase, Reply, Sayable, say
from dialogs.vocabulary import DeadlineKind, DeclarationState, Move
from storage import continuity, declarations, letters, people
from storage.declarations import Taken
from storage.occasion import Occasion
from storage.points import points_of
from storage.recorder.outcome import Outcome, record
from storage.tables import Deadline, Declaration, Person, Post, StepTaken


@record.register
def declaration_amended(
    event: events.DeclarationAmended, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Write down what a holder changed, or that they stand by what they declared."""
    declaration = declarations.get(session, event.declaration)
    declared = declarations.as_declared(session, declaration)
    move = Move.UPHOLD_OWN if event.explanation else Move.AMEND
    step = workflow.take(move, declared, actor=occasion.person, standing=occasion.standing)
    if not event.changed and event.explanation is None:
        declarations.settle_findings(
            session, event.settled, person=occasion.person, now=occasion.now
        )
        return Outcome([say("revise.kept", post=event.post.title, state=declaration.state)])
    if event.explanation is None:
        declarations.write_version(session, declaration, event.aspects, now=occasion.now)
    declarations.settle_findings(session, event.settled, person=occasion.person, now=occasion.now)
    taken = Taken(move, step.start, step.leads, occasion.person, note=event.explanation)
    declarations.note_step(session, declaration, taken, now=occasion.now)
    key = "revise.stood_by" if event.explanation else "revise.recorded"
    return Outcome([say(key, post=event.post.title, state=step.leads)])


@record.register
def step_decided(
    event: events.StepDecided, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Write down a step somebody takes of a declaration."""
    declaration = declarations.seen(session, event.declaration, event.version)
    step = take_step(session, declaration, event, occasion=occasion)
    if workflow.fixes_grades(event.move):
        if event.move is Move.RAISE:
            must_raise(session, declaration, event)
        declarations.fix_grades(session, declaration, step, event.grades)
    declarations.comment(session, step, event.comments)
    if event.move is Move.SEND_BACK:
        tell_holder(session, declaration, "review.was_sent_back", occasion=occasion)
        tell_who_filled_it_in(session, declaration, occasion=occasion)
    title = session.get_one(Post, declaration.post_id).title
    return Outcome([say("review.recorded", post=title, move=event.move, state=step.leads)])


def must_raise(session: Session, declaration: Declaration, event: events.StepDecided) -> None:
    """Raise Refused unless some grade is raised and none is lowered."""
    before = {point.point: point.grade for point in points_of(session, declaration)}
    changed = [
        raised(given.grade, before=before[given.point])
        for given in event.grades
        if given.point in before and given.grade is not before[given.point]
    ]
    if not changed or not all(changed):
        raise Refused("nothing_raised")


def take_step(
    session: Session,
    declaration: Declaration,
    event: events.StepDecided,
    *,
    occasion: Occasion,
) -> StepTaken:
    """Take a step if it is somebody's to take; what it brings with it is done as well."""
    declared = declarations.as_declared(session, declaration)
    step = workflow.take(event.move, declared, actor=occasion.person, standing=occasion.standing)
    taken = Taken(
        event.move,
        step.start,
        step.leads,
        occasion.person,
        note=event.note,
        meeting=event.meeting,
    )
    written = declarations.note_step(session, declaration, taken, now=occasion.now)
    if event.move is Move.FILE:
        file(session, declaration, occasion=occasion)
    return written


def file(session: Session, declaration: Declaration, *, occasion: Occasion) -> None:
    """Give a declaration its number in the file, and the day by which it is looked at anew.

    What was filed of the post by the same person before is superseded.
    """
    earlier = session.exec(
        select(Declaration).where(
            Declaration.post_id == declaration.post_id,
            Declaration.person_id == declaration.person_id,
            Declaration.state == DeclarationState.FILED,
            Declaration.id != declaration.id,
        )
    )
    (over,) = workflow.steps_from(DeclarationState.FILED, Move.SUPERSEDE)
    for one in earlier.all():
        taken = Taken(over.move, over.start, over.leads, occasion.person)
        declarations.note_step(session, one, taken, now=occasion.now)
        continuity.replace_measures(session, one, before=one.version + 1)
    year = occasion.today.year
    if declaration.filing_number is None:
        filed = session.exec(
            select(Declaration.filing_number).where(
                col(Declaration.filing_number).startswith(f"{year}-")
            )
        ).all()
        last = max((int(number.partition("-")[2]) for number in filed if number), default=0)
        declaration.filing_number = f"{year}-{last + 1:04d}"
    declaration.filed_on = occasion.today
    declaration.review_due_on = regrade_due(occasion.today)
    session.add(declaration)
    due(session, declaration)
    session.flush()
    tell_holder(session, declaration, "review.was_filed", occasion=occasion)


def due(session: Session, declaration: Declaration) -> None:
    """Set the day by which the holder looks at a filed declaration anew."""
    assert declaration.review_due_on is not None  # noqa: S101 - it has just been set
    open_one = session.exec(
        select(Deadline).where(
            Deadline.kind == DeadlineKind.REGRADE,
            Deadline.person_id == declaration.person_id,
            Deadline.subject == declaration.post_id,
            col(Deadline.done_at).is_(None),
        )
    ).first()
    deadline = open_one or Deadline(
        kind=DeadlineKind.REGRADE,
        person_id=declaration.person_id,
        post_id=declaration.post_id,
        subject=declaration.post_id,
        due_on=declaration.review_due_on,
    )
    deadline.move(declaration.review_due_on)
    session.add(deadline)


def tell_holder(
    session: Session, declaration: Declaration, key: str, *, occasion: Occasion
) -> None:
    """Tell the holder of a post what became of what they declared."""
    post = session.get_one(Post, declaration.post_id)
    buttons = []
    if declaration.state is DeclarationState.RETURNED:
        go = Go(Action.REVISE, declaration.id.hex)
        buttons = [[Button(Phrase("work.revise", {"post": post.title}), go)]]
    told = Phrase(
        key, {"post": post.title, "number": declaration.filing_number or "", "by": occasion.name}
    )
    letters.tell(
        session,
        [declaration.person_id],
        Reply([told], buttons),
        keys=occasion.keys,
        now=occasion.now,
    )


def tell_who_filled_it_in(
    session: Session, declaration: Declaration, *, occasion: Occasion
) -> None:
    """Tell whoever filled in a declaration for its holder that it was sent back."""
    writer = declarations.filled_in_by(session, declaration)
    held = people.appointment_of(
        session, declaration.person_id, declaration.post_id, today=occasion.today
    )
    if writer is None or held is None:
        return
    post = session.get_one(Post, declaration.post_id).title
    holder = session.get_one(Person, declaration.person_id).name
    values: dict[str, Sayable] = {"post": post, "holder": holder, "by": occasion.name}
    button = Button(Phrase("fill_in.again", values), Go(Action.FILL_IN, held.hex))
    reply = Reply([Phrase("fill_in.was_sent_back", values)], [[button]])
    letters.tell(session, [writer], reply, keys=occasion.keys, now=occasion.now)


@record.register
def steps_decided(
    event: events.StepsDecided, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Take the same step of several declarations; all of them or none."""
    for id_, version in event.declarations:
        declaration = declarations.seen(session, id_, version)
        grades = tuple(
            events.PointGraded(point.point, point.grade)
            for point in points_of(session, declaration)
        )
        one = events.StepDecided(id_, version, event.move, meeting=event.meeting)
        step = take_step(session, declaration, one, occasion=occasion)
        if workflow.fixes_grades(event.move):
            declarations.fix_grades(session, declaration, step, grades)
    count = len(event.declarations)
    return Outcome([say("review.all_recorded", count=count, move=event.move)])
