"""New letters and the days of letters, told to their handlers: numbers and days, nothing else."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session

from dialogs.rules.access import Action
from dialogs.rules.calendar import Calendar
from dialogs.rules.case_clocks import Clock, may_tell_of_letters
from dialogs.speech import Button, Go, Listing, Phrase, Reply, Sayable
from dialogs.vocabulary import CaseClock, CaseState, ReminderStage
from storage import letters
from storage.sealing import Keyring
from storage.tables import Case
from storage.vault import cases, clocks
from storage.vault import keys as vault_keys
from storage.vault.clocks import Due
from storage.vault.keys import KeyHolder

NEW = (CaseState.RECEIVED,)
SET_ASIDE = (CaseState.QUARANTINED,)


def tell_of_letters(
    session: Session, *, now: datetime, zone: ZoneInfo, calendar: Calendar, keys: Keyring
) -> int:
    """Tell handlers of new letters, of the first of a day at once; count the messages."""
    if not calendar.is_open(now, zone=zone):
        return 0
    here = now.astimezone(zone)
    told, count = clocks.messages(session, today=here.date()), 0
    for person, new in clocks.untold(session, NEW).items():
        before = told.get(person, 0)
        if not may_tell_of_letters(before, hour=here.hour):
            continue
        note_called(session, person, new, today=here.date(), ordinal=before + 1)
        count += letters.tell(session, [person], of_new(new), keys=keys, now=now)
    return count


def remind(
    session: Session, *, now: datetime, zone: ZoneInfo, calendar: Calendar, keys: Keyring
) -> int:
    """Tell handlers of the days of their letters, once a day and all together; count them."""
    if not calendar.is_open(now, zone=zone):
        return 0
    today, count = now.astimezone(zone).date(), 0
    handlers = {one.person: one for one in vault_keys.handlers(session, today=today)}
    owed = clocks.owed(session, today=today, calendar=calendar)
    aside = clocks.untold(session, SET_ASIDE)
    for person in (owed.keys() | aside.keys()) - clocks.reminded(session, today=today):
        if person not in handlers:
            continue
        due = still_theirs(session, owed.get(person, ()), handlers[person], keys=keys)
        odd = aside.get(person, ())
        if not due and not odd:
            continue
        for case, clock, stage in due:
            clocks.note(session, case, person, clock, stage, today=today)
        note_called(session, person, odd, today=today)
        reply = of_days(due, aside=len(odd))
        count += letters.tell(session, [person], reply, keys=keys, now=now)
    return count


def still_theirs(
    session: Session, due: Sequence[Due], handler: KeyHolder, *, keys: Keyring
) -> Sequence[Due]:
    """Leave out the cases from which a handler must stand aside by now."""
    return [one for one in due if not cases.aside(session, one[0], handler, keys=keys)]


def note_called(
    session: Session, person: UUID, new: Sequence[Case], *, today: date, ordinal: int = 0
) -> None:
    """Note that a handler was told that cases are there."""
    for case in new:
        clock, stage = Clock(CaseClock.ACCEPTANCE, case.due_on), ReminderStage.CALLED
        clocks.note(session, case, person, clock, stage, today=today, ordinal=ordinal)
    session.flush()


def of_new(new: Sequence[Case]) -> Reply:
    """Say that letters are there."""
    if len(new) == 1:
        (case,) = new
        return offering([Phrase("complaint.ping", {"number": case.number, "due": case.due_on})])
    numbers = Listing([case.number for case in new], inline=True)
    return offering([Phrase("complaint.pings", {"count": len(new), "numbers": numbers})])


def of_days(due: Sequence[Due], *, aside: int) -> Reply:
    """Say which days of which letters are near or over, and how many letters were set aside."""
    lines = [
        Phrase(
            f"case.clock_{stage.value}",
            {"number": case.number, "clock": clock.which, "due": clock.due},
        )
        for case, clock, stage in due
    ]
    said: list[Sayable] = [Phrase("case.clocks"), Listing(lines)] if lines else []
    odd = [Phrase("case.clocks_aside", {"count": aside})] if aside else []
    return offering([*said, *odd])


def offering(phrases: Sequence[Sayable]) -> Reply:
    """Offer the list of letters below."""
    return Reply(phrases, [[Button(Action.CASES, Go(Action.CASES))]])
