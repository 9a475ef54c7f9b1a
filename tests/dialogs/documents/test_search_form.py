from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.shared import Mm
from docx.table import Table
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dialogs.documents.lettering import printable
from dialogs.documents.search_form import (
    NoRisk,
    Opinion,
    PersonalSearchForm,
    SearchPoint,
    Signature,
    personal_search_form,
)
from dialogs.vocabulary import Aspect, Grade, Likelihood, Severity

POINT = SearchPoint(
    aspect=Aspect.PROCESS,
    name="報銷審核不嚴",
    manifestation="無明細發票照付",
    likelihood=Likelihood.MEDIUM,
    severity=Severity.DISCIPLINE,
    grade=Grade.MEDIUM,
    measure="六要素核對表",
)
FORM = PersonalSearchForm(
    town="清河鎮",
    unit="財政所",
    name="許春燕",
    post="財政所會計",
    duty="負責單據審核",
    filled_on=date(2026, 5, 4),
    rows=[NoRisk(Aspect.DUTY, "權限由所長審批"), POINT],
)


def tables(form: PersonalSearchForm) -> tuple[Table, Table, Table]:
    """Print a form, and take up the tables of identity, of risks and of signatures."""
    document = docx.Document(BytesIO(personal_search_form(form)))
    identity, risks, chain = document.tables
    return identity, risks, chain


def texts(table: Table, row: int) -> list[str]:
    return [cell.text for cell in table.rows[row].cells]


def test_the_title_names_the_town_and_the_page_is_a4_landscape() -> None:
    document = docx.Document(BytesIO(personal_search_form(FORM)))
    assert document.paragraphs[0].text == "清河鎮個人廉政風險查找表"
    section = document.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert section.page_width == pytest.approx(Mm(297), abs=Mm(1))
    assert section.page_height == pytest.approx(Mm(210), abs=Mm(1))


def test_the_head_says_who_fills_it_in_for_which_post_and_when() -> None:
    identity, _, _ = tables(FORM)
    assert texts(identity, 0) == ["單位", "財政所", "姓名", "許春燕", "職務（崗位）", "財政所會計"]
    assert texts(identity, 1)[3:] == ["負責單據審核", "填表日期", "2026年5月4日"]
    assert texts(identity, 2)[:2] == ["對應職權", "—"]


def test_the_table_has_the_eight_columns_and_a_row_for_each_point() -> None:
    _, risks, _ = tables(FORM)
    assert [text.replace("\n", "") for text in texts(risks, 0)] == [
        "序號", "風險類別", "風險點名稱", "表現形式",
        "發生可能性", "危害程度", "自評等級", "防控措施",
    ]  # fmt: skip
    assert texts(risks, 2) == [
        "2", "業務流程", "報銷審核不嚴", "無明細發票照付",
        "較高", "較嚴重\n(紀律處分)", "二級(中)", "六要素核對表",
    ]  # fmt: skip
    assert len(risks.rows) == 3


def test_an_aspect_without_risk_says_none_and_why() -> None:
    _, risks, _ = tables(FORM)
    assert texts(risks, 1) == [
        "1", "崗位職責", "無", "理由：權限由所長審批", "—", "—", "—", "—",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("grade", "printed"),
    [(Grade.HIGH, "一級(高)"), (Grade.MEDIUM, "二級(中)"), (Grade.LOW, "三級(低)")],
)
def test_a_grade_is_never_a_bare_number(grade: Grade, printed: str) -> None:
    _, risks, _ = tables(replace(FORM, rows=[replace(POINT, grade=grade)]))
    assert texts(risks, 1)[6] == printed


def test_every_likelihood_severity_and_aspect_has_its_word() -> None:
    rows = [replace(POINT, aspect=aspect) for aspect in Aspect]
    rows += [replace(POINT, likelihood=step) for step in Likelihood]
    rows += [replace(POINT, severity=step) for step in Severity]
    _, risks, _ = tables(replace(FORM, rows=rows))
    printed = [texts(risks, place) for place in range(1, len(rows) + 1)]
    assert [row[1] for row in printed[5:8]] == [
        "農村建房土地審批", "專項資金管理", "集體「三資」管理",
    ]  # fmt: skip
    assert [row[4] for row in printed[8:11]] == ["高", "較高", "較小"]
    assert [row[5] for row in printed[11:]] == [
        "嚴重\n(犯罪)", "較嚴重\n(紀律處分)", "影響或損失",
    ]  # fmt: skip


def test_a_step_not_yet_taken_is_left_blank_for_the_pen() -> None:
    _, _, chain = tables(replace(FORM, signed=Signature("許春燕", date(2026, 5, 4))))
    assert texts(chain, 0) == [
        "本人簽名", "部門負責人意見", "單位主要領導意見", "鎮紀委界定意見", "黨委審定",
    ]  # fmt: skip
    assert texts(chain, 1)[1:] == [""] * 4
    assert texts(chain, 2)[:2] == ["簽名：許春燕\n2026年5月4日", "簽名：\n年　　月　　日"]
    assert texts(chain, 3)[:2] == ["備案編號", ""]


def test_every_step_taken_shows_its_opinion_name_and_day() -> None:
    form = replace(
        FORM,
        unit_head=Opinion("甲", "鄭國良", date(2026, 5, 6)),
        leader=Opinion("乙", "高建平", date(2026, 5, 8)),
        commission=Opinion("丙", "韓守正", date(2026, 5, 15)),
        party_committee=Opinion("丁", "第6次會議", date(2026, 6, 1)),
        filing_number="清廉備〔2026〕第013號",
    )
    _, _, chain = tables(form)
    assert texts(chain, 1)[1:] == ["甲", "乙", "丙", "丁"]
    assert texts(chain, 2)[1:] == [
        "簽名：鄭國良\n2026年5月6日",
        "簽名：高建平\n2026年5月8日",
        "簽名：韓守正\n2026年5月15日",
        "會議（蓋章）：第6次會議\n2026年6月1日",
    ]
    assert texts(chain, 3)[1] == "清廉備〔2026〕第013號"


def test_every_page_says_whose_form_it_is() -> None:
    document = docx.Document(BytesIO(personal_search_form(FORM)))
    foot = document.sections[0].footer.paragraphs[0].text
    assert foot.startswith("財政所　許春燕　財政所會計")


@settings(max_examples=30)
@example("<b>&{{ 7*7 }}")
@example("{_{ 7*7 }_} {_% raw %_} {%tr for x in y %} {# x #}")
@example("</w:t></w:r></w:p>")
@example("&lt;&amp;#65;")
@example("一\r\n二\v三\f四\a五\t六\x00")
@example("\ud800 \ufffe \U0001f600")
@given(st.text(st.characters(), max_size=60))
def test_whatever_a_person_wrote_is_printed_literally(text: str) -> None:
    form = replace(
        FORM,
        name=text,
        duty=text,
        rows=[replace(POINT, manifestation=text, measure=text), NoRisk(Aspect.DUTY, text)],
        commission=Opinion(text, text, date(2026, 5, 15)),
    )
    identity, risks, chain = tables(form)
    expected = printable(text)
    assert identity.cell(0, 3).text == expected
    assert identity.cell(1, 1).text == expected
    assert risks.cell(1, 3).text == expected
    assert risks.cell(1, 7).text == expected
    assert risks.cell(2, 3).text == f"理由：{expected}"
    assert chain.cell(1, 3).text == expected


def test_long_text_is_kept_whole() -> None:
    long = "措施逐條列出。\n" * 500
    _, risks, _ = tables(replace(FORM, rows=[replace(POINT, measure=long, manifestation=long)]))
    assert risks.cell(1, 7).text == long
    assert len(long) == 4000


def test_a_form_without_a_single_row_still_prints() -> None:
    _, risks, chain = tables(replace(FORM, rows=[]))
    assert len(risks.rows) == 1
    assert len(chain.rows) == 4


def test_the_same_form_gives_the_same_bytes() -> None:
    assert personal_search_form(FORM) == personal_search_form(replace(FORM))


def test_the_fonts_of_official_papers_are_named_with_fallbacks() -> None:
    with ZipFile(BytesIO(personal_search_form(FORM))) as parts:
        fonts = parts.read("word/fontTable.xml").decode()
        body = parts.read("word/document.xml").decode()
    assert "方正小标宋" in fonts
    assert "宋體" in fonts
    assert 'w:eastAsia="仿宋"' in body
    assert 'w:eastAsia="方正小标宋_GBK"' in body


def test_a_holder_signs_by_hand_what_was_filled_in_for_them() -> None:
    _, _, chain = tables(replace(FORM, signed=Signature("許春燕", date(2026, 5, 4), "何文書")))
    signed = chain.cell(2, 0).text
    assert signed.splitlines() == ["簽名：", "（2026年5月4日由何文書代填）", "年　　月　　日"]
