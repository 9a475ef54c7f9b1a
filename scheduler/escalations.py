"""Silence after a warning: a second notice, a word to who must know, and signals to the rules."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session

from dialogs.rules.access import Action
from dialogs.rules.calendar import Calendar
from dialogs.speech import Button, Go, Phrase, Reply, Sayable
from dialogs.vocabulary import Role, WarningLevel
from storage import letters, signals, warnings
from storage.people import with_role
from storage.sealing import Keyring
from storage.tables import GradedWarning, Unit


def climb(
    session: Session, *, now: datetime, zone: ZoneInfo, calendar: Calendar, keys: Keyring
) -> int:
    """Note the warnings that nobody answered for too long, once for each day that was set.

    Of 三級 the addressee is told a second time, of 二級 the leader in charge hears, of 一級 the
    secretary, who reports to the county. The rules then draft the higher warning; none is issued.
    """
    if not calendar.is_open(now, zone=zone):
        return 0
    today = now.astimezone(zone).date()
    for passed in list(warnings.pass_on(session, keys=keys, now=now, today=today)):
        warnings.to_the_head(session, passed, keys=keys, now=now, today=today)
    watch = signals.watch_on(session, today=today, zone=zone, calendar=calendar)
    climbed = 0
    for warning, seen in list(signals.silent(session, watch)):
        if signals.note(session, [seen], today=today):
            climbed += 1
            speak(session, warning, keys=keys, now=now)
            if warning.level is WarningLevel.YELLOW:
                warnings.remind_on_paper(session, warning, keys=keys, now=now, today=today)
            if warning.asker_id is not None:
                ask_to_decide(session, warning, keys=keys, now=now)
    return climbed


def speak(session: Session, warning: GradedWarning, *, keys: Keyring, now: datetime) -> None:
    """Tell who must know, by the number and the day alone; the leader also of which unit it is.

    Where the leader cannot be reached here, the secretary hears that they are to be told.
    """
    unit = session.get(Unit, warning.unit_id) if warning.unit_id else None
    to: Sequence[UUID | None]
    match warning.level:
        case WarningLevel.YELLOW:
            to, sentence = [warning.person_id], "signal.second_notice"
        case WarningLevel.ORANGE:
            to, sentence = [unit.leader_id if unit else None], "signal.to_the_leader"
        case WarningLevel.RED:
            to, sentence = secretaries(session), "signal.to_the_county"
    values: dict[str, Sayable] = {
        "number": warning.number or "",
        "due": warning.due_on or "",
        "unit": unit.name if unit else "",
    }
    opens = [[Button(Action.OPEN_WARNING, Go(Action.OPEN_WARNING, warning.id.hex))]]
    leader = warning.level is WarningLevel.ORANGE  # who is told of it, and does not read it
    says = Reply([Phrase(sentence, values)], () if leader else opens)
    heard = letters.tell(session, [one for one in to if one], says, keys=keys, now=now)
    if leader and not heard:
        says = Reply([Phrase("signal.leader_to_be_told", values)], opens)
        letters.tell(session, secretaries(session), says, keys=keys, now=now)


def ask_to_decide(
    session: Session, warning: GradedWarning, *, keys: Keyring, now: datetime
) -> None:
    """Tell the secretary that a request for more time still lies undecided."""
    says = Phrase("signal.time_undecided", {"number": warning.number or ""})
    opens = [[Button(Action.HANDLE_WARNING, Go(Action.HANDLE_WARNING, warning.id.hex))]]
    letters.tell(session, secretaries(session), Reply([says], opens), keys=keys, now=now)


def secretaries(session: Session) -> Sequence[UUID]:
    """Find the secretary of the commission."""
    return [one.id for one in with_role(session, (Role.COMMISSION_SECRETARY,))]
