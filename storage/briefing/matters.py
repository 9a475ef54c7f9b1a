"""What is told about matters: the processes they are accepted for, the moves one may take."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session, col

from dialogs import facts
from dialogs.acceptance import written
from dialogs.errors import Refused
from dialogs.rules.access import Action, reaches
from dialogs.rules.matters import conditions_of, possible
from dialogs.vocabulary import ENDED, EntryState
from storage import matters
from storage.briefing.telling import identity, tells
from storage.occasion import Occasion
from storage.tables import Process, ProcessStep, Unit


@tells(Action.ACCEPT_MATTER)
def to_accept(session: Session, occasion: Occasion, subject: str) -> facts.MatterToAccept:
    """Tell the process of a matter; without a subject, which there are within one's reach."""
    if not subject:
        return facts.MatterToAccept(processes(session, occasion, Action.ACCEPT_MATTER))
    process = matters.process_in_force(session, identity(subject))
    occasion.must_reach(Action.ACCEPT_MATTER, process.unit_id)
    days = session.execute(
        sa.select(col(ProcessStep.days)).where(col(ProcessStep.process_id) == process.id)
    ).scalars()
    limits = days.all()
    if not limits:
        raise Refused("process_without_steps", process=process.name)
    return facts.MatterToAccept(
        process=named(session, process),
        conditions=conditions_of(process.conditions),
        steps=len(limits),
        days=sum(limits),
    )


def processes(session: Session, occasion: Occasion, action: Action) -> Sequence[facts.ProcessNamed]:
    """Name the processes in force about which somebody may do something."""
    rows = session.execute(
        sa.select(Process, col(Unit.name))
        .join(Unit, col(Unit.id) == col(Process.unit_id))
        .where(col(Process.state) == EntryState.APPROVED)
        .order_by(col(Unit.kind), col(Unit.code), col(Process.code))
    )
    return [
        facts.ProcessNamed(process.id, process.name, process.unit_id, unit)
        for process, unit in rows
        if reaches(occasion.standing, action, process.unit_id)
    ]


def named(session: Session, process: Process) -> facts.ProcessNamed:
    """Name a process and its unit."""
    unit = session.get_one(Unit, process.unit_id)
    return facts.ProcessNamed(process.id, process.name, unit.id, unit.name)


@tells(Action.HANDLE_MATTER)
def at_hand(session: Session, occasion: Occasion, subject: str) -> facts.MatterAtHand:
    """Tell at which step a matter is, and the moves of it that are somebody's own."""
    matter = matters.find(session, identity(subject))
    if matter.state in ENDED:
        raise Refused("matter_over")
    running = matters.running(session, matter, today=occasion.today)
    moves = possible(running, standing=occasion.standing)
    if not moves:
        raise Refused("not_your_step", step=running.steps[running.at - 1].name)
    return facts.MatterAtHand(
        matter=matter.id,
        number=written(matter.number),
        process=session.get_one(Process, matter.process_id).name,
        state=matter.state,
        step=running.at,
        steps=len(running.steps),
        step_name=running.steps[running.at - 1].name,
        moves=moves,
        conditions=[one.text for one in matters.conditions(session, matter.id)],
    )
