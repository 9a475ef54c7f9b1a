"""The organisation as a workbook: units, posts, people, who holds which post, who is kin."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dialogs.documents.faults import Fault, RosterFaults
from dialogs.documents.roster_layout import (
    APPOINTMENTS,
    KIND_WORDS,
    KINSHIP,
    LEADING_GROUP,
    PEOPLE,
    POSTS,
    ROLE_WORDS,
    SEAT_WORDS,
    UNITS,
    Layout,
)
from dialogs.documents.roster_rows import Line, Reading, in_order
from dialogs.documents.workbook import Page, read_sheets, write_sheets
from dialogs.errors import Refused
from dialogs.vocabulary import Role, Seat, UnitKind


@dataclass(frozen=True)
class RosterUnit:
    """A unit of the township, known by its code.

    `leader` is the code of the leader in charge of it, "" for nobody, None where the workbook
    does not say.
    """

    code: str
    name: str
    kind: UnitKind
    leader: str | None = None


@dataclass(frozen=True)
class RosterPost:
    """A post in the unit of a code; `duty` may be ""."""

    code: str
    unit: str
    title: str
    duty: str = ""


@dataclass(frozen=True)
class RosterPerson:
    """A person and in what capacities he acts; `phone` may be ""."""

    code: str
    name: str
    roles: frozenset[Role]
    phone: str = ""


@dataclass(frozen=True)
class RosterAppointment:
    """Who, by code, holds which post, by code; both days included, no end while it lasts."""

    person: str
    post: str
    start: date
    end: date | None = None


@dataclass(frozen=True)
class RosterSeat:
    """Who, by code, has which seat in the leading group."""

    person: str
    seat: Seat


@dataclass(frozen=True)
class RosterKinship:
    """Whose relative, by code, somebody is, by code; `relation` may be ""."""

    person: str
    relative: str
    relation: str = ""

    @property
    def pair(self) -> frozenset[str]:
        """The two it is about, whoever declared it."""
        return frozenset({self.person, self.relative})


@dataclass(frozen=True)
class Roster:
    """A township's organisation, in the order of its sheets; codes are unique within a sheet.

    `group` is the whole leading group, and `kin` who of these people are relatives, a pair once;
    None where the workbook does not say.
    """

    units: tuple[RosterUnit, ...] = ()
    posts: tuple[RosterPost, ...] = ()
    people: tuple[RosterPerson, ...] = ()
    appointments: tuple[RosterAppointment, ...] = ()
    group: tuple[RosterSeat, ...] | None = None
    kin: tuple[RosterKinship, ...] | None = None


def read_roster(content: bytes) -> Roster:
    """Read an organisation workbook (.xlsx), or raise RosterFaults with all that is wrong."""
    try:
        reading = Reading(read_sheets(content))
    except Refused as refused:
        fault = Fault("", 0, "", f"roster.fault.{refused}", refused.values)
        raise RosterFaults([fault]) from None
    units = list(read_units(reading))
    posts = tuple(read_posts(reading))
    people = tuple(read_people(reading))
    roster = Roster(
        tuple(led(unit, line) for unit, line in units),
        posts,
        people,
        tuple(read_appointments(reading)),
        read_group(reading),
        read_kin(reading),
    )
    if reading.faults:
        raise RosterFaults(in_order(reading.faults))
    return roster


def read_units(reading: Reading) -> Iterator[tuple[RosterUnit, Line]]:
    """Read the units, each with its line, for whoever leads them is not read yet."""
    for line in reading.rows(UNITS):
        code, name, kind = line.code(), line.text("name"), line.kind()
        if code is not None and name is not None and kind is not None:
            yield RosterUnit(code, name, kind), line


def led(unit: RosterUnit, line: Line) -> RosterUnit:
    """Add the leader in charge of a unit; the people are read before."""
    return replace(unit, leader=line.reference("leader", PEOPLE)) if line.has("leader") else unit


def read_posts(reading: Reading) -> Iterator[RosterPost]:
    """Read the posts; the units are read before."""
    for line in reading.rows(POSTS):
        code, unit = line.code(), line.reference("unit", UNITS)
        title, duty = line.text("title"), line.text("duty")
        if code is not None and unit is not None and title is not None and duty is not None:
            yield RosterPost(code, unit, title, duty)


def read_people(reading: Reading) -> Iterator[RosterPerson]:
    """Read the people."""
    for line in reading.rows(PEOPLE):
        code, name = line.code(), line.text("name")
        roles, phone = line.roles(), line.folded("phone")
        if code is not None and name is not None and roles is not None and phone is not None:
            yield RosterPerson(code, name, roles, phone)


def read_appointments(reading: Reading) -> Iterator[RosterAppointment]:
    """Read the appointments; the posts and the people are read before."""
    held: dict[tuple[str, str], list[tuple[RosterAppointment, int]]] = defaultdict(list)
    for line in reading.rows(APPOINTMENTS):
        appointment = read_appointment(line)
        if appointment is None:
            continue
        earlier = held[appointment.person, appointment.post]
        for other, row in earlier:
            if overlap(appointment, other):
                line.fault("start", "held_twice", first=row)
        earlier.append((appointment, line.row.number))
        yield appointment


def read_appointment(line: Line) -> RosterAppointment | None:
    """Read one appointment."""
    person, post = line.reference("person", PEOPLE), line.reference("post", POSTS)
    start, end = line.day("start"), line.day("end")
    if start is not None and end is not None and end < start:
        line.fault("end", "end_before_start", start=start, end=end)
        return None
    if person is None or post is None or start is None:
        return None
    return RosterAppointment(person, post, start, end)


def read_group(reading: Reading) -> tuple[RosterSeat, ...] | None:
    """Read the leading group, if there is such a sheet; the people are read before."""
    if reading.title_of(LEADING_GROUP) is None:
        return None
    taken: dict[RosterSeat, int] = {}
    for line in reading.rows(LEADING_GROUP):
        person, seat = line.reference("person", PEOPLE), line.seat()
        if person is None or seat is None:
            continue
        first = taken.setdefault(RosterSeat(person, seat), line.row.number)
        if first != line.row.number:
            line.fault("seat", "seat_twice", first=first)
    return tuple(taken)


def read_kin(reading: Reading) -> tuple[RosterKinship, ...] | None:
    """Read who are relatives, if there is such a sheet; the people are read before."""
    if reading.title_of(KINSHIP) is None:
        return None
    taken: dict[frozenset[str], int] = {}
    kin = []
    for line in reading.rows(KINSHIP):
        person, relative = line.reference("person", PEOPLE), line.reference("relative", PEOPLE)
        relation = line.text("relation")
        if person is None or relative is None or relation is None:
            continue
        one = RosterKinship(person, relative, relation)
        if person == relative:
            line.fault("relative", "own_relative", code=person)
            continue
        first = taken.setdefault(one.pair, line.row.number)
        if first != line.row.number:
            line.fault("relative", "kin_twice", code=person, other=relative, first=first)
        kin.append(one)
    return tuple(kin)


def overlap(one: RosterAppointment, other: RosterAppointment) -> bool:
    """Say whether two appointments share a day."""
    last_of_one, last_of_other = one.end or date.max, other.end or date.max
    return one.start <= last_of_other and other.start <= last_of_one


def write_roster(roster: Roster) -> bytes:
    """Write the workbook that read_roster reads back to the same roster."""
    group, kin = roster.group, roster.kin
    return write_sheets(
        [
            units_page(roster.units),
            page(POSTS, [(post.code, post.unit, post.title, post.duty) for post in roster.posts]),
            page(
                PEOPLE,
                [
                    (person.code, person.name, say_roles(person.roles), person.phone)
                    for person in roster.people
                ],
            ),
            page(
                APPOINTMENTS,
                [(held.person, held.post, held.start, held.end) for held in roster.appointments],
            ),
            *([] if group is None else [group_page(group)]),
            *([] if kin is None else [kin_page(kin)]),
        ]
    )


def units_page(units: Sequence[RosterUnit]) -> Page:
    """Lay out the units; the column of leaders only where it is said who they are."""
    if all(unit.leader is None for unit in units):
        columns = {key: column for key, column in UNITS.columns.items() if key != "leader"}
        layout = Layout(UNITS.titles, columns)
        return page(layout, [(unit.code, unit.name, KIND_WORDS[unit.kind]) for unit in units])
    return page(
        UNITS,
        [(unit.code, unit.name, KIND_WORDS[unit.kind], unit.leader or None) for unit in units],
    )


def group_page(group: Sequence[RosterSeat]) -> Page:
    """Lay out the leading group."""
    return page(LEADING_GROUP, [(one.person, SEAT_WORDS[one.seat]) for one in group])


def kin_page(kin: Sequence[RosterKinship]) -> Page:
    """Lay out who are relatives."""
    return page(KINSHIP, [(one.person, one.relative, one.relation) for one in kin])


def page(layout: Layout, rows: Sequence[Sequence[str | date | None]]) -> Page:
    """Lay out a sheet."""
    headers = [(column.headers[0], column.width) for column in layout.columns.values()]
    return Page(layout.titles[0], headers, rows)


def say_roles(roles: frozenset[Role]) -> str:
    """List roles in the order of the glossary."""
    return "、".join(ROLE_WORDS[role] for role in Role if role in roles)


def by_code(roster: Roster) -> Roster:
    """Put the rows in the order in which an export lists them: by code, offices first."""
    kinds, seats = list(UnitKind), list(Seat)
    return Roster(
        tuple(sorted(roster.units, key=lambda unit: (kinds.index(unit.kind), unit.code))),
        tuple(sorted(roster.posts, key=lambda post: post.code)),
        tuple(sorted(roster.people, key=lambda person: person.code)),
        tuple(sorted(roster.appointments, key=lambda held: (held.person, held.post, held.start))),
        None
        if roster.group is None
        else tuple(sorted(roster.group, key=lambda one: (seats.index(one.seat), one.person))),
        None
        if roster.kin is None
        else tuple(sorted(roster.kin, key=lambda one: (one.person, one.relative))),
    )
