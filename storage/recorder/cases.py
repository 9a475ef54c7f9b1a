"""Cases: sealed into the vault, read, taken a step on, asked after."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from sqlmodel import Session

from dialogs import events
from dialogs.catalogue.policy import number
from dialogs.errors import Refused
from dialogs.receipt import spaced
from dialogs.rules import deadlines, handling, quarantine, recusal
from dialogs.rules.access import Action
from dialogs.rules.handling import UNTOLD
from dialogs.rules.quarantine import Lately
from dialogs.rules.recusal import letters_of
from dialogs.speech import STAYS, Button, Go, Phrase, Reply, Sayable, say
from dialogs.vocabulary import CLOSED, CaseMove, CaseState, PaperKind, Verdict
from storage import people, subjects
from storage.occasion import Occasion
from storage.recorder import sealed_case
from storage.recorder.case_outlook import outlook
from storage.recorder.case_pings import must_not_hurry, ping
from storage.recorder.outcome import Outcome, prepare, record
from storage.tables import Case, Person
from storage.vault import (
    admission,
    bells,
    cases,
    files,
    keys,
    papers,
    receipts,
    recovery,
    recusals,
    results,
    room,
)
from storage.vault.papers import Sealed

RECEIPT_LASTS = 30  # minutes a receipt, and what it opened, stands in the chat
HOUR = timedelta(hours=1)


@record.register
def sent_elsewhere(
    event: events.SentElsewhere, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Write nothing down, not even when to delete what is said; show where to go."""
    return Outcome([Reply([Phrase("complaint.elsewhere")], lasts=STAYS)])


@prepare.register
def seal_complaint(event: events.ComplaintLodged, occasion: Occasion) -> cases.Prepared:
    """Seal a matter to those who may read it and make its receipt.

    How often somebody brings one is counted in memory alone.
    """
    if not event.assisted:
        occasion.memory.must_not_hurry(
            "lodge", occasion.chat, most=number("lodged_in_an_hour"), within=HOUR, now=occasion.now
        )
    with occasion.shelf.reading() as session:
        left = recusal.readers(
            keys.handlers(session, today=occasion.today),
            accused=(event.person,) if event.person else (),
            named=event.recused,
            unit=event.unit,
        )
        spare = recovery.spares(session)
        whom = name_of(session, event.person, today=occasion.today) if event.person else ""
    if not left:
        raise Refused("too_few_handlers")
    sealed = cases.prepare(
        event,
        readers=[*left, *spare],
        keys=occasion.keys,
        whom=whom,
        more=files.received(occasion.files),
        set_aside=is_odd(event, occasion),
    )
    room.must_fit(sealed.papers)
    return replace(sealed, papers=papers.laid_down(occasion.shelf, sealed.papers))


def name_of(session: Session, person: UUID, *, today: date) -> str:
    """Name somebody with the posts they hold."""
    posts = [one.title for one in people.posts_held(session, person, today=today)]
    return "｜".join([session.get_one(Person, person).name, *posts])


def is_odd(event: events.ComplaintLodged, occasion: Occasion) -> bool:
    """Say whether a letter is set aside; what is counted for it is in memory alone, and hashed."""
    memory, now = occasion.memory, occasion.now
    text, unit = ("text", letters_of(event.account)), ("unit", str(event.unit))
    same, about = (len(memory.lately(*one, within=HOUR, now=now)) for one in (text, unit))
    memory.count(*text, within=HOUR, now=now)
    files, lately = bool(event.files), Lately(same, about)
    vouched = bool(event.contact or files or event.assisted)
    if quarantine.is_set_aside(event.account, lately, vouched=vouched, files=files):
        return True
    memory.count(*unit, within=HOUR, now=now)
    return False


@record.register
def complaint_lodged(
    event: events.ComplaintLodged, session: Session, occasion: Occasion, prepared: cases.Prepared
) -> Outcome:
    """Put a sealed case into the vault and hand over its receipt; a sweep tells its handlers."""
    clerk = occasion.person if event.assisted else None
    case = cases.lodge(
        *(session, prepared, event),
        today=occasion.today,
        calendar=occasion.calendar,
        clerk=clerk,
    )
    receipt = Phrase(
        "complaint.receipt_assisted" if event.assisted else "complaint.receipt",
        {"number": case.number, "secret": spaced(prepared.secret), "due": case.due_on},
    )
    copied = [[Button(Action.SWEEP, Go(Action.SWEEP))]]
    handed = Reply([receipt], copied, protected=True, lasts=RECEIPT_LASTS)
    return Outcome([handed], about=case.number)


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
        Phrase(f"receipt.said_{one.kind.value}", {"day": one.written_on, "text": one.said})
        for one in papers.read(session, case.id, private=private, kinds=cases.FOR_THE_WRITER)
    ]
    said += list(outlook(session, case, said, occasion=occasion))
    if results.is_owed(session, case):
        cases.note(session, case, CaseMove.TELL, person=None, today=occasion.today)
        said.append(Phrase("receipt.told"))
    head, *more = [Reply([one], protected=True, lasts=RECEIPT_LASTS) for one in [state, *said]]
    *before, last = [head, *more]
    return Outcome([*before, Reply(last.phrases, go_on, protected=True, lasts=RECEIPT_LASTS)])


@prepare.register
def seal_what_was_added(event: events.WriterStepped, occasion: Occasion) -> Sequence[Sealed]:
    """Seal what came with a step to its case, and write down ahead what is large."""
    with occasion.shelf.reading() as session:
        case = admission.visited(session, event.visit, occasion)
        size, count = room.size_of(session, case.id), room.files_of(session, case.id)
    says = bool(event.text or event.files)
    if says:
        must_not_hurry(case, event.move, occasion)
    put_in = files.received(occasion.files)
    if says:
        kind = PaperKind.RETALIATION if event.move is CaseMove.RETALIATION else PaperKind.SUPPLEMENT
        put_in.insert(0, (kind, event.text))
    sealed = sealed_case.sealed_to(case, put_in)
    if sealed:
        room.must_fit(sealed, size=size, files=count)
    return papers.laid_down(occasion.shelf, sealed)


@record.register
def writer_stepped(
    event: events.WriterStepped,
    session: Session,
    occasion: Occasion,
    prepared: Sequence[Sealed],
) -> Outcome:
    """Take the step of whoever holds a case's receipt, and tell its handlers that there is one.

    Whom the text names stands aside from now on, as if the first account had named them.
    """
    case = admission.visited(session, event.visit, occasion)
    stands = cases.stands(session, case, today=occasion.today, calendar=occasion.calendar)
    case.state = handling.take(event.move, stands, actor=None, writer=True)
    papers.file(session, case, prepared, today=occasion.today)
    named_now = recusals.named_in(session, event.text, occasion) if event.text else ()
    recusals.put_aside(session, case, named_now, occasion)
    match event.move:
        case CaseMove.RATE:
            case.satisfaction = event.satisfaction
        case CaseMove.RETALIATION:
            case.urgent = True
        case _:
            pass
    if stands.state in CLOSED and case.state not in CLOSED:
        take_up_again(case, occasion)
    session.add(case)
    cases.note(session, case, event.move, person=None, today=occasion.today)
    if case.state is not CaseState.QUARANTINED:
        ping(session, case, event.move, occasion=occasion)
    if event.move is CaseMove.WITHDRAW:
        cases.erase(session, case)
    says = [Phrase(f"receipt.done_{event.move.value}", {"number": case.number})]
    if named_now:
        says.append(Phrase("receipt.named_aside"))
    if event.text and admission.goes_up(session, case, occasion):
        says.append(Phrase("receipt.goes_up"))
    return Outcome([Reply(says)])


def take_up_again(case: Case, occasion: Occasion) -> None:
    """Begin anew with a case that was over."""
    case.satisfaction, case.assigned_to, case.verified = None, None, None
    case.accepted_on, case.extended = None, False
    case.due_on = deadlines.notice_due(
        occasion.today, kind=case.kind, named=case.named, calendar=occasion.calendar
    )


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
    case = admission.visited(session, event.visit, occasion)
    if event.wanted and case.state in CLOSED:
        raise Refused("case_not_there", state=case.state)
    if event.wanted:
        bells.hang(session, case, occasion.chat, keys=occasion.keys, today=occasion.today)
    else:
        bells.take_down(session, case)
    return Outcome([say("receipt.bell_hung" if event.wanted else "receipt.bell_down")])


@record.register
def cases_sifted(
    event: events.CasesSifted, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Take a step of letters that were set aside, unless a colleague did meanwhile.

    Those that only the county may handle stay where they are, unless they are handed on.
    """
    found = [admission.let_in(session, one, occasion) for one in event.cases]
    waiting = [case for case in found if case.state is CaseState.QUARANTINED]
    if not waiting:
        raise Refused("sifted_meanwhile")
    up = [] if event.move is CaseMove.HAND_ON else admission.going_up(session, waiting, occasion)
    taken = [case for case in waiting if case not in up]
    if not taken:
        raise Refused("case_goes_up", number=numbers(up))
    for case in taken:
        take_step(session, case, event.move, event.text, occasion=occasion)
    says = [Phrase("case.sifted", {"count": len(taken), "move": event.move})]
    if up:
        says.append(Phrase("case.sifted_goes_up", {"numbers": numbers(up)}))
    about = " ".join(subjects.step(event.move, case.number) for case in taken)
    return Outcome([Reply(says)], about=about, verdict=Verdict.DONE)


def numbers(found: Sequence[Case]) -> str:
    """Name cases by their numbers."""
    return " ".join(case.number for case in found)


def take_step(
    session: Session,
    case: Case,
    move: CaseMove,
    text: str,
    *,
    occasion: Occasion,
    on: date | None = None,
) -> None:
    """Take a handler's step: what is written goes to the writer, or, of a note, to handlers."""
    stands = admission.stands(session, case, occasion)
    case.state = handling.take(move, stands, actor=occasion.person, writer=False)
    kind = PaperKind.NOTE if move in UNTOLD else PaperKind.ANSWER
    sealed_case.file(session, case, [(kind, text)] if text else [], today=occasion.today)
    session.add(case)
    cases.note(session, case, move, person=occasion.person, today=on or occasion.today)
    if move not in UNTOLD:
        bells.ring(session, case, keys=occasion.keys, now=occasion.now)


@record.register
def case_stepped(
    event: events.CaseStepped, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Take a handler's step, unless a colleague took one since it was begun."""
    case = admission.let_in(session, event.case, occasion)
    must_be_fit(session, case, event, occasion=occasion)
    take_step(session, case, event.move, event.text, occasion=occasion, on=event.told_on)
    if event.told_by:
        how = [(PaperKind.TOLD_BY, event.told_by.value)]
        sealed_case.file(session, case, how, today=occasion.today)
    move_on(case, event, occasion)
    if event.move in UNTOLD:
        ping(session, case, event.move, occasion=occasion)
    done = say("case.stepped", number=case.number, move=event.move, state=case.state)
    to = f" {event.to.hex}" if event.to else ""
    return Outcome([done], about=subjects.step(event.move, case.number) + to)


def must_be_fit(
    session: Session, case: Case, event: events.CaseStepped, *, occasion: Occasion
) -> None:
    """Refuse a step that only the county may take, one overtaken, or one that assigns amiss."""
    if event.move is not CaseMove.HAND_ON and admission.goes_up(session, case, occasion):
        raise Refused("case_goes_up", number=case.number)
    if event.papers not in (None, papers.count(session, case.id)):
        raise Refused("answered_meanwhile", number=case.number)
    if event.move is CaseMove.ASSIGN:
        readers = admission.readers(session, case, occasion)
        if event.to not in {one.person for one in readers}:
            raise Refused("case_assigned_aside", number=case.number)


def move_on(case: Case, event: events.CaseStepped, occasion: Occasion) -> None:
    """Set the clock of a case, and whose it is, as a step leaves them."""
    match event.move:
        case CaseMove.ACCEPT:
            case.accepted_on = case.accepted_on or occasion.today  # a hand-back gains no days
            case.assigned_to = occasion.person
            case.due_on = deadlines.handling_due(case.accepted_on, extended=case.extended)
        case CaseMove.ASSIGN:
            case.assigned_to = event.to
        case CaseMove.HAND_BACK:
            case.assigned_to = None
        case CaseMove.EXTEND:
            case.extended = True
            since = case.accepted_on or occasion.today
            case.due_on = deadlines.handling_due(since, extended=True)
        case CaseMove.CONCLUDE:
            case.verified = event.verified
            if deadlines.is_real_name(case.kind, named=case.named):
                case.due_on = deadlines.result_due(occasion.today, calendar=occasion.calendar)
        case _:
            pass
