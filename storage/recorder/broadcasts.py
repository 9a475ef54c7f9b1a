"""Broadcasts: a copy a person, and what became of each."""

from collections.abc import Sequence

from sqlmodel import Session

from dialogs import events
from dialogs.errors import Refused
from dialogs.flows.broadcast import progress
from dialogs.messages import render
from dialogs.rules.access import Action
from dialogs.rules.audience import within
from dialogs.speech import Button, Go, Listing, Phrase, Reply, say
from dialogs.vocabulary import BroadcastState, DeliveryState, Language
from storage import broadcasts, languages, outbox, people
from storage.occasion import Occasion
from storage.outbox import Letter, Urgency
from storage.recorder.outcome import Outcome, record
from storage.tables import Broadcast, BroadcastCopy, Person

SHOWN = 80  # unreached people named in one message


@record.register
def broadcast_ordered(
    event: events.BroadcastOrdered, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Write one copy a person and post those of the people who have joined."""
    heard = [
        (person, listener)
        for person, listener in broadcasts.listeners(session, today=occasion.today)
        if within(listener, roles=event.roles, units=event.units)
    ]
    if not any(listener.joined for _, listener in heard):
        raise Refused("nobody_to_hear")
    broadcast = Broadcast(
        ordered_by=occasion.person,
        text=event.text,
        state=BroadcastState.RUNNING,
        ordered_at=occasion.now,
        progress_message=occasion.pressed,
    )
    session.add(broadcast)
    session.flush()
    copies = [
        BroadcastCopy(
            broadcast_id=broadcast.id,
            person_id=person.id,
            state=DeliveryState.WAITING if listener.joined else DeliveryState.NOT_JOINED,
        )
        for person, listener in heard
    ]
    session.add_all(copies)
    session.flush()
    post_copies(
        session,
        [(copy, person) for copy, (person, _) in zip(copies, heard, strict=True)],
        event.text,
        occasion=occasion,
    )
    shown = broadcasts.counts(session, broadcast.id)
    return Outcome([progress(broadcast.id, event.text, shown)], about=broadcast.id.hex)


def post_copies(
    session: Session,
    copies: Sequence[tuple[BroadcastCopy, Person]],
    text: str,
    *,
    occasion: Occasion,
) -> None:
    """Post the copies of people who have joined, each in their language."""
    spoken = languages.chosen(session, [p.account_hash for _, p in copies if p.account_hash])
    letter = Phrase("broadcast.letter", {"text": text, "by": occasion.name, "day": occasion.today})
    drafts = []
    for copy, person in copies:
        if person.account is None:
            continue
        button = Button(Phrase("broadcast.acknowledge"), Go(Action.ACKNOWLEDGE, copy.id.hex))
        words = render(
            Reply([letter], [[button]]), spoken.get(person.account_hash or "", Language.ZH_HANT)
        )
        drafts.append(
            outbox.draft(
                Letter(people.account_of(person, keys=occasion.keys), words),
                keys=occasion.keys,
                due_at=occasion.now,
                urgency=Urgency.BROADCAST,
                copy_id=copy.id,
            )
        )
    outbox.post(session, drafts)


@record.register
def acknowledged(
    event: events.Acknowledged, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Note that somebody has read their copy, and show it on the button."""
    if not broadcasts.acknowledge(session, event.copy, person=occasion.person, now=occasion.now):
        raise Refused("unknown_action")
    button = Button(Phrase("broadcast.acknowledged_button"), Go(Action.ACKNOWLEDGE, event.copy.hex))
    return Outcome(alert=Phrase("broadcast.acknowledged"), marks=[[button]])


@record.register
def unreached_asked(
    event: events.UnreachedAsked, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Name the people a broadcast has not reached, so that they can be told otherwise."""
    missing = broadcasts.unreached(session, event.broadcast, today=occasion.today)
    if not missing:
        return Outcome([say("broadcast.all_reached")])
    lines = [
        Phrase("broadcast.unreached_one", {"name": one.name, "unit": one.unit, "state": one.state})
        for one in missing
    ]
    title = Phrase("broadcast.unreached_title", {"count": len(missing)})
    pages = [lines[start : start + SHOWN] for start in range(0, len(lines), SHOWN)]
    first = Reply([title, Listing(pages[0])])
    return Outcome([first, *(Reply([Listing(page)]) for page in pages[1:])])
