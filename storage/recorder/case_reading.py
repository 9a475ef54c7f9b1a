"""Reading a case: its papers at once, how its writer can be reached when that is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from nacl.public import PrivateKey
from sqlmodel import Session

from dialogs import events
from dialogs.catalogue.policy import number
from dialogs.rules.access import Action
from dialogs.speech import Button, Go, Phrase, Reply, say
from dialogs.vocabulary import CameBy, PaperKind, Verdict, Viewing
from storage.occasion import Occasion
from storage.recorder import sealed_case
from storage.recorder.case_head import head_of
from storage.recorder.case_pings import has_seen
from storage.recorder.outcome import Outcome, prepare, record
from storage.tables import Case
from storage.vault import admission, cases, keys
from storage.vault.papers import Opened

AT_ONCE = cases.FOR_HANDLERS - {PaperKind.CONTACT}


@dataclass(frozen=True)
class Read:
    """What is shown of a case; `came_by` is how one came that a clerk wrote down."""

    replies: Sequence[Reply] = field(default=(), repr=False)
    came_by: CameBy | None = None


@prepare.register
def open_papers(event: events.CaseOpened, occasion: Occasion) -> Read:
    """Open a case's papers and mark them with who reads them, before any lock is held.

    There are none while the key is locked: a case holds at least what was written.
    """
    with occasion.shelf.reading() as session:
        key = keys.own(session, occasion.person)
        case = admission.let_in(session, event.case, occasion)
        if key.viewing is Viewing.OFFLINE:
            paper = sealed_case.to_take_away(session, case, key.id)
            return Read([Reply([Phrase("case.sealed_file")], paper=paper)])
        private = unlocked(occasion)
        if private is None:
            return Read()
        opened = cases.opened(session, case, key.id, private, kinds=AT_ONCE)
    came_by = [CameBy(one.text) for one in opened if one.kind is PaperKind.CAME_BY]
    return Read(marked(opened, occasion), came_by[0] if came_by else None)


@prepare.register
def open_contact(event: events.ContactAsked, occasion: Occasion) -> Sequence[Reply]:
    """Open how the writer of a case can be reached; nothing while the key is locked."""
    with occasion.shelf.reading() as session:
        key = keys.own(session, occasion.person)
        case = admission.let_in(session, event.case, occasion)
        private = unlocked(occasion)
        if private is None:
            return []
        opened = cases.opened(session, case, key.id, private, kinds=[PaperKind.CONTACT])
    return marked(opened, occasion) or [say("case.no_contact")]


def unlocked(occasion: Occasion) -> PrivateKey | None:
    """Give the key of whoever reads, while it is unlocked."""
    return occasion.memory.key_of(occasion.person, now=occasion.now)


def marked(opened: Sequence[Opened], occasion: Occasion) -> list[Reply]:
    """Show papers marked with who reads them and when."""
    return sealed_case.shown(
        opened, reader=occasion.name, at=occasion.now.astimezone(occasion.zone)
    )


@record.register
def case_opened(
    event: events.CaseOpened, session: Session, occasion: Occasion, prepared: Read
) -> Outcome:
    """Show a case to a handler, protected and for some minutes, or hand it over sealed."""
    key = keys.own(session, occasion.person)
    case = admission.let_in(session, event.case, occasion)
    has_seen(case, occasion)
    head = Reply([head_of(session, case, occasion, came_by=prepared.came_by)])
    if key.viewing is Viewing.OFFLINE:
        (handed,) = prepared.replies
        shown = replace(head, protected=True, lasts=number("vault_minutes"))
        given = [shown, replace(handed, buttons=[step_button(case)])]
        return Outcome(given, about=case.number, verdict=Verdict.EXPORTED)
    if not prepared.replies:
        return Outcome([say("vault.locked_again")], then=Go(Action.CASES))
    buttons = [step_button(case), *([contact_button(case)] if case.named else [])]
    return Outcome(for_minutes([head, *prepared.replies], buttons), about=case.number)


def for_minutes(shown: Sequence[Reply], buttons: Sequence[Sequence[Button]]) -> list[Reply]:
    """Show something protected and for some minutes, and below what can be done with it."""
    lasts = number("vault_minutes")
    kept = [replace(one, protected=True, lasts=lasts) for one in shown]
    return [*kept, Reply([Phrase("case.swept_after", {"minutes": lasts})], buttons, lasts=lasts)]


def step_button(case: Case) -> list[Button]:
    """Offer to take a case a step on."""
    return [Button(Phrase("case.step_button"), Go(Action.ANSWER_CASE, case.id.hex))]


def contact_button(case: Case) -> list[Button]:
    """Offer to show how the writer can be reached."""
    return [Button(Action.CASE_CONTACT, Go(Action.CASE_CONTACT, case.id.hex))]


@record.register
def contact_asked(
    event: events.ContactAsked, session: Session, occasion: Occasion, prepared: Sequence[Reply]
) -> Outcome:
    """Show how the writer of a case can be reached, protected and for some minutes."""
    case = admission.let_in(session, event.case, occasion)
    if not prepared:
        return Outcome([say("vault.locked_again")], then=Go(Action.CASES))
    return Outcome(for_minutes(prepared, [step_button(case)]), about=case.number)
