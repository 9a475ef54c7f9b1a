"""通知: the commission speaks to many, sees first to whom, and says so by name."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from dialogs.asking import pick, review, tell, write
from dialogs.engine import Dialogue
from dialogs.errors import Refused
from dialogs.events import BroadcastOrdered
from dialogs.facts import Audience
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
        "broadcast.units", options, columns=2, nothing=Phrase("broadcast.every_unit")
    )
    text = yield from write("broadcast.text", at_most=3000)
    heard = [one for one in audience.listeners if within(one, roles=roles, units=units)]
    joined = sum(one.joined for one in heard)
    if not joined:
        raise Refused("nobody_to_hear")
    yield from tell("broadcast.preview", text=text)
    yield from review("broadcast.review", joined=joined, not_joined=len(heard) - joined)
    return BroadcastOrdered(tuple(roles), tuple(units), text)


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
