"""What is told about the audit log: whose deeds may be looked for, or what a button asked for."""

from sqlmodel import Session, col, select

from dialogs import facts
from dialogs.flows.audit_log import SELECT
from dialogs.rules.access import Action
from dialogs.rules.log_slices import read_slice
from storage import people
from storage.briefing.telling import tells
from storage.occasion import Occasion
from storage.tables import Person


@tells(Action.AUDIT_LOG)
def log_to_read(session: Session, occasion: Occasion, subject: str) -> facts.LogToRead:
    """Tell which part is asked for, the newest without a subject; or who and what there is."""
    if subject != SELECT:
        chosen = read_slice(subject) if subject else facts.LogSlice()
        return facts.LogToRead(occasion.today, (), (), chosen)
    everybody = session.exec(select(Person).order_by(col(Person.code))).all()
    posts = people.posts_of(session, [one.id for one in everybody], today=occasion.today)
    units = people.units(session)
    order = {unit.name: number for number, unit in enumerate(units)}
    listed = [
        facts.Waiting(one.id, one.name, held[0].unit_name if (held := posts.get(one.id)) else "")
        for one in everybody
    ]
    return facts.LogToRead(
        occasion.today,
        sorted(listed, key=lambda one: order.get(one.unit, len(order))),
        [facts.UnitNamed(unit.id, unit.name) for unit in units],
        None,
    )


@tells(Action.EXPORT_LOG)
def log_to_take(_: Session, occasion: Occasion, subject: str) -> facts.LogSlice:
    """Tell which part is asked for."""
    return read_slice(subject)
