"""通知: an officer says whom it is for, writes it, sees it as one of them will, and draws it up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from dialogs import personal
from dialogs.asking import confirm, day, hand_in, hour, pick, review, tell, write
from dialogs.engine import Dialogue
from dialogs.errors import Refused
from dialogs.events import BroadcastOrdered, BroadcastsAsked, BroadcastSteered, RecipientsAsked
from dialogs.facts import About, Addressed, Audience, BroadcastNamed, BroadcastStep, Listeners
from dialogs.flows.at_once import silence
from dialogs.prompts import Attachment, Option, units_of
from dialogs.rules.access import Action
from dialogs.rules.audience import OWED_OPENLY, within
from dialogs.rules.broadcast import OVER, Sending, open_to
from dialogs.speech import Brief, Button, Go, Listing, Phrase, Reply, Sayable
from dialogs.vocabulary import (
    BroadcastMove,
    BroadcastState,
    DeadlineKind,
    DeliveryState,
    Field,
    Grade,
    Refinement,
    Role,
    Stage,
)

ADDRESSED = tuple(role for role in Role if role is not Role.VILLAGER)
HOURS = range(8, 19)
MOST, MOST_WITH_FILE = 3000, 800  # signs; what goes with a file is its caption

UNREACHED = (
    DeliveryState.FAILED,
    DeliveryState.BLOCKED,
    DeliveryState.NOT_JOINED,
)


def order_broadcast(audience: Audience) -> Dialogue[BroadcastOrdered]:
    """Choose an audience, write, refine it all where that is wanted, and see it as it will look."""
    roles: Sequence[Role] = yield from pick(
        "broadcast.roles", ADDRESSED, columns=2, nothing=Phrase("broadcast.everybody")
    )
    units = yield from pick(
        "broadcast.units",
        [Option(str(unit.unit)[:8], unit.name, unit.unit) for unit in audience.units],
        columns=2,
        nothing=Phrase("broadcast.every_unit"),
        check=lambda units: must_reach_somebody(audience, Addressed(roles, units)),
    )
    text = yield from write(
        "broadcast.text",
        at_most=MOST,
        check=personal.check,
        fields=Listing(list(Field), inline=True),
    )
    more: Sequence[Refinement] = yield from pick(
        "broadcast.more", Refinement, columns=2, nothing=Phrase("broadcast.no_more")
    )
    to = yield from narrow(audience, Addressed(roles, units), by=more)
    file, text = yield from enclose(text, wanted=Refinement.FILE in more)
    on, at = None, 0
    if Refinement.HOUR in more:
        on = yield from day("broadcast.day", earliest=audience.today)
        at = yield from hour("broadcast.hour", HOURS)
    example = max(meant(audience, to), key=lambda one: one.joined).fields
    shown = personal.filled(text, example)
    yield from tell("broadcast.preview", text=shown, name=example[Field.NAME])
    if lacking := those_lacking(text, meant(audience, to)):
        yield from tell("broadcast.left_empty", people=lacking)
    yield from review("broadcast.review", **numbers(meant(audience, to)))
    return BroadcastOrdered(to, text, file, on, at)


def those_lacking(text: str, heard: Sequence[Listeners]) -> int:
    """Count those who will read a text with a gap, since they have none of what it shows."""
    return sum(one.joined for one in heard if personal.left_empty(text, one.fields))


def enclose(text: str, *, wanted: bool) -> Dialogue[tuple[Attachment | None, str]]:
    """Take a file if one is to go with a text, and have the text fit below it."""
    file = (yield from hand_in("broadcast.file")) if wanted else None
    if file and units_of(text) > MOST_WITH_FILE:
        text = yield from write("broadcast.caption", at_most=MOST_WITH_FILE, check=personal.check)
    return file, text


def narrow(audience: Audience, to: Addressed, *, by: Sequence[Refinement]) -> Dialogue[Addressed]:
    """Narrow an audience further, where that is wanted."""
    posts: Sequence[UUID] = ()
    grades: Sequence[Grade] = ()
    stages: Sequence[Stage] = ()
    owed: Sequence[DeadlineKind] = ()
    if Refinement.POST in by:
        offered = [
            Option(one.post.hex, f"{one.unit_name} {one.title}", one.post)
            for one in audience.posts
            if not to.units or one.unit in to.units
        ]
        posts = yield from pick("broadcast.posts", offered, at_least=1)
    if Refinement.GRADE in by:
        grades = yield from pick("broadcast.grades", Grade, at_least=1)
    if Refinement.STAGE in by:
        stages = yield from pick("broadcast.stages", Stage, at_least=1)
    if Refinement.OWED in by:
        owed = yield from pick("broadcast.owed", OWED_OPENLY, at_least=1)
    narrowed = Addressed(to.roles, to.units, posts, grades, stages, owed)
    must_reach_somebody(audience, narrowed)
    return narrowed


def meant(audience: Audience, to: Addressed) -> Sequence[Listeners]:
    """Find those whom a choice means."""
    return [one for one in audience.listeners if within(one.like, to)]


def must_reach_somebody(audience: Audience, to: Addressed) -> None:
    """Refuse an audience of which nobody has joined, before anything is written for it."""
    if not any(one.joined for one in meant(audience, to)):
        raise Refused("nobody_to_hear")


def numbers(heard: Sequence[Listeners]) -> Mapping[str, int]:
    """Count who will be reached and who has not joined."""
    joined = sum(one.joined for one in heard)
    return {"joined": joined, "not_joined": sum(one.count for one in heard) - joined}


def steer_broadcast(step: BroadcastStep) -> Dialogue[BroadcastSteered | None]:
    """Take a step with a broadcast; what cannot be taken back is asked about once more."""
    if step.move is BroadcastMove.CANCEL and not (
        yield from confirm("broadcast.cancel", people=step.people)
    ):
        return None
    return BroadcastSteered(step.broadcast, step.move)


def show_broadcasts(about: BroadcastNamed) -> Dialogue[BroadcastsAsked]:
    """Ask for the notices of late, or for one."""
    yield from silence()
    return BroadcastsAsked(about.broadcast)


def list_recipients(about: About) -> Dialogue[RecipientsAsked]:
    """Ask for the list of a broadcast's recipients."""
    yield from silence()
    return RecipientsAsked(about.subject)


@dataclass(frozen=True)
class Card:
    """A broadcast as its officers watch it: the one message that changes as it goes on."""

    broadcast: UUID
    text: str
    sending: Sending
    counts: Mapping[DeliveryState, int]
    at: Sayable = ""

    def shown(self) -> Reply:
        """Say how far it has come, and offer what can be done with it now."""
        return Reply([self.page(), *self.ended(), *self.hints()], [*self.steps(), *self.lists()])

    def page(self) -> Phrase:
        """Say what it is and how many it has reached."""
        read, waiting = self.count(DeliveryState.READ), self.count(DeliveryState.WAITING)
        return Phrase(
            "broadcast.progress",
            {
                "heading": self.sending.state,
                "excerpt": Brief(self.text),
                "all": sum(self.counts.values()),
                "waiting": waiting,
                "sent": self.count(DeliveryState.SENT) + read,
                "read": read,
                "unreached": sum(self.count(state) for state in UNREACHED),
                "unknown": self.count(DeliveryState.UNKNOWN),
            },
        )

    def ended(self) -> Sequence[Phrase]:
        """Say how many copies were cancelled, if any were."""
        count = self.count(DeliveryState.CANCELLED)
        return [Phrase("broadcast.cancelled", {"count": count})] if count else []

    def count(self, state: DeliveryState) -> int:
        """Count the copies in a state."""
        return self.counts.get(state, 0)

    def hints(self) -> Sequence[Phrase]:
        """Say what it waits for."""
        match self.sending.state:
            case BroadcastState.DRAFT:
                key = "broadcast.large" if self.sending.large else "broadcast.not_sent_yet"
                return [Phrase(key, {"at": self.at or Phrase("broadcast.now")})]
            case BroadcastState.ASKED:
                return [Phrase("broadcast.waits_for_second")]
            case BroadcastState.SCHEDULED:
                return [Phrase("broadcast.scheduled", {"at": self.at})]
            case _:
                return []

    def steps(self) -> list[list[Button]]:
        """Offer the steps that can be taken, two a row."""
        steps = [self.step(move) for move in open_to(self.sending)]
        return [steps[start : start + 2] for start in range(0, len(steps), 2)]

    def step(self, move: BroadcastMove) -> Button:
        """Offer a step."""
        return Button(move, Go(Action.STEER_BROADCAST, f"{move.value}.{self.broadcast.hex}"))

    def lists(self) -> list[list[Button]]:
        """Offer the lists of people."""
        rows = [Button(Action.RECIPIENTS, Go(Action.RECIPIENTS, self.broadcast.hex))]
        if self.sending.state in (*OVER, BroadcastState.RUNNING, BroadcastState.PAUSED):
            rows.append(Button(Action.UNREACHED, Go(Action.UNREACHED, self.broadcast.hex)))
        return [rows]
