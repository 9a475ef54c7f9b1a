"""Any sound roster, for properties that hold of all of them."""

import string
from dataclasses import replace
from datetime import date
from itertools import combinations

from hypothesis import strategies as st

from dialogs.documents.lettering import printable
from dialogs.documents.roster import (
    Roster,
    RosterAppointment,
    RosterKinship,
    RosterPerson,
    RosterPost,
    RosterSeat,
    RosterUnit,
)
from dialogs.documents.roster_rows import as_text
from dialogs.prompts import plain
from dialogs.vocabulary import Role, Seat, UnitKind


def text(at_most: int) -> st.SearchStrategy[str]:
    """Make text that survives trimming, often beginning as a formula would."""
    start = st.sampled_from(["", "=", "+", "-", "@", "#REF!", "'", "001"])
    body = st.text(max_size=at_most - 5).filter(lambda text: "x005F_" not in text)
    return (
        st.builds(str.__add__, start, body)
        .map(lambda text: as_text(printable(text)))
        .filter(lambda text: bool(plain(text)))
    )


CODES = st.text(string.ascii_letters + string.digits + "=-村", min_size=1, max_size=4)
DAYS = st.dates(date(1949, 10, 1), date(2100, 12, 31))


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    """Make any sound roster."""
    units = draw(st.lists(CODES, unique=True, max_size=3))
    posts = draw(st.lists(CODES, unique=True, max_size=4)) if units else []
    people = draw(st.lists(CODES, unique=True, max_size=4))
    pairs = [(person, post) for person in people for post in posts]
    held = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=4)) if pairs else []
    duties = st.one_of(st.just(""), text(200))
    phones = st.one_of(st.just(""), CODES)
    roles = st.frozensets(st.sampled_from(Role), min_size=1)
    leaders = st.sampled_from(["", *people]) if draw(st.booleans()) else st.none()
    seats = [RosterSeat(person, seat) for person in people for seat in Seat]
    groups = st.lists(st.sampled_from(seats), unique=True, max_size=4) if seats else st.just([])
    couples = [RosterKinship(*pair) for pair in combinations(people, 2)]
    kin = st.lists(st.sampled_from(couples), unique=True, max_size=3) if couples else st.just([])
    relations = st.one_of(st.just(""), text(20))
    return Roster(
        tuple(
            RosterUnit(code, draw(text(30)), draw(st.sampled_from(UnitKind)), draw(leaders))
            for code in units
        ),
        tuple(
            RosterPost(code, draw(st.sampled_from(units)), draw(text(30)), draw(duties))
            for code in posts
        ),
        tuple(RosterPerson(code, draw(text(30)), draw(roles), draw(phones)) for code in people),
        tuple(
            RosterAppointment(person, post, min(days), draw(st.sampled_from([None, max(days)])))
            for person, post in held
            for days in [draw(st.tuples(DAYS, DAYS))]
        ),
        draw(st.none() | groups.map(tuple)),
        None
        if draw(st.booleans())
        else tuple(replace(one, relation=draw(relations)) for one in draw(kin)),
    )
