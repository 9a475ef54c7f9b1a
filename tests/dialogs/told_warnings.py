"""What the dialogues about warnings are told; every name is invented."""

from dataclasses import replace
from datetime import date

from dialogs.facts import (
    About,
    ReplyTold,
    SubjectNamed,
    WarningAtHand,
    WarningNamed,
    WarningPapers,
    WarningToAnswer,
    WarningToDraft,
)
from dialogs.vocabulary import ReplyPart, WarningLevel, WarningMove, WarningPaper, WarningState
from tests.dialogs.told import FINANCE, RIVER, some_id

TODAY = date(2026, 3, 2)
CASHIER = SubjectNamed(
    *("p81", FINANCE.unit, FINANCE.name),
    post=some_id(81),
    title="財政所出納",
    person=some_id(82),
    name="呂思穎",
)
SUBJECTS = [
    SubjectNamed("u01", FINANCE.unit, FINANCE.name),
    CASHIER,
    SubjectNamed("u02", RIVER.unit, RIVER.name),
]
TO_CHOOSE = WarningToDraft(TODAY, SUBJECTS)
TO_DRAFT = WarningToDraft(
    TODAY,
    subject=CASHIER,
    issued=[(WarningLevel.YELLOW, 4), (WarningLevel.ORANGE, 1), (WarningLevel.RED, 0)],
    reached=[WarningLevel.YELLOW],
)
DRAFT = WarningNamed(some_id(83), WarningLevel.ORANGE, "", "財政所", "財政所出納", "呂思穎")
ISSUED = replace(DRAFT, level=WarningLevel.YELLOW, number="2026-0007")
PROPOSAL = WarningAtHand(
    named=DRAFT,
    state=WarningState.DRAFTED,
    seen=1,
    moves=[WarningMove.PROPOSE, WarningMove.DROP, WarningMove.LEAVE],
    today=TODAY,
    again=date(2026, 3, 12),
    demand="十日內書面說明",
)
REPLIED = replace(
    PROPOSAL,
    named=ISSUED,
    state=WarningState.REPLIED,
    seen=5,
    moves=[
        WarningMove.ACCEPT,
        WarningMove.SEND_BACK,
        WarningMove.ESCALATE,
        WarningMove.OPEN_LEAD,
    ],
    again=date(2026, 3, 9),
)
ASKED = replace(
    REPLIED,
    state=WarningState.SIGNED,
    moves=[WarningMove.EXTEND, WarningMove.KEEP_DAY],
    asked_until=date(2026, 3, 13),
)
ACCEPTED = replace(REPLIED, state=WarningState.ACCEPTED, moves=[WarningMove.LIFT])
TO_ANSWER = WarningToAnswer(
    named=ISSUED,
    today=TODAY,
    due=date(2026, 3, 9),
    latest=date(2026, 3, 24),
    demand="七日內補報並說明原因",
)
SENT_BACK = replace(
    TO_ANSWER,
    before=ReplyTold(
        "年終事多，忘了補報。",
        "每日下班前清點並登記。",
        date(2026, 4, 1),
        "按時日清，絕不拖延。",
        comments=[(ReplyPart.CAUSE, "沒有說清楚為什麼兩次提醒都沒有看。")],
        files=["現金日清登記表.pdf"],
    ),
)
PAPERS = WarningPapers(ISSUED, list(WarningPaper))
ONE = About(some_id(83))
