from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import openpyxl
from docx.table import Table

from dialogs.documents import on_file
from dialogs.documents.forms import (
    control_form,
    search_form,
    unit_control_form,
    unit_search_form,
)
from dialogs.documents.ledger import ledger
from dialogs.documents.on_file import (
    Chain,
    Guarded,
    NodeOnFile,
    PointOnFile,
    PostOnFile,
    UnitOnFile,
)
from dialogs.documents.search_form import NoRisk, Signature
from dialogs.vocabulary import (
    Aspect,
    DeclarationState,
    FindingMethod,
    Grade,
    Likelihood,
    MeasureState,
    Severity,
)

DAY = date(2026, 5, 4)
CHECKED = NodeOnFile(
    process="經費報銷", number=2, name="審核單據", post="財政所會計",
    risk="報銷審核不嚴", grade=Grade.MEDIUM,
)  # fmt: skip
PAID = NodeOnFile(
    process="經費報銷", number=4, name="付款", post="財政所出納",
    risk="先付款後補手續", grade=Grade.HIGH, supervision="日終對帳",
)  # fmt: skip
POINT = PointOnFile(
    aspect=Aspect.PROCESS,
    name="報銷審核不嚴",
    ways=[
        Guarded(
            *("無明細發票照付", "六要素核對表", "許春燕", date(2026, 9, 30), "抽查不合格份數"),
            MeasureState.UNDER_WAY,
        ),
        Guarded("=1+1", "經手分開"),
    ],
    likelihood=Likelihood.MEDIUM,
    severity=Severity.DISCIPLINE,
    declared=Grade.LOW,
    reason="一年只經手三筆",
    settled=Grade.HIGH,
    method=FindingMethod.PUBLIC,
    nodes=[CHECKED],
)
FILED = PostOnFile(
    unit="財政所",
    post="財政所會計",
    duty="審核單據",
    powers=("經費報銷審核", "票據管理"),
    holder="許春燕",
    declared_on=DAY,
    state=DeclarationState.FILED,
    points=[POINT],
    none=[NoRisk(Aspect.DUTY, "權限在所長")],
    chain=Chain(
        Signature("許春燕", DAY),
        on_file.Opinion("同意", "鄭國良", date(2026, 5, 6)),
        None,
        on_file.Opinion("定為一級(高)", "韓守正", date(2026, 5, 15)),
        on_file.Opinion("同意", "第12次會議", date(2026, 6, 1)),
    ),
    filing_number="清廉備〔2026〕第013號",
    review_due_on=date(2029, 6, 1),
)
BLANK = PostOnFile(unit="財政所", post="財政所出納")
ASIDE = PostOnFile(unit="財政所", post="票據員", holder="甲", withheld=True)
UNIT = UnitOnFile("財政所", "鄭國良", "高建平", 3, [FILED, BLANK, ASIDE], [PAID])


def tables(content: bytes) -> list[list[list[str]]]:
    document = docx.Document(BytesIO(content))
    return [rows(table) for table in document.tables]


def rows(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_the_search_form_says_why_a_grade_departs_and_what_was_decided() -> None:
    identity, risks, chain = tables(search_form(FILED, town="清河鎮", on=DAY))
    assert identity[2][1] == "經費報銷審核、票據管理"
    assert risks[1][1:5] == ["崗位職責", "無", "理由：權限在所長", "—"]
    assert risks[2][6] == "三級(低)"
    assert risks[3][2] == "「報銷審核不嚴」按規則建議二級(中)，自評三級(低)：一年只經手三筆"
    assert chain[1][1:] == ["同意", "", "定為一級(高)", "同意"]
    assert chain[2][4] == "會議（蓋章）：第12次會議\n2026年6月1日"
    assert chain[3][1] == "清廉備〔2026〕第013號"


def test_a_grade_as_suggested_needs_no_reason() -> None:
    post = replace(FILED, points=[replace(POINT, declared=Grade.MEDIUM)])
    _, risks, _ = tables(search_form(post, town="清河鎮", on=DAY))
    assert len(risks) == 3


def test_the_control_form_has_measures_under_the_numbers_of_what_they_answer_to() -> None:
    identity, risks, chain = tables(control_form(FILED, town="清河鎮", on=DAY))
    assert identity[1][1] == "審核單據"
    assert identity[2][:2] == ["對應職權", "經費報銷審核、票據管理"]
    assert [header.replace("\n", "") for header in risks[0][3:6]] == [
        "表現形式", "自評等級", "審定等級",
    ]  # fmt: skip
    assert risks[1] == [
        "1", "業務流程", "報銷審核不嚴", "1. 無明細發票照付\n2. =1+1", "三級(低)", "一級(高)",
        "1. 六要素核對表\n2. 經手分開", "1. 許春燕\n2. —", "1. 2026-09-30\n2. —",
        "1. 抽查不合格份數\n2. —",
    ]  # fmt: skip
    assert chain[2][0] == "簽名：許春燕\n2026年5月4日"


def test_a_grade_not_settled_yet_is_said_to_be_so() -> None:
    post = replace(FILED, points=[replace(POINT, settled=None)])
    _, risks, _ = tables(control_form(post, town="清河鎮", on=DAY))
    assert risks[1][4:6] == ["三級(低)", "待審定"]


def test_a_unit_shows_every_post_and_what_is_missing() -> None:
    identity, risks, chain = tables(unit_search_form(UNIT, town="清河鎮", on=DAY))
    assert identity[0] == [
        "部門（單位）", "財政所", "部門負責人", "鄭國良", "分管（責任）\n領導", "高建平",
    ]  # fmt: skip
    assert identity[1][1] == "1（本部門共 3 個崗位）"
    assert [[row[1], *row[3:6]] for row in risks[1:5]] == [
        ["財政所會計\n許春燕", "業務流程", "報銷審核不嚴", "1. 無明細發票照付\n2. =1+1"],
        ["財政所會計\n許春燕", "崗位職責", "無", "崗位職責：權限在所長"],
        ["財政所出納", "—", "—", "尚未自查申報"],
        ["票據員", "—", "—", "因迴避不列"],
    ]
    assert risks[1][6:9] == ["較高", "較嚴重\n(紀律處分)", "三級(低)"]
    assert risks[3][6:9] == ["—", "—", "—"]
    assert chain[1][0] == "已辦 1 份，本表共 3 份；各份意見見個人表。"
    assert chain[2][2] == "簽名：韓守正\n2026年5月15日"


def test_a_unit_shows_at_which_steps_of_its_processes_the_risks_are() -> None:
    _, risks, _ = tables(unit_search_form(UNIT, town="清河鎮", on=DAY))
    assert risks[0][2] == "業務流程\n／環節"
    assert [row[2] for row in risks[1:5]] == ["經費報銷\n2. 審核單據\n二級(中)", "—", "—", "—"]
    assert risks[5] == [
        "5", "財政所出納", "經費報銷\n4. 付款\n一級(高)", "業務流程", "先付款後補手續",
        "業務流程目錄所列，崗位申報尚未列入", "—", "—", "一級(高)", "日終對帳",
    ]  # fmt: skip


def test_the_grade_of_a_step_is_not_taken_for_a_settled_one() -> None:
    _, risks, _ = tables(unit_control_form(UNIT, town="清河鎮", on=DAY))
    assert risks[4][2:7] == [
        "經費報銷\n4. 付款\n一級(高)", "業務流程", "先付款後補手續",
        "業務流程目錄所列，崗位申報尚未列入", "待審定",
    ]  # fmt: skip


def test_the_control_form_of_a_unit_has_settled_grades_owners_and_days() -> None:
    _, risks, _ = tables(unit_control_form(UNIT, town="清河鎮", on=DAY))
    assert risks[1][6] == "一級(高)"
    assert risks[1][8:10] == ["1. 許春燕\n2. —", "1. 2026-09-30\n2. —"]


def test_an_empty_unit_still_prints() -> None:
    _, risks, _ = tables(unit_search_form(UnitOnFile("司法所", "", "", 0, []), town="", on=DAY))
    assert len(risks) == 1


def test_the_ledger_counts_and_lists_and_a_formula_stays_text() -> None:
    book = openpyxl.load_workbook(BytesIO(ledger([UNIT])))
    counted = [cell.value for cell in book["匯總"][2]]
    assert counted == ["財政所", 3, 1, 1, 0.5, 1, 1, 0, 0, 1, 0, 1]
    first, second, blank, aside = list(book["台賬"].iter_rows(min_row=2))
    assert [cell.value for cell in first][:10] == [
        "財政所", "財政所會計", "許春燕", "業務流程", "報銷審核不嚴", "無明細發票照付",
        "群眾提", "三級(低)", "一級(高)", "已備案",
    ]  # fmt: skip
    assert second[5].value == "=1+1"
    assert second[5].data_type == "s"
    assert first[15].value == "清廉備〔2026〕第013號"
    assert blank[4].value == "尚未自查申報"
    assert aside[4].value == "因迴避不列"
