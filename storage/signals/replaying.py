"""Everything on record, for the rules to be asked again; it is read, and nothing is written."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.catalogue import policy
from dialogs.rules.calendar import Calendar
from dialogs.rules.signals import Earlier, Sign
from dialogs.rules.signals.replaying import Kept, Replayed, replay
from dialogs.rules.warning import YEAR
from storage.signals.noting import Place
from storage.signals.reading import earlier
from storage.tables import Post, Signal, Unit


@dataclass(frozen=True)
class Compared:
    """What would have been drafted by the numbers in force and by others, and of what names."""

    signals: int
    now: Sequence[Replayed]
    trial: Sequence[Replayed]
    names: Mapping[Hashable, str]

    def name(self, about: Hashable) -> str:
        """Name a post with its unit, or a unit."""
        known = about.post or about.unit if isinstance(about, Place) else about
        return self.names[known]

    @property
    def more(self) -> Sequence[Replayed]:
        """What only the other numbers would have drafted."""
        return [one for one in self.trial if one not in self.now]

    @property
    def fewer(self) -> Sequence[Replayed]:
        """What only the numbers in force would have drafted."""
        return [one for one in self.now if one not in self.trial]


def compare(
    session: Session, other: Mapping[str, int], *, first: date, last: date, calendar: Calendar
) -> Compared:
    """Ask the rules again about all that is on record, by today's numbers and by others."""
    kept = on_record(session, first=first, last=last)
    places = {one.about for one in kept}
    known: dict[Hashable, Sequence[Earlier]] = {
        place: earlier(session, place, today=last) for place in places if isinstance(place, Place)
    }

    def trial(name: str) -> int:
        return other.get(name) or policy.number(name)

    now, then = (
        replay(kept, known, first=first, last=last, calendar=calendar, number=number)
        for number in (policy.number, trial)
    )
    return Compared(len(kept), now, then, names(session))


def on_record(session: Session, *, first: date, last: date) -> Sequence[Kept]:
    """List the signals that counted at some time of a period, as they were noted."""
    rows = session.exec(
        select(Signal)
        .where(col(Signal.seen_on) <= last, col(Signal.of_day) > first - YEAR)
        .order_by(col(Signal.seen_on), col(Signal.id))
    )
    return [
        Kept(
            Sign(one.id, one.source, one.of_day, until=one.until, facts=one.facts),
            Place(one.unit_id, one.post_id, one.person_id),
            one.seen_on,
        )
        for one in rows
    ]


def names(session: Session) -> Mapping[Hashable, str]:
    """Name every unit, and every post with its unit, by its id."""
    units = dict(session.execute(sa.select(col(Unit.id), col(Unit.name))).all())
    posts = session.execute(sa.select(col(Post.id), col(Post.title), col(Post.unit_id)))
    return units | {id_: f"{units[unit]} {title}" for id_, title, unit in posts}
