"""A signal is written down once, and a sweep remembers how far it has looked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from dialogs.rules.calendar import Calendar
from dialogs.rules.signals import Fact
from dialogs.vocabulary import WarningSource
from storage.database import table_of
from storage.people import places_held
from storage.tables import Lookout, Post, Signal, Unit

BACK = timedelta(days=400)  # how far a first look goes: the rules look back a year
SIGNAL = table_of(Signal)


@dataclass(frozen=True)
class Watch:
    """A look at what is new: on which day, in which zone, by which working days, since when."""

    today: date
    zone: tzinfo
    calendar: Calendar
    since: date

    @property
    def since_moment(self) -> datetime:
        """The first moment that is looked at."""
        return datetime.combine(self.since, time(), self.zone)

    def day_of(self, moment: datetime) -> date:
        """Find the day of a moment here."""
        return moment.astimezone(self.zone).date()


@dataclass(frozen=True)
class Place:
    """Whom or what a signal is about: the holder of a post, or a unit."""

    unit: UUID
    post: UUID | None = None
    person: UUID | None = None


@dataclass(frozen=True)
class Seen:
    """Something seen: from what it came, of which day, until which, about whom, and its facts."""

    source: WarningSource
    origin: str
    of_day: date
    until: date | None
    about: Place
    facts: Mapping[str, Fact] = field(default_factory=dict)


def note(session: Session, seen: Iterable[Seen], *, today: date) -> Sequence[Seen]:
    """Write down what has not been seen before; say what that is."""
    fresh = []
    dialect = session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    for one in seen:
        written = session.execute(
            insert(SIGNAL)
            .values(
                id=uuid4(),
                source=one.source,
                origin=one.origin,
                unit_id=one.about.unit,
                post_id=one.about.post,
                person_id=one.about.person,
                of_day=one.of_day,
                until=one.until,
                seen_on=today,
                facts=dict(one.facts),
            )
            .on_conflict_do_nothing(index_elements=["source", "origin"])
            .returning(SIGNAL.c.id)
        )
        if written.first():
            fresh.append(one)
    return fresh


def unseen(session: Session, source: WarningSource, origins: Iterable[str]) -> set[str]:
    """Find which of some origins have given no signal yet."""
    asked = set(origins)
    if not asked:
        return asked
    known = session.exec(
        select(Signal.origin).where(Signal.source == source, col(Signal.origin).in_(asked))
    )
    return asked - set(known)


def going_on(session: Session, source: WarningSource) -> Sequence[Signal]:
    """List the signals of a source that are not over."""
    return session.exec(
        select(Signal).where(Signal.source == source, col(Signal.until).is_(None))
    ).all()


def upto(session: Session, name: str) -> int | None:
    """Say how far a sweep has looked; None before the first look."""
    found = session.get(Lookout, name)
    return found.upto if found else None


def upto_each(session: Session, names: Iterable[str]) -> Mapping[str, int]:
    """Say how far some sweeps have looked, each that has."""
    rows = session.exec(select(Lookout).where(col(Lookout.name).in_(list(names))))
    return {one.name: one.upto for one in rows}


def looked(session: Session, name: str, upto: int) -> None:
    """Remember how far a sweep has looked."""
    session.merge(Lookout(name=name, upto=upto))
    session.flush()


def since(session: Session, name: str, *, today: date) -> date:
    """Find the day from which a sweep looks: the one on which it last did."""
    last = upto(session, name)
    return date.fromordinal(last) if last else today - BACK


def placed(
    session: Session, people: Mapping[UUID, UUID | None], *, today: date
) -> Mapping[UUID, Place]:
    """Find for each person the post a signal is about: the one meant, else their first.

    Who holds no post any more is left out.
    """
    if not people:
        return {}
    held = places_held(session, list(people), today=today)
    codes = dict(session.execute(sa.select(col(Post.id), col(Post.code))).all()) if held else {}
    places = {}
    for person, posts in held.items():
        meant = people[person]
        post = meant if meant and meant in posts else min(posts, key=lambda one: codes[one])
        places[person] = Place(posts[post], post, person)
    return places


def unit_of(session: Session, post: UUID) -> UUID:
    """Find the unit of a post."""
    return session.get_one(Post, post).unit_id


def first_unit(session: Session, units: Iterable[UUID]) -> UUID | None:
    """Choose of some units the first by its code."""
    return session.exec(
        select(Unit.id).where(col(Unit.id).in_(set(units))).order_by(Unit.code)
    ).first()
