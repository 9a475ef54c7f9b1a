"""Cases: sealed into the vault, read, taken a step on, asked after."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from sqlmodel import Session

from dialogs import events
from dialogs.catalogue.policy import number
from dialogs.errors import Refused
from dialogs.receipt import spaced
from dialogs.rules import deadlines, handling
from dialogs.rules.access import Action
from dialogs.rules.handling import UNTOLD
from dialogs.rules.recusal import readers
from dialogs.speech import Button, Go, Phrase, Reply, Sayable, say
from dialogs.vocabulary import CaseMove, PaperKind, Viewing
from storage import letters
from storage.occasion import Occasion
from storage.recorder import sealed_case
from storage.recorder.outcome import Outcome, prepare, record
from storage.tables import Case, Unit
from storage.vault import bells, cases, files, keys, papers, receipts, recovery

RECEIPT_LASTS = 30  # minutes a receipt, and what it opened, stands in the chat
HOUR = timedelta(hours=1)


@record.register
def sent_elsewhere(
    event: events.SentElsewhere, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Write nothing down; show where to go."""
    return Outcome([say("complaint.elsewhere")])


@prepare.register
def seal_complaint(event: events.ComplaintLodged, occasion: Occasion) -> cases.Prepared:
    """Seal a matter to those who may read it and make its receipt.

    How often somebody brings one is counted in memory alone.
    """
    if not event.assisted:
        occasion.memory.must_not_hurry(
            "lodge", occasion.chat, most=number("lodged_in_an_hour"), within=HOUR, now=occasion.now
        )
    if occasion.books is None:
        raise ValueError("a case is sealed with the books at hand")
    with occasion.books.reading() as session:
        left = readers(
            keys.handlers(session, today=occasion.today),
            accused=(event.person,) if event.person else (),
            named=event.recused,
            unit=event.unit,
        )
        spare = recovery.spares(session)
    if not left:
        raise Refused("too_few_handlers")
    more = files.received(occasion.files)
    return cases.prepare(event, readers=[*left, *spare], keys=occasion.keys, more=more)


@record.register
def complaint_lodged(
    event: events.ComplaintLodged, session: Session, occasion: Occasion, prepared: cases.Prepared
) -> Outcome:
    """Put a sealed case into the vault, hand over its receipt, ping who may read it."""
    clerk = occasion.person if event.assisted else None
    case = cases.lodge(session, prepared, event, today=occasion.today, clerk=clerk)
    ping(session, case, Phrase("complaint.ping", named(case)), occasion=occasion)
    receipt = Phrase(
        "complaint.receipt_assisted" if event.assisted else "complaint.receipt",
        {"number": case.number, "secret": spaced(prepared.secret), "due": case.due_on},
    )
    copied = [[Button(Action.SWEEP, Go(Action.SWEEP))]]
    handed = Reply([receipt], copied, protected=True, lasts=RECEIPT_LASTS)
    return Outcome([handed], about=case.number)


def named(case: Case) -> Mapping[str, Sayable]:
    """Name a case to its handlers: its number and its day, and nothing of what it is."""
    return {"number": case.number, "due": case.due_on}


def ping(session: Session, case: Case, says: Phrase, *, occasion: Occasion) -> None:
    """Tell a case's handlers that there is something to read, and nothing of what it is."""
    held = cases.key_ids(session, case.id)
    to = [
        one.person
        for one in keys.handlers(session, today=occasion.today)
        if one.key_id in held and one.person != (occasion.known and occasion.known.person)
    ]
    reply = Reply([says], [[Button(Action.CASES, Go(Action.CASES))]])
    letters.tell(session, to, reply, keys=occasion.keys, now=occasion.now)


@prepare.register
def try_receipt(event: events.ReceiptPresented, occasion: Occasion) -> receipts.Opening:
    """Work out what a receipt comes to, so often in a quarter of an hour and no oftener.

    The chat is counted first, so that one chat cannot use up the tries of many receipts.
    """
    for what, who in (("receipts of", occasion.chat), ("receipt", event.number)):
        occasion.memory.must_not_hurry(
            what, who, most=receipts.most_tries(), within=receipts.WITHIN, now=occasion.now
        )
    return receipts.tried(event.number, event.secret, keys=occasion.keys)


@record.register
def receipt_presented(
    event: events.ReceiptPresented, session: Session, occasion: Occasion, prepared: receipts.Opening
) -> Outcome:
    """Tell the holder of a receipt where their case stands and what was said in it."""
    case, private = receipts.case_of(session, event.number, prepared)
    state: Sayable = Phrase(
        "receipt.state",
        {"number": case.number, "received": case.received_on, "state": case.state},
    )
    until = occasion.now + timedelta(minutes=RECEIPT_LASTS)
    visit = occasion.memory.admit(case.id, chat=occasion.chat, until=until)
    go_on = [[Button(Phrase("receipt.go_on"), Go(Action.FOLLOW_CASE, visit))]]
    said = [
        Phrase(f"receipt.said_{one.kind.value}", {"day": one.written_on, "text": one.text})
        for one in papers.read(session, case.id, private=private, kinds=cases.FOR_THE_WRITER)
    ]
    if not any(one.key.endswith(PaperKind.ANSWER.value) for one in said):
        said.append(Phrase("receipt.no_answer_yet", {"due": case.due_on}))
    head, *more = [Reply([one], protected=True, lasts=RECEIPT_LASTS) for one in [state, *said]]
    *before, last = [head, *more]
    return Outcome([*before, Reply(last.phrases, go_on, protected=True, lasts=RECEIPT_LASTS)])


@prepare.register
def take_in_files(
    event: events.WriterStepped, occasion: Occasion
) -> Sequence[tuple[PaperKind, str | bytes]]:
    """Take in the files that came with a step."""
    return files.received(occasion.files)


@record.register
def writer_stepped(
    event: events.WriterStepped,
    session: Session,
    occasion: Occasion,
    prepared: Sequence[tuple[PaperKind, str | bytes]],
) -> Outcome:
    """Take the step of whoever holds a case's receipt, and tell its handlers that there is one."""
    case = session.get_one(Case, occasion.visited(event.visit))
    stands = cases.stands(session, case, today=occasion.today)
    case.state = handling.take(event.move, stands, actor=None, writer=True)
    if event.text:
        kind = PaperKind.RETALIATION if event.move is CaseMove.RETALIATION else PaperKind.SUPPLEMENT
        put_in = [(kind, event.text), *prepared]
        sealed_case.file(session, case, put_in, today=occasion.today)
    match event.move:
        case CaseMove.RATE:
            case.satisfaction = event.satisfaction
        case CaseMove.RETALIATION:
            case.urgent = True
        case CaseMove.REOPEN:
            case.satisfaction, case.assigned_to = None, None
            case.due_on = deadlines.notice_due(occasion.today, kind=case.kind, named=case.named)
        case _:
            pass
    session.add(case)
    cases.note(session, case, event.move, person=None, today=occasion.today)
    says = Phrase(f"case.ping_{event.move.value}", named(case))
    ping(session, case, says, occasion=occasion)
    if event.move is CaseMove.WITHDRAW:
        cases.erase(session, case)
    return Outcome([say(f"receipt.done_{event.move.value}", number=case.number)])


@record.register
def chat_swept(
    event: events.ChatSwept, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Say what is deleted and what cannot be; the desk deletes."""
    return Outcome([say("chat.swept")])


@record.register
def bell_hung(
    event: events.BellHung, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Remember where to say that an answer is there, or forget it."""
    case = session.get_one(Case, occasion.visited(event.visit))
    if event.wanted:
        bells.hang(session, case, occasion.chat, keys=occasion.keys, today=occasion.today)
    else:
        bells.take_down(session, case)
    return Outcome([say("receipt.bell_hung" if event.wanted else "receipt.bell_down")])


@prepare.register
def open_papers(event: events.CaseOpened, occasion: Occasion) -> Sequence[Reply]:
    """Open a case's papers and mark them with who reads them, before any lock is held.

    There are none while the key is locked: a case holds at least what was written.
    """
    if occasion.books is None:
        raise ValueError("a case is opened with the books at hand")
    with occasion.books.reading() as session:
        key = keys.own(session, occasion.person)
        case = cases.get(session, event.case, key.id)
        if key.viewing is Viewing.OFFLINE:
            paper = sealed_case.to_take_away(session, case, key.id)
            return [Reply([Phrase("case.sealed_file")], paper=paper)]
        private = occasion.memory.key_of(occasion.person, now=occasion.now)
        if private is None:
            return []
        opened = cases.opened(session, case, key.id, private)
    return sealed_case.shown(
        opened, reader=occasion.name, at=occasion.now.astimezone(occasion.zone)
    )


@record.register
def case_opened(
    event: events.CaseOpened, session: Session, occasion: Occasion, prepared: Sequence[Reply]
) -> Outcome:
    """Show a case to a handler, protected and for some minutes, or hand it over sealed."""
    key = keys.own(session, occasion.person)
    case = cases.get(session, event.case, key.id)
    button = [[Button(Phrase("case.step_button"), Go(Action.ANSWER_CASE, case.id.hex))]]
    head = Reply([case_head(session, case)])
    if key.viewing is Viewing.OFFLINE:
        (handed,) = prepared
        return Outcome([head, replace(handed, buttons=button)], about=case.number)
    if not prepared:
        return Outcome([say("vault.locked_again")], then=Go(Action.CASES))
    lasts = number("vault_minutes")
    kept = [replace(one, protected=True, lasts=lasts) for one in [head, *prepared]]
    closing = Reply([Phrase("case.swept_after", {"minutes": lasts})], button, lasts=lasts)
    return Outcome([*kept, closing], about=case.number)


def case_head(session: Session, case: Case) -> Phrase:
    """Say what a case is, without what was written."""
    unit = session.get(Unit, case.unit_id) if case.unit_id else None
    return Phrase(
        "case.shown",
        {
            "number": case.number,
            "kind": case.kind,
            "unit": unit.name if unit else Phrase("case.no_unit"),
            "accused": case.accused,
            "received": case.received_on,
            "due": case.due_on,
            "state": case.state,
        },
    )


@record.register
def case_stepped(
    event: events.CaseStepped, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Take a handler's step, unless a colleague took one since it was begun."""
    case = cases.get(session, event.case, keys.own(session, occasion.person).id)
    if event.papers not in (None, papers.count(session, case.id)):
        raise Refused("answered_meanwhile", number=case.number)
    stands = cases.stands(session, case, today=occasion.today)
    case.state = handling.take(event.move, stands, actor=occasion.person, writer=False)
    told = event.move not in UNTOLD
    kind = PaperKind.ANSWER if told else PaperKind.NOTE
    sealed_case.file(session, case, [(kind, event.text)], today=occasion.today)
    move_on(case, event, occasion)
    session.add(case)
    cases.note(session, case, event.move, person=occasion.person, today=occasion.today)
    if told:
        bells.ring(session, case, keys=occasion.keys, now=occasion.now)
    else:
        says = Phrase(f"case.ping_{event.move.value}", named(case))
        ping(session, case, says, occasion=occasion)
    done = say("case.stepped", number=case.number, move=event.move, state=case.state)
    return Outcome([done], about=case.number)


def move_on(case: Case, event: events.CaseStepped, occasion: Occasion) -> None:
    """Set the clock of a case, and whose it is, as a step leaves them."""
    match event.move:
        case CaseMove.ACCEPT:
            case.accepted_on, case.assigned_to = occasion.today, occasion.person
            case.due_on = deadlines.handling_due(occasion.today, extended=case.extended)
        case CaseMove.ASSIGN:
            case.assigned_to = event.to
        case CaseMove.HAND_BACK:
            case.assigned_to, case.accepted_on = None, None
        case CaseMove.EXTEND:
            case.extended = True
            since = case.accepted_on or occasion.today
            case.due_on = deadlines.handling_due(since, extended=True)
        case _:
            pass
