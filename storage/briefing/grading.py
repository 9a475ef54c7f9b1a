"""What is told about declarations: to those who take a step, and to their holders."""

from dataclasses import replace
from uuid import UUID

from sqlmodel import Session

from dialogs import facts
from dialogs.catalogue.policy import number
from dialogs.errors import Refused
from dialogs.rules import workflow
from dialogs.rules.access import Action
from dialogs.rules.changes import changes
from dialogs.vocabulary import DeclarationState, Move
from storage import declarations, findings, notices, work
from storage.briefing.telling import identity, tells
from storage.catalogues import powers_of
from storage.occasion import Occasion
from storage.points import lines, none_of, points_of
from storage.tables import Declaration, Person, Post, Unit


@tells(Action.REVIEW)
def to_review(session: Session, occasion: Occasion, subject: str) -> facts.DeclarationToReview:
    """Tell a declaration to whoever it waits for."""
    declaration = declarations.get(session, identity(subject))
    step = workflow.onward(declaration.state)
    if step is None:
        raise Refused("not_its_turn", state=declaration.state)
    return whole(session, declaration, step.move, occasion=occasion)


@tells(Action.RAISE)
def to_raise(session: Session, occasion: Occasion, subject: str) -> facts.DeclarationToReview:
    """Tell a filed declaration to the commission, which may propose a higher grade."""
    declaration = declarations.get(session, identity(subject))
    return whole(session, declaration, Move.RAISE, occasion=occasion)


def whole(
    session: Session, declaration: Declaration, move: Move, *, occasion: Occasion
) -> facts.DeclarationToReview:
    """Tell all of a declaration; raise Refused unless the step is the person's to take."""
    declared = declarations.as_declared(session, declaration)
    step = workflow.take(move, declared, actor=occasion.person, standing=occasion.standing)
    (line,) = lines(session, [declaration])
    points = points_of(session, declaration)
    before = (
        points_of(session, declaration, version=declaration.version - 1)
        if declaration.version > 1
        else points
    )
    heard = declaration.state is DeclarationState.HEARD
    writer = declarations.filled_in_by(session, declaration)
    return facts.DeclarationToReview(
        declaration=declaration.id,
        version=declaration.version,
        move=step.move,
        may_send_back=workflow.may_take(
            Move.SEND_BACK, declared, actor=occasion.person, standing=occasion.standing
        ),
        post=line.post,
        unit=line.unit,
        holder=line.holder,
        points=points,
        none=none_of(session, declaration),
        changes=changes(before, points),
        explanation=explanation(session, declaration),
        tallies=notices.tallies(session, declaration.id) if heard else (),
        comments=notices.comments(session, declaration.id, keys=occasion.keys) if heard else (),
        answered=notices.answered(session, declaration.id),
        declined=findings.declined_on(session, declaration.post_id, holder=declaration.person_id),
        filled_in_by=session.get_one(Person, writer).name if writer else "",
    )


def explanation(session: Session, declaration: Declaration) -> str:
    """Find the explanation with which a holder last stood by what they declared."""
    notes = [
        step.note
        for step in declarations.steps(session, declaration.id)
        if step.move is Move.UPHOLD_OWN
    ]
    return notes[-1] or "" if notes else ""


@tells(Action.REVIEW_UNIT)
def unit_to_review(session: Session, occasion: Occasion, subject: str) -> facts.UnitToReview:
    """Tell the declarations of a unit that wait for the same step."""
    unit, move = identity(subject[:32]), subject[32:]
    for review in work.reviews(session, occasion.person, occasion.standing, today=occasion.today):
        if review.unit.id == unit and review.move == move:
            return facts.UnitToReview(review.unit.name, review.move, lines(session, review.waiting))
    raise Refused("nothing_waits")


@tells(Action.REVISE)
def to_revise(session: Session, occasion: Occasion, subject: str) -> facts.ReturnedDeclaration:
    """Tell a declaration to its holder, with what is to be changed and what others found."""
    declaration = declarations.get(session, identity(subject))
    declared = declarations.as_declared(session, declaration)
    workflow.take(Move.AMEND, declared, actor=occasion.person, standing=occasion.standing)
    returned = declaration.state is DeclarationState.RETURNED
    return facts.ReturnedDeclaration(
        declaration=declaration.id,
        version=declaration.version,
        post=post_told(session, declaration.post_id, declaration),
        none=none_of(session, declaration),
        note=declarations.sent_back_with(session, declaration),
        returned=returned,
    )


def post_told(
    session: Session, post_id: UUID, declaration: Declaration | None
) -> facts.PostToCheck:
    """Tell a post, what was declared of it, and what others found on it."""
    post = session.get_one(Post, post_id)
    unit = session.get_one(Unit, post.unit_id)
    before = points_of(session, declaration) if declaration else ()
    if declaration and declaration.state is DeclarationState.FILED:
        before = [replace(point, declared=point.grade) for point in before]
    return facts.PostToCheck(
        post=post.id,
        title=post.title,
        unit=unit.name,
        kind=unit.kind,
        duty=post.duty,
        powers=powers_of(session, post.id),
        before=before,
        findings=findings.open_on(session, post.id),
        none=none_of(session, declaration) if declaration else (),
    )


@tells(Action.PUBLISH)
def to_publish(session: Session, occasion: Occasion, subject: str) -> facts.ToPublish:
    """Tell what waits to be published."""
    waiting = work.publishable(session, occasion.person, occasion.standing, today=occasion.today)
    return facts.ToPublish(
        lines=lines(session, waiting),
        channel=occasion.channel is not None,
        days=number("notice_days"),
        least=number("notice_days_least"),
        most=number("notice_days_most"),
    )


@tells(Action.OBJECT, Action.VOTE)
def notice_told(session: Session, occasion: Occasion, subject: str) -> facts.NoticeTold:
    """Tell a notice to somebody who may speak about it today."""
    notice = notices.speak_up(
        session, identity(subject), roles=occasion.roles, today=occasion.today
    )
    shown = lines(session, notices.shown(session, notice.id))
    if not shown:
        raise Refused("nothing_in_notice")
    return facts.NoticeTold(notice.id, notice.title, shown)


@tells(Action.ANSWER_OBJECTION)
def objection_at_hand(session: Session, occasion: Occasion, subject: str) -> facts.ObjectionAtHand:
    """Tell an objection to the commission."""
    objection = notices.get_objection(session, identity(subject))
    declaration = declarations.get(session, objection.declaration_id)
    return facts.ObjectionAtHand(
        objection.id,
        session.get_one(Post, declaration.post_id).title,
        notices.text_of(objection, keys=occasion.keys),
        objection.due_on,
    )


@tells(Action.RECUSE)
def declaration_named(session: Session, occasion: Occasion, subject: str) -> facts.DeclarationNamed:
    """Tell whose declaration an officer stands aside from."""
    declaration = declarations.get(session, identity(subject))
    holder = session.get_one(Person, declaration.person_id).name
    return facts.DeclarationNamed(declaration.id, holder)
