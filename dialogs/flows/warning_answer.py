"""Who was warned answers: signs, replies with cause and correction, asks for more time."""

from datetime import timedelta

from dialogs.asking import choose, confirm, day, hand_in, review, tell, write
from dialogs.catalogue.policy import number
from dialogs.engine import Dialogue
from dialogs.events import ExtensionAsked, WarningPaperAsked, WarningReplied, WarningSigned
from dialogs.facts import About, ReplyTold, WarningPapers, WarningToAnswer
from dialogs.flows.at_once import silence
from dialogs.prompts import Attachment
from dialogs.rules.months import months_later
from dialogs.speech import Listing, Phrase
from dialogs.vocabulary import WarningPaper

MOST_FILES = 5
MOST_TEXT = 1200
MONTHS_AHEAD = 24  # months within which a correction is done


def sign_warning(about: About) -> Dialogue[WarningSigned]:
    """Sign for a warning."""
    yield from silence()
    return WarningSigned(about.subject)


def answer_warning(told: WarningToAnswer) -> Dialogue[WarningReplied]:
    """Take cause, correction with its day, evidence and pledge, from an earlier reply on."""
    before = told.before
    yield from on_paper(told)
    yield from tell(
        "warning.to_answer",
        level=told.named.level,
        number=told.named.number,
        due=told.due,
        demand=told.demand,
    )
    if before:
        yield from tell("warning.sent_back", comments=comments_of(before))
    cause = yield from write(
        "warning.cause", at_least=10, at_most=MOST_TEXT, proposed=before.cause if before else None
    )
    correction = yield from write(
        "warning.correction",
        at_least=10,
        at_most=MOST_TEXT,
        proposed=before.correction if before else None,
    )
    correct_by = yield from day(
        "warning.correct_by",
        earliest=told.today,
        latest=months_later(told.today, MONTHS_AHEAD),
        proposed=before.correct_by if before and before.correct_by >= told.today else None,
    )
    if before and before.files:
        yield from tell("warning.files_stay", files=Listing(list(before.files), inline=True))
    files = yield from ask_files()
    pledge = yield from write(
        "warning.pledge", at_least=4, at_most=MOST_TEXT, proposed=before.pledge if before else None
    )
    yield from review("warning.reply_review")
    return WarningReplied(told.named.warning, cause, correction, correct_by, pledge, files)


def on_paper(told: WarningToAnswer) -> Dialogue[None]:
    """Say to a member that they write down what somebody put on paper."""
    if told.on_paper:
        yield from tell("warning.from_paper", name=told.on_paper)


def comments_of(before: ReplyTold) -> Listing:
    """List what was said of the parts of a reply."""
    return Listing(
        [Phrase("warning.comment", {"part": part, "text": text}) for part, text in before.comments]
    )


def ask_files() -> Dialogue[tuple[Attachment, ...]]:
    """Take files one after another, until one is passed over."""
    files: list[Attachment] = []
    most = number("evidence_megabytes")
    while len(files) < MOST_FILES:
        file = yield from hand_in(
            f"warning.file@{len(files) + 1}",
            kinds=("document", "photo"),
            at_most=most * 1_000_000,
            further=bool(files),
        )
        if file is None:
            break
        files.append(file)
    return tuple(files)


def ask_for_time(told: WarningToAnswer) -> Dialogue[ExtensionAsked | None]:
    """Ask for more time, until a day and with the reason."""
    yield from on_paper(told)
    until = yield from day(
        "warning.until",
        earliest=told.due + timedelta(days=1),
        latest=told.latest,
        due=told.due,
        number=told.named.number,
    )
    reason = yield from write("warning.why_more", at_least=4, at_most=600)
    sure = yield from confirm("warning.ask_more", number=told.named.number, until=until)
    return ExtensionAsked(told.named.warning, until, reason) if sure else None


def take_paper(told: WarningPapers) -> Dialogue[WarningPaperAsked]:
    """Choose a paper of a warning; the only one is not asked for."""
    paper: WarningPaper = told.papers[0]
    if len(told.papers) > 1:
        paper = yield from choose("warning.paper", told.papers)
    else:
        yield from silence()
    return WarningPaperAsked(told.named.warning, paper)
