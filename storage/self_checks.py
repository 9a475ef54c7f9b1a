"""Self-checks: what holders of posts declare, and who still owes one."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from dialogs.catalogue.policy import number
from dialogs.events import SelfChecked
from dialogs.facts import PointTold
from dialogs.rules.changes import said
from dialogs.vocabulary import DeadlineKind
from storage import appointments, declarations
from storage.appointments import in_force
from storage.database import Moment
from storage.points import none_of, points_of
from storage.tables import Appointment, Deadline, Declaration, Post, SelfCheck, Unit


@dataclass(frozen=True)
class Progress:
    """How many self-checks of a unit are done, of how many called for."""

    unit: str
    done: int
    called: int


def record(
    session: Session,
    person: UUID,
    checked: SelfChecked,
    *,
    round_id: UUID | None = None,
    now: datetime,
    today: date,
    by: UUID | None = None,
) -> Declaration:
    """Write a self-check down as what its holder declares, and close its deadlines.

    `by` is who filled it in, where that was not the holder.
    """
    declared = declarations.declare(
        session,
        person,
        checked.post.post,
        checked.aspects,
        round_id=round_id,
        now=now,
        today=today,
        by=by,
    )
    close(session, person, checked, now=now, by=by)
    return declared


def unchanged(session: Session, person: UUID, checked: SelfChecked) -> Declaration | None:
    """Find what is under way about a post if it says what the self-check says, word for word."""
    under_way = declarations.open_one(session, checked.post.post, person)
    if under_way is None:
        return None
    points = declared_points(points_of(session, under_way))
    none = {one.aspect: one.reason for one in none_of(session, under_way)}
    same = points == checked_points(checked) and none == {
        one.aspect: one.none_because for one in checked.aspects if one.none_because is not None
    }
    return under_way if same else None


def declared_points(points: Sequence[PointTold]) -> Counter[tuple[object, ...]]:
    """Take what a declaration says of its points, in whichever order."""
    return Counter((one.aspect, *said(one), one.reason, one.lineage) for one in points)


def checked_points(checked: SelfChecked) -> Counter[tuple[object, ...]]:
    """Take what a self-check says of its points, in whichever order."""
    return Counter(
        (
            *(one.aspect, point.name, tuple(point.ways), point.likelihood, point.severity),
            *(point.grade, point.reason, point.lineage),
        )
        for one in checked.aspects
        for point in one.points
    )


def close(
    session: Session,
    person: UUID,
    checked: SelfChecked,
    *,
    now: datetime,
    by: UUID | None = None,
) -> None:
    """Write down what became of findings and `by` whom, and close what was owed for a post."""
    declarations.settle_findings(session, checked.settled, person=by or person, now=now)
    session.execute(
        sa.update(Deadline)
        .where(
            col(Deadline.kind).in_((DeadlineKind.SELF_CHECK, DeadlineKind.REGRADE)),
            col(Deadline.person_id) == person,
            col(Deadline.post_id) == checked.post.post,
            col(Deadline.done_at).is_(None),
        )
        .values(done_at=now)
    )


def call(
    session: Session, *, due: date, today: date, fresh: bool = True, zone: tzinfo = UTC
) -> int:
    """Set the day by which every held post is to be checked; count the posts called.

    An open deadline of an earlier call moves to the new day and is spoken of anew; what has been
    done for that very day stays done, and a `fresh` check counts as done. Who has
    begun on a post just now keeps the days they have for it.
    """
    refills = appointments.refills(session)
    held = session.execute(
        sa.select(col(Appointment.person_id), col(Appointment.post_id)).where(in_force(today))
    ).all()
    called = col(Deadline.kind) == DeadlineKind.SELF_CHECK
    moved = sa.select(col(Deadline.id)).where(
        called, col(Deadline.done_at).is_(None), col(Deadline.id).not_in(list(refills))
    )
    appointments.forget(session, moved)
    done = session.execute(
        sa.select(col(Deadline.person_id), col(Deadline.post_id)).where(
            called, col(Deadline.due_on) == due
        )
    ).all()
    since = today - timedelta(days=number("still_fresh"))
    checked = checked_since(session, since, zone=zone) if fresh else {}
    session.add_all(
        Deadline(
            kind=DeadlineKind.SELF_CHECK,
            person_id=person,
            post_id=post,
            subject=post,
            due_on=due,
            done_at=checked.get((person, post)),
        )
        for person, post in {(row[0], row[1]) for row in held}
        - {(row[0], row[1]) for row in done}
        - {(refill.person, refill.post) for refill in refills.values()}
    )
    return len(held)


def running(session: Session, *, today: date) -> date | None:
    """Find the last day of a call that is not over, if one is running."""
    return session.execute(
        sa.select(sa.func.max(col(Deadline.due_on))).where(
            col(Deadline.kind) == DeadlineKind.SELF_CHECK,
            col(Deadline.done_at).is_(None),
            col(Deadline.due_on) >= today,
        )
    ).scalar_one_or_none()


def checked_since(
    session: Session, day: date, *, zone: tzinfo
) -> Mapping[tuple[UUID, UUID], datetime]:
    """Find who has checked which post since a day in a zone, and when last."""
    rows = session.execute(
        sa.select(
            col(SelfCheck.person_id),
            col(SelfCheck.post_id),
            sa.type_coerce(sa.func.max(col(SelfCheck.done_at)), Moment),
        )
        .where(col(SelfCheck.done_at) >= datetime.combine(day, time.min, zone))
        .group_by(col(SelfCheck.person_id), col(SelfCheck.post_id))
    )
    return {(person, post): when for person, post, when in rows}


def progress(session: Session) -> Sequence[Progress]:
    """Count by unit how many of the self-checks called for are done."""
    rows = session.execute(
        sa.select(
            col(Unit.name),
            sa.func.count(col(Deadline.done_at)),
            sa.func.count(),
        )
        .join(Post, col(Post.id) == col(Deadline.post_id))
        .join(Unit, col(Unit.id) == col(Post.unit_id))
        .where(col(Deadline.kind) == DeadlineKind.SELF_CHECK)
        .group_by(col(Unit.kind), col(Unit.code), col(Unit.name))
        .order_by(col(Unit.kind), col(Unit.code))
    )
    return [Progress(name, done, called) for name, done, called in rows]
