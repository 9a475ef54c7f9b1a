"""Forms and measures that were not done by their day."""

from collections.abc import Iterator, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.vocabulary import DeadlineKind, WarningSource
from storage.signals.noting import Place, Seen, Watch, going_on, placed, unseen
from storage.tables import Deadline, Signal

SOURCES = {
    DeadlineKind.SELF_CHECK: WarningSource.LATE_FORM,
    DeadlineKind.REGRADE: WarningSource.LATE_FORM,
    DeadlineKind.MUTUAL_CHECK: WarningSource.LATE_FORM,
    DeadlineKind.MEASURE: WarningSource.LATE_MEASURE,
}
# A deadline's id as the origin of a signal: hex, on either database.
as_origin = sa.func.replace(sa.cast(col(Deadline.id), sa.String), "-", "")


def late(session: Session, watch: Watch) -> Iterator[Seen]:
    """Find what is late by now, and what was done late since the last look."""
    found = [*overdue(session, watch), *done_late(session, watch)]
    fresh = {
        origin
        for source in set(SOURCES.values())
        for origin in unseen(
            session, source, [one.id.hex for one in found if SOURCES[one.kind] is source]
        )
    }
    for one in found:
        if one.id.hex in fresh and (about := place(session, one, watch)):
            yield seen(one, about, watch)


def overdue(session: Session, watch: Watch) -> Sequence[Deadline]:
    """List the deadlines that are open past their day and gave no signal yet, by their index."""
    told = sa.exists().where(
        col(Signal.source).in_(set(SOURCES.values())), col(Signal.origin) == as_origin
    )
    return session.exec(
        select(Deadline).where(
            col(Deadline.done_at).is_(None),
            col(Deadline.kind).in_(SOURCES),
            Deadline.due_on < watch.today,
            ~told,
        )
    ).all()


def done_late(session: Session, watch: Watch) -> Sequence[Deadline]:
    """List the deadlines that fell due since the last look and were met only afterwards."""
    rows = session.exec(
        select(Deadline).where(
            col(Deadline.done_at).is_not(None),
            col(Deadline.kind).in_(SOURCES),
            sa.between(col(Deadline.due_on), watch.since, watch.today),
        )
    )
    return [one for one in rows if one.done_at and watch.day_of(one.done_at) > one.due_on]


def place(session: Session, deadline: Deadline, watch: Watch) -> Place | None:
    """Find on which post somebody is late: the one it is about, if it is theirs."""
    owed = {deadline.person_id: deadline.post_id}
    return placed(session, owed, today=watch.today).get(deadline.person_id)


def seen(deadline: Deadline, about: Place, watch: Watch) -> Seen:
    """Say what is late, and since when."""
    source = SOURCES[deadline.kind]
    facts = {"form": deadline.kind.value} if source is WarningSource.LATE_FORM else {}
    until = watch.day_of(deadline.done_at) if deadline.done_at else None
    return Seen(source, deadline.id.hex, deadline.due_on, until, about, facts)


def close(session: Session, watch: Watch) -> None:
    """Note of what was late that it is done, or is owed no longer."""
    for source in set(SOURCES.values()):
        signals = going_on(session, source)
        if not signals:
            continue
        wanted = [UUID(one.origin) for one in signals]
        rows = session.execute(
            sa.select(col(Deadline.id), col(Deadline.done_at)).where(col(Deadline.id).in_(wanted))
        )
        still = dict(rows.all())
        for signal in signals:
            done_at = still.get(UUID(signal.origin))
            if done_at is not None:
                signal.until = watch.day_of(done_at)
            elif UUID(signal.origin) not in still:
                signal.until = watch.today
