"""Whom a broadcast reaches: everybody by what they are addressed by, and what it says of each."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.facts import Addressed, Listener, Listeners
from dialogs.messages import plain_words
from dialogs.rules.audience import OWED_OPENLY, within
from dialogs.speech import Listing
from dialogs.vocabulary import DeadlineKind, DeclarationState, Field, Grade, Language, Stage
from storage import points, rounds
from storage.people import PostHeld, posts_of, roles_of, standing, units
from storage.tables import Deadline, Declaration, Person, RiskPoint, SelfCheck


def everybody(session: Session, *, today: date) -> Sequence[tuple[Person, Listener]]:
    """List everybody there is, with what they are addressed by today."""
    people = session.exec(select(Person).order_by(col(Person.code))).all()
    ids = [person.id for person in people]
    roles, posts = roles_of(session, ids), posts_of(session, ids, today=today)
    grades, stages = graded(session), reached(session, today=today)
    owed = owing(session)
    return [
        (
            person,
            Listener(
                units=frozenset(post.unit for post in held),
                roles=standing(roles.get(person.id, frozenset()), holds=bool(held)),
                posts=frozenset(post.post for post in held),
                grades=frozenset(grades[post.post] for post in held if post.post in grades),
                stages=frozenset(stages[post.unit] for post in held if post.unit in stages),
                owed=frozenset(owed.get(person.id, {})),
            ),
        )
        for person in people
        for held in [posts.get(person.id, ())]
    ]


def meant(session: Session, to: Addressed, *, today: date) -> Sequence[Person]:
    """List those a choice means."""
    return [person for person, like in everybody(session, today=today) if within(like, to)]


def alike(session: Session, *, today: date, language: Language) -> Sequence[Listeners]:
    """Count people addressed by the same, with how one of them, who has joined, is written to."""
    groups: dict[Listener, list[Person]] = defaultdict(list)
    for person, like in everybody(session, today=today):
        groups[like].append(person)
    examples = {
        like: next((one for one in people if one.account), people[0])
        for like, people in groups.items()
    }
    written = fields(
        session,
        list(examples.values()),
        today=today,
        languages={person.id: language for person in examples.values()},
    )
    return [
        Listeners(
            like,
            len(people),
            sum(person.account is not None for person in people),
            written[examples[like].id],
        )
        for like, people in groups.items()
    ]


def graded(session: Session) -> Mapping[UUID, Grade]:
    """Find the standing grade of every post: the gravest fixed for a point of it, or declared."""
    rows = session.execute(
        sa.select(col(Declaration.post_id), col(RiskPoint.id), col(RiskPoint.declared_grade))
        .join(SelfCheck, col(SelfCheck.id) == col(RiskPoint.self_check_id))
        .join(Declaration, col(Declaration.id) == col(SelfCheck.declaration_id))
        .where(
            col(SelfCheck.version) == col(Declaration.version),
            col(Declaration.state) != DeclarationState.SUPERSEDED,
        )
    ).all()
    fixed = points.fixed_grades(session, [point for _, point, _ in rows])
    gravest: dict[UUID, Grade] = {}
    for post, point, declared in rows:
        grade = fixed[point][0] if point in fixed else declared
        gravest[post] = min(grade, gravest.get(post, grade))
    return gravest


def reached(session: Session, *, today: date) -> Mapping[UUID, Stage]:
    """Find the stage every unit is in; none where no round is open, or all is complete."""
    current = rounds.open_round(session)
    if current is None:
        return {}
    found = {
        unit.id: rounds.reached(session, current, unit, today=today)[0] for unit in units(session)
    }
    return {unit: stage for unit, stage in found.items() if stage}


def owing(
    session: Session, people: Collection[UUID] | None = None
) -> Mapping[UUID, Mapping[DeadlineKind, date]]:
    """Find what people have not done, and by when each was or is due at the earliest.

    That somebody owes a reply to a warning is told to no audience, and in no preview.
    """
    statement = sa.select(
        col(Deadline.person_id), col(Deadline.kind), sa.func.min(Deadline.due_on)
    ).where(col(Deadline.done_at).is_(None), col(Deadline.kind).in_(OWED_OPENLY))
    if people is not None:
        statement = statement.where(col(Deadline.person_id).in_(people))
    owed: dict[UUID, dict[DeadlineKind, date]] = defaultdict(dict)
    for person, kind, due in session.execute(
        statement.group_by(col(Deadline.person_id), col(Deadline.kind))
    ):
        owed[person][kind] = due
    return owed


def fields(
    session: Session,
    people: Sequence[Person],
    *,
    today: date,
    languages: Mapping[UUID, Language],
) -> Mapping[UUID, Mapping[Field, str]]:
    """Say of each person what a notice may say of them, in their language."""
    ids = [person.id for person in people]
    posts, owed = posts_of(session, ids, today=today), owing(session, ids)
    return {
        person.id: spoken(
            person, posts.get(person.id, ()), owed.get(person.id, {}), language=languages[person.id]
        )
        for person in people
    }


def spoken(
    person: Person,
    held: Sequence[PostHeld],
    owed: Mapping[DeadlineKind, date],
    *,
    language: Language,
) -> Mapping[Field, str]:
    """Put what is known of a person into words; what there is none of is left empty."""
    unit_names = list(dict.fromkeys(post.unit_name for post in held))
    return {
        Field.NAME: person.name,
        Field.UNIT: plain_words(Listing(unit_names, inline=True), language),
        Field.POST: plain_words(Listing([post.title for post in held], inline=True), language),
        Field.OWED: plain_words(Listing(list(owed), inline=True), language),
        Field.DUE: plain_words(min(owed.values()), language) if owed else "",
    }
