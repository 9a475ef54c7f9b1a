"""Whether the writer of a report under a name was told what it came to, and when (實名答覆)."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.rules.deadlines import is_real_name
from dialogs.vocabulary import CaseKind, CaseMove, CaseState
from storage.tables import Case, CaseStep

UNDER_A_NAME = [kind for kind in CaseKind if is_real_name(kind, named=True)]
ENDING = (CaseMove.CONCLUDE, CaseMove.TELL)


def owed() -> sa.ColumnElement[bool]:
    """Limit cases to concluded reports under a name whose writers have yet to be told."""
    last = (
        sa.select(col(CaseStep.move))
        .where(col(CaseStep.case_id) == col(Case.id), col(CaseStep.move).in_(ENDING))
        .order_by(col(CaseStep.ordinal).desc())
        .limit(1)
        .scalar_subquery()
    )
    return sa.and_(
        col(Case.state) == CaseState.CONCLUDED,
        col(Case.kind).in_(UNDER_A_NAME),
        col(Case.named),
        last == CaseMove.CONCLUDE,
    )


def is_owed(session: Session, case: Case) -> bool:
    """Say whether a case is one whose writer has yet to be told."""
    return session.exec(select(Case.id).where(Case.id == case.id, owed())).first() is not None


def last_step(session: Session, case: Case) -> CaseStep | None:
    """Find the step by which a case was last concluded, or by which its writer was told since."""
    return session.exec(
        select(CaseStep)
        .where(CaseStep.case_id == case.id, col(CaseStep.move).in_(ENDING))
        .order_by(col(CaseStep.ordinal).desc())
    ).first()
