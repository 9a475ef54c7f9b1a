"""Reminders before, on and after the day something is due; each stage is spoken once."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col

from dialogs.rules.access import Action
from dialogs.rules.deadlines import next_open_moment, stage
from dialogs.speech import Button, Go, Phrase, Reply, Sayable
from dialogs.vocabulary import DeadlineKind, ReminderStage
from storage import appointments, letters
from storage.sealing import Keyring
from storage.tables import Deadline, Person, Post, Reminder

AHEAD = timedelta(days=120)  # nobody is told earlier of what is due


def remind(session: Session, *, now: datetime, zone: ZoneInfo, keys: Keyring) -> int:
    """Post what is to be said today about open deadlines; count the reminders.

    Nothing is said out of office hours. After downtime only the latest stage is spoken. Who has
    not joined is left out and will hear of it after joining.
    """
    if next_open_moment(now, zone=zone) != now:
        return 0
    today = now.astimezone(zone).date()
    refills = appointments.refills(session)
    owed = [
        (deadline, person, post, due_stage)
        for deadline, person, post in open_deadlines(session, today=today)
        if (due_stage := stage(deadline.due_on, today=today, kind=deadline.kind))
        and (deadline.id not in refills or refills[deadline.id].since <= today)
    ]
    said = spoken(session, [deadline for deadline, *_ in owed])
    fresh = [one for one in owed if (one[0].id, one[3]) not in said]
    session.add_all(
        Reminder(deadline_id=deadline.id, stage=due_stage, on_day=today)
        for deadline, _, _, due_stage in fresh
    )
    session.flush()
    letters.write(
        session,
        [
            (person, reminder(deadline, post, due_stage, refill=deadline.id in refills))
            for deadline, person, post, due_stage in fresh
        ],
        keys=keys,
        now=now,
    )
    return len(fresh)


def open_deadlines(session: Session, *, today: date) -> Sequence[tuple[Deadline, Person, Post]]:
    """Find the open deadlines near enough to be spoken of, of people who have joined."""
    rows = session.execute(
        sa.select(Deadline, Person, Post)
        .join(Person, col(Person.id) == col(Deadline.person_id))
        .join(Post, col(Post.id) == col(Deadline.post_id))
        .where(
            col(Deadline.done_at).is_(None),
            col(Deadline.due_on) <= today + AHEAD,
            col(Person.account).is_not(None),
        )
        .order_by(col(Deadline.due_on), col(Person.code))
    )
    return list(rows)


def spoken(session: Session, deadlines: Sequence[Deadline]) -> set[tuple[object, ReminderStage]]:
    """Find the stages already spoken of deadlines."""
    rows = session.execute(
        sa.select(col(Reminder.deadline_id), col(Reminder.stage)).where(
            col(Reminder.deadline_id).in_([deadline.id for deadline in deadlines])
        )
    )
    return {(deadline, due_stage) for deadline, due_stage in rows}


def reminder(
    deadline: Deadline, post: Post, due_stage: ReminderStage, *, refill: bool = False
) -> Reply:
    """Say what is due, and offer to begin; `refill` is whether a new appointment is the reason."""
    button = Button(Phrase("reminder.begin"), begun_by(deadline))
    values: dict[str, Sayable] = {"post": post.title, "due": deadline.due_on}
    if refill and due_stage is ReminderStage.CALLED:
        return Reply([Phrase("reminder.refill_called", values)], [[button]])
    says = Phrase(f"reminder.{deadline.kind}.{due_stage}", values)
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
