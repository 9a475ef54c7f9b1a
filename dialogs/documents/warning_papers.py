"""The papers of a warning: 預警通知書, 預警回覆書, 解除預警通知書, with lines to sign."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum

from dialogs.documents import wording
from dialogs.documents.filling import numbered
from dialogs.documents.search_form import NOT_APPLICABLE, Signature, print_signature
from dialogs.documents.template import fill
from dialogs.facts import Reason
from dialogs.messages import plain_words
from dialogs.rules.signals import RULES
from dialogs.rules.warning import WAY
from dialogs.speech import Phrase
from dialogs.vocabulary import Language, ReplyPart, WarningLevel, WarningMove, WarningState

THE_UNIT, ITS_HEAD, ON_PAPER = "（單位）", "單位負責人", "（紙本）"


@dataclass(frozen=True)
class StepOnFile:
    """A step of a warning: who took it, on which day, and what was said with it.

    One that is `on_paper` its addressee took; `by` is who wrote it down.
    """

    move: WarningMove
    by: str
    day: date
    note: str = field(default="", repr=False)
    on_paper: bool = False


@dataclass(frozen=True)
class ReplyOnFile:
    """The last reply to a warning, and what was said of its parts where it was sent back."""

    version: int
    day: date
    cause: str = field(repr=False)
    correction: str = field(repr=False)
    correct_by: date
    files: Sequence[str]
    pledge: str = field(repr=False)
    comments: Mapping[ReplyPart, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class WarningOnFile:
    """A warning as papers and the ledger print it; `name` is who answers."""

    level: WarningLevel
    state: WarningState
    unit: str
    post: str
    name: str
    reasons: Sequence[Reason] = field(repr=False)
    demand: str = field(repr=False)
    steps: Sequence[StepOnFile] = field(repr=False)
    number: str = ""
    rule: str = ""
    issued_on: date | None = None
    due_on: date | None = None
    lifted_on: date | None = None
    look_back_on: date | None = None
    archive_number: str = ""
    raised_from: str = ""
    reply: ReplyOnFile | None = None

    def last(self, *moves: WarningMove, since: WarningMove | None = None) -> StepOnFile | None:
        """Find the last step of some kinds; with `since`, none from before the last of that."""
        for one in reversed(self.steps):
            if one.move in moves:
                return one
            if one.move is since:
                return None
        return None

    @property
    def reviewed(self) -> StepOnFile | None:
        """The review of the last reply; what was said of an earlier one does not count."""
        return self.last(WarningMove.ACCEPT, WarningMove.SEND_BACK, since=WarningMove.REPLY)


def notice(warning: WarningOnFile, *, town: str) -> bytes:
    """Print 預警通知書: what it rests on, what is asked, by when, and who signed what."""
    return fill(
        "warning_notice",
        {
            **identity(warning, town=town),
            "author": author(warning),
            "due": printed(warning.due_on),
            "rows": [row(number, one) for number, one in enumerate(warning.reasons, 1)],
            "demand": warning.demand,
            "proposer": signed(warning, WarningMove.PROPOSE),
            "countersigner": signed(warning, WarningMove.COUNTERSIGN),
            "issuer": signed(warning, WarningMove.ISSUE),
            "delivered": delivery(warning),
            "signed": receipt(warning),
        },
    )


def reply(warning: WarningOnFile, *, town: str) -> bytes:
    """Print 預警回覆書: the last reply, and the opinion of who reviewed it."""
    replied = warning.reply
    if replied is None:
        raise ValueError("a warning without a reply")
    return fill(
        "warning_reply",
        {
            **identity(warning, town=town),
            "due": printed(warning.due_on),
            "replied": wording.day(replied.day),
            "version": str(replied.version),
            "cause": replied.cause,
            "correction": replied.correction,
            "correct_by": wording.day(replied.correct_by),
            "files": numbered(replied.files) or NOT_APPLICABLE,
            "pledge": replied.pledge,
            "opinion": opinion(warning),
            "signed": print_signature(Signature(warning.name, replied.day)),
            "reviewer": signature(warning.reviewed),
            "auditor": signed(warning, WarningMove.AUDIT, since=WarningMove.REPLY),
        },
    )


def lifting(warning: WarningOnFile, *, town: str) -> bytes:
    """Print 解除預警通知書: on what it was lifted, by whom, and when it is looked back on."""
    lifted = warning.last(WarningMove.LIFT)
    looked = warning.last(WarningMove.LOOK_BACK)
    return fill(
        "warning_lifting",
        {
            **identity(warning, town=town),
            "lifted": printed(warning.lifted_on),
            "archive_number": warning.archive_number or NOT_APPLICABLE,
            "basis": lifted.note if lifted else "",
            "look_back": looked.note if looked else printed(warning.look_back_on),
            "lifter": signature(lifted),
            "receipt": print_signature(None),
        },
    )


def identity(warning: WarningOnFile, *, town: str) -> Mapping[str, str]:
    """Print which warning it is, to whom, and when it was issued."""
    return {
        "town": town,
        "number": warning.number,
        "level": said(warning.level),
        "unit": warning.unit,
        "post": warning.post or THE_UNIT,
        "name": warning.name if warning.post else f"{warning.name}（{ITS_HEAD}）",
        "issued": printed(warning.issued_on),
    }


def author(warning: WarningOnFile) -> str:
    """Print who drafted a warning: a person, or a rule that a person took up."""
    drafted = warning.last(WarningMove.DRAFT)
    if warning.rule or drafted is None:
        return f"規則「{called(warning.rule)}」"
    return drafted.by


def opinion(warning: WarningOnFile) -> str:
    """Print what came of the last reply, passed or sent back, and what was said of its parts."""
    reviewed = warning.reviewed
    if reviewed is None:
        return ""
    head = f"{said(reviewed.move)}：{reviewed.note}" if reviewed.note else said(reviewed.move)
    comments = warning.reply.comments if warning.reply else {}
    return "\n".join([head, *(f"{said(part)}：{text}" for part, text in comments.items())])


def called(rule: str) -> str:
    """Say a rule and its version as papers have it; one without words stays as it is written."""
    name, _, version = rule.partition(" ")
    if name not in RULES:
        return rule
    words = plain_words(Phrase(f"signal.rule_{name}"), Language.ZH_HANT)
    return f"{words}（第 {version} 版）"


def row(number: int, reason: Reason) -> dict[str, str]:
    """Print a reason."""
    return {
        "number": str(number),
        "source": said(reason.source),
        "day": wording.short_day(reason.of_day),
        "fact": reason.fact,
        "basis": reason.basis,
    }


def signed(
    warning: WarningOnFile, move: WarningMove, *, since: WarningMove | None = None
) -> dict[str, str]:
    """Print who took a step, room to sign, or a dash where its level asks for no such step."""
    if not any(step.move is move and warning.level in step.levels for step in WAY):
        return {"name": NOT_APPLICABLE, "day": ""}
    return signature(warning.last(move, since=since))


def delivery(warning: WarningOnFile) -> dict[str, str]:
    """Print who handed a warning over, that it was sent in the chat, or room to sign."""
    step = warning.last(WarningMove.DELIVER)
    if step is None or step.by:
        return signature(step)
    here = plain_words(Phrase("warning.delivered_here"), Language.ZH_HANT)
    return signature(replace(step, by=here))


def signature(step: StepOnFile | None) -> dict[str, str]:
    """Print who took a step, or room to sign."""
    return print_signature(Signature(step.by, step.day) if step else None)


def receipt(warning: WarningOnFile) -> dict[str, str]:
    """Print who signed for a warning, whoever wrote it down, or room to sign."""
    step = warning.last(WarningMove.SIGN)
    if step and step.on_paper:
        return print_signature(Signature(f"{warning.name}{ON_PAPER}", step.day))
    return signature(step)


def printed(day: date | None) -> str:
    """Print a day, or a dash."""
    return wording.day(day) if day else NOT_APPLICABLE


def said(word: Enum) -> str:
    """Say a word of the trade as papers have it."""
    return plain_words(word, Language.ZH_HANT)
