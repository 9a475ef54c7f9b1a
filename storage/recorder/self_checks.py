"""Self-checks written down, called for, and counted."""

from sqlmodel import Session

from dialogs import events
from dialogs.documents.filling import filled_search_form
from dialogs.documents.search_form import personal_search_form
from dialogs.errors import Refused
from dialogs.messages import plain_words
from dialogs.speech import Listing, Paper, Phrase, Reply, Sayable, say
from dialogs.vocabulary import DeclarationState, Stage
from storage import people, rounds, self_checks
from storage.occasion import Occasion
from storage.recorder.outcome import Outcome, prepare, record


@prepare.register
def fill_form(event: events.SelfChecked, occasion: Occasion) -> bytes:
    """Fill the official form from what was said."""
    form = filled_search_form(event, town=occasion.town, name=occasion.name, on=occasion.today)
    return personal_search_form(form)


@record.register
def self_checked(
    event: events.SelfChecked, session: Session, occasion: Occasion, prepared: bytes
) -> Outcome:
    """Write a self-check down and hand back its form; one that changes nothing voids nothing."""
    held = people.posts_held(session, occasion.person, today=occasion.today)
    post = next((one for one in held if one.post == event.post.post), None)
    if post is None:
        raise Refused("not_your_post")
    rounds.must_be_open(session, Stage.SEARCH, post.unit, today=occasion.today)
    current = rounds.open_round(session)
    round_id = current.id if current else None
    if standing := self_checks.unchanged(session, occasion.person, event):
        standing.round_id = round_id or standing.round_id
        self_checks.close(session, occasion.person, event, now=occasion.now)
        returned = standing.state is DeclarationState.RETURNED
        key = "self_check.unchanged_returned" if returned else "self_check.unchanged"
        return Outcome([say(key, post=event.post.title, state=standing.state)])
    self_checks.record(
        session,
        occasion.person,
        event,
        round_id=round_id,
        now=occasion.now,
        today=occasion.today,
    )
    values: dict[str, Sayable] = {"name": occasion.name, "post": event.post.title}
    title = plain_words(Phrase("self_check.file", values), occasion.language)
    thanks = Phrase(
        "self_check.recorded",
        {
            "post": event.post.title,
            "points": sum(len(aspect.points) for aspect in event.aspects),
            "none": sum(not aspect.points for aspect in event.aspects),
        },
    )
    return Outcome([Reply([thanks], paper=Paper(title, prepared))])


@record.register
def self_check_called(
    event: events.SelfCheckCalled, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Set the day for every held post."""
    posts = self_checks.call(session, due=event.due, today=occasion.today)
    return Outcome([say("self_check_call.called", posts=posts, due=event.due)])


@record.register
def progress_asked(
    event: events.ProgressAsked, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Say how far the self-checks have come, unit by unit."""
    units = self_checks.progress(session)
    if not units:
        return Outcome([say("progress.nothing_called")])
    title = Phrase(
        "progress.title",
        {"done": sum(unit.done for unit in units), "all": sum(unit.called for unit in units)},
    )
    lines = [
        Phrase("progress.unit", {"unit": unit.unit, "done": unit.done, "all": unit.called})
        for unit in units
    ]
    return Outcome([Reply([title, Listing(lines)])])
