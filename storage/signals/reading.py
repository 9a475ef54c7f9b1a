"""What the rules are told: of everybody of whom something is new, all that counts of a year."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.rules.calendar import Calendar
from dialogs.rules.signals import Earlier, Look, Sign
from dialogs.rules.warning import AT_WORK, OUT, YEAR
from dialogs.vocabulary import WarningLevel, WarningSource, WarningState
from storage.signals.noting import Place
from storage.tables import GradedWarning, Signal, SignalUse, WarningReason
from storage.warnings.drafting import higher_draft
from storage.warnings.reading import to_subject

LET_GO = (WarningState.LEFT, WarningState.REVOKED)  # people decided that these do not count


def looks(
    session: Session, *, today: date, since: date, calendar: Calendar
) -> Iterator[tuple[Place, Look]]:
    """Tell the rules about everybody of whom a signal is new, or goes on."""
    for place in sorted(places(session, today=today, since=since), key=str):
        seen = signs(session, signals_of(session, place, today=today))
        if seen:
            yield place, Look(seen, today, earlier(session, place, today=today), calendar)


def places(session: Session, *, today: date, since: date) -> set[Place]:
    """Find of whom a signal is new, or goes on."""
    rows = session.execute(
        sa.select(col(Signal.unit_id), col(Signal.post_id), col(Signal.person_id))
        .where(sa.or_(col(Signal.seen_on) >= since, col(Signal.until).is_(None)))
        .distinct()
    )
    return {Place(unit, post, person) for unit, post, person in rows}


def signals_of(session: Session, place: Place, *, today: date) -> Sequence[Signal]:
    """List the signals of a year about somebody or a unit, by their index."""
    return session.exec(
        select(Signal).where(
            Signal.unit_id == place.unit,
            same(col(Signal.post_id), place.post),
            same(col(Signal.person_id), place.person),
            Signal.of_day > today - YEAR,
        )
    ).all()


def same(column: Any, value: UUID | None) -> sa.ColumnElement[bool]:
    """Compare with a value that may be missing."""
    compared: sa.ColumnElement[bool] = column.is_(None) if value is None else column == value
    return compared


def signs(session: Session, signals: Sequence[Signal]) -> Sequence[Sign]:
    """Make signals into signs; what people let go, and what was answered since, is left out."""
    uses = used(session, [one.id for one in signals])
    found = []
    for one in signals:
        tied = uses[one.id]
        if any(state is None or state in LET_GO for _, _, state in tied):
            continue
        about = UUID(str(one.facts["warning"])) if "warning" in one.facts else None
        if about and not may_climb(session, about):
            continue
        found.append(
            Sign(
                one.id,
                one.source,
                one.of_day,
                until=one.until,
                facts=one.facts,
                drafted=frozenset(level for level, _, _ in tied),
                dropped=frozenset(
                    level for level, _, state in tied if state is WarningState.DROPPED
                ),
                follows=next((w for _, w, state in tied if w and state in AT_WORK), None),
            )
        )
    return found


def used(
    session: Session, signals: Collection[UUID]
) -> dict[UUID, list[tuple[WarningLevel, UUID | None, WarningState | None]]]:
    """Find which drafts signals went into, and where these stand."""
    rows = session.execute(
        sa.select(
            col(SignalUse.signal_id),
            col(SignalUse.level),
            col(SignalUse.warning_id),
            col(GradedWarning.state),
        )
        .join(GradedWarning, col(GradedWarning.id) == col(SignalUse.warning_id), isouter=True)
        .where(col(SignalUse.signal_id).in_(signals))
    )
    found = defaultdict(list)
    for signal, level, warning, state in rows:
        found[signal].append((level, warning, state))
    return found


def may_climb(session: Session, warning: UUID) -> bool:
    """Say whether a warning is at work, without a higher draft beside it already."""
    found = session.get(GradedWarning, warning)
    return found is not None and found.state in AT_WORK and higher_draft(session, warning) is None


def earlier(session: Session, place: Place, *, today: date) -> Sequence[Earlier]:
    """List the warnings issued within two years to the same person or unit, and on what."""
    rows = session.execute(
        sa.select(GradedWarning, col(WarningReason.source))
        .join(WarningReason, col(WarningReason.warning_id) == col(GradedWarning.id))
        .where(
            to_subject(place.unit, place.person),
            col(GradedWarning.state).in_(OUT),
            col(GradedWarning.issued_on) > today - 2 * YEAR,
        )
    )
    rested: dict[UUID, set[WarningSource]] = defaultdict(set)
    issued: dict[UUID, GradedWarning] = {}
    for warning, source in rows:
        issued[warning.id] = warning
        rested[warning.id].add(source)
    return [
        Earlier(one.level, one.issued_on, frozenset(rested[one.id]))
        for one in issued.values()
        if one.issued_on
    ]
