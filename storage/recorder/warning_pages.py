"""A warning as it is read, and the lists of them: the commission's, and those addressed to one."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session, select

from dialogs import events
from dialogs.catalogue.policy import number
from dialogs.flows.warning import called, counted, subject_of
from dialogs.rules import warning as rules
from dialogs.rules import workflow
from dialogs.rules.access import Action
from dialogs.speech import Button, Go, Listing, Paper, Phrase, Reply, Sayable, say
from dialogs.vocabulary import (
    DeclarationState,
    FileKind,
    Grade,
    Move,
    ReplyPart,
    WarningMove,
    WarningState,
)
from storage import declarations, warnings
from storage.occasion import Occasion
from storage.points import points_of
from storage.recorder.catalogues import listed
from storage.recorder.outcome import Outcome, record
from storage.recorder.pages import in_pages
from storage.recorder.sealed_case import ENDINGS
from storage.recorder.warnings import answer_button, in_place_of, reason_lines
from storage.subjects import number_of
from storage.tables import Declaration, GradedWarning, Post
from storage.warnings import Replied, Taken, Told

MOST_LISTED = 80
INSIDE = frozenset(  # what the commission does among itself, which its addressee is not shown
    {
        WarningMove.DRAFT,
        WarningMove.PROPOSE,
        WarningMove.COUNTERSIGN,
        WarningMove.REDRAFT,
        WarningMove.ESCALATE,
        WarningMove.REPORT_UP,
        WarningMove.LOOK_BACK,
    }
)
BUTTONS = {
    WarningMove.SIGN: Action.SIGN_WARNING,
    WarningMove.REPLY: Action.ANSWER_WARNING,
    WarningMove.ASK_EXTENSION: Action.ASK_FOR_TIME,
}


@record.register
def warnings_asked(
    event: events.WarningsAsked, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """List the warnings, those that wait for the reader first, those that are over last."""
    found = warnings.readable(session, occasion.person, occasion.standing, today=occasion.today)
    title = "warning.list" if len(found) <= MOST_LISTED else "warning.first_listed"
    return in_a_list(found, title, "warning.none_listed")


@record.register
def own_warnings_asked(
    event: events.OwnWarningsAsked, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """List the warnings that were addressed to somebody, those to be answered first."""
    return in_a_list(
        warnings.own(session, occasion.person), "warning.own_list", "warning.none_of_ones_own"
    )


def warnings_of(session: Session, post: Post, *, occasion: Occasion) -> Sequence[Reply]:
    """List for the commission what was issued to the holders of a post, as the archive has it."""
    found = warnings.readable(session, occasion.person, occasion.standing, today=occasion.today)
    of_post = [one for one in found if one.warning.post_id == post.id and one.warning.number]
    if not of_post:
        return ()
    title = Phrase("warning.on_file", {"post": post.title, "count": len(of_post)})
    return [Reply([title], [[button(one)] for one in of_post[:MOST_LISTED]])]


def in_a_list(found: Sequence[Told], title: str, nothing: str) -> Outcome:
    """Lay warnings out, each with its button."""
    if not found:
        return Outcome([say(nothing)])
    waiting = sum(one.waits for one in found)
    values: dict[str, Sayable] = {"count": len(found), "waiting": waiting, "most": MOST_LISTED}
    return Outcome(listed(Phrase(title, values), [[button(one)] for one in found[:MOST_LISTED]]))


def button(told: Told) -> Button:
    """Offer a warning of a list."""
    key = "warning.listed_waiting" if told.waits else "warning.listed"
    says = Phrase(
        key,
        {
            "level": told.warning.level,
            "number": number_of(told.warning),
            "subject": subject_of(told.unit, told.post, told.person),
            "state": told.warning.state,
        },
    )
    return Button(says, Go(Action.OPEN_WARNING, told.warning.id.hex))


@record.register
def warning_opened(
    event: events.WarningOpened, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Show a warning: what it asks, on what it rests, what was replied, every step."""
    warning = warnings.to_read(session, event.warning, occasion)
    if warning.state is WarningState.LEFT:
        return Outcome([say("warning.left")])
    inside = occasion.person != warning.person_id
    lines = [
        *head(session, warning, occasion=occasion, inside=inside),
        *reason_lines(session, warning, occasion=occasion),
        *reply_lines(session, warning, occasion=occasion),
        *steps(session, warning, occasion=occasion, inside=inside),
    ]
    *before, last = in_pages(lines, occasion.language)
    buttons = [[one] for one in offered(session, warning, occasion=occasion, inside=inside)]
    # What may yet leave as a lead does not stay in anybody's chat.
    lasts = number("vault_minutes") if warning.state in rules.ON_THE_DESK else None
    return Outcome(
        [
            *(Reply(page, protected=True, lasts=lasts) for page in before),
            Reply(last, buttons, protected=True, lasts=lasts),
        ]
    )


def head(
    session: Session, warning: GradedWarning, *, occasion: Occasion, inside: bool
) -> Iterator[Sayable]:
    """Say which warning it is, how it stands, and what it asks."""
    values: dict[str, Sayable] = {
        "warning": called(warnings.named(session, warning)),
        "state": warning.state,
        "demand": warnings.demand(warning, keys=occasion.keys) or Phrase("warning.no_demand"),
    }
    yield Phrase("warning.head", values)
    if warning.issued_on and warning.due_on:
        yield Phrase("warning.days", {"issued": warning.issued_on, "due": warning.due_on})
    yield from in_place_of(session, warning)
    if inside and warning.rule:
        name = Phrase(f"signal.rule_{warning.rule}")
        rule: dict[str, Sayable] = {"rule": name, "version": warning.rule_version}
        yield Phrase("warning.by_rule", rule)
    if inside:
        issued = warnings.issued_to(session, warning)
        yield Phrase(
            "warning.issued", {"issued": counted(rules.tally(issued, today=occasion.today))}
        )
    if warning.asked_until:
        yield Phrase("warning.waits_for_time", {"until": warning.asked_until})
    yield from rules.withheld(
        warnings.warned(session, warning, today=occasion.today),
        actor=occasion.person,
        standing=occasion.standing,
        today=occasion.today,
    )


def reply_lines(
    session: Session, warning: GradedWarning, *, occasion: Occasion
) -> Iterator[Sayable]:
    """Say the last reply, what in it is new, and what was said of it."""
    versions = warnings.replies(session, warning.id, keys=occasion.keys)
    if not versions:
        return
    last = versions[-1]
    yield Phrase(
        "warning.reply_head",
        {"version": last.version, "at": last.at.astimezone(occasion.zone).date()},
    )
    changed = last.differs(versions[-2]) if len(versions) > 1 else ()
    for part in ReplyPart:
        yield Phrase("warning.reply_part", {"part": part, "text": said_of(part, last)})
        if part in last.comments:
            yield Phrase("warning.comment", {"part": part, "text": last.comments[part]})
    if len(versions) > 1:
        new = Listing(list(changed), inline=True) if changed else Phrase("engine.none")
        yield Phrase("warning.changed", {"parts": new})


def said_of(part: ReplyPart, reply: Replied) -> Sayable:
    """Say a part of a reply."""
    match part:
        case ReplyPart.CAUSE:
            return reply.cause
        case ReplyPart.CORRECTION:
            values: dict[str, Sayable] = {"text": reply.correction, "day": reply.correct_by}
            return Phrase("warning.correction", values)
        case ReplyPart.EVIDENCE:
            return Listing(reply.files, inline=True) if reply.files else Phrase("engine.none")
        case ReplyPart.PLEDGE:
            return reply.pledge


def steps(
    session: Session, warning: GradedWarning, *, occasion: Occasion, inside: bool
) -> Iterator[Sayable]:
    """Say every step, by whom and when; to its addressee not what the commission does inside."""
    for one in warnings.steps(session, warning.id, keys=occasion.keys):
        if inside or one.move not in INSIDE:
            yield step_line(one, occasion)


def step_line(one: Taken, occasion: Occasion) -> Phrase:
    """Say a step; of one of the addressee's that a member took, that it came on paper."""
    values: dict[str, Sayable] = {
        "day": one.at.astimezone(occasion.zone).date(),
        "move": one.move,
        "by": one.by or Phrase("warning.by_machine"),
    }
    if one.move is WarningMove.DELIVER and not one.by:
        values["move"] = Phrase("warning.delivered_here")
    if one.on_paper:
        values["move"] = Phrase("warning.written_down", {"move": one.move})
    if not one.note:
        return Phrase("warning.step", values)
    return Phrase("warning.step_noted", {**values, "note": one.note})


def offered(
    session: Session, warning: GradedWarning, *, occasion: Occasion, inside: bool
) -> Iterator[Button]:
    """Offer what the reader may do about a warning."""
    moves = rules.possible(
        warnings.warned(session, warning, today=occasion.today),
        actor=occasion.person,
        standing=occasion.standing,
        today=occasion.today,
    )
    for move, action in BUTTONS.items():
        if move in moves:
            yield answer_button(action, warning, occasion)
    actions = []
    if any(move in rules.BY_THE_COMMISSION for move in moves):
        actions.append(Action.HANDLE_WARNING)
    if warnings.has_files(session, warning.id):
        actions.append(Action.WARNING_EVIDENCE)
    if warning.number:
        actions.append(Action.WARNING_PAPER)
    for action in actions:
        yield Button(action, Go(action, warning.id.hex))
    if inside and (declaration := to_raise(session, warning, occasion)):
        yield Button(Action.RAISE, Go(Action.RAISE, declaration.id.hex))
    back = Action.WARNINGS if inside else Action.OWN_WARNINGS
    yield Button(back, Go(back))


def to_raise(session: Session, warning: GradedWarning, occasion: Occasion) -> Declaration | None:
    """Find the filed declaration whose grade the reader may propose to raise."""
    if not (warning.issued_on and warning.post_id and warning.person_id):
        return None
    filed = session.exec(
        select(Declaration).where(
            Declaration.post_id == warning.post_id,
            Declaration.person_id == warning.person_id,
            Declaration.state == DeclarationState.FILED,
        )
    ).first()
    if filed is None or all(one.grade is Grade.HIGH for one in points_of(session, filed)):
        return None
    declared = declarations.as_declared(session, filed)
    may = workflow.may_take(Move.RAISE, declared, actor=occasion.person, standing=occasion.standing)
    return filed if may else None


@record.register
def evidence_asked(
    event: events.WarningEvidenceAsked, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Show the files of the replies, and those a warning was lifted on."""
    warning = warnings.to_read(session, event.warning, occasion)
    files = warnings.files_of(session, warning.id, keys=occasion.keys)
    if not files:
        return Outcome([say("warning.no_files")])
    return Outcome([one_file(kept.kind, kept.name, content) for kept, content in files])


def one_file(kind: FileKind, name: str, content: bytes) -> Reply:
    """Hand a file of a warning over, to be read and no more."""
    paper = Paper(f"evidence.{ENDINGS.get(kind, kind.value)}", content)
    return Reply(
        [Phrase("warning.evidence", {"name": name, "kind": kind})], paper=paper, protected=True
    )
