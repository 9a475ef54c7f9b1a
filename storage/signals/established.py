"""What audits and inspections found, what complaints came to, and what the program refused."""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.rules.access import Action
from dialogs.rules.signals import Fact
from dialogs.vocabulary import (
    CaseKind,
    CaseMove,
    CaseState,
    Channel,
    Verdict,
    Verified,
    WarningSource,
)
from storage import audit
from storage.people import holders_of
from storage.signals.noting import Place, Seen, Watch, looked, placed, unit_of, upto
from storage.tables import AuditEntry, Case, CaseStep, Finding

SOURCES = {
    Channel.AUDIT: WarningSource.AUDIT,
    Channel.INSPECTION: WarningSource.INSPECTION,
}
# What binds others: trying a step of these that is not one's own is trying to skip one.
STEPS = frozenset(
    {
        Action.REVIEW,
        Action.REVIEW_UNIT,
        Action.RAISE,
        Action.CLOSE_NOTICE,
        Action.VERIFY_MEASURE,
        Action.DECIDE_ENTRY,
        Action.APPROVE_ENTRIES,
        Action.HANDLE_MATTER,
    }
)
TRUE = (Verified.TRUE, Verified.PARTLY)
LOG = "refusals"


def findings(session: Session, watch: Watch) -> Iterator[Seen]:
    """Find what audits and inspections found since the last look, about whoever holds the post.

    Where nobody holds it, or nobody can tell which of several is meant, it is the unit's.
    """
    rows = session.exec(
        select(Finding).where(
            col(Finding.channel).in_(SOURCES), col(Finding.found_on) >= watch.since
        )
    )
    for one in rows:
        holders = holders_of(session, one.post_id, today=watch.today)
        if one.channel:
            unit = unit_of(session, one.post_id)
            about = Place(unit, one.post_id, holders[0]) if len(holders) == 1 else Place(unit)
            facts: dict[str, Fact] = {"reference": one.reference, "loss": one.loss}
            source, day = SOURCES[one.channel], one.found_on
            yield Seen(source, one.id.hex, day, day, about, facts)


def complaints(session: Session, watch: Watch) -> Iterator[Seen]:
    """Find the complaints about service that were concluded as true since the last look.

    Nothing of who complained or of what was said is read; an allegation never comes here.
    """
    rows = session.execute(
        sa.select(
            col(Case.id),
            col(Case.unit_id),
            col(Case.verified),
            sa.func.max(col(CaseStep.taken_on)),
        )
        .join(CaseStep, col(CaseStep.case_id) == col(Case.id))
        .where(
            col(Case.kind) == CaseKind.SERVICE,
            col(Case.verified).in_(TRUE),
            col(Case.unit_id).is_not(None),
            col(Case.state) == CaseState.CONCLUDED,
            col(CaseStep.move) == CaseMove.CONCLUDE,
        )
        .group_by(col(Case.id), col(Case.unit_id), col(Case.verified))
        .having(sa.func.max(col(CaseStep.taken_on)) >= watch.since)
    )
    for case, unit, verified, day in rows:
        facts: dict[str, Fact] = {"partly": True} if verified is Verified.PARTLY else {}
        yield Seen(WarningSource.COMPLAINT, case.hex, day, day, Place(unit), facts)


def refusals(session: Session, watch: Watch) -> Iterator[Seen]:
    """Find in the log what somebody tried though it was not theirs to do; once a day and thing."""
    last = upto(session, LOG) or 0
    newest = audit.newest(session)
    if newest is None or newest.ordinal <= last:
        return
    tried = session.exec(
        select(AuditEntry).where(
            AuditEntry.ordinal > last,
            AuditEntry.verdict == Verdict.REFUSED,
            col(AuditEntry.action).in_(STEPS),
        )
    ).all()
    people = {one.person_id: None for one in tried if one.person_id}
    places = placed(session, people, today=watch.today)
    for one in tried:
        day = watch.day_of(one.at)
        if one.person_id and (about := places.get(one.person_id)) and day >= watch.since:
            origin = f"{one.person_id.hex}:{one.action}:{one.subject}:{day}"
            facts: dict[str, Fact] = {"refused": True, "action": one.action}
            yield Seen(WarningSource.SKIPPED_STEP, origin, day, day, about, facts)
    looked(session, LOG, newest.ordinal)
