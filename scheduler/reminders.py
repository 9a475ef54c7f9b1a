"""Reminders before, on and after the day something is due: each stage once, a digest a person.

What a sweep finds it says to each listener in one message. Before the listener's hour it waits,
unless something is to be said at once, which takes the rest of the day along.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session

from dialogs.catalogue.reminders import Ladder, Rung, ladders
from dialogs.rules import reminding
from dialogs.rules.calendar import Calendar
from dialogs.vocabulary import ReminderStage
from scheduler.digest import Item, digest
from storage import appointments, letters, reminders, reviews
from storage.appointments import Refill
from storage.late_letters import about
from storage.reminders import Overseers, Owed
from storage.sealing import Keyring
from storage.tables import Reminder, Snooze

AT_A_TIME = 200  # messages in memory


@dataclass(frozen=True)
class Here:
    """The moment a sweep looks at, and by which calendar."""

    now: datetime
    zone: ZoneInfo
    calendar: Calendar

    @property
    def today(self) -> date:
        """The township's day."""
        return self.now.astimezone(self.zone).date()

    def at(self, day: date, hour: time | None = None) -> datetime:
        """Give the moment of a day at an hour, or when offices open."""
        return datetime.combine(day, hour or self.calendar.opens, self.zone)

    @property
    def tomorrow(self) -> datetime:
        """Where the day ends."""
        return self.at(self.today + timedelta(days=1), time.min)

    def reached(self, ladder: Ladder, due: date) -> Rung | None:
        """Find the rung that fits today."""
        return reminding.latest(ladder, due, today=self.today, calendar=self.calendar)

    def climbed(self, ladder: Ladder, due: date) -> Sequence[Rung]:
        """List the rungs by which something has climbed."""
        return reminding.climbed(ladder, due, today=self.today, calendar=self.calendar)

    def until(self, pause: Snooze) -> date:
        """Find the day on which what was put off is said again."""
        return reminding.said_again(pause.until, pause.due_on, calendar=self.calendar)

    def later(self, ladder: Ladder, due: date) -> date | None:
        """Find the next day with something new to say."""
        return reminding.next_day(ladder, due, today=self.today, calendar=self.calendar)


@dataclass
class Round:
    """What a sweep found: what is to be said today, and when to look at what again."""

    items: list[Item] = field(default_factory=list)
    looks: dict[UUID, date | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """What is known about the deadlines of a round."""

    said: Mapping[tuple[UUID, UUID], Collection[ReminderStage]]
    pauses: Mapping[UUID, Sequence[Snooze]]
    refills: Mapping[UUID, Refill]
    overseers: Overseers


def remind(
    session: Session, *, now: datetime, zone: ZoneInfo, calendar: Calendar, keys: Keyring
) -> int:
    """Post what is to be said now about open deadlines; count the messages.

    Who owes a review is found first. Nothing is said out of office hours. After downtime only the
    latest stage is spoken. Who has not joined is left out and will hear of it after joining.
    """
    reviews.keep_due(session, now=now, zone=zone, calendar=calendar)
    if not calendar.is_open(now, zone=zone):
        return 0
    here = Here(now, zone, calendar)
    plan(session, here)
    if not reminders.anything(session, now=now):
        return 0
    found = gather(session, here)
    hours = hours_of(session, found.items, here)
    listening = ready(found.items, hours, here)
    spoken = [one for one in found.items if one.listener.id in listening]
    waiting = [one for one in found.items if one.listener.id not in listening]
    keep(session, spoken, here)
    reminders.look_again(session, {**later(found, here), **today_still(waiting, hours, here)})
    heard = by_listener(spoken)
    for start in range(0, len(heard), AT_A_TIME):
        some = heard[start : start + AT_A_TIME]
        letters.write(
            session,
            [(items[0].listener, digest(items)) for items in some],
            keys=keys,
            now=now,
            reminds={items[0].listener.id: named(items) for items in some},
        )
    return len(heard)


def plan(session: Session, here: Here) -> None:
    """Find out when to look at what was set, moved or put off since; some at a time."""
    while new := reminders.unplanned(session):
        reminders.look_again(
            session, {id_: first(here, ladders()[kind], due) for id_, kind, due in new}
        )


def first(here: Here, ladder: Ladder, due: date) -> datetime | None:
    """Find when there is something to say for the first time; that may be now."""
    if here.reached(ladder, due) or here.climbed(ladder, due):
        return here.at(here.today)
    day = here.later(ladder, due)
    return here.at(day) if day else None


def gather(session: Session, here: Here) -> Round:
    """Find everything that is to be said today, whatever the hour."""
    rows = reminders.owed(session, until=here.tomorrow)
    ids = [one.deadline.id for one in rows]
    late = {one.unit.id for one in rows if here.climbed(ladder_of(one), one.deadline.due_on)}
    known = Known(
        reminders.said(session, ids),
        reminders.pauses(session, ids),
        appointments.refills(session, ids),
        reminders.overseers(session, late, today=here.today) if late else Overseers(),
    )
    gone = reminders.former(session, ids, today=here.today)
    found = Round()
    for one in rows:
        if one.deadline.id in gone:
            continue  # it lapses, or is somebody else's, within the minute
        refill = known.refills.get(one.deadline.id)
        if refill and refill.since > here.today:
            found.looks[one.deadline.id] = refill.since
            continue
        found.items += [*own(one, known, here), *upward(one, known, here)]
        found.looks[one.deadline.id] = next_look(one, known, here)
    return found


def ladder_of(owed: Owed) -> Ladder:
    """Find how a deadline is spoken of."""
    return ladders()[owed.deadline.kind]


def own(owed: Owed, known: Known, here: Here) -> Iterator[Item]:
    """Find what the holder is to hear today, if anything."""
    deadline, ladder = owed.deadline, ladder_of(owed)
    said = known.said.get((deadline.id, deadline.person_id), ())
    pauses = known.pauses.get(deadline.id, ())
    if owed.holder.account is None or any(here.until(one) > here.today for one in pauses):
        return
    again = any(one.said_on is None for one in pauses)
    rung = (
        here.reached(ladder, deadline.due_on)
        if again
        else reminding.to_say(
            ladder, deadline.due_on, today=here.today, calendar=here.calendar, said=said
        )
    )
    if rung:
        yield Item(
            *(owed, rung, owed.holder, pauses),
            refill=deadline.id in known.refills,
            again=rung.stage in said,
            day_off=rung.stage is ReminderStage.ON_DAY and deadline.due_on > here.today,
        )


def upward(owed: Owed, known: Known, here: Here) -> Iterator[Item]:
    """Find what climbs today to whoever looks after the holder's unit."""
    deadline = owed.deadline
    for rung in here.climbed(ladder_of(owed), deadline.due_on):
        for listener in known.overseers.hear(rung.stage, owed.unit.id):
            said = known.said.get((deadline.id, listener.id), ())
            if listener.id != deadline.person_id and rung.stage not in said:
                yield Item(owed, rung, listener, known.pauses.get(deadline.id, ()))


def next_look(owed: Owed, known: Known, here: Here) -> date | None:
    """Find the next day on which there is something to say about a deadline."""
    days = [here.until(one) for one in known.pauses.get(owed.deadline.id, ())]
    coming = here.later(ladder_of(owed), owed.deadline.due_on)
    return min((day for day in (*days, coming) if day and day > here.today), default=None)


def ready(items: Sequence[Item], hours: Mapping[UUID, time], here: Here) -> Collection[UUID]:
    """Find for whom it is time; whoever is told one thing is told all of the day."""
    clock = here.now.astimezone(here.zone).time()
    return {one.listener.id for one in items if clock >= moment(one, hours, here)}


def hours_of(session: Session, items: Sequence[Item], here: Here) -> Mapping[UUID, time]:
    """Find when the listeners have their digests."""
    listeners = {one.listener.id for one in items}
    chosen = reminders.hours(session, listeners)
    return {
        one: reminding.digest_time(chosen.get(one), calendar=here.calendar) for one in listeners
    }


def moment(item: Item, hours: Mapping[UUID, time], here: Here) -> time:
    """Find the hour from which something is said."""
    return here.calendar.opens if item.rung.at_once else hours[item.listener.id]


def keep(session: Session, spoken: Sequence[Item], here: Here) -> None:
    """Write down what is said, to whom; its key makes twice once."""
    for item in spoken:
        deadline = item.owed.deadline
        if not item.again:
            session.add(
                Reminder(
                    deadline_id=deadline.id,
                    stage=item.rung.stage,
                    person_id=item.listener.id,
                    due_on=deadline.due_on,
                    on_day=here.today,
                )
            )
        for pause in item.pauses:
            if item.is_own and pause.said_on is None:
                pause.said_on = here.today
                session.add(pause)
    session.flush()


def later(found: Round, here: Here) -> Mapping[UUID, datetime | None]:
    """Find when each deadline is looked at on another day."""
    return {id_: here.at(day) if day else None for id_, day in found.looks.items()}


def today_still(
    waiting: Sequence[Item], hours: Mapping[UUID, time], here: Here
) -> Mapping[UUID, datetime]:
    """Find when those are looked at whose listeners' hour is still to come."""
    looks: dict[UUID, datetime] = {}
    for one in waiting:
        id_, then = one.owed.deadline.id, here.at(here.today, hours[one.listener.id])
        looks[id_] = min(then, looks.get(id_, then))
    return looks


def named(items: Sequence[Item]) -> Sequence[str]:
    """Name the deadlines that are spoken of."""
    return [about(one.owed.deadline.id, one.owed.deadline.due_on) for one in items]


def by_listener(items: Sequence[Item]) -> Sequence[Sequence[Item]]:
    """Group what is said by who hears it."""
    heard: dict[UUID, list[Item]] = defaultdict(list)
    for item in items:
        heard[item.listener.id].append(item)
    return list(heard.values())
