"""Warnings written down: drafted, taken on their way, and who hears of each step."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from dialogs import events
from dialogs.flows.warning import called
from dialogs.messages import SOURCE, plain_words
from dialogs.rules import warning as rules
from dialogs.rules.access import COMMISSION, Action
from dialogs.speech import Button, Go, Listing, Phrase, Reply, Sayable, say
from dialogs.vocabulary import WarningLevel, WarningMove, WarningState
from storage import evidence, letters, people, warnings
from storage.occasion import Occasion
from storage.recorder.outcome import Outcome, prepare, record
from storage.recorder.pages import in_pages
from storage.subjects import number_of
from storage.tables import GradedWarning, Person
from storage.warnings import Mover

TOLD_TO_ADDRESSEE = {  # what its addressee hears of a step, beside the letter itself
    WarningMove.ACCEPT: "warning.told_accepted",
    WarningMove.SEND_BACK: "warning.told_sent_back",
    WarningMove.EXTEND: "warning.told_extended",
    WarningMove.KEEP_DAY: "warning.told_not_extended",
    WarningMove.REVOKE: "warning.told_revoked",
    WarningMove.LIFT: "warning.told_lifted",
}
ON_THE_DESK = frozenset({WarningMove.PROPOSE, WarningMove.COUNTERSIGN, WarningMove.REDRAFT})


def mover(occasion: Occasion) -> Mover:
    """Let whoever acts take a step now."""
    return Mover(
        occasion.person, occasion.standing, occasion.now, occasion.today, keys=occasion.keys
    )


def received(files: Sequence[Any], contents: Sequence[bytes]) -> warnings.Received:
    """Take files in by what they are; raise Refused for one that is none of those taken."""
    unnamed = plain_words(Phrase("warning.photo"), SOURCE)
    return [
        (evidence.examine(content), file.name or unnamed, content)
        for file, content in zip(files, contents, strict=True)
    ]


def open_button(warning: GradedWarning) -> Button:
    """Offer to read a warning."""
    return Button(Action.OPEN_WARNING, Go(Action.OPEN_WARNING, warning.id.hex))


@record.register
def subject_chosen(
    event: events.WarningSubjectChosen, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Go on with whom the warning is to be about."""
    return Outcome(then=Go(Action.DRAFT_WARNING, event.subject))


@record.register
def warning_drafted(
    event: events.WarningDrafted, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Write a draft down; it binds nobody, and only the commission knows."""
    warning = warnings.open_draft(
        session,
        event.draft,
        by=occasion.person,
        keys=occasion.keys,
        now=occasion.now,
        today=occasion.today,
    )
    tell_commission(session, warning, "warning.to_look_at", occasion=occasion)
    drafted = Phrase("warning.drafted", {"warning": called(warnings.named(session, warning))})
    return Outcome([Reply([drafted], offered(warning))], about=warning.id.hex)


def offered(warning: GradedWarning) -> list[list[Button]]:
    """Offer what is done next with a warning."""
    go = Go(Action.HANDLE_WARNING, warning.id.hex)
    return [[Button(Action.HANDLE_WARNING, go)], [open_button(warning)]]


def is_others(warning: GradedWarning, occasion: Occasion) -> bool:
    """Say whether somebody writes down what another did on paper."""
    return occasion.person != warning.person_id


def answer_button(action: Action, warning: GradedWarning, occasion: Occasion) -> Button:
    """Offer a step of the addressee; to whoever writes it down from paper, saying so."""
    on_paper = Phrase("warning.written_down", {"move": action})
    says = on_paper if is_others(warning, occasion) else action
    return Button(says, Go(action, warning.id.hex))


def tell_commission(
    session: Session, warning: GradedWarning, key: str, *, occasion: Occasion
) -> None:
    """Tell the commission that a warning waits, and nothing of what it says; not who is near."""
    away = warnings.warned(session, warning, today=occasion.today).aside
    members = {one.id for one in people.with_role(session, tuple(COMMISSION))}
    told = members - away - {occasion.person, warning.person_id}
    button = [[open_button(warning)]]
    letters.tell(
        session,
        told,
        Reply([Phrase(key, {"level": warning.level, "number": number_of(warning)})], button),
        keys=occasion.keys,
        now=occasion.now,
    )


@prepare.register
def take_in_files(
    event: events.WarningMoved | events.WarningReplied, occasion: Occasion
) -> warnings.Received:
    """Look at what the files that came are."""
    return received(event.files, occasion.files)


@record.register
def warning_moved(
    event: events.WarningMoved,
    session: Session,
    occasion: Occasion,
    prepared: warnings.Received,
) -> Outcome:
    """Take a step of the commission, and tell whom it concerns."""
    warning = warnings.move(session, event, mover(occasion), files=prepared)
    if event.move is WarningMove.ISSUE:
        send_out(session, warning, occasion=occasion)
    elif event.move in ON_THE_DESK:
        tell_commission(session, warning, "warning.to_look_at", occasion=occasion)
    elif event.move in TOLD_TO_ADDRESSEE:
        tell_addressee(session, warning, TOLD_TO_ADDRESSEE[event.move], occasion=occasion)
    values: dict[str, Sayable] = {
        "warning": called(warnings.named(session, warning)),
        "move": event.move,
        "state": warning.state,
    }
    said: list[Sayable] = [Phrase("warning.moved", values)]
    if event.move is WarningMove.ISSUE:
        said += after_issue(session, warning, occasion=occasion)
    return Outcome([Reply(said, offered(warning))], about=warning.id.hex)


def after_issue(
    session: Session, warning: GradedWarning, *, occasion: Occasion
) -> Iterator[Sayable]:
    """Say who has not joined and needs it on paper, and what so many within a year call for."""
    if warnings.is_on_paper(session, warning):
        name = session.get_one(Person, warning.person_id).name
        yield Phrase("warning.on_paper", {"name": name})
    reached = rules.reached(warnings.issued_to(session, warning), today=occasion.today)
    for level in reached:
        call = "warning.calls_for_county" if level is WarningLevel.RED else "warning.calls_for_more"
        yield Phrase(call, {"level": level, "count": rules.too_many()[level]})


def send_out(session: Session, warning: GradedWarning, *, occasion: Occasion) -> None:
    """Send the letter to its addressee, what a 一級 says to the committee, a ping to the others."""
    letter = letter_of(session, warning, occasion=occasion)
    write_to(session, [warning.person_id], letter, occasion=occasion, arrives=warning.id.hex)
    away = {warning.person_id, occasion.person}
    informed: Collection[UUID] = ()
    if warning.level is WarningLevel.RED:
        near = warnings.warned(session, warning, today=occasion.today).aside
        informed = warnings.to_inform(session) - near - away
        known = Reply([Phrase("warning.committee", {"number": number_of(warning)})], protected=True)
        pages = [Reply(one.phrases, protected=True) for one in letter]
        write_to(session, informed, [known, *pages], occasion=occasion)
    values = {"number": number_of(warning), "due": warning.due_on or occasion.today}
    pinged = warnings.to_ping(session, warning, today=occasion.today) - {*informed, *away}
    write_to(session, pinged, [say("warning.ping", **values)], occasion=occasion)


def write_to(
    session: Session,
    to: Collection[UUID | None],
    replies: Sequence[Reply],
    *,
    occasion: Occasion,
    arrives: str = "",
) -> None:
    """Write several messages to people, one after another, so that the last's is noted."""
    found = session.exec(select(Person).where(col(Person.id).in_([one for one in to if one]))).all()
    for reply in replies:
        letters.write(
            session,
            [(person, reply) for person in found],
            keys=occasion.keys,
            now=occasion.now,
            arrives=arrives if reply is replies[-1] else "",
        )


def letter_of(session: Session, warning: GradedWarning, *, occasion: Occasion) -> Sequence[Reply]:
    """Write the letter: what is asked and by when, then every reason; nobody can forward it."""
    head = Phrase(
        "warning.letter",
        {
            "warning": called(warnings.named(session, warning)),
            "demand": warnings.demand(warning, keys=occasion.keys),
            "issued": warning.issued_on or occasion.today,
            "due": warning.due_on or occasion.today,
        },
    )
    pages = in_pages(reason_lines(session, warning, occasion=occasion), occasion.language)
    first = Reply([head, *in_place_of(session, warning)])
    *before, last = [first, *(Reply([Listing(one)]) for one in pages)]
    sign = [[Button(Action.SIGN_WARNING, Go(Action.SIGN_WARNING, warning.id.hex))]]
    return [
        *(Reply(one.phrases, protected=True) for one in before),
        Reply(last.phrases, sign, protected=True),
    ]


def in_place_of(session: Session, warning: GradedWarning) -> Iterator[Phrase]:
    """Say which lower warning one takes the place of once it is issued, or has taken."""
    lower = warnings.lower_of(session, warning)
    if lower is None:
        return
    values: dict[str, Sayable] = {"number": number_of(lower), "state": lower.state}
    if warning.state in rules.ON_THE_DESK:
        yield Phrase("warning.would_replace", values)
    elif lower.state is WarningState.ESCALATED:
        yield Phrase("warning.replaces", values)


def reason_lines(
    session: Session, warning: GradedWarning, *, occasion: Occasion
) -> Sequence[Sayable]:
    """Say every reason: where it was learned, of which day, what bears it out."""
    return [
        Phrase(
            "warning.reason",
            {
                "number": number,
                "source": one.source,
                "day": one.of_day,
                "fact": one.fact,
                "basis": one.basis,
            },
        )
        for number, one in enumerate(warnings.reasons(session, warning.id, keys=occasion.keys), 1)
    ]


def tell_addressee(
    session: Session, warning: GradedWarning, key: str, *, occasion: Occasion
) -> None:
    """Tell its addressee what was decided; what was written is read by opening it."""
    values = {"number": number_of(warning), "due": warning.due_on or occasion.today}
    reply = Reply([Phrase(key, values)], [[open_button(warning)]])
    write_to(session, [warning.person_id], [reply], occasion=occasion)


@record.register
def warning_raised(
    event: events.WarningRaised, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Draft a higher warning beside one that is at work."""
    warning = warnings.escalate(session, event, mover(occasion))
    tell_commission(session, warning, "warning.to_look_at", occasion=occasion)
    drafted = Phrase("warning.raised", {"warning": called(warnings.named(session, warning))})
    return Outcome([Reply([drafted], offered(warning))], about=event.warning.hex)
