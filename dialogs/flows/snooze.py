"""稍後再提醒: a holder has something due said again on a day of their own, and says why."""

from datetime import timedelta

from dialogs.asking import choose, day, hour, write
from dialogs.engine import Dialogue
from dialogs.errors import Refused
from dialogs.events import HourChosen, Snoozed
from dialogs.facts import HourAtHand, Snoozable, SnoozesAtHand
from dialogs.prompts import Option
from dialogs.speech import Phrase
from dialogs.vocabulary import SnoozeReason

LONGEST_NOTE = 100


def snooze(told: SnoozesAtHand) -> Dialogue[Snoozed]:
    """Ask for what, until when, and why; what climbs climbs all the same."""
    if not told.items:
        raise Refused("nothing_to_snooze")
    item = yield from choose_item(told)
    until = yield from day(
        "snooze.until",
        earliest=told.today + timedelta(days=1),
        latest=item.latest,
        most=item.latest,
    )
    reason = yield from choose("snooze.reason", SnoozeReason)
    note = ""
    if reason is SnoozeReason.OTHER:
        note = yield from write("snooze.note", at_most=LONGEST_NOTE, one_line=True)
    return Snoozed(item.deadline, until, reason, note)


def choose_item(told: SnoozesAtHand) -> Dialogue[Snoozable]:
    """Choose what is to be said later; the only one is not asked for."""
    if len(told.items) == 1:
        return told.items[0]
    options = [
        Option(
            item.deadline.hex[:12],
            Phrase("digest.line", {"kind": item.kind, "post": item.post, "due": item.due}),
            item,
        )
        for item in told.items
    ]
    item: Snoozable = yield from choose("snooze.which", options)
    return item


def choose_hour(told: HourAtHand) -> Dialogue[HourChosen]:
    """Ask at which hour of working days somebody wants their reminders."""
    chosen = yield from hour("hour.which", told.hours, chosen=told.chosen)
    return HourChosen(chosen)
