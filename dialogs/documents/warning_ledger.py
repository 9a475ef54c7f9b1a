"""預警台賬: every warning that was issued, a row each, counted by level on the first sheet."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TypeAlias

from dialogs.documents.warning_papers import (
    THE_UNIT,
    StepOnFile,
    WarningOnFile,
    author,
    opinion,
    said,
)
from dialogs.documents.workbook import Page, write_sheets
from dialogs.vocabulary import WarningLevel, WarningMove

Value: TypeAlias = "str | int | date | None"

SUMMARY = (("單位", 18), *((said(level), 14) for level in WarningLevel), ("合計", 9))
COLUMNS = (
    ("編號", 11), ("預警等級", 12), ("單位", 12), ("崗位", 14), ("對象", 9), ("來源渠道", 12),
    ("事由", 30), ("依據", 22), ("要求", 22), ("起草", 16), ("提請人", 9), ("會簽人", 9),
    ("簽發人", 9), ("簽發日期", 11), ("送達日期", 11), ("簽收日期", 11), ("回覆期限", 11),
    ("回覆日期", 11), ("原因剖析", 24), ("整改措施", 24), ("完成時限", 11), ("佐證", 14),
    ("承諾", 18), ("延期", 16), ("審核意見", 22), ("升級自", 11), ("狀態", 12),
    ("複核驗收人", 10), ("解除日期", 11), ("解除依據", 22), ("回頭看期限", 11), ("歸檔號", 11),
)  # fmt: skip


def warning_ledger(warnings: Sequence[WarningOnFile]) -> bytes:
    """Write the ledger."""
    units = list(dict.fromkeys(one.unit for one in warnings))
    totals = [counted(unit, [one for one in warnings if one.unit == unit]) for unit in units]
    if len(units) > 1:
        totals.append(counted("合計", warnings))
    rows = [row(one) for one in warnings]
    return write_sheets([Page("匯總", SUMMARY, totals), Page("預警台賬", COLUMNS, rows)])


def counted(name: str, warnings: Sequence[WarningOnFile]) -> Sequence[Value]:
    """Count warnings by level: by unit, never by person."""
    levels = Counter(one.level for one in warnings)
    return (name, *(levels[level] for level in WarningLevel), len(warnings))


def row(one: WarningOnFile) -> Sequence[Value]:
    """Write a warning."""
    return (*begun(one), *answered(one), *ended(one))


def begun(one: WarningOnFile) -> Sequence[Value]:
    """Write whom a warning is about, what it rests on, and who issued it."""
    return (
        *(one.number, said(one.level), one.unit, one.post or THE_UNIT, one.name),
        "、".join(dict.fromkeys(said(reason.source) for reason in one.reasons)),
        "\n".join(reason.fact for reason in one.reasons),
        "\n".join(reason.basis for reason in one.reasons),
        *(one.demand, author(one), who(one, WarningMove.PROPOSE)),
        *(who(one, WarningMove.COUNTERSIGN), who(one, WarningMove.ISSUE), one.issued_on),
    )


def answered(one: WarningOnFile) -> Sequence[Value]:
    """Write when a warning came, what was replied, and what was said of it."""
    reply = one.reply
    more = one.last(WarningMove.EXTEND, WarningMove.KEEP_DAY)
    told: Sequence[Value] = ("",) * 4
    if reply:
        told = (reply.cause, reply.correction, reply.correct_by, "、".join(reply.files))
    return (
        *(when(one, WarningMove.DELIVER), when(one, WarningMove.SIGN), one.due_on),
        reply.day if reply else None,
        *told,
        reply.pledge if reply else "",
        f"{said(more.move)} {more.note}".strip() if more else "",
        opinion(one),
    )


def ended(one: WarningOnFile) -> Sequence[Value]:
    """Write how a warning stands, and on what it was lifted."""
    lifted = one.last(WarningMove.LIFT)
    return (
        *(one.raised_from, said(one.state), who(one, WarningMove.LIFT), one.lifted_on),
        *(lifted.note if lifted else "", one.look_back_on, one.archive_number),
    )


def who(one: WarningOnFile, move: WarningMove) -> str:
    """Write who took a step."""
    step: StepOnFile | None = one.last(move)
    return step.by if step else ""


def when(one: WarningOnFile, move: WarningMove) -> date | None:
    """Write the day of a step."""
    step = one.last(move)
    return step.day if step else None
