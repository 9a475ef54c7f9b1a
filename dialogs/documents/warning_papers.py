"""The papers of a warning: 預警通知書, 預警回覆書, 解除預警通知書, with lines to sign."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from dialogs.documents import wording
from dialogs.documents.filling import numbered
from dialogs.documents.search_form import NOT_APPLICABLE, Signature, print_signature
from dialogs.documents.template import fill
from dialogs.facts import Reason
from dialogs.messages import plain_words
from dialogs.rules.signals import RULES
from dialogs.speech import Phrase
from dialogs.vocabulary import Language, WarningLevel, WarningMove, WarningState

THE_UNIT, ITS_HEAD = "（單位）", "單位負責人"


@dataclass(frozen=True)
class StepOnFile:
    """A step of a warning: who took it, on which day, and what was said with it."""

    move: WarningMove
    by: str
    day: date
    note: str = field(default="", repr=False)


@dataclass(frozen=True)
class ReplyOnFile:
    """The last reply to a warning."""

    version: int
    day: date
    cause: str = field(repr=False)
    correction: str = field(repr=False)
    correct_by: date
    files: Sequence[str]
    pledge: str = field(repr=False)


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

    def last(self, *moves: WarningMove) -> StepOnFile | None:
        """Find the last step of some kinds."""
        return next((one for one in reversed(self.steps) if one.move in moves), None)


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
            "proposer": signature(warning.last(WarningMove.PROPOSE)),
            "countersigner": signature(warning.last(WarningMove.COUNTERSIGN)),
            "issuer": signature(warning.last(WarningMove.ISSUE)),
            "delivered": signature(warning.last(WarningMove.DELIVER)),
            "signed": signature(warning.last(WarningMove.SIGN)),
        },
    )


def reply(warning: WarningOnFile, *, town: str) -> bytes:
    """Print 預警回覆書: the last reply, and the opinion of who reviewed it."""
    replied = warning.reply
    if replied is None:
        raise ValueError("a warning without a reply")
    reviewed = warning.last(WarningMove.ACCEPT, WarningMove.SEND_BACK)
    if reviewed and reviewed.day < replied.day:
        reviewed = None
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
            "opinion": reviewed.note if reviewed else "",
            "signed": print_signature(Signature(warning.name, replied.day)),
            "reviewer": signature(reviewed),
            "auditor": signature(warning.last(WarningMove.AUDIT)),
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


def signature(step: StepOnFile | None) -> dict[str, str]:
    """Print who took a step, or room to sign."""
    return print_signature(Signature(step.by, step.day) if step else None)


def printed(day: date | None) -> str:
    """Print a day, or a dash."""
    return wording.day(day) if day else NOT_APPLICABLE


def said(word: Enum) -> str:
    """Say a word of the trade as papers have it."""
    return plain_words(word, Language.ZH_HANT)
