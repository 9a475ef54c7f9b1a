"""What warnings themselves give rise to: silence, replies sent back, too many within a year."""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.catalogue.policy import number
from dialogs.rules.signals import Fact
from dialogs.rules.warning import AT_WORK, OUT, REACHED, YEAR
from dialogs.vocabulary import WarningLevel, WarningMove, WarningSource
from storage.signals.noting import Place, Seen, Watch
from storage.tables import GradedWarning, WarningStep
from storage.warnings.reading import to_subject


def about(warning: GradedWarning) -> Place | None:
    """Say whom a warning is about; None of one that keeps it no longer."""
    if warning.unit_id is None:
        return None
    return Place(warning.unit_id, warning.post_id, warning.person_id if warning.post_id else None)


def patience(level: WarningLevel) -> int:
    """Say for how many working days after its day a reply is still waited for."""
    match level:
        case WarningLevel.YELLOW:
            return number("silence_yellow")
        case WarningLevel.ORANGE:
            return number("silence_orange")
        case WarningLevel.RED:
            return number("silence_red")


def silent(session: Session, watch: Watch) -> Iterator[tuple[GradedWarning, Seen]]:
    """Find the warnings that nobody has answered for too long.

    A request for more time that nobody decides holds that back by some days, and no longer.
    Nobody is silent about what has not reached them yet.
    """
    rows = session.exec(
        select(GradedWarning).where(
            col(GradedWarning.state).in_(REACHED),
            col(GradedWarning.due_on) < watch.today,
        )
    )
    for one in rows:
        place, due = about(one), one.due_on
        if place is None or due is None:
            continue
        undecided = one.asker_id is not None
        waited = patience(one.level) + (number("undecided_days") if undecided else 0)
        if watch.calendar.working_days_between(due, watch.today) >= waited:
            origin = f"{one.id.hex}:{due}"
            facts: dict[str, Fact] = {**told(one), **({"undecided": True} if undecided else {})}
            yield one, Seen(WarningSource.UNANSWERED, origin, due, due, place, facts)


def told(warning: GradedWarning) -> dict[str, str]:
    """Name a warning: its number, its level and which it is."""
    return {
        "number": warning.number or "",
        "level": warning.level.value,
        "warning": warning.id.hex,
    }


def failed(session: Session, watch: Watch) -> Iterator[Seen]:
    """Find the warnings of 二級 whose replies were sent back so often that the check has failed."""
    counted = (
        sa.select(col(WarningStep.warning_id), sa.func.max(col(WarningStep.taken_at)))
        .where(col(WarningStep.move) == WarningMove.SEND_BACK)
        .group_by(col(WarningStep.warning_id))
        .having(sa.func.count() >= number("failed_checks"))
    )
    for warning, at in session.execute(counted):
        one = session.get_one(GradedWarning, warning)
        place = about(one)
        if one.level is WarningLevel.ORANGE and one.state in AT_WORK and place:
            day = watch.day_of(at)
            facts: dict[str, Fact] = {**told(one), "failed": True}
            yield Seen(WarningSource.UNANSWERED, f"{warning.hex}:failed", day, day, place, facts)


def repeated(session: Session, watch: Watch) -> Iterator[Seen]:
    """Find of each warning issued since the last look how many of its level there are in a year."""
    rows = session.exec(
        select(GradedWarning).where(
            col(GradedWarning.issued_on) >= watch.since, col(GradedWarning.state).in_(OUT)
        )
    ).all()
    for one in rows:
        place, day = about(one), one.issued_on
        if place is None or day is None:
            continue
        counted = sa.select(sa.func.count()).where(
            to_subject(place.unit, place.person),
            col(GradedWarning.level) == one.level,
            col(GradedWarning.state).in_(OUT),
            col(GradedWarning.issued_on) > day - YEAR,
            col(GradedWarning.issued_on) <= day,
        )
        facts = {"level": one.level.value, "count": session.execute(counted).scalar_one()}
        if facts["count"] > 1:
            yield Seen(WarningSource.REPEATED, one.id.hex, day, day, place, facts)
