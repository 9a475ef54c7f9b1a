"""Self-checks: what holders of posts found, and who still owes one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from dialogs.events import SelfChecked
from dialogs.rules.deadlines import STILL_FRESH
from dialogs.vocabulary import DeadlineKind, FindingMethod
from storage import appointments
from storage.database import Moment
from storage.people import in_force
from storage.tables import (
    Appointment,
    AspectAnswer,
    Deadline,
    Post,
    RiskPoint,
    SelfCheck,
    Unit,
)


@dataclass(frozen=True)
class Progress:
    """How many self-checks of a unit are done, of how many called for."""

    unit: str
    done: int
    called: int


def record(session: Session, person: UUID, checked: SelfChecked, *, now: datetime) -> None:
    """Write a self-check down with its aspects and points, and close its deadlines."""
    check = SelfCheck(person_id=person, post_id=checked.post.post, done_at=now)
    session.add(check)
    session.flush()
    for aspect in checked.aspects:
        session.add(
            AspectAnswer(
                self_check_id=check.id, aspect=aspect.aspect, none_because=aspect.none_because
            )
        )
        for ordinal, point in enumerate(aspect.points, 1):
            session.add(
                RiskPoint(
                    post_id=checked.post.post,
                    self_check_id=check.id,
                    method=FindingMethod.SELF,
                    aspect=aspect.aspect,
                    ordinal=ordinal,
                    name=point.name,
                    manifestation=point.manifestation,
                    likelihood=point.likelihood,
                    severity=point.severity,
                    declared_grade=point.grade,
                    grade_reason=point.reason,
                    measure=point.measure,
                    library_code=point.library,
                )
            )
    session.execute(
        sa.update(Deadline)
        .where(
            col(Deadline.kind) == DeadlineKind.SELF_CHECK,
            col(Deadline.person_id) == person,
            col(Deadline.post_id) == checked.post.post,
            col(Deadline.done_at).is_(None),
        )
        .values(done_at=now)
    )


def call(session: Session, *, due: date, today: date) -> int:
    """Set the day by which every held post is to be checked; count the posts called.

    An open deadline of an earlier call moves to the new day and is spoken of anew; what has been
    done for that very day stays done, and a check still fresh counts as done. Who has begun on a
    post just now keeps the thirty days they have for it.
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
    fresh = checked_since(session, today - STILL_FRESH)
    session.add_all(
        Deadline(
            kind=DeadlineKind.SELF_CHECK,
            person_id=person,
            post_id=post,
            due_on=due,
            done_at=fresh.get((person, post)),
        )
        for person, post in {(row[0], row[1]) for row in held}
        - {(row[0], row[1]) for row in done}
        - {(refill.person, refill.post) for refill in refills.values()}
    )
    return len(held)


def checked_since(session: Session, day: date) -> Mapping[tuple[UUID, UUID], datetime]:
    """Find who has checked which post since a day, and when last."""
    rows = session.execute(
        sa.select(
            col(SelfCheck.person_id),
            col(SelfCheck.post_id),
            sa.type_coerce(sa.func.max(col(SelfCheck.done_at)), Moment),
        )
        .where(col(SelfCheck.done_at) >= datetime.combine(day, time.min, UTC))
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
