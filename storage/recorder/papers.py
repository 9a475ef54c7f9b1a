"""Official forms and the ledger handed out: filled before any lock is held, then checked again."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from dialogs import events
from dialogs.documents.forms import (
    control_form,
    search_form,
    unit_control_form,
    unit_search_form,
)
from dialogs.documents.ledger import ledger
from dialogs.documents.on_file import PostOnFile
from dialogs.errors import Refused
from dialogs.messages import plain_words
from dialogs.rules.access import Action, reaches
from dialogs.speech import Paper, Phrase, Reply
from dialogs.vocabulary import OfficialForm
from storage import papers
from storage.occasion import Occasion
from storage.recorder.outcome import Outcome, prepare, record
from storage.tables import Post, Unit


@dataclass(frozen=True)
class Filled:
    """A form as it was filled: what or whom it is of, and its bytes."""

    subject: str
    content: bytes


@dataclass(frozen=True)
class LedgerWritten:
    """A ledger as it was written: its units, what it counts, and its bytes."""

    units: Sequence[UUID]
    posts: int
    points: int
    content: bytes


@prepare.register
def fill_forms(event: events.OfficialFormAsked, occasion: Occasion) -> Sequence[Filled]:
    """Read what is on file and fill the form, for each holder of a post one."""
    with occasion.shelf.reading() as session:
        may_take(session, event, occasion=occasion)
        if event.post is None:
            (unit,) = papers.of_units(
                session,
                [event.unit],
                reader=occasion.person,
                today=occasion.today,
                zone=occasion.zone,
            )
        else:
            files = files_of(session, event.post, occasion=occasion)
    match event.form:
        case OfficialForm.UNIT_SEARCH:
            content = unit_search_form(unit, town=occasion.town, on=occasion.today)
            return [Filled(unit.unit, content)]
        case OfficialForm.UNIT_CONTROL:
            content = unit_control_form(unit, town=occasion.town, on=occasion.today)
            return [Filled(unit.unit, content)]
        case OfficialForm.PERSONAL_SEARCH:
            form = search_form
        case OfficialForm.PERSONAL_CONTROL:
            form = control_form
    return [
        Filled(f"{one.post}_{one.holder}", form(one, town=occasion.town, on=occasion.today))
        for one in files
    ]


def may_take(session: Session, event: events.OfficialFormAsked, *, occasion: Occasion) -> None:
    """Raise Refused unless the form is within reach: of a unit looked after, or of one's post."""
    if reaches(occasion.standing, Action.LEDGER, event.unit):
        wanted = event.post is None or in_unit(session, event.post, event.unit)
    else:
        wanted = event.post in occasion.standing.posts
    if not wanted:
        raise Refused("not_your_unit")
    occasion.must_reach(Action.FORMS, event.unit)


def in_unit(session: Session, post: UUID, unit: UUID) -> bool:
    """Say whether a post is one of a unit."""
    found = session.get(Post, post)
    return found is not None and found.unit_id == unit


def files_of(session: Session, post_id: UUID, *, occasion: Occasion) -> Sequence[PostOnFile]:
    """Gather what is on file of a post; raise Refused if there is nothing the person may see."""
    post = session.get_one(Post, post_id)
    files = papers.of_post(
        session, post, reader=occasion.person, today=occasion.today, zone=occasion.zone
    )
    if not reaches(occasion.standing, Action.LEDGER, post.unit_id):
        files = [one for one in files if one.person == occasion.person]
    if any(one.withheld for one in files):
        raise Refused("stands_aside")
    declared = [one for one in files if one.state]
    if not declared:
        raise Refused("not_declared", post=post.title)
    return declared


@record.register
def form_handed_out(
    event: events.OfficialFormAsked,
    session: Session,
    occasion: Occasion,
    prepared: Sequence[Filled],
) -> Outcome:
    """Hand a form out, if it still may be."""
    may_take(session, event, occasion=occasion)
    if event.post:
        files_of(session, event.post, occasion=occasion)
    replies = []
    for one in prepared:
        values = {"form": event.form, "subject": one.subject}
        name = plain_words(Phrase("forms.file", values), occasion.language)
        replies.append(Reply([Phrase("forms.given", values)], paper=Paper(name, one.content)))
    return Outcome(replies, about=f"{event.form}:{(event.post or event.unit).hex}")


@prepare.register
def write_ledger(event: events.LedgerAsked, occasion: Occasion) -> LedgerWritten:
    """Read what is on file and write the ledger."""
    with occasion.shelf.reading() as session:
        units = units_asked(session, event, occasion=occasion)
        files = papers.of_units(
            session, units, reader=occasion.person, today=occasion.today, zone=occasion.zone
        )
    points = sum(len(post.points) for unit in files for post in unit.posts)
    return LedgerWritten(units, sum(unit.count for unit in files), points, ledger(files))


def units_asked(
    session: Session, event: events.LedgerAsked, *, occasion: Occasion
) -> Sequence[UUID]:
    """List the units a ledger is asked of; raise Refused for one out of reach."""
    if event.unit is not None:
        occasion.must_reach(Action.LEDGER, event.unit)
        return [event.unit]
    units = session.exec(select(col(Unit.id)))
    return [unit for unit in units if reaches(occasion.standing, Action.LEDGER, unit)]


@record.register
def ledger_handed_out(
    event: events.LedgerAsked, session: Session, occasion: Occasion, prepared: LedgerWritten
) -> Outcome:
    """Hand the ledger out, if it still may be."""
    for unit in prepared.units:
        occasion.must_reach(Action.LEDGER, unit)
    name = plain_words(Phrase("ledger.file", {"day": occasion.today}), occasion.language)
    given = Phrase(
        "ledger.given",
        {"units": len(prepared.units), "posts": prepared.posts, "points": prepared.points},
    )
    return Outcome(
        [Reply([given], paper=Paper(name, prepared.content))],
        about=event.unit.hex if event.unit else "all",
    )
