"""任免: a clerk ends and makes appointments; a rotation (輪崗) does both."""

from collections.abc import Sequence
from datetime import date, timedelta

from dialogs.asking import choose, confirm, day
from dialogs.engine import Dialogue
from dialogs.events import PostingChanged
from dialogs.facts import Held, Staff, StaffMember, Vacancy
from dialogs.prompts import Choices, Day, Option, options_of
from dialogs.rules.deadlines import REFILL
from dialogs.speech import Listing, Phrase, Sayable
from dialogs.vocabulary import Posting, Role

GRANTED = tuple(role for role in Role if role not in (Role.VILLAGER, Role.CADRE))
NO_ROLE = Phrase("posting.no_role")


def change_posting(staff: Staff) -> Dialogue[PostingChanged | None]:
    """Choose a person, what happens to their posts, the days, and the roles they have then."""
    person = yield from choose_person(staff)
    posting = yield from choose("posting.what", possible(person), name=person.name)
    held, last_day, post, first_day = None, None, None, None
    if posting is Posting.LEAVE:
        last_day = yield from leaving_day(person, today=staff.today)
    if posting in (Posting.ROTATE, Posting.RELIEVE):
        held = yield from choose_held(person)
        last_day = yield from day("posting.last_day", earliest=held.since, post=held.title)
    if posting in (Posting.ROTATE, Posting.APPOINT):
        post = yield from choose_post(staff, person)
        first_day = yield from starting_day(post, last_day, today=staff.today)
    roles: Sequence[Role] = ()
    if posting is not Posting.LEAVE:
        roles = yield from choose_roles(person)
    change = PostingChanged(
        person.person,
        posting,
        ended=held.appointment if held else None,
        last_day=last_day,
        post=post.post if post else None,
        first_day=first_day,
        roles=tuple(roles),
    )
    lines = summary(person, change, held=held, post=post)
    return change if (yield from confirm("posting.confirm", changes=Listing(lines))) else None


def choose_person(staff: Staff) -> Dialogue[StaffMember]:
    """Choose a unit, then a person of it; who holds no post stands apart."""
    units = list(dict.fromkeys(person.unit for person in staff.people))
    unit = yield from choose(
        "posting.unit",
        [Option(f"u{n}", name or Phrase("invite.no_unit"), name) for n, name in enumerate(units)],
        columns=2,
    )
    people = [
        Option(str(person.person)[:8], person.name, person)
        for person in staff.people
        if person.unit == unit
    ]
    person: StaffMember = yield from choose("posting.person", people, columns=2)
    return person


def possible(person: StaffMember) -> Sequence[Posting]:
    """List what can happen: nobody is relieved of a post they do not hold."""
    if person.held:
        return list(Posting)
    return [Posting.APPOINT, Posting.LEAVE]


def choose_held(person: StaffMember) -> Dialogue[Held]:
    """Choose which appointment ends; the only one is not asked for."""
    if len(person.held) == 1:
        return person.held[0]
    options = [
        Option(
            str(held.appointment)[:8],
            Phrase("posting.held", {"post": held.title, "since": held.since}),
            held,
        )
        for held in person.held
    ]
    held: Held = yield from choose("posting.which", options, name=person.name)
    return held


def leaving_day(person: StaffMember, *, today: date) -> Dialogue[date]:
    """Ask for the last day of somebody who leaves altogether; it cannot be still to come."""
    begun = [held.since for held in person.held if held.since <= today]
    last_day: date = yield from day(
        "posting.leaving_day", earliest=max(begun, default=None), latest=today, name=person.name
    )
    return last_day


def choose_post(staff: Staff, person: StaffMember) -> Dialogue[Vacancy]:
    """Choose a unit, then a post of it, whether or not it is held."""
    units = list(dict.fromkeys(post.unit for post in staff.posts))
    unit = yield from choose(
        "posting.to_unit", [Option(f"u{n}", name, name) for n, name in enumerate(units)], columns=2
    )
    options = [
        Option(
            str(post.post)[:8],
            Phrase(
                "posting.post" if post.holders else "posting.post_vacant",
                {"post": post.title, "holders": Listing(post.holders, inline=True)},
            ),
            post,
        )
        for post in staff.posts
        if post.unit == unit
    ]
    post: Vacancy = yield from choose("posting.to_post", options, name=person.name)
    return post


def starting_day(post: Vacancy, last_day: date | None, *, today: date) -> Dialogue[date]:
    """Ask for the first day; after a rotation's last day the next one is offered.

    One so long ago that the re-fill would be over comes with the workbook.
    """
    offered = last_day + timedelta(days=1) if last_day else today
    earliest = today - REFILL
    first_day: date = yield Day(
        key="posting.first_day",
        earliest=earliest,
        proposed=max(offered, earliest).isoformat(),
        values={"post": post.title},
    )
    return first_day


def choose_roles(person: StaffMember) -> Dialogue[tuple[Role, ...]]:
    """Ask which roles the person has from now on; those they have are ticked."""
    roles: tuple[Role, ...] = yield Choices(
        key="posting.roles",
        options=options_of(GRANTED),
        columns=2,
        nothing=NO_ROLE,
        proposed=[role.name.lower() for role in GRANTED if role in person.roles],
        values={"name": person.name},
    )
    return roles


def summary(
    person: StaffMember, change: PostingChanged, *, held: Held | None, post: Vacancy | None
) -> Sequence[Sayable]:
    """Say what will be, line by line, before it is."""
    lines: list[Sayable] = [
        Phrase("posting.summary", {"name": person.name, "posting": change.posting})
    ]
    if held and change.last_day:
        lines.append(Phrase("posting.will_end", {"post": held.title, "last_day": change.last_day}))
    if post and change.first_day:
        lines.append(
            Phrase("posting.will_begin", {"post": post.title, "first_day": change.first_day})
        )
    if change.posting is Posting.LEAVE and change.last_day:
        lines.append(Phrase("posting.will_leave", {"last_day": change.last_day}))
    else:
        roles = Listing(change.roles, inline=True) if change.roles else NO_ROLE
        lines.append(Phrase("posting.will_be", {"roles": roles}))
    return lines
