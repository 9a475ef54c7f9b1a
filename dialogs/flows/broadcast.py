"""通知: the commission speaks to many, sees first to whom, and says so by name."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from dialogs.asking import pick, review, tell, write
from dialogs.engine import Dialogue
from dialogs.errors import Refused
from dialogs.events import BroadcastOrdered
from dialogs.facts import Audience, Listener
from dialogs.prompts import Option
from dialogs.rules.access import Action
from dialogs.rules.audience import within
from dialogs.speech import Brief, Button, Go, Phrase, Reply
from dialogs.vocabulary import DeliveryState, Role

ADDRESSED = tuple(role for role in Role if role is not Role.VILLAGER)

UNREACHED = (
    DeliveryState.FAILED,
    DeliveryState.BLOCKED,
    DeliveryState.NOT_JOINED,
)


def order_broadcast(audience: Audience) -> Dialogue[BroadcastOrdered]:
    """Choose an audience by role and unit, write, see it as it will look, and send."""
    roles: Sequence[Role] = yield from pick(
        "broadcast.roles", ADDRESSED, columns=2, nothing=Phrase("broadcast.everybody")
    )
    options = [Option(str(unit.unit)[:8], unit.name, unit.unit) for unit in audience.units]
    units: Sequence[UUID] = yield from pick(
        "broadcast.units",
        options,
        columns=2,
        nothing=Phrase("broadcast.every_unit"),
        check=lambda units: must_reach_somebody(meant(audience, roles, units)),
    )
    text = yield from write("broadcast.text", at_most=3000)
    heard = meant(audience, roles, units)
    joined = sum(one.joined for one in heard)
    yield from tell("broadcast.preview", text=text)
    yield from review("broadcast.review", joined=joined, not_joined=len(heard) - joined)
    return BroadcastOrdered(tuple(roles), tuple(units), text)


def meant(audience: Audience, roles: Sequence[Role], units: Sequence[UUID]) -> Sequence[Listener]:
    """Find those whom a choice of roles and units means."""
    return [one for one in audience.listeners if within(one, roles=roles, units=units)]


def must_reach_somebody(heard: Sequence[Listener]) -> None:
    """Refuse an audience of which nobody has joined, before anything is written for it."""
    if not any(one.joined for one in heard):
        raise Refused("nobody_to_hear")


def progress(broadcast: UUID, text: str, counts: Mapping[DeliveryState, int]) -> Reply:
    """Say how far a broadcast has come, and offer the list of those it did not reach."""
    read, waiting = counts.get(DeliveryState.READ, 0), counts.get(DeliveryState.WAITING, 0)
    unreached = sum(counts.get(state, 0) for state in UNREACHED)
    page = Phrase(
        "broadcast.progress",
        {
            "heading": Phrase("broadcast.running" if waiting else "broadcast.finished"),
            "excerpt": Brief(text),
            "all": sum(counts.values()),
            "waiting": waiting,
            "sent": counts.get(DeliveryState.SENT, 0) + read,
            "read": read,
            "unreached": unreached,
            "unknown": counts.get(DeliveryState.UNKNOWN, 0),
        },
    )
    return Reply([page], [[Button(Action.UNREACHED, Go(Action.UNREACHED, broadcast.hex))]])
