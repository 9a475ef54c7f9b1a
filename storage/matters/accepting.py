"""A unit accepts a matter: the process as it stands today is frozen with it."""

import secrets
from datetime import date, datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.acceptance import LENGTH
from dialogs.errors import Refused
from dialogs.events import MatterAccepted
from dialogs.receipt import ALPHABET
from dialogs.rules.calendar import Calendar
from dialogs.rules.matters import conditions_of, due
from dialogs.vocabulary import EntryState, MatterMove, MatterState
from storage.matters.owing import keep_due
from storage.matters.reading import Sheet, sealed_sheet
from storage.sealing import Keyring
from storage.tables import (
    Matter,
    MatterCondition,
    MatterDeed,
    MatterStep,
    Process,
    ProcessStep,
)


def new_number() -> str:
    """Make an acceptance number; nothing in it looks like something else."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def process_in_force(session: Session, process: UUID) -> Process:
    """Find a process that is in force; raise Refused if it is not, or has no steps."""
    found = session.get(Process, process)
    if found is None or found.state is not EntryState.APPROVED:
        raise Refused("process_not_in_force")
    return found


def accept(
    session: Session,
    accepted: MatterAccepted,
    *,
    number: str,
    by: UUID,
    now: datetime,
    today: date,
    calendar: Calendar,
    keys: Keyring,
) -> Matter:
    """Write a matter down; while a condition is not met, its clock does not run.

    Raises Refused where the process is not in force, or has no steps.
    """
    process = process_in_force(session, accepted.process)
    parts = session.exec(
        select(ProcessStep)
        .where(ProcessStep.process_id == process.id)
        .order_by(col(ProcessStep.ordinal))
    ).all()
    if not parts:
        raise Refused("process_without_steps", process=process.name)
    wanted = conditions_of(process.conditions)
    complete = set(accepted.met) >= set(range(1, len(wanted) + 1))
    id_ = uuid4()
    told = Sheet(accepted.wanted, accepted.applicant, accepted.contact or "")
    matter = Matter(
        id=id_,
        number=number,
        process_id=process.id,
        unit_id=process.unit_id,
        accepted_by=by,
        accepted_on=today,
        state=MatterState.UNDER_WAY if complete else MatterState.STOPPED,
        due_on=due(today, sum(part.days for part in parts), calendar=calendar),
        stopped_on=None if complete else today,
        told_on=None if complete else today,
        sheet=sealed_sheet(id_, told, keys=keys),
    )
    session.add(matter)
    session.flush()
    session.add_all(
        MatterCondition(matter_id=id_, ordinal=ordinal, text=text, met=ordinal in accepted.met)
        for ordinal, text in enumerate(wanted, 1)
    )
    session.add_all(frozen(part, id_, today=today, calendar=calendar) for part in parts)
    session.flush()
    note(session, matter, MatterMove.ACCEPT, 1, "", by=by, now=now, keys=keys)
    keep_due(session, id_, now=now, today=today)
    return matter


def frozen(part: ProcessStep, matter: UUID, *, today: date, calendar: Calendar) -> MatterStep:
    """Copy a step of a process into a matter; it comes to the first one at once."""
    first = part.ordinal == 1
    return MatterStep(
        matter_id=matter,
        ordinal=part.ordinal,
        name=part.name,
        post_id=part.post_id,
        days=part.days,
        begun_on=today if first else None,
        due_on=due(today, part.days, calendar=calendar) if first else None,
    )


def note(
    session: Session,
    matter: Matter,
    move: MatterMove,
    step: int,
    text: str,
    *,
    by: UUID,
    now: datetime,
    keys: Keyring,
) -> None:
    """Write down what was done about a matter."""
    before = sa.select(sa.func.count()).where(col(MatterDeed.matter_id) == matter.id)
    id_ = uuid4()
    session.add(
        MatterDeed(
            id=id_,
            matter_id=matter.id,
            ordinal=session.execute(before).scalar_one(),
            move=move,
            step=step,
            person_id=by,
            done_at=now,
            note=keys.seal(text.encode(), f"matter_deed:{id_}"),
        )
    )
    session.flush()
