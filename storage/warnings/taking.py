"""Who takes a step of a warning, and whether they may, about what they have seen."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeAlias
from uuid import UUID

from sqlmodel import Session

from dialogs.errors import Refused
from dialogs.rules.access import Standing
from dialogs.rules.warning import Step, take
from dialogs.vocabulary import FileKind, WarningMove
from storage.sealing import Keyring
from storage.tables import GradedWarning
from storage.warnings.noting import note, taken
from storage.warnings.reading import warned

Received: TypeAlias = Sequence[tuple[FileKind, str, bytes]]  # files: what each is, name, bytes


@dataclass(frozen=True)
class Mover:
    """Who takes a step of a warning, and when."""

    person: UUID
    standing: Standing
    now: datetime
    today: date
    keys: Keyring = field(repr=False)


def must_take(
    session: Session, warning: GradedWarning, move: WarningMove, mover: Mover, *, seen: int | None
) -> Step:
    """Find the step somebody takes; raise Refused unless it is theirs, about what they have seen.

    `seen` is how many steps of it they saw; None where nothing but their own was to be seen.
    """
    if seen is not None and taken(session, warning.id) != seen:
        raise Refused("warning_moved_on")
    return take(
        move,
        warned(session, warning, today=mover.today),
        actor=mover.person,
        standing=mover.standing,
        today=mover.today,
    )


def go(
    session: Session,
    warning: GradedWarning,
    step: Step,
    mover: Mover,
    *,
    text: str = "",
    due_on: date | None = None,
) -> None:
    """Let a warning go where a step leads, and write the step down."""
    warning.state = step.leads
    session.add(warning)
    note(
        *(session, warning, step.move),
        by=mover.person,
        now=mover.now,
        keys=mover.keys,
        text=text,
        due_on=due_on,
    )
