"""Broadcasts: a copy a person, and what became of each; held up and ended by named officers."""

from collections.abc import Sequence
from datetime import datetime, time

from sqlmodel import Session

from dialogs import events
from dialogs.documents.workbook import Page, write_sheets
from dialogs.errors import Refused
from dialogs.flows.broadcast import Card
from dialogs.messages import SOURCE, plain_words
from dialogs.rules.access import COMMISSION, Action
from dialogs.rules.broadcast import take
from dialogs.speech import Button, Go, Listing, Paper, Phrase, Reply, Sayable, say
from dialogs.vocabulary import BroadcastMove, BroadcastState, DeliveryState
from storage import audience, broadcasts, letters, mailing, people, subjects
from storage.broadcasts import Recipient
from storage.occasion import Occasion
from storage.recorder.outcome import Outcome, record
from storage.tables import Broadcast, BroadcastCopy

SHOWN = 20  # unreached people named in a message; the rest stand in its file
UNSENT = (DeliveryState.WAITING, DeliveryState.NOT_JOINED)
LISTED = 8  # broadcasts of late
COLUMNS = (("name", 14), ("unit", 20), ("post", 22), ("phone", 18), ("state", 16), ("read_at", 18))


@record.register
def broadcast_ordered(
    event: events.BroadcastOrdered, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Draw a broadcast up, a copy a person; nothing is sent before somebody says so."""
    heard = audience.meant(session, event.to, today=occasion.today)
    if not any(person.account for person in heard):
        raise Refused("nobody_to_hear")
    broadcast = Broadcast(
        ordered_by=occasion.person,
        text=event.text,
        file=event.file.file if event.file else "",
        file_name=event.file.name if event.file else "",
        file_is_picture=bool(event.file and event.file.kind == "photo"),
        state=BroadcastState.DRAFT,
        ordered_at=occasion.now,
        starts_at=starts_at(event, occasion),
        progress_message=occasion.pressed,
    )
    session.add(broadcast)
    session.flush()
    session.add_all(
        BroadcastCopy(
            broadcast_id=broadcast.id,
            person_id=person.id,
            state=DeliveryState.WAITING if person.account else DeliveryState.NOT_JOINED,
        )
        for person in heard
    )
    session.flush()
    return Outcome([card(session, broadcast, occasion).shown()], about=broadcast.id.hex)


def starts_at(event: events.BroadcastOrdered, occasion: Occasion) -> datetime | None:
    """Find the moment a broadcast waits for; raise Refused for one that is past."""
    if event.day is None:
        return None
    moment = datetime.combine(event.day, time(event.hour), occasion.zone)
    if moment <= occasion.now:
        raise Refused("hour_past", at=moment)
    return moment


def card(session: Session, broadcast: Broadcast, occasion: Occasion) -> Card:
    """Lay out a broadcast for whoever looks at it."""
    counts = broadcasts.counts(session, broadcast.id)
    return broadcasts.card(
        broadcast, counts, by=occasion.person, now=occasion.now, zone=occasion.zone
    )


@record.register
def broadcast_steered(
    event: events.BroadcastSteered, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Take a step with a broadcast, and show on its message what can be done next."""
    broadcast = broadcasts.get(session, event.broadcast)
    before = card(session, broadcast, occasion)
    broadcast.state = take(event.move, before.sending)
    broadcast.shown = ""
    follow(session, broadcast, event.move, before, occasion)
    session.add(broadcast)
    session.flush()
    done = Phrase(f"broadcast.done_{event.move.value}")
    if broadcast.state is BroadcastState.SCHEDULED:
        done = scheduled(broadcast, occasion)
    about = subjects.step(event.move, broadcast.id.hex)
    after = card(session, broadcast, occasion)
    match event.move:
        case BroadcastMove.CANCEL:
            ended = after.shown()
            return Outcome([Reply([done, *ended.phrases], ended.buttons)], about=about)
        case BroadcastMove.APPROVE:  # pressed under the whole text, which is left standing
            return Outcome(alert=done, marks=after.shown().buttons, about=about)
        case BroadcastMove.DECLINE:
            return Outcome(alert=done, marks=after.lists(), about=about)
        case _:
            return Outcome(alert=done, redrawn=after.shown(), about=about)


def follow(
    session: Session, broadcast: Broadcast, move: BroadcastMove, before: Card, occasion: Occasion
) -> None:
    """Do what comes of a step: begin, hold up, end, remind, or tell a colleague."""
    match move:
        case BroadcastMove.SEND | BroadcastMove.GO_ON:
            begin(session, broadcast, before, occasion)
        case BroadcastMove.ASK:
            ask_the_others(session, before, occasion)
        case BroadcastMove.APPROVE:
            broadcast.approved_by = occasion.person
            begin(session, broadcast, before, occasion)
            tell_orderer(session, broadcast, move, occasion)
        case BroadcastMove.DECLINE:
            tell_orderer(session, broadcast, move, occasion)
        case BroadcastMove.PAUSE:
            mailing.call_back(session, broadcast.id)
        case BroadcastMove.CANCEL:
            mailing.give_up(session, broadcast.id)
        case BroadcastMove.NUDGE:
            broadcast.nudged_on = occasion.today
            mailing.nudge(session, broadcast.id)
        case BroadcastMove.AGAIN | BroadcastMove.ARRIVED:
            arrived = move is BroadcastMove.ARRIVED
            mailing.decide(session, broadcast.id, arrived=arrived)


def begin(session: Session, broadcast: Broadcast, before: Card, occasion: Occasion) -> None:
    """Begin to send; what was to begin at an hour that has passed waits until offices are open."""
    if broadcast.state is BroadcastState.SCHEDULED:
        return
    opens = occasion.calendar.next_open_moment(occasion.now, zone=occasion.zone)
    begun = any(count for state, count in before.counts.items() if state not in UNSENT)
    if broadcast.starts_at is not None and opens > occasion.now and not begun:
        broadcast.state, broadcast.starts_at = BroadcastState.SCHEDULED, opens
    else:
        mailing.begin(session, broadcast, now=occasion.now)


def scheduled(broadcast: Broadcast, occasion: Occasion) -> Phrase:
    """Say when it will begin."""
    at = broadcast.starts_at or occasion.now
    return Phrase("broadcast.scheduled", {"at": at.astimezone(occasion.zone)})


def ask_the_others(session: Session, before: Card, occasion: Occasion) -> None:
    """Show a large broadcast to the other members of the commission, one of whom approves it."""
    others = {one.id for one in people.with_role(session, tuple(COMMISSION))} - {occasion.person}
    steps = [
        [before.step(move) for move in (BroadcastMove.APPROVE, BroadcastMove.DECLINE)],
        [Button(Action.RECIPIENTS, Go(Action.RECIPIENTS, before.broadcast.hex))],
    ]
    asks = Phrase(
        "broadcast.asks",
        {"by": occasion.name, "people": before.sending.people, "text": before.text},
    )
    told = letters.tell(session, others, Reply([asks], steps), keys=occasion.keys, now=occasion.now)
    if not told:
        raise Refused("nobody_to_approve")


def tell_orderer(
    session: Session, broadcast: Broadcast, move: BroadcastMove, occasion: Occasion
) -> None:
    """Tell who ordered a broadcast what a second person said."""
    says = [Phrase(f"broadcast.told_{move.value}", {"by": occasion.name})]
    if broadcast.state is BroadcastState.SCHEDULED:
        says.append(scheduled(broadcast, occasion))
    button = Button(Action.BROADCASTS, Go(Action.BROADCASTS, broadcast.id.hex))
    letters.tell(
        session,
        [broadcast.ordered_by],
        Reply(says, [[button]]),
        keys=occasion.keys,
        now=occasion.now,
    )


@record.register
def broadcasts_asked(
    event: events.BroadcastsAsked, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Show the notices of late, each with its button; or one, with what can be done with it."""
    if event.broadcast:
        one = broadcasts.get(session, event.broadcast)
        return Outcome([card(session, one, occasion).shown()], about=one.id.hex)
    undecided = broadcasts.undecided(session)
    found = broadcasts.of_late(session, most=LISTED, besides=undecided)
    if not found:
        return Outcome([say("broadcast.none_yet")])
    buttons = [
        [Button(named(one, undecided.get(one.id), occasion), Go(Action.BROADCASTS, one.id.hex))]
        for one in found
    ]
    return Outcome([Reply([Phrase("broadcast.of_late")], buttons)])


def named(broadcast: Broadcast, undecided: int | None, occasion: Occasion) -> Phrase:
    """Name a broadcast on a button: its day, how it stands, how it begins, what is undecided."""
    values: dict[str, Sayable] = {
        "day": f"{broadcast.ordered_at.astimezone(occasion.zone):%m-%d}",
        "state": broadcast.state,
        "text": broadcast.text,
    }
    if undecided:
        return Phrase("broadcast.open_undecided", {**values, "count": undecided})
    return Phrase("broadcast.open", values)


@record.register
def recipients_asked(
    event: events.RecipientsAsked, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Hand over the list of everybody a broadcast is for."""
    everybody = broadcasts.recipients(session, event.broadcast, today=occasion.today)
    says = Phrase("broadcast.recipients", {"count": len(everybody)})
    return Outcome([Reply([says], paper=listed("broadcast.recipients_file", everybody, occasion))])


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
    """Name the people a broadcast has not reached, with a list to telephone them by."""
    missing = broadcasts.recipients(session, event.broadcast, today=occasion.today, missed=True)
    if not missing:
        return Outcome([say("broadcast.all_reached")])
    lines: list[Sayable] = [
        Phrase("broadcast.unreached_one", {"name": one.name, "unit": one.unit, "state": one.state})
        for one in missing[:SHOWN]
    ]
    if len(missing) > SHOWN:
        lines.append(Phrase("broadcast.unreached_more", {"count": len(missing) - SHOWN}))
    title = Phrase("broadcast.unreached_title", {"count": len(missing)})
    paper = listed("broadcast.unreached_file", missing, occasion)
    return Outcome(
        [Reply([title, Listing(lines)]), Reply([Phrase("broadcast.to_call")], paper=paper)]
    )


def listed(name: str, recipients: Sequence[Recipient], occasion: Occasion) -> Paper:
    """Write people into a workbook, a row each."""
    headers = [
        (plain_words(Phrase(f"broadcast.column_{column}"), SOURCE), width)
        for column, width in COLUMNS
    ]
    rows = [
        (
            one.name,
            one.unit,
            one.post,
            one.phone,
            plain_words(one.state, SOURCE),
            f"{one.read_at.astimezone(occasion.zone):%Y-%m-%d %H:%M}" if one.read_at else None,
        )
        for one in recipients
    ]
    title = plain_words(Phrase("broadcast.sheet"), SOURCE)
    file = plain_words(Phrase(name, {"day": occasion.today}), SOURCE)
    return Paper(file, write_sheets([Page(title, headers, rows)]))
