"""Who is who, shown: a unit with its leader, head and posts, or the leading group."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs import events
from dialogs.errors import Refused
from dialogs.rules.access import Action
from dialogs.speech import Button, Go, Listing, Phrase, Reply, Sayable
from dialogs.vocabulary import Role, Seat
from storage import people
from storage.occasion import Occasion
from storage.recorder.outcome import Outcome, record
from storage.recorder.pages import in_pages
from storage.tables import Appointment, Person, Post, SeatHeld, Unit

NOBODY = Phrase("organisation.nobody")


@record.register
def organisation_asked(
    event: events.OrganisationAsked, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Show a unit, or the leading group, and offer to look at another."""
    if event.unit is None:
        lines = group_lines(session)
    else:
        occasion.must_reach(Action.ORGANISATION, event.unit)
        unit = session.get(Unit, event.unit)
        if unit is None:
            raise Refused("not_offered")
        lines = unit_lines(session, unit, occasion)
    *before, last = [Reply([Listing(page)]) for page in in_pages(lines, occasion.language)]
    another = Button(Phrase("organisation.another"), Go(Action.ORGANISATION))
    about = event.unit.hex if event.unit else ""
    return Outcome([*before, Reply(last.phrases, [[another]])], about=about)


def group_lines(session: Session) -> Sequence[Sayable]:
    """Say who is in the leading group, seat by seat."""
    rows = session.execute(
        sa.select(col(SeatHeld.seat), col(Person.name))
        .join(Person, col(Person.id) == col(SeatHeld.person_id))
        .order_by(col(Person.code))
    ).all()
    lines: list[Sayable] = [Phrase("organisation.group_title")]
    for seat in Seat:
        names = [name for held, name in rows if held is seat]
        if names:
            lines.append(
                Phrase("organisation.seat", {"seat": seat, "names": Listing(names, inline=True)})
            )
    return lines if rows else [*lines, NOBODY]


def unit_lines(session: Session, unit: Unit, occasion: Occasion) -> Sequence[Sayable]:
    """Say who leads a unit, who heads it, and who holds its posts since when."""
    leader = session.get(Person, unit.leader_id) if unit.leader_id else None
    held = holders(session, unit, occasion)
    here = [person.id for _, rows in held.values() for person, _ in rows]
    roles = people.roles_of(session, here)
    heads = dict.fromkeys(
        person.name
        for _, rows in held.values()
        for person, one in rows
        if one.since <= occasion.today and Role.UNIT_HEAD in roles.get(person.id, ())
    )
    names: Sayable = Listing(list(heads), inline=True) if heads else NOBODY
    lines: list[Sayable] = [
        Phrase(
            "organisation.unit",
            {"unit": unit.name, "leader": leader.name if leader else NOBODY, "heads": names},
        )
    ]
    for title, rows in held.values():
        line = [holder(person, one) for person, one in rows]
        said: Sayable = Listing(line, inline=True) if line else Phrase("posting.vacant")
        lines.append(Phrase("organisation.post", {"post": title, "holders": said}))
    return lines


Holder = tuple[Person, Appointment]


def holders(
    session: Session, unit: Unit, occasion: Occasion
) -> dict[str, tuple[str, list[Holder]]]:
    """Find the posts of a unit by their codes, each with who holds it or soon will."""
    posts = session.exec(select(Post).where(Post.unit_id == unit.id).order_by(Post.code)).all()
    found: dict[str, tuple[str, list[Holder]]] = {post.code: (post.title, []) for post in posts}
    rows = session.execute(
        sa.select(col(Post.code), Person, Appointment)
        .join(Appointment, col(Appointment.post_id) == col(Post.id))
        .join(Person, col(Person.id) == col(Appointment.person_id))
        .where(
            col(Post.unit_id) == unit.id,
            sa.or_(col(Appointment.until).is_(None), col(Appointment.until) >= occasion.today),
        )
        .order_by(col(Appointment.since), col(Person.code))
    )
    for code, person, appointment in rows:
        found[code][1].append((person, appointment))
    return found


def holder(person: Person, held: Appointment) -> Phrase:
    """Name a holder of a post, with the first day, and the last where there is one."""
    name, since = person.name, held.since
    if held.until is None:
        return Phrase("organisation.holder", {"name": name, "since": since})
    return Phrase("organisation.holder_until", {"name": name, "since": since, "until": held.until})
