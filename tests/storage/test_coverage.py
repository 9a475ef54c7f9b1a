"""Coverage counts what stands, not what something newer took the place of."""

from sqlmodel import Session, select

from dialogs.events import AspectChecked, FoundPoint, MeasurePlanned
from dialogs.facts import Way
from dialogs.vocabulary import Aspect, DeclarationState, Grade, Likelihood, Severity
from storage import coverage, declarations, measures
from storage.coverage import Coverage
from storage.database import Database
from storage.sealing import Keyring
from storage.tables import Declaration, Person, Post
from tests.builders.people import NOON, TODAY, a_person, a_post, a_unit, appoint

POINT = FoundPoint(
    name="票據外流",
    ways=(Way("空白票據無人登記", "每月盤點"), Way("作廢票據未收回", "當日收回")),
    likelihood=Likelihood.MEDIUM,
    severity=Severity.DISCIPLINE,
    grade=Grade.MEDIUM,
)


def a_holder(session: Session, code: str, *, keys: Keyring) -> tuple[Person, Post]:
    """Let somebody hold the one post of a unit."""
    post = a_post(session, a_unit(session, code), f"{code}-1")
    holder = a_person(session, code, keys=keys)
    appoint(session, holder, post)
    return holder, post


def declare(session: Session, holder: Person, post: Post) -> Declaration:
    """Let a holder declare the one point, perhaps anew."""
    aspects = [AspectChecked(Aspect.DUTY, (POINT,))]
    declared = declarations.declare(
        *(session, holder.id, post.id, aspects), round_id=None, now=NOON, today=TODAY
    )
    session.flush()
    return declared


def test_what_is_declared_anew_counts_once(database: Database, keys: Keyring) -> None:
    with database.writing() as session:
        holder, post = a_holder(session, "Z1", keys=keys)
        other, _ = a_holder(session, "Z2", keys=keys)
        declare(session, holder, post)
        declare(session, holder, post)
        (one, _), _ = measures.unplanned(session, holder.id)
        measures.plan(session, MeasurePlanned(one.id, other.id, TODAY, ""), post=post.id)
    with database.reading() as session:
        whole = coverage.of(session, today=TODAY)
        assert whole == Coverage(held=2, declared=1, filed=0, measures=2, planned=1)
        parts = [coverage.of(session, today=TODAY, unit=each.unit_id) for each in posts(session)]
        assert parts == [
            Coverage(held=1, declared=1, filed=0, measures=2, planned=1),
            Coverage(held=1, declared=0, filed=0, measures=0, planned=0),
        ]


def test_a_filed_grade_that_was_superseded_counts_no_more(
    database: Database, keys: Keyring
) -> None:
    with database.writing() as session:
        holder, post = a_holder(session, "Z1", keys=keys)
        old = declare(session, holder, post)
        old.state = DeclarationState.FILED
        session.add(old)
        session.flush()
        assert coverage.of(session, today=TODAY).filed == 1
        new = declare(session, holder, post)
        old.state, new.state = DeclarationState.SUPERSEDED, DeclarationState.FILED
        session.add_all([old, new])
    with database.reading() as session:
        whole = coverage.of(session, today=TODAY)
        assert (whole.declared, whole.filed) == (1, 1)


def posts(session: Session) -> list[Post]:
    """List the posts in the order of their units."""
    return sorted(session.exec(select(Post)).all(), key=lambda one: one.code)
