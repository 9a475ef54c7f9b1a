"""What is told about monitoring: what a lapse may be about, and the month that is counted."""

from datetime import date
from uuid import UUID

from sqlmodel import Session

from dialogs import facts
from dialogs.acceptance import written
from dialogs.errors import Refused
from dialogs.rules.access import Action
from storage import monitoring
from storage.briefing.matters import named, processes
from storage.briefing.telling import identity, tells
from storage.occasion import Occasion
from storage.tables import Matter, Process


@tells(Action.RECORD_LAPSE)
def to_record(session: Session, occasion: Occasion, subject: str) -> facts.LapseToRecord:
    """Tell the process or matter a lapse is about; without a subject, which processes there are."""
    if not subject:
        found = processes(session, occasion, Action.RECORD_LAPSE)
        return facts.LapseToRecord(occasion.today, found)
    matter = session.get(Matter, identity(subject))
    process = session.get(Process, matter.process_id if matter else identity(subject))
    if process is None:
        raise Refused("unknown_action")
    occasion.must_reach(Action.RECORD_LAPSE, process.unit_id)
    about = matter.id if matter else None
    return facts.LapseToRecord(
        occasion.today,
        process=named(session, process),
        steps=monitoring.step_names(session, process.id, about),
        matter=about,
        number=written(matter.number) if matter else "",
    )


@tells(Action.MONITORING)
def month_picked(session: Session, occasion: Occasion, subject: str) -> facts.MonthPicked:
    """Tell the month a button was about, and the unit if it was about one."""
    if not subject:
        return facts.MonthPicked()
    try:
        month = date.fromisoformat(f"{subject[:7]}-01")
        unit = UUID(subject[7:]) if subject[7:] else None
    except ValueError:
        raise Refused("unknown_action") from None
    if unit:
        occasion.must_reach(Action.MONITORING, unit)
    return facts.MonthPicked(month, unit)
