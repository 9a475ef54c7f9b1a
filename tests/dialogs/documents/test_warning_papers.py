"""The papers of a warning say what was decided, and leave room for what was not."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import openpyxl

from dialogs.documents.search_form import NOT_APPLICABLE, UNDATED
from dialogs.documents.warning_ledger import COLUMNS, warning_ledger
from dialogs.documents.warning_papers import (
    ReplyOnFile,
    StepOnFile,
    WarningOnFile,
    lifting,
    notice,
    reply,
)
from dialogs.facts import Reason
from dialogs.vocabulary import ReplyPart, WarningLevel, WarningMove, WarningSource, WarningState

ISSUED, SIGNED, REPLIED = date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 6)
WARNING = WarningOnFile(
    level=WarningLevel.ORANGE,
    state=WarningState.ACCEPTED,
    unit="財政所",
    post="財政所出納",
    name="呂思穎",
    reasons=[
        Reason(WarningSource.LATE_MEASURE, date(2026, 2, 20), "逾期十天 {{ town }}", "措施台賬"),
        Reason(WarningSource.AUDIT, date(2026, 2, 27), "賬實差八十元", "底稿第三頁"),
    ],
    demand="十日內書面說明",
    steps=[
        StepOnFile(WarningMove.DRAFT, "", ISSUED),
        StepOnFile(WarningMove.PROPOSE, "羅敏", ISSUED),
        StepOnFile(WarningMove.ISSUE, "韓守正", ISSUED),
        StepOnFile(WarningMove.SIGN, "呂思穎", SIGNED),
        StepOnFile(WarningMove.REPLY, "呂思穎", REPLIED),
        StepOnFile(WarningMove.ACCEPT, "姚遠航", REPLIED, "措施可查"),
    ],
    number="2026-0007",
    rule="late_measure 1",
    issued_on=ISSUED,
    due_on=date(2026, 3, 12),
    reply=ReplyOnFile(
        1, REPLIED, "年終事多", "雙人清點", date(2026, 4, 1), ["日清表.pdf"], "按時日清"
    ),
)
LIFTED = replace(
    WARNING,
    state=WarningState.LIFTED,
    steps=[*WARNING.steps, StepOnFile(WarningMove.LIFT, "姚遠航", date(2026, 4, 2), "抽查三週")],
    lifted_on=date(2026, 4, 2),
    look_back_on=date(2026, 10, 2),
)


def text_of(paper: bytes) -> str:
    document = docx.Document(BytesIO(paper))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_a_notice_has_every_reason_and_who_signed_what() -> None:
    said = text_of(notice(WARNING, town="清河鎮"))
    for one in (
        *("清河鎮預警通知書", "2026-0007", "二級（橙）督導", "財政所出納", "呂思穎"),
        *("逾期十天 {{ town }}", "底稿第三頁", "財務審計", "十日內書面說明", "2026年3月12日"),
        *("羅敏", "韓守正", "規則「措施逾期（第 1 版）」", "2026年3月3日"),
    ):
        assert one in said, one
    assert "姚遠航" not in said, "who countersigns is left open"
    assert UNDATED in said


def rows_of(paper: bytes) -> dict[str, list[str]]:
    """What stands beside the first cell of every row."""
    tables = docx.Document(BytesIO(paper)).tables
    rows = [[cell.text for cell in row.cells] for table in tables for row in table.rows]
    return {row[0]: row[1:] for row in rows}


def test_nobody_is_to_sign_a_step_that_a_warning_of_its_level_does_not_take() -> None:
    for level, proposed, countersigned in (
        (WarningLevel.YELLOW, NOT_APPLICABLE, NOT_APPLICABLE),
        (WarningLevel.ORANGE, "", NOT_APPLICABLE),
        (WarningLevel.RED, "", ""),
    ):
        rows = rows_of(notice(replace(WARNING, level=level, steps=[]), town="清河鎮"))
        assert rows["提請人"][0] == proposed, level
        assert rows["會簽人〔一級（紅）〕"][0] == countersigned, level
        rows = rows_of(reply(replace(WARNING, level=level), town="清河鎮"))
        assert rows["方案審核人〔一級（紅）〕"][0] == countersigned, level


def test_a_notice_says_that_it_was_sent_in_the_chat_or_who_brought_it() -> None:
    for by, printed in (("", "聊天送達"), ("鄧志遠", "鄧志遠")):
        delivered = StepOnFile(WarningMove.DELIVER, by, SIGNED)
        rows = rows_of(notice(replace(WARNING, steps=[*WARNING.steps, delivered]), town="清河鎮"))
        assert rows["送達"] == [printed, "2026年3月3日"]
    assert rows_of(notice(WARNING, town="清河鎮"))["送達"] == ["", UNDATED]


def test_a_unit_is_answered_for_by_its_head() -> None:
    said = text_of(notice(replace(WARNING, post="", name="鄭國良"), town="清河鎮"))
    assert "（單位）" in said
    assert "鄭國良（單位負責人）" in said


def test_a_reply_stands_with_the_opinion_of_its_reviewer() -> None:
    said = text_of(reply(WARNING, town="清河鎮"))
    for one in ("年終事多", "雙人清點", "2026年4月1日", "日清表.pdf", "按時日清", "措施可查"):
        assert one in said, one


SENT_BACK = replace(
    WARNING,
    level=WarningLevel.RED,
    state=WarningState.SENT_BACK,
    steps=[
        *WARNING.steps[:-1],
        StepOnFile(WarningMove.AUDIT, "鄧志遠", REPLIED, "先看過"),
        StepOnFile(WarningMove.SEND_BACK, "姚遠航", REPLIED),
    ],
    reply=replace(WARNING.reply, comments={ReplyPart.CAUSE: "沒有說清楚"})
    if WARNING.reply
    else None,
)


def test_of_a_reply_that_was_sent_back_paper_and_ledger_say_so_and_why() -> None:
    assert WARNING.reply is not None
    opinion = "退回重訂\n原因剖析：沒有說清楚"
    assert opinion in text_of(reply(SENT_BACK, town="清河鎮"))
    assert "審核通過：措施可查" in text_of(reply(WARNING, town="清河鎮"))
    book = openpyxl.load_workbook(BytesIO(warning_ledger([SENT_BACK])))
    assert opinion in [cell.value for cell in book["預警台賬"][2]]


def test_what_was_said_of_an_earlier_reply_does_not_stand_on_the_next() -> None:
    again = StepOnFile(WarningMove.REPLY, "呂思穎", REPLIED)  # on the very day
    anew = replace(SENT_BACK, steps=[*SENT_BACK.steps, again], reply=WARNING.reply)
    said = text_of(reply(anew, town="清河鎮"))
    assert "退回重訂" not in said.replace("退回重訂並寫明", "")
    assert "姚遠航" not in said
    assert "鄧志遠" not in said


def test_what_was_signed_on_paper_is_its_addressees_whoever_wrote_it_down() -> None:
    signed = StepOnFile(WarningMove.SIGN, "鄧志遠", SIGNED, on_paper=True)
    said = text_of(notice(replace(WARNING, steps=[*WARNING.steps, signed]), town="清河鎮"))
    assert "呂思穎（紙本）" in said
    assert "鄧志遠" not in said


def test_a_lifting_says_on_what_and_when_it_is_looked_back_on() -> None:
    said = text_of(lifting(LIFTED, town="清河鎮"))
    for one in ("抽查三週", "姚遠航", "2026年4月2日", "2026年10月2日"):
        assert one in said, one


def test_the_same_warning_gives_the_same_bytes() -> None:
    assert notice(WARNING, town="清河鎮") == notice(WARNING, town="清河鎮")


def test_the_ledger_has_a_row_a_warning_and_counts_by_unit() -> None:
    book = openpyxl.load_workbook(
        BytesIO(warning_ledger([WARNING, replace(LIFTED, unit="民政辦")]))
    )
    rows = [[cell.value for cell in row] for row in book["預警台賬"].iter_rows(min_row=2)]
    assert [row[0] for row in rows] == ["2026-0007", "2026-0007"]
    assert all(len(row) == len(COLUMNS) for row in rows)
    assert rows[0][6] == "逾期十天 {{ town }}\n賬實差八十元"
    totals = [[cell.value for cell in row] for row in book["匯總"].iter_rows(min_row=2)]
    assert totals == [["財政所", 0, 1, 0, 1], ["民政辦", 0, 1, 0, 1], ["合計", 0, 2, 0, 2]]
