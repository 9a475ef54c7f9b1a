"""Self-checks written down, called for, and counted."""

from sqlmodel import Session

from dialogs import events
from dialogs.documents.filling import filled_search_form
from dialogs.documents.search_form import personal_search_form
from dialogs.errors import Refused
from dialogs.facts import HolderNamed, PostToCheck
from dialogs.messages import plain_words
from dialogs.rules.access import Action
from dialogs.speech import Button, Go, Listing, Paper, Phrase, Reply, Sayable, say
from dialogs.vocabulary import DeclarationState, Stage
from storage import catalogues, declarations, letters, people, rounds, self_checks
from storage.occasion import Occasion
from storage.recorder.outcome import Outcome, prepare, record


@prepare.register
def fill_form(event: events.SelfChecked, occasion: Occasion) -> bytes:
    """Fill the official form from what was said."""
    holder = event.filled_in_for
    with occasion.shelf.reading() as session:
        powers = catalogues.powers_of(session, event.post.post)
    form = filled_search_form(
        event,
        town=occasion.town,
        name=holder.holder if holder else occasion.name,
        on=occasion.today,
        powers=powers,
        filled_in_by=occasion.name if holder else "",
    )
    return personal_search_form(form)


@record.register
def holder_chosen(
    event: events.HolderChosen, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Go on with the holder who was chosen, or with what was chosen for them."""
    return Outcome(then=event.instead or Go(Action.FILL_IN, event.appointment.hex))


@record.register
def self_checked(
    event: events.SelfChecked, session: Session, occasion: Occasion, prepared: bytes
) -> Outcome:
    """Write a self-check down and hand back its form; one that changes nothing voids nothing."""
    holder = event.filled_in_for.person if event.filled_in_for else occasion.person
    held = people.posts_held(session, holder, today=occasion.today)
    post = next((one for one in held if one.post == event.post.post), None)
    if post is None:
        raise Refused("holds_it_no_more" if event.filled_in_for else "not_your_post")
    if event.filled_in_for:
        occasion.must_reach(Action.FILL_IN, post.unit)
    rounds.must_be_open(session, Stage.SEARCH, post.unit, today=occasion.today)
    current = rounds.open_round(session)
    round_id = current.id if current else None
    if standing := self_checks.unchanged(session, holder, event):
        standing.round_id = round_id or standing.round_id
        self_checks.close(session, holder, event, now=occasion.now, by=occasion.person)
        returned = standing.state is DeclarationState.RETURNED
        key = "self_check.unchanged_returned" if returned else "self_check.unchanged"
        return Outcome([say(key, post=event.post.title, state=standing.state)])
    self_checks.record(
        session,
        holder,
        event,
        round_id=round_id,
        now=occasion.now,
        today=occasion.today,
        by=occasion.person,
    )
    if event.filled_in_for:
        tell_holder(session, event.post, event.filled_in_for, occasion=occasion)
    return Outcome([thanks(event, prepared, occasion=occasion)])


def thanks(event: events.SelfChecked, form: bytes, *, occasion: Occasion) -> Reply:
    """Say what came in, with its form; one filled in for somebody is theirs to sign."""
    holder = event.filled_in_for
    without = sum(not aspect.points for aspect in event.aspects)
    values: dict[str, Sayable] = {
        "name": holder.holder if holder else occasion.name,
        "post": event.post.title,
        "points": sum(len(aspect.points) for aspect in event.aspects),
        "without": Phrase("self_check.without", {"count": without}) if without else "",
    }
    title = plain_words(Phrase("self_check.file", values), occasion.language)
    said = Phrase("fill_in.recorded" if holder else "self_check.recorded", values)
    return Reply([said], paper=Paper(title, form))


def tell_holder(
    session: Session, post: PostToCheck, holder: HolderNamed, *, occasion: Occasion
) -> None:
    """Tell a holder who has joined what was filled in for them, and how they change it."""
    told = Phrase("fill_in.was_filled_in", {"post": post.title, "by": occasion.name})
    go = declarations.way_to_change(session, post.post, holder.person)
    reply = Reply([told], [[Button(Phrase("fill_in.change", {"post": post.title}), go)]])
    letters.tell(session, [holder.person], reply, keys=occasion.keys, now=occasion.now)


@record.register
def self_check_called(
    event: events.SelfCheckCalled, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Set the day for every held post."""
    posts = self_checks.call(session, due=event.due, today=occasion.today, zone=occasion.zone)
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
