"""How a matter stands, and what was written about it, for those who may read it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from pydantic_core import from_json, to_json
from sqlmodel import Session, col, select

from dialogs.errors import Refused
from dialogs.rules.access import Action, Standing, reaches
from dialogs.rules.matters import Running, StepSeen
from dialogs.vocabulary import MatterMove
from storage.appointments import in_force
from storage.sealing import Keyring
from storage.tables import (
    Appointment,
    Matter,
    MatterCondition,
    MatterDeed,
    MatterStep,
    Person,
    Post,
)


@dataclass(frozen=True)
class Sheet:
    """Who applies for what, and how they are reached; kept sealed."""

    wanted: str = field(repr=False)
    applicant: str = field(repr=False)
    contact: str = field(default="", repr=False)


@dataclass(frozen=True)
class Deed:
    """What was done about a matter, at which step, by whom and when."""

    move: MatterMove
    step: int
    by: str
    on: datetime
    note: str = field(repr=False)


def find(session: Session, matter: UUID) -> Matter:
    """Find a matter; raise Refused if there is none."""
    found = session.get(Matter, matter)
    if found is None:
        raise Refused("unknown_action")
    return found


def by_number(session: Session, number: str) -> Matter | None:
    """Find a matter by its acceptance number."""
    return session.exec(select(Matter).where(Matter.number == number)).first()


def steps(session: Session, matter: UUID) -> Sequence[MatterStep]:
    """List the steps of a matter in their order."""
    return session.exec(
        select(MatterStep).where(MatterStep.matter_id == matter).order_by(col(MatterStep.ordinal))
    ).all()


def conditions(session: Session, matter: UUID) -> Sequence[MatterCondition]:
    """List the conditions of a matter in their order."""
    return session.exec(
        select(MatterCondition)
        .where(MatterCondition.matter_id == matter)
        .order_by(col(MatterCondition.ordinal))
    ).all()


def running(session: Session, matter: Matter, *, today: date) -> Running:
    """See a matter as its way does; a post nobody holds today has charge of no step.

    Where there are no conditions, there is nothing that could be told to be missing.
    """
    kept = steps(session, matter.id)
    held = frozenset(
        session.execute(
            sa.select(col(Appointment.post_id)).where(
                col(Appointment.post_id).in_([one.post_id for one in kept if one.post_id]),
                in_force(today),
            )
        ).scalars()
    )
    units = dict(
        session.execute(
            sa.select(col(Post.id), col(Post.unit_id)).where(
                col(Post.id).in_([one.post_id for one in kept if one.post_id])
            )
        ).all()
    )
    return Running(
        matter.state,
        matter.unit_id,
        [
            StepSeen(
                one.name,
                one.post_id if one.post_id in held else None,
                units[one.post_id] if one.post_id else matter.unit_id,
                complete=one.done_on is not None,
            )
            for one in kept
        ],
        told=matter.told_on is not None or not conditions(session, matter.id),
    )


def may_handle(session: Session, matter: Matter, standing: Standing, person: UUID) -> bool:
    """Say whether somebody may read who applies for what.

    Those may who work on it: its unit, the posts in charge of its steps, who accepted it.
    """
    if matter.unit_id in standing.units or matter.accepted_by == person:
        return True
    return any(one.post_id in standing.posts for one in steps(session, matter.id))


def may_see(session: Session, matter: Matter, standing: Standing, person: UUID) -> bool:
    """Say whether somebody may see how a matter stands; those who only watch read no names."""
    return reaches(standing, Action.MATTERS, matter.unit_id) or may_handle(
        session, matter, standing, person
    )


def sealed_sheet(matter: UUID, sheet: Sheet, *, keys: Keyring) -> bytes:
    """Seal who applies for what."""
    return keys.seal(to_json([sheet.wanted, sheet.applicant, sheet.contact]), f"matter:{matter}")


def sheet(matter: Matter, *, keys: Keyring) -> Sheet:
    """Open who applies for what."""
    return Sheet(*from_json(keys.unseal(matter.sheet, f"matter:{matter.id}")))


def deeds(session: Session, matter: UUID, *, keys: Keyring) -> Sequence[Deed]:
    """Open what was done about a matter, the oldest first."""
    rows = session.execute(
        sa.select(MatterDeed, col(Person.name))
        .join(Person, col(Person.id) == col(MatterDeed.person_id))
        .where(col(MatterDeed.matter_id) == matter)
        .order_by(col(MatterDeed.ordinal))
    )
    return [
        Deed(
            one.move,
            one.step,
            name,
            one.done_at,
            keys.unseal(one.note, f"matter_deed:{one.id}").decode(),
        )
        for one, name in rows
    ]
