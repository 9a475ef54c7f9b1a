"""What is told about an audience, and about a step with a broadcast."""

from contextlib import suppress

from sqlmodel import Session

from dialogs import facts
from dialogs.errors import Refused
from dialogs.rules.access import Action
from dialogs.vocabulary import BroadcastMove
from storage import audience, broadcasts, people
from storage.briefing.risks import posts_named
from storage.briefing.telling import identity, tells
from storage.occasion import Occasion


@tells(Action.BROADCAST)
def audience_of(session: Session, occasion: Occasion, subject: str) -> facts.Audience:
    """Tell whom a broadcast could reach, and by what."""
    return facts.Audience(
        occasion.today,
        [facts.UnitNamed(unit.id, unit.name) for unit in people.units(session)],
        posts_named(session, occasion),
        audience.alike(session, today=occasion.today, language=occasion.language),
    )


@tells(Action.STEER_BROADCAST)
def step(session: Session, occasion: Occasion, subject: str) -> facts.BroadcastStep:
    """Tell which step is to be taken with which broadcast."""
    move, _, which = subject.partition(".")
    with suppress(ValueError):
        broadcast = broadcasts.get(session, identity(which))
        counts = broadcasts.counts(session, broadcast.id)
        return facts.BroadcastStep(broadcast.id, BroadcastMove(move), sum(counts.values()))
    raise Refused("unknown_action")


@tells(Action.BROADCASTS)
def one_of_them(session: Session, occasion: Occasion, subject: str) -> facts.BroadcastNamed:
    """Tell which broadcast is asked for, if one is."""
    return facts.BroadcastNamed(identity(subject) if subject else None)
