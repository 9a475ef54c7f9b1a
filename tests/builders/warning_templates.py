"""Build the Word templates of the papers of a warning; afterwards they may be edited in Word.

Run `python -m tests.builders.warning_templates FOLDER` to write them.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT as VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt

from dialogs.documents.binding import bind
from tests.builders.form_templates import (
    BODY_FONT,
    HEAD_FONT,
    TITLE_FONT,
    add_field,
    add_table,
    drop_what_is_unused,
    keep_whole,
    put,
    set_fonts,
    set_height,
    set_properties,
    style,
    write,
)

WIDTH = 16.6  # cm between the margins
IDENTITY = (2.8, 5.5, 2.8, 5.5)
REASONS = (
    ("序號", 1.2, "number"),
    ("來源渠道", 2.4, "source"),
    ("日期", 2.4, "day"),
    ("事實", 6.4, "fact"),
    ("依據", 4.2, "basis"),
)
Pairs = tuple[tuple[str, str, str, str], ...]
Signed = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Sheet:
    """What sets one paper apart: who and when, its parts of (title, text), who signs, its notes."""

    title: str
    file: str
    identity: Pairs
    parts: tuple[tuple[str, str], ...]
    signed: Signed
    notes: str
    reasons: bool = False


SHEETS = (
    Sheet(
        title="預警通知書",
        file="warning_notice",
        identity=(
            ("編號", "number", "預警等級", "level"),
            ("單位", "unit", "崗位", "post"),
            ("收件人", "name", "簽發日期", "issued"),
            ("起草", "author", "回覆期限", "due"),
        ),
        parts=(("要求", "demand"),),
        signed=(
            ("提請人", "proposer"),
            ("會簽人〔一級（紅）〕", "countersigner"),
            ("簽發人", "issuer"),
            ("送達", "delivered"),
            ("收件人簽收", "signed"),
        ),
        notes="說明：1.預警等級分三級：一級（紅）糾錯、二級（橙）督導、三級（黃）提醒，以一級（紅）為最重；"
        "預警等級不是崗位風險等級。2.請在回覆期限內書面回覆：原因剖析、整改措施和完成時限、佐證材料、"
        "承諾（單位寫健全制度的打算）。3.需要延期的，在期限屆滿前申請並說明理由。",
        reasons=True,
    ),
    Sheet(
        title="預警回覆書",
        file="warning_reply",
        identity=(
            ("預警編號", "number", "預警等級", "level"),
            ("單位", "unit", "崗位", "post"),
            ("回覆人", "name", "回覆日期", "replied"),
            ("回覆期限", "due", "第幾次回覆", "version"),
        ),
        parts=(
            ("原因剖析", "cause"),
            ("整改措施", "correction"),
            ("完成時限", "correct_by"),
            ("佐證材料", "files"),
            ("承諾", "pledge"),
            ("審核意見", "opinion"),
        ),
        signed=(
            ("回覆人簽名", "signed"),
            ("審核人簽名", "reviewer"),
            ("方案審核人〔一級（紅）〕", "auditor"),
        ),
        notes="說明：審核不合格的，退回重訂並寫明意見；審核人不是起草人。",
    ),
    Sheet(
        title="解除預警通知書",
        file="warning_lifting",
        identity=(
            ("預警編號", "number", "預警等級", "level"),
            ("單位", "unit", "崗位", "post"),
            ("收件人", "name", "簽發日期", "issued"),
            ("解除日期", "lifted", "歸檔號", "archive_number"),
        ),
        parts=(("解除依據", "basis"), ("回頭看", "look_back")),
        signed=(("複核驗收人", "lifter"), ("收件人簽收", "receipt")),
        notes="說明：解除預警由起草人以外的人複核驗收；解除後六個月回頭看。",
    ),
)


def build(sheet: Sheet) -> Document:
    """Build the template of a paper."""
    document = docx.Document()
    set_properties(document, sheet.title)
    drop_what_is_unused(document)
    set_fonts(document)
    set_upright(document)
    write(document.add_paragraph(), f"{{{{ town }}}}{sheet.title}", TITLE_FONT, 22, ALIGN.CENTER)
    document.paragraphs[-1].paragraph_format.space_after = Pt(10)
    add_identity(document, sheet.identity)
    if sheet.reasons:
        add_heading(document, "預警事由")
        add_reasons(document)
    for title, key in sheet.parts:
        add_heading(document, title)
        add_text(document, key)
    add_heading(document, "簽署")
    add_signed(document, sheet.signed)
    note = document.add_paragraph()
    write(note, sheet.notes, BODY_FONT, 9)
    note.paragraph_format.space_before = Pt(6)
    return document


def set_upright(document: Document) -> None:
    """Lay the page: A4 upright; its foot says which warning it belongs to."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(1.8)
    section.header_distance = section.footer_distance = Cm(0.9)
    foot = section.footer.paragraphs[0]
    foot.alignment = ALIGN.CENTER
    for text, field in (
        ("預警 {{ number }}　　第 ", "PAGE"),
        (" 頁　共 ", "NUMPAGES"),
        (" 頁", ""),
    ):
        style(foot.add_run(text), BODY_FONT, 9)
        if field:
            add_field(foot, field)


def add_identity(document: Document, rows: Pairs) -> None:
    """Add which warning it is, to whom, and its days."""
    table = add_table(document, IDENTITY, rows=len(rows))
    for row, (first, one, second, other) in enumerate(rows):
        put(table.cell(row, 0), first, head=True)
        put(table.cell(row, 1), f"{{{{ {one} }}}}")
        put(table.cell(row, 2), second, head=True)
        put(table.cell(row, 3), f"{{{{ {other} }}}}")
        set_height(table.rows[row], 0.85)


def add_heading(document: Document, text: str) -> None:
    """Head a part of the paper; it stays with what it heads."""
    paragraph = document.add_paragraph()
    write(paragraph, text, HEAD_FONT, 12)
    paragraph.paragraph_format.space_before = Pt(10)
    paragraph.paragraph_format.space_after = Pt(3)
    paragraph.paragraph_format.keep_with_next = True


def add_text(document: Document, key: str) -> None:
    """Add a box of text, as high as it needs to be."""
    table = add_table(document, (WIDTH,), rows=1)
    put(table.cell(0, 0), f"{{{{ {key} }}}}", align=ALIGN.LEFT, vertical=VERTICAL.TOP)
    set_height(table.rows[0], 1.2)


def add_reasons(document: Document) -> None:
    """Add the table of reasons: its header comes again on every page."""
    table = add_table(document, [width for _, width, _ in REASONS], rows=4)
    for place, (header, _, key) in enumerate(REASONS):
        put(table.cell(0, place), header, head=True)
        align = ALIGN.LEFT if key in ("fact", "basis") else ALIGN.CENTER
        put(table.cell(2, place), f"{{{{ row.{key} }}}}", align=align)
    put(table.cell(1, 0), "{%tr for row in rows %}")
    put(table.cell(3, 0), "{%tr endfor %}")
    set_height(table.rows[0], 0.85)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    set_height(table.rows[2], 0.85)
    keep_whole(table.rows[2])


def add_signed(document: Document, signed: Sequence[tuple[str, str]]) -> None:
    """Add a line for everybody who signs: who took the step, and when, or room for it."""
    table = add_table(document, (4.2, 7.4, 5.0), rows=len(signed))
    for row, (title, key) in enumerate(signed):
        put(table.cell(row, 0), title, head=True)
        put(table.cell(row, 1), f"{{{{ {key}.name }}}}", align=ALIGN.LEFT)
        put(table.cell(row, 2), f"{{{{ {key}.day }}}}", align=ALIGN.RIGHT)
        set_height(table.rows[row], 0.95)
        keep_whole(table.rows[row])


if __name__ == "__main__":
    for sheet in SHEETS:
        template = BytesIO()
        build(sheet).save(template)
        (Path(sys.argv[1]) / f"{sheet.file}.docx").write_bytes(bind(template.getvalue()))
