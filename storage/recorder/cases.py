"""Cases: sealed into the vault, read, answered, asked after."""

from sqlmodel import Session

from dialogs import events
from dialogs.errors import Refused
from dialogs.receipt import spaced
from dialogs.rules.access import Action
from dialogs.rules.deadlines import notice_due
from dialogs.speech import Button, Go, Phrase, Reply, Sayable, say
from dialogs.vocabulary import Role
from storage import letters, people, vault
from storage.occasion import Occasion
from storage.recorder.outcome import Outcome, prepare, record
from storage.tables import Case


@record.register
def sent_elsewhere(
    event: events.SentElsewhere, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Write nothing down; show where to go."""
    return Outcome([say("complaint.elsewhere")])


@prepare.register
def seal_complaint(event: events.ComplaintLodged, occasion: Occasion) -> vault.Prepared:
    """Seal a complaint and make its receipt."""
    return vault.prepare(event, keys=occasion.keys)


@record.register
def complaint_lodged(
    event: events.ComplaintLodged, session: Session, occasion: Occasion, prepared: vault.Prepared
) -> Outcome:
    """Put a sealed case into the vault, hand over its receipt, ping the commission."""
    due = notice_due(occasion.today)
    vault.lodge(session, prepared, event, today=occasion.today, due_on=due)
    to_read = Button(Action.CASES, Go(Action.CASES))
    arrived = Phrase("complaint.ping", {"number": prepared.number, "due": due})
    ping(session, Reply([arrived], [[to_read]]), occasion=occasion)
    receipt = Phrase(
        "complaint.receipt",
        {"number": prepared.number, "secret": spaced(prepared.secret), "due": due},
    )
    return Outcome([Reply([receipt], protected=True)])


def ping(session: Session, reply: Reply, *, occasion: Occasion) -> None:
    """Tell the commission that there is something to read, and nothing of what it is."""
    handlers = people.with_role(session, (Role.COMMISSION_MEMBER, Role.COMMISSION_SECRETARY))
    letters.write(
        session,
        [(person, reply) for person in handlers],
        keys=occasion.keys,
        now=occasion.now,
    )


@prepare.register
def try_receipt(event: events.ReceiptPresented, occasion: Occasion) -> vault.Opening:
    """Work out what a receipt comes to."""
    return vault.try_receipt(event.number, event.secret, keys=occasion.keys)


@record.register
def receipt_presented(
    event: events.ReceiptPresented, session: Session, occasion: Occasion, prepared: vault.Opening
) -> Outcome:
    """Tell the holder of a receipt where their case stands and what was answered."""
    case, answers = vault.by_receipt(session, event.number, prepared)
    state: Sayable = Phrase(
        "receipt.state",
        {"number": case.number, "received": case.received_on, "state": case.state},
    )
    if not answers:
        waiting = Phrase("receipt.no_answer_yet", {"due": case.due_on})
        return Outcome([Reply([state, waiting], protected=True)])
    first, *more = [
        Phrase("receipt.answer", {"day": one.written_on, "text": one.text}) for one in answers
    ]
    head = Reply([state, Phrase("receipt.answers"), first], protected=True)
    return Outcome([head, *(Reply([answer], protected=True) for answer in more)])


@record.register
def case_opened(
    event: events.CaseOpened, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Show a case to a handler, protected, a paper a message."""
    case = vault.open_case(session, event.case)
    button = Button(Phrase("case.answer_button"), Go(Action.ANSWER_CASE, case.id.hex))
    papers = [
        Reply([paper_phrase(text)], protected=True)
        for text in vault.by_handler(session, case, keys=occasion.keys)
    ]
    head = Reply([case_head(case)], protected=True)
    last = papers[-1] if papers else head
    closing = Reply(last.phrases, [[button]], protected=True)
    return Outcome([head, *papers[:-1], closing])


def case_head(case: Case) -> Phrase:
    """Say what a case is, without what was written."""
    return Phrase(
        "case.shown",
        {
            "number": case.number,
            "kind": case.kind,
            "unit": case.unit or Phrase("case.no_unit"),
            "accused": case.accused,
            "received": case.received_on,
            "due": case.due_on,
            "state": case.state,
        },
    )


def paper_phrase(text: vault.Text) -> Phrase:
    """Say a paper of a case."""
    match text.kind:
        case "account":
            return Phrase("case.account", {"text": text.text})
        case "contact":
            return Phrase("case.contact", {"text": text.text})
        case _:
            return Phrase("case.answered_before", {"day": text.written_on, "text": text.text})


@record.register
def case_answered(
    event: events.CaseAnswered, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Put an answer into the case, unless a colleague did since it was begun."""
    case = vault.open_case(session, event.case)
    if event.papers not in (None, vault.papers(session, case.id)):
        raise Refused("answered_meanwhile", number=case.number)
    vault.answer(session, case, event.answer, event.state, keys=occasion.keys, today=occasion.today)
    return Outcome([say("case.answered", number=case.number, state=case.state)])
