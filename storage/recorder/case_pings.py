"""What handlers hear of a case at its steps, and how often its writer may add to it."""

from collections.abc import Mapping
from datetime import timedelta

from sqlmodel import Session

from dialogs.catalogue.policy import number
from dialogs.errors import Refused
from dialogs.rules.access import Action
from dialogs.rules.handling import UNTOLD
from dialogs.speech import Button, Go, Phrase, Reply, Sayable
from dialogs.vocabulary import CaseMove
from storage import letters
from storage.occasion import Occasion
from storage.tables import Case
from storage.vault import admission

HOUR = timedelta(hours=1)


def named(case: Case) -> Mapping[str, Sayable]:
    """Name a case to its handlers: its number and its day, and nothing of what it is."""
    return {"number": case.number, "due": case.due_on}


def ping(session: Session, case: Case, move: CaseMove, *, occasion: Occasion) -> None:
    """Tell a case's handlers that there is something to read, and nothing of what it is.

    Of the same again they hear once an hour, unless they opened the case meanwhile; in office
    hours, unless somebody suffers for having written. Of whoever wrote nothing is looked at: were
    it told otherwise when they have joined, handlers would know that they have.
    """
    acting = occasion.person if move in UNTOLD else None
    due = occasion.now
    if move is not CaseMove.RETALIATION:
        due = occasion.calendar.next_open_moment(due, zone=occasion.zone)
    what = f"told of {move.value} of {case.id}"
    to = []
    for one in admission.readers(session, case, occasion):
        if one.person == acting:
            continue
        whom = str(one.person)
        if acting or not occasion.memory.lately(what, whom, within=HOUR, now=occasion.now):
            occasion.memory.count(what, whom, within=HOUR, now=due)
            to.append(one.person)
    reply = offering(Phrase(f"case.ping_{move.value}", named(case)))
    letters.tell(session, to, reply, keys=occasion.keys, now=due)


def offering(says: Phrase) -> Reply:
    """Offer the list of letters below."""
    return Reply([says], [[Button(Action.CASES, Go(Action.CASES))]])


def tell_of_lead(session: Session, case: Case, *, occasion: Occasion) -> None:
    """Tell a case's handlers that a warning became it, in office hours."""
    to = [one.person for one in admission.readers(session, case, occasion)]
    due = occasion.calendar.next_open_moment(occasion.now, zone=occasion.zone)
    reply = offering(Phrase("complaint.ping", named(case)))
    others = [one for one in to if one != occasion.person]
    letters.tell(session, others, reply, keys=occasion.keys, now=due)


def has_seen(case: Case, occasion: Occasion) -> None:
    """Let whoever opens a case hear of it again at once."""
    for move in CaseMove:
        occasion.memory.forget(f"told of {move.value} of {case.id}", str(occasion.person))


def must_not_hurry(case: Case, move: CaseMove, occasion: Occasion) -> None:
    """Refuse whoever adds to a case more often than it can be read; counted in memory alone."""
    most, what = number("added_in_an_hour"), f"added as {move.value}"
    minutes = occasion.memory.minutes_to_wait(
        what, str(case.id), most=most, within=HOUR, now=occasion.now
    )
    if minutes:
        raise Refused("added_too_often", minutes=minutes)
    occasion.memory.count(what, str(case.id), within=HOUR, now=occasion.now)
