"""What came of a conversation, written down: one event in, what to say out.

`prepare` does the slow and pure part of an event before the books are opened; `record` writes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import singledispatch
from typing import Any

from sqlmodel import Session

from dialogs import events
from dialogs.documents.filling import filled_search_form
from dialogs.documents.search_form import personal_search_form
from dialogs.errors import Refused
from dialogs.flows.broadcast import progress
from dialogs.messages import plain_words, render
from dialogs.prompts import plain
from dialogs.receipt import spaced
from dialogs.rules.access import Action
from dialogs.rules.audience import within
from dialogs.rules.deadlines import notice_due
from dialogs.speech import Button, Go, Listing, Paper, Phrase, Reply, Sayable, say
from dialogs.vocabulary import BroadcastState, DeliveryState, Language, Role
from dialogs.xlsform.play import FormAnswered
from storage import broadcasts, languages, outbox, people, self_checks, vault
from storage.occasion import Occasion
from storage.outbox import Letter, Urgency
from storage.tables import Broadcast, BroadcastCopy, Case, Person, QuestionnaireAnswer

SHOWN = 80  # unreached people named in one message


@dataclass(frozen=True)
class Outcome:
    """What a person hears of it: replies, a word on the button pressed, what begins next.

    `marks` are the buttons that take the place of those pressed, `language` one chosen just now.
    """

    replies: Sequence[Reply] = ()
    alert: Phrase | None = None
    marks: Sequence[Sequence[Button]] | None = None
    then: Go | None = None
    language: Language | None = None


@singledispatch
def prepare(event: object, occasion: Occasion) -> Any:
    """Do the slow part of an event before any lock is held; most have none."""
    return None


@singledispatch
def record(event: object, session: Session, occasion: Occasion, prepared: Any) -> Outcome:
    """Write an event down; raise Refused if it can no longer be, and write nothing."""
    raise NotImplementedError(type(event).__name__)


@record.register
def code_typed(
    event: events.CodeTyped, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Go on with the invitation a code belongs to; a pasted link or full-width signs will do."""
    code = plain(event.code).rsplit("=", 1)[-1].upper().replace("-", "").replace(" ", "")
    people.invited(session, occasion.keys.lookup(code), now=occasion.now)
    return Outcome(then=Go(Action.JOIN, code))


@record.register
def joined(event: events.Joined, session: Session, occasion: Occasion, prepared: None) -> Outcome:
    """Give an invited person this account."""
    account = occasion.keys.seal(str(occasion.chat).encode(), f"account:{occasion.chat_hash}")
    person = people.join(
        session,
        occasion.keys.lookup(event.code),
        account_hash=occasion.chat_hash,
        account=account,
        now=occasion.now,
    )
    languages.choose(session, occasion.chat_hash, occasion.language)
    return Outcome([say("join.welcome", name=person.name)])


@record.register
def language_chosen(
    event: events.LanguageChosen, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Speak the chosen language from now on."""
    languages.choose(session, occasion.chat_hash, event.language)
    chosen = say("language.chosen", language=event.language)
    return Outcome([chosen], language=event.language)


@prepare.register
def fill_form(event: events.SelfChecked, occasion: Occasion) -> bytes:
    """Fill the official form from what was said."""
    form = filled_search_form(event, town=occasion.town, name=occasion.name, on=occasion.today)
    return personal_search_form(form)


@record.register
def self_checked(
    event: events.SelfChecked, session: Session, occasion: Occasion, prepared: bytes
) -> Outcome:
    """Write a self-check down and hand back its form."""
    held = people.posts_held(session, occasion.person, today=occasion.today)
    if event.post.post not in {post.post for post in held}:
        raise Refused("not_your_post")
    self_checks.record(session, occasion.person, event, now=occasion.now)
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
def questionnaire_answered(
    event: FormAnswered, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Write a questionnaire's answers down, without whose they are."""
    session.add(
        QuestionnaireAnswer(
            form=event.form,
            version=event.version,
            answered_on=occasion.today,
            answers=dict(event.answers),
        )
    )
    return Outcome([say("questionnaire.thanks")])


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


@record.register
def invitation_made(
    event: events.InvitationMade, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Make an invitation and hand it to the clerk."""
    person = session.get_one(Person, event.person)
    if person.account_hash:
        raise Refused("person_taken", name=person.name)
    code = people.new_code()
    code_hash = occasion.keys.lookup(code)
    people.invite(
        session, person.id, code_hash=code_hash, made_by=occasion.person, now=occasion.now
    )
    return Outcome(
        [
            say(
                "invite.made",
                name=person.name,
                until=(occasion.now + people.INVITATION_LASTS).date(),
                link=f"{occasion.bot_link}?start={code}",
                code=code,
            )
        ]
    )


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
    spoken = languages.chosen(session, [person.account_hash or "" for person in handlers])
    outbox.post(
        session,
        [
            outbox.draft(
                Letter(
                    people.account_of(person, keys=occasion.keys),
                    render(reply, spoken.get(person.account_hash or "", Language.ZH_HANT)),
                ),
                keys=occasion.keys,
                due_at=occasion.now,
                urgency=Urgency.REMINDER,
            )
            for person in handlers
        ],
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
    """Put an answer into the case for the holder of the receipt."""
    case = vault.open_case(session, event.case)
    vault.answer(session, case, event.answer, event.state, keys=occasion.keys, today=occasion.today)
    return Outcome([say("case.answered", number=case.number, state=case.state)])


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
    return Outcome([progress(broadcast.id, event.text, shown)])


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
