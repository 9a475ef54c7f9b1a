"""Inviting: a clerk chooses a person who has not joined yet."""

from dialogs.asking import choose
from dialogs.engine import Dialogue
from dialogs.errors import Refused
from dialogs.events import InvitationMade
from dialogs.facts import NotJoined
from dialogs.prompts import Option
from dialogs.speech import Phrase, Sayable


def invite(waiting: NotJoined) -> Dialogue[InvitationMade]:
    """Choose a unit, then a person of it."""
    if not waiting.people:
        raise Refused("everybody_has_joined")
    units = list(dict.fromkeys(person.unit for person in waiting.people))
    unit = yield from choose(
        "invite.unit",
        [Option(f"u{n}", named(unit), unit) for n, unit in enumerate(units)],
        columns=2,
    )
    people = [
        Option(str(person.person)[:8], Phrase("invite.person", {"name": person.name}), person)
        for person in waiting.people
        if person.unit == unit
    ]
    person = yield from choose("invite.person", people, columns=2, unit=named(unit))
    return InvitationMade(person.person)


def named(unit: str) -> Sayable:
    """Name a unit, or say that there is none."""
    return unit or Phrase("invite.no_unit")
