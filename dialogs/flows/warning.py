"""預警: the commission drafts a warning, and takes it step by step on its way."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from dialogs.asking import choose, confirm, day, pick, review, tell, write
from dialogs.engine import Dialogue
from dialogs.events import (
    OwnWarningsAsked,
    PartCommented,
    WarningDrafted,
    WarningEvidenceAsked,
    WarningLedgerAsked,
    WarningMadeLead,
    WarningMoved,
    WarningOpened,
    WarningRaised,
    WarningsAsked,
    WarningSubjectChosen,
)
from dialogs.facts import (
    About,
    Nothing,
    Reason,
    SubjectNamed,
    WarningAtHand,
    WarningDraft,
    WarningNamed,
    WarningToDraft,
)
from dialogs.flows.at_once import silence
from dialogs.flows.warning_answer import ask_files
from dialogs.prompts import Attachment, Option, Telling
from dialogs.rules.signals import UNVERIFIED
from dialogs.speech import Listing, Phrase
from dialogs.vocabulary import ReplyPart, WarningLevel, WarningMove, WarningSource, WarningState

MOST_REASONS = 5
MOST_FACT, MOST_BASIS, MOST_DEMAND, MOST_NOTE = 600, 300, 800, 600
LONGEST_AGAIN = timedelta(days=60)  # days to which a reply that is sent back may be put off


def subject_of(unit: str, post: str, name: str) -> Phrase:
    """Say whom a warning is about."""
    if not unit:
        return Phrase("warning.of_nobody")
    if not post:
        return Phrase("warning.of_unit", {"unit": unit})
    return Phrase("warning.of_person", {"unit": unit, "post": post, "name": name})


def called(named: WarningNamed) -> Phrase:
    """Say which warning it is: level, number or none yet, and whom it is about."""
    return Phrase(
        "warning.called",
        {
            "level": named.level,
            "number": named.number or Phrase("warning.unnumbered"),
            "subject": subject_of(named.unit, named.post, named.name),
        },
    )


def draft_warning(told: WarningToDraft) -> Dialogue[WarningDrafted | WarningSubjectChosen | None]:
    """Take what a warning rests on, and what bears it out; nothing unverified alone."""
    if told.subject is None:
        return (yield from choose_subject(told.subjects))
    subject = told.subject
    yield from tell(
        "warning.begin",
        subject=subject_of(subject.unit_name, subject.title, subject.name),
        issued=counted(told.issued),
    )
    if told.reached:
        yield from tell("warning.many", levels=Listing(list(told.reached), inline=True))
    level: WarningLevel = yield from choose("warning.level", WarningLevel)
    reasons = yield from ask_reasons(told)
    demand = yield from write("warning.demand", at_least=4, at_most=MOST_DEMAND)
    yield from review("warning.review")
    return WarningDrafted(
        WarningDraft(level, subject.unit, reasons, subject.post, subject.person, demand)
    )


def choose_subject(subjects: Sequence[SubjectNamed]) -> Dialogue[WarningSubjectChosen]:
    """Choose a unit, then somebody on a post of it, or the whole of it."""
    units = list(dict.fromkeys((one.unit, one.unit_name) for one in subjects))
    unit: UUID = yield from choose(
        "warning.unit", [Option(one.hex[:8], name, one) for one, name in units], columns=2
    )
    options = [
        Option(one.code, subject_of(one.unit_name, one.title, one.name), one.code)
        for one in subjects
        if one.unit == unit
    ]
    return WarningSubjectChosen((yield from choose("warning.subject", options)))


def counted(issued: Sequence[tuple[WarningLevel, int]]) -> Listing:
    """Say how many warnings of each level there were within a year."""
    return Listing(
        [Phrase("warning.count", {"level": level, "count": count}) for level, count in issued],
        inline=True,
    )


def ask_reasons(told: WarningToDraft) -> Dialogue[Sequence[Reason]]:
    """Ask for facts until one was verified and there are no more."""
    reasons: list[Reason] = []
    asked = 0
    while len(reasons) < MOST_REASONS:
        asked += 1
        reason = yield from ask_reason(told, asked)
        if reason is not None:
            reasons.append(reason)
        if all(one.source in UNVERIFIED for one in reasons):
            if reason is not None:
                yield from tell("warning.needs_verified", source=reason.source)
        elif not (yield from confirm(f"warning.another@{asked}")):
            break
    return reasons


def ask_reason(told: WarningToDraft, number: int) -> Dialogue[Reason | None]:
    """Ask for a fact and what bears it out; None where a complaint has not been verified."""
    source: WarningSource = yield from choose(f"warning.source@{number}", WarningSource, columns=2)
    if source is WarningSource.COMPLAINT and not (yield from confirm(f"warning.verified@{number}")):
        yield from tell("warning.not_verified")
        return None
    fact = yield from write(f"warning.fact@{number}", at_least=4, at_most=MOST_FACT)
    of_day = yield from day(f"warning.of_day@{number}", latest=told.today)
    basis = yield from write(f"warning.basis@{number}", at_least=2, at_most=MOST_BASIS)
    return Reason(source, of_day, fact, basis)


def show_warnings(_: Nothing) -> Dialogue[WarningsAsked]:
    """Ask for the list of warnings."""
    yield from silence()
    return WarningsAsked()


def show_own_warnings(_: Nothing) -> Dialogue[OwnWarningsAsked]:
    """Ask for the warnings addressed to oneself."""
    yield from silence()
    return OwnWarningsAsked()


def open_warning(about: About) -> Dialogue[WarningOpened]:
    """Ask to read a warning."""
    yield from silence()
    return WarningOpened(about.subject)


def show_warning_files(about: About) -> Dialogue[WarningEvidenceAsked]:
    """Ask for the files of a warning."""
    yield from silence()
    return WarningEvidenceAsked(about.subject)


def take_ledger(_: Nothing) -> Dialogue[WarningLedgerAsked]:
    """Ask for the ledger of warnings."""
    yield from silence()
    return WarningLedgerAsked()


def handle_warning(
    told: WarningAtHand,
) -> Dialogue[WarningMoved | WarningRaised | WarningMadeLead | None]:
    """Choose the step that is taken of a warning, and take what belongs to it."""
    for withheld in told.withheld:
        yield Telling(key="warning.withheld", ask=withheld)
    move: WarningMove = yield from choose(
        "warning.move", told.moves, state=told.state, warning=called(told.named)
    )
    match move:
        case WarningMove.ESCALATE:
            return (yield from escalate(told))
        case WarningMove.LEAVE | WarningMove.OPEN_LEAD:
            return (yield from make_lead(told, move))
        case WarningMove.SEND_BACK:
            moved = yield from send_back(told)
        case WarningMove.PROPOSE | WarningMove.ISSUE if told.state is WarningState.DRAFTED:
            demand = yield from write(
                "warning.demand", at_least=4, at_most=MOST_DEMAND, proposed=told.demand or None
            )
            moved = WarningMoved(told.named.warning, told.seen, move, demand=demand)
        case WarningMove.ISSUE | WarningMove.COUNTERSIGN | WarningMove.EXTEND:
            moved = WarningMoved(told.named.warning, told.seen, move)
        case _:
            note = yield from write(f"warning.note_{move}", at_least=2, at_most=MOST_NOTE)
            files: tuple[Attachment, ...] = ()
            if move is WarningMove.LIFT:
                files = yield from ask_files()
            moved = WarningMoved(told.named.warning, told.seen, move, note, files=files)
    until = told.asked_until
    if move is WarningMove.EXTEND and until:
        sure = yield from confirm("warning.confirm_extend", warning=called(told.named), until=until)
    else:
        sure = yield from confirm("warning.confirm", warning=called(told.named), move=move)
    return moved if sure else None


def send_back(told: WarningAtHand) -> Dialogue[WarningMoved]:
    """Say which parts of a reply are to be done anew, why, and by when."""
    parts: Sequence[ReplyPart] = yield from pick("warning.parts", ReplyPart, at_least=1)
    comments = []
    for part in parts:
        text = yield from write(f"warning.comment@{part}", at_least=4, at_most=MOST_NOTE, part=part)
        comments.append(PartCommented(part, text))
    due = yield from day(
        "warning.again_by",
        earliest=told.today + timedelta(days=1),
        latest=told.today + LONGEST_AGAIN,
        proposed=told.again,
    )
    return WarningMoved(
        told.named.warning, told.seen, WarningMove.SEND_BACK, comments=comments, due=due
    )


def escalate(told: WarningAtHand) -> Dialogue[WarningRaised | None]:
    """Say why a warning is to be raised, and what the higher one asks."""
    source: WarningSource = yield from choose(
        "warning.raise_source",
        [WarningSource.UNANSWERED, WarningSource.REPEATED, WarningSource.OTHER],
    )
    fact = yield from write("warning.raise_fact", at_least=4, at_most=MOST_FACT)
    basis = yield from write("warning.raise_basis", at_least=2, at_most=MOST_BASIS)
    demand = yield from write(
        "warning.demand", at_least=4, at_most=MOST_DEMAND, proposed=told.demand or None
    )
    if not (yield from confirm("warning.confirm_raise", warning=called(told.named))):
        return None
    reason = Reason(source, told.today, fact, basis)
    return WarningRaised(told.named.warning, told.seen, reason, demand)


def make_lead(told: WarningAtHand, move: WarningMove) -> Dialogue[WarningMadeLead | None]:
    """Say why a warning is a lead; what a draft says goes to the vault and nothing of it stays.

    Beside one that was issued the lead is opened, and the warning goes on as if there were none.
    """
    note = yield from write(f"warning.note_{move}", at_least=4, at_most=MOST_NOTE)
    if not (yield from confirm(f"warning.confirm_{move}", warning=called(told.named))):
        return None
    return WarningMadeLead(told.named.warning, told.seen, note)
