"""What is told about an audience."""

from sqlmodel import Session

from dialogs import facts
from dialogs.rules.access import Action
from storage import broadcasts, people
from storage.briefing.telling import tells
from storage.occasion import Occasion


@tells(Action.BROADCAST)
def audience(session: Session, occasion: Occasion, subject: str) -> facts.Audience:
    """Tell whom a broadcast could reach."""
    heard = broadcasts.listeners(session, today=occasion.today)
    units = [facts.UnitNamed(unit.id, unit.name) for unit in people.units(session)]
    return facts.Audience(units, [listener for _, listener in heard])
