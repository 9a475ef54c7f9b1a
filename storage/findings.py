"""What others found on a post, and who is to check whose."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.errors import Refused
from dialogs.events import CheckedForAnother, PointedOut
from dialogs.facts import DeclinedTold, FindingTold
from dialogs.vocabulary import DeadlineKind, FindingState
from storage.tables import Deadline, Finding, MutualCheck, Post


def point_out(
    session: Session, pointed: PointedOut, *, found_by: UUID | None, today: date
) -> Finding:
    """Write down what somebody found on a post; for villagers not who."""
    finding = Finding(
        post_id=pointed.post,
        method=pointed.method,
        channel=pointed.channel,
        reference=pointed.reference,
        loss=pointed.loss,
        aspect=pointed.aspect,
        name=pointed.name,
        manifestation=pointed.manifestation,
        found_by=found_by,
        found_on=today,
        state=FindingState.OPEN,
    )
    session.add(finding)
    session.flush()
    return finding


def open_on(session: Session, post: UUID) -> Sequence[FindingTold]:
    """Tell what was found on a post and is not taken up yet, the oldest first."""
    rows = session.exec(
        select(Finding)
        .where(Finding.post_id == post, Finding.state == FindingState.OPEN)
        .order_by(col(Finding.found_on), col(Finding.id))
    )
    return [
        FindingTold(
            finding=one.id,
            method=one.method,
            channel=one.channel,
            aspect=one.aspect,
            name=one.name,
            manifestation=one.manifestation,
        )
        for one in rows
    ]


def declined_on(session: Session, post: UUID, *, holder: UUID) -> Sequence[DeclinedTold]:
    """Tell what was found on a post and its holder did not take up, the oldest first."""
    rows = session.exec(
        select(Finding)
        .where(
            Finding.post_id == post,
            Finding.state == FindingState.DECLINED,
            Finding.settled_by == holder,
        )
        .order_by(col(Finding.found_on), col(Finding.id))
    )
    return [DeclinedTold(one.name, one.method, one.channel, one.reason or "") for one in rows]


def assign(
    session: Session,
    pairs: Sequence[tuple[UUID, UUID]],
    *,
    by: UUID,
    due: date,
    today: date,
) -> Sequence[MutualCheck]:
    """Ask people to check posts by a day; who is asked already is not asked twice."""
    checks = []
    for post, checker in pairs:
        open_already = session.exec(
            select(MutualCheck).where(
                MutualCheck.post_id == post,
                MutualCheck.checker_id == checker,
                sa.or_(col(MutualCheck.done_at).is_(None), col(MutualCheck.due_on) == due),
            )
        ).first()
        if open_already is not None:
            raise Refused("check_assigned_already", post=session.get_one(Post, post).title)
        check = MutualCheck(
            post_id=post, checker_id=checker, assigned_by=by, assigned_on=today, due_on=due
        )
        session.add(check)
        session.flush()
        session.add(
            Deadline(
                kind=DeadlineKind.MUTUAL_CHECK,
                person_id=checker,
                post_id=post,
                subject=check.id,
                due_on=due,
            )
        )
        checks.append(check)
    return checks


def open_check(session: Session, check: UUID, *, checker: UUID) -> MutualCheck:
    """Find a check somebody is asked to make; raise Refused if it is not theirs, or is done."""
    found = session.get(MutualCheck, check)
    if found is None or found.checker_id != checker:
        raise Refused("unknown_action")
    if found.done_at is not None:
        raise Refused("check_done_already")
    return found


def checked(session: Session, done: CheckedForAnother, *, checker: UUID, now: datetime) -> None:
    """Write a check down and close its deadline."""
    check = open_check(session, done.check, checker=checker)
    check.done_at, check.none_because = now, done.none_because
    session.add(check)
    session.execute(
        sa.update(Deadline).where(col(Deadline.subject) == check.id).values(done_at=now)
    )
