"""The words of a reminder: one thing in a sentence, several as a digest, late ones first."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dialogs.catalogue.reminders import Rung, ladders
from dialogs.rules.access import Action
from dialogs.speech import Button, Go, Listing, Phrase, Reply, Sayable
from dialogs.vocabulary import DeadlineKind, ReminderStage, SnoozeReason
from storage.reminders import Owed
from storage.tables import Deadline, Person, Post, Snooze

MOST_LINES, MOST_BUTTONS = 10, 6  # of a group, of a message
GROUPS: Mapping[str, frozenset[ReminderStage]] = {  # in the order they are said
    "digest.very_late": frozenset({ReminderStage.VERY_LATE}),
    "digest.late": frozenset({ReminderStage.LATE}),
    "digest.today": frozenset({ReminderStage.ON_DAY}),
    "digest.soon": frozenset({ReminderStage.BEFORE, ReminderStage.NEAR, ReminderStage.FAR}),
    "digest.new": frozenset({ReminderStage.CALLED}),
}
NAMED = (  # what is begun by its own name, and not as a form
    Action.OPEN_WARNING,
    Action.OPEN_MATTER,
    Action.REVIEW,
    Action.VERIFY_MEASURE,
)


@dataclass(frozen=True)
class Item:
    """Something to be said to a listener: about what, by which rung, and how it was put off.

    `refill` is whether a new appointment is the reason; `again` whether that rung was said before;
    `day_off` whether it is due on a day off that begins after today.
    """

    owed: Owed
    rung: Rung
    listener: Person
    pauses: Sequence[Snooze] = ()
    refill: bool = False
    again: bool = False
    day_off: bool = False

    @property
    def stage(self) -> ReminderStage:
        """How near or late it is; what is due on a day off is not due today."""
        return ReminderStage.BEFORE if self.day_off else self.rung.stage

    @property
    def is_own(self) -> bool:
        """Whether the listener is whose it is."""
        return self.listener.id == self.owed.deadline.person_id


def digest(items: Sequence[Item]) -> Reply:
    """Say everything a listener is to hear, in one message."""
    own, climbed = [one for one in items if one.is_own], [one for one in items if not one.is_own]
    if len(own) == 1 and not climbed:
        return alone(own[0])
    said = [*groups(own), *climbs(climbed)]
    return Reply(said, [*begin(own), *onward(own)])


def alone(item: Item) -> Reply:
    """Say one thing, with its button to begin."""
    deadline, stage = item.owed.deadline, item.rung.stage
    said = reminder(deadline, item.owed.post, stage, refill=item.refill, day_off=item.day_off)
    return Reply(said.phrases, [*said.buttons, *onward([item])])


def reminder(
    deadline: Deadline,
    post: Post,
    due_stage: ReminderStage,
    *,
    refill: bool = False,
    day_off: bool = False,
) -> Reply:
    """Say what is due, and offer to begin.

    `refill` is whether a new appointment is the reason, `day_off` whether the last day is one.
    """
    go = begun_by(deadline)
    button = Button(go.action if go.action in NAMED else Phrase("reminder.begin"), go)
    values: dict[str, Sayable] = {
        "post": post.title,
        "due": deadline.due_on,
        "kind": deadline.kind,
    }
    if refill and due_stage is ReminderStage.CALLED:
        return Reply([Phrase("reminder.refill_called", values)], [[button]])
    says = Phrase(f"reminder.{deadline.kind}.{due_stage}", values)
    if day_off:
        says = Phrase("reminder.day_off", values)
    return Reply([Phrase("reminder.refill", values), says] if refill else [says], [[button]])


def begun_by(deadline: Deadline) -> Go:
    """Say what begins what is due."""
    match deadline.kind:
        case DeadlineKind.SELF_CHECK | DeadlineKind.REGRADE:
            return Go(Action.SELF_CHECK, deadline.post_id.hex)
        case DeadlineKind.MUTUAL_CHECK:
            return Go(Action.CHECK_FOR_ANOTHER, deadline.subject.hex)
        case DeadlineKind.MEASURE:
            return Go(Action.REPORT_MEASURE, deadline.subject.hex)
        case DeadlineKind.WARNING_REPLY | DeadlineKind.CORRECTION:
            return Go(Action.OPEN_WARNING, deadline.subject.hex)
        case DeadlineKind.MATTER_STEP:
            return Go(Action.OPEN_MATTER, deadline.subject.hex)
        case DeadlineKind.UNIT_REVIEW | DeadlineKind.GRADE_REVIEW:
            return Go(Action.REVIEW, deadline.subject.hex)
        case DeadlineKind.MEASURE_CHECK:
            return Go(Action.VERIFY_MEASURE, deadline.subject.hex)


def groups(own: Sequence[Item]) -> Iterator[Sayable]:
    """Say one's own in groups, late ones first."""
    for key, stages in GROUPS.items():
        some = [line(one) for one in own if one.stage in stages]
        if some:
            yield Phrase(key, {"count": len(some), "lines": listed(some)})


def line(item: Item) -> Sayable:
    """Say one thing on a line."""
    deadline = item.owed.deadline
    values: dict[str, Sayable] = {
        "kind": deadline.kind,
        "post": item.owed.post.title,
        "due": deadline.due_on,
    }
    return Phrase("digest.line", values)


def climbs(items: Sequence[Item]) -> Iterator[Sayable]:
    """Say what climbed: to a head post by post, further up how much in which unit."""
    to_head = [one for one in items if one.rung.stage is ReminderStage.TO_UNIT_HEAD]
    if to_head:
        lines = listed([climbed_line(one) for one in to_head])
        yield Phrase("digest.climbed", {"count": len(to_head), "lines": lines})
    counted: dict[tuple[str, str], int] = defaultdict(int)
    for one in items:
        if one.rung.stage is not ReminderStage.TO_UNIT_HEAD:
            counted[one.owed.unit.code, one.owed.unit.name] += 1
    if counted:
        units: list[Sayable] = [
            Phrase("digest.unit", {"unit": name, "count": count})
            for (_, name), count in sorted(counted.items())
        ]
        yield Phrase("digest.climbed_units", {"lines": listed(units)})


def climbed_line(item: Item) -> Sayable:
    """Say a late thing of a post, and how often and why it was put off; nobody's name."""
    if not item.pauses:
        return line(item)
    last = item.pauses[-1]
    why: Sayable = last.note if last.reason is SnoozeReason.OTHER else last.reason
    return Phrase("digest.put_off", {"what": line(item), "count": len(item.pauses), "why": why})


def listed(lines: Sequence[Sayable]) -> Listing:
    """List lines, as many as a message holds."""
    if len(lines) <= MOST_LINES:
        return Listing(lines)
    more = Phrase("digest.more", {"count": len(lines) - MOST_LINES})
    return Listing([*lines[:MOST_LINES], more])


def begin(own: Sequence[Item]) -> Iterator[Sequence[Button]]:
    """Offer to begin what is due, the first of it."""
    order = [one for stages in GROUPS.values() for one in own if one.stage in stages]
    for one in order[:MOST_BUTTONS]:
        values: dict[str, Sayable] = {"kind": one.owed.deadline.kind, "post": one.owed.post.title}
        yield [Button(Phrase("digest.begin", values), begun_by(one.owed.deadline))]


def may_wait(item: Item) -> bool:
    """Say whether something may be said again later; what is due today may not."""
    ladder = ladders()[item.owed.deadline.kind]
    return ladder.snooze and item.rung.stage is not ReminderStage.ON_DAY


def onward(own: Sequence[Item]) -> Iterator[Sequence[Button]]:
    """Offer to be reminded later, and to see everything that waits."""
    later = [one for one in own if may_wait(one)]
    row = [Button(Action.WORK, Go(Action.WORK))]
    if later:
        subject = later[0].owed.deadline.id.hex if len(own) == 1 else ""
        row.insert(0, Button(Action.SNOOZE, Go(Action.SNOOZE, subject)))
    yield row
