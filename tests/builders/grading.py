"""Declarations as they stand on their way to be graded."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session

from dialogs.events import FoundPoint
from dialogs.facts import Way
from dialogs.vocabulary import DeclarationState, Grade, Likelihood, Move, Severity
from storage.tables import Declaration, StepTaken

POINT = FoundPoint(
    name="票據外流",
    ways=(Way("空白票據無人登記", "每月盤點"),),
    likelihood=Likelihood.MEDIUM,
    severity=Severity.DISCIPLINE,
    grade=Grade.MEDIUM,
)


def declared(
    session: Session, post: UUID, person: UUID, state: DeclarationState, *, on: date
) -> Declaration:
    """Write down what somebody declared on a day, and how far it has come."""
    declaration = Declaration(
        post_id=post, person_id=person, state=state, version=1, declared_on=on
    )
    session.add(declaration)
    session.flush()
    return declaration


def preset(
    session: Session, declaration: Declaration, moments: Sequence[datetime], *, by: UUID
) -> Declaration:
    """Fix the grades of a declaration provisionally, once or again."""
    session.add_all(
        StepTaken(
            declaration_id=declaration.id,
            ordinal=ordinal,
            version=1,
            move=Move.PRESET,
            leads=DeclarationState.PROVISIONAL,
            person_id=by,
            taken_at=moment,
        )
        for ordinal, moment in enumerate(moments)
    )
    session.flush()
    return declaration
