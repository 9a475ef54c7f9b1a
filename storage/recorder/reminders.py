"""How somebody wants to be reminded: later, or at another hour."""

from sqlmodel import Session, col, select

from dialogs import events
from dialogs.catalogue.reminders import ladders
from dialogs.errors import Refused
from dialogs.rules.reminding import hours, latest_pause, said_again
from dialogs.speech import say
from storage import reminders
from storage.occasion import Occasion
from storage.recorder.outcome import Outcome, record
from storage.tables import Deadline, ReminderHour, Snooze
from storage.tables.deadlines import AT_NEXT_SWEEP


@record.register
def snoozed(event: events.Snoozed, session: Session, occasion: Occasion, prepared: None) -> Outcome:
    """Have a deadline said again on a day; raise Refused where it may not wait so long."""
    deadline = session.exec(
        select(Deadline).where(
            Deadline.id == event.deadline,
            Deadline.person_id == occasion.person,
            col(Deadline.done_at).is_(None),
        )
    ).first()
    if deadline is None or not ladders()[deadline.kind].snooze:
        raise Refused("nothing_to_snooze")
    latest = latest_pause(deadline.due_on, today=occasion.today, calendar=occasion.calendar)
    if latest is None or not occasion.today < event.until <= latest:
        raise Refused("snoozed_too_long", latest=latest or deadline.due_on)
    until = said_again(event.until, deadline.due_on, calendar=occasion.calendar)
    session.add(
        Snooze(
            deadline_id=deadline.id,
            due_on=deadline.due_on,
            until=until,
            reason=event.reason,
            note=event.note,
            asked_at=occasion.now,
        )
    )
    deadline.speaks_at = AT_NEXT_SWEEP
    session.add(deadline)
    said = say("snooze.until_then", until=until)
    return Outcome([said], about=deadline.post_id.hex)


@record.register
def hour_chosen(
    event: events.HourChosen, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Keep an hour; raise Refused if offices are not open then."""
    if event.hour not in hours(occasion.calendar):
        raise Refused("not_offered")
    session.merge(ReminderHour(person_id=occasion.person, hour=event.hour))
    reminders.look_at_next_sweep(session, col(Deadline.person_id) == occasion.person)
    return Outcome([say("hour.chosen", hour=event.hour)])
