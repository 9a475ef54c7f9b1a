"""What a workbook would change: what is remembered beside what it says, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from hashlib import blake2s
from itertools import chain

from dialogs.documents.roster import (
    Roster,
    RosterAppointment,
    RosterKinship,
    RosterPerson,
    RosterPost,
    RosterUnit,
)
from dialogs.speech import Brief, Listing, Phrase, Sayable
from dialogs.vocabulary import Role

Row = RosterUnit | RosterPost | RosterPerson

SHORT = 30  # letters of a name or text in a line
NOTHING = Phrase("roster.nothing")
FIELDS: Mapping[str, Phrase] = {
    "name": Phrase("roster.field_name"),
    "person": Phrase("roster.field_person"),
    "kind": Phrase("roster.field_kind"),
    "leader": Phrase("roster.field_leader"),
    "unit": Phrase("roster.field_unit"),
    "title": Phrase("roster.field_title"),
    "duty": Phrase("roster.field_duty"),
    "phone": Phrase("roster.field_phone"),
}


@dataclass(frozen=True)
class Difference:
    """What would change, a phrase a line; `missing` is remembered, not in the workbook, and stays.

    Who is not in the workbook is only named: nothing of theirs is touched.
    """

    new: Sequence[Phrase] = ()
    changed: Sequence[Phrase] = ()
    held: Sequence[Phrase] = ()
    roles: Sequence[Phrase] = ()
    group: Sequence[Phrase] = ()
    kin: Sequence[Phrase] = ()
    missing: Sequence[Phrase] = ()

    @property
    def changes(self) -> Sequence[Phrase]:
        """Every line that would change something."""
        return [*self.new, *self.changed, *self.held, *self.roles, *self.group, *self.kin]

    @property
    def lines(self) -> Sequence[Phrase]:
        """Every line, each part under its heading."""
        return list(chain.from_iterable(self.part(field.name) for field in fields(self)))

    def part(self, name: str) -> Sequence[Phrase]:
        """Put a part under its heading, if it says anything."""
        lines: Sequence[Phrase] = getattr(self, name)
        heading = Phrase(f"roster.part_{name}", {"count": len(lines)})
        return [heading, *lines] if lines else []

    @property
    def mark(self) -> str:
        """Tell this difference from any other."""
        return blake2s(repr(self).encode(), digest_size=16).hexdigest()


def compare(before: Roster, after: Roster) -> Difference:
    """Compare what is remembered with what a workbook says."""
    named = {key(row) for row in rows(after)}
    return Difference(
        new=tuple(newcomers(before, after)),
        changed=tuple(changes(before, after)),
        held=tuple(postings(before, after)),
        roles=tuple(grants(before, after)),
        group=tuple(seatings(before, after)),
        kin=tuple(relations(before, after)),
        missing=tuple(
            Phrase("roster.missing", {"what": word_for(row), "name": called(row)})
            for row in rows(before)
            if key(row) not in named
        ),
    )


def rows(roster: Roster) -> Iterable[Row]:
    """List the rows that have a code."""
    return chain(roster.units, roster.posts, roster.people)


def key(row: Row) -> tuple[type, str]:
    """Tell a row from any other."""
    return type(row), row.code


def word_for(row: Row) -> Phrase:
    """Say what a row is."""
    match row:
        case RosterUnit():
            return Phrase("roster.unit")
        case RosterPost():
            return Phrase("roster.post")
        case RosterPerson():
            return Phrase("roster.person")


def called(row: Row) -> Phrase:
    """Name a row, with its code."""
    name = row.title if isinstance(row, RosterPost) else row.name
    return Phrase("roster.called", {"code": row.code, "name": Brief(name, SHORT)})


def newcomers(before: Roster, after: Roster) -> Iterator[Phrase]:
    """Say what is new; of a person, with their roles."""
    known = {key(row) for row in rows(before)}
    for row in rows(after):
        if key(row) in known:
            continue
        if isinstance(row, RosterPerson):
            values: dict[str, Sayable] = {"name": called(row), "roles": listed(row.roles)}
            yield Phrase("roster.new_person", values)
        else:
            yield Phrase("roster.new", {"what": word_for(row), "name": called(row)})


def changes(before: Roster, after: Roster) -> Iterator[Phrase]:
    """Say which fields change, from what to what; what a workbook does not say is left."""
    known = {key(row): row for row in rows(before)}
    names = names_of(before, after)
    for row in rows(after):
        if key(row) not in known:
            continue
        was = facts_of(known[key(row)], names)
        for field, value in facts_of(row, names).items():
            if value is not None and value != was[field]:
                yield Phrase(
                    "roster.changed",
                    {
                        "name": called(row),
                        "field": FIELDS[field],
                        "before": was[field] or NOTHING,
                        "after": value or NOTHING,
                    },
                )


Names = Mapping[tuple[type, str], Phrase]


def names_of(before: Roster, after: Roster) -> Names:
    """Say what codes stand for, in the workbook or else as remembered."""
    return {key(row): called(row) for row in chain(rows(before), rows(after))}


def facts_of(row: Row, names: Names) -> Mapping[str, Sayable | None]:
    """Lay out what can change about a row; "" is nothing, None is not said."""
    match row:
        case RosterUnit():
            leader = names[RosterPerson, row.leader] if row.leader else row.leader
            return {"name": short(row.name), "kind": row.kind, "leader": leader}
        case RosterPost():
            unit = names[RosterUnit, row.unit]
            return {"unit": unit, "title": short(row.title), "duty": short(row.duty)}
        case RosterPerson():
            return {"person": short(row.name), "phone": short(row.phone)}


def short(text: str) -> Sayable:
    """Shorten a text for a line; what is compared is the whole."""
    return Brief(text, SHORT) if text else ""


def postings(before: Roster, after: Roster) -> Iterator[Phrase]:
    """Say which appointments begin, end, change their end, or were never, of those named."""
    named, names = {person.code for person in after.people}, names_of(before, after)
    was = {begun(one): one for one in before.appointments if one.person in named}
    will = {begun(one) for one in after.appointments}
    for one in after.appointments:
        earlier = was.get(begun(one))
        if earlier is None:
            yield Phrase("roster.appointed", said(one, names))
        elif one.end != earlier.end:
            before_that: Sayable = earlier.end or Phrase("roster.open")
            yield Phrase("roster.end_changed", {**said(one, names), "before": before_that})
    for one in was.values():
        if begun(one) not in will:
            yield Phrase("roster.withdrawn", said(one, names))


def said(one: RosterAppointment, names: Names) -> Mapping[str, Sayable]:
    """Say an appointment: who, on which post, from when until when."""
    end: Sayable = one.end or Phrase("roster.open")
    days = Phrase("roster.days" if one.end else "roster.since", {"start": one.start, "end": end})
    return {
        "name": names[RosterPerson, one.person],
        "post": names[RosterPost, one.post],
        "start": one.start,
        "end": end,
        "days": days,
    }


def begun(one: RosterAppointment) -> tuple[str, str, date]:
    """Tell an appointment from any other: nobody begins twice on a day."""
    return one.person, one.post, one.start


def grants(before: Roster, after: Roster) -> Iterator[Phrase]:
    """Say which roles are given and taken, of people who are known."""
    known = {person.code: person for person in before.people}
    for person in after.people:
        was = known[person.code].roles if person.code in known else person.roles
        if given := person.roles - was:
            yield Phrase("roster.given", {"name": called(person), "roles": listed(given)})
        if taken := was - person.roles:
            yield Phrase("roster.taken", {"name": called(person), "roles": listed(taken)})


def listed(roles: frozenset[Role]) -> Listing:
    """List roles in the order of the glossary."""
    return Listing([role for role in Role if role in roles], inline=True)


def seatings(before: Roster, after: Roster) -> Iterator[Phrase]:
    """Say who comes into the leading group and who goes, where the workbook says who is in it."""
    if after.group is None:
        return
    names, was = names_of(before, after), before.group or ()
    for one in after.group:
        if one not in was:
            yield Phrase(
                "roster.seated", {"name": names[RosterPerson, one.person], "seat": one.seat}
            )
    for one in was:
        if one not in after.group:
            yield Phrase(
                "roster.unseated", {"name": names[RosterPerson, one.person], "seat": one.seat}
            )


def relations(before: Roster, after: Roster) -> Iterator[Phrase]:
    """Say who become relatives, otherwise or no more, where the workbook says who are."""
    if after.kin is None:
        return
    names, was = names_of(before, after), {one.pair: one for one in before.kin or ()}
    for one in after.kin:
        earlier = was.pop(one.pair, None)
        if earlier is None:
            yield Phrase("roster.related", {"kin": kinship(one, names)})
        elif earlier != one:
            yield Phrase(
                "roster.related_otherwise",
                {"before": kinship(earlier, names), "after": kinship(one, names)},
            )
    named = {person.code for person in after.people}
    for one in was.values():
        if one.pair <= named:
            yield Phrase("roster.unrelated", {"kin": kinship(one, names)})


def kinship(one: RosterKinship, names: Names) -> Phrase:
    """Say whose relative somebody is."""
    relation: Sayable = Brief(one.relation, SHORT) if one.relation else Phrase("roster.kin_plain")
    return Phrase(
        "roster.kin",
        {
            "name": names[RosterPerson, one.person],
            "relative": names[RosterPerson, one.relative],
            "relation": relation,
        },
    )
