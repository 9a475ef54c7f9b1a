"""Build the Word templates of the four official forms; afterwards they may be edited in Word.

Run `python -m tests.builders.form_templates FOLDER` to write them.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT as VERTICAL
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.shared import Cm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from dialogs.documents.binding import bind

TITLE_FONT, BODY_FONT, HEAD_FONT = "方正小标宋_GBK", "仿宋", "黑体"
# What a machine without the font may use instead; names only, nothing is embedded.
FALLBACKS = {
    TITLE_FONT: "方正小标宋简体,宋體,宋体,SimSun",
    BODY_FONT: "仿宋體,仿宋_GB2312,FangSong",
    HEAD_FONT: "黑體,SimHei",
}
LATIN = "Times New Roman"

# Widths in cm; each table takes the 25.9 between the margins.
IDENTITY = (1.8, 4.6, 1.8, 6.1, 2.6, 9.0)
RISKS = (
    ("序號", 1.0, "number"),
    ("風險類別", 2.6, "aspect"),
    ("風險點名稱", 3.2, "name"),
    ("表現形式", 6.0, "manifestation"),
    ("發生\n可能性", 1.6, "likelihood"),
    ("危害程度", 2.3, "severity"),
    ("自評等級", 2.1, "grade"),
    ("防控措施", 7.1, "measure"),
)
CENTRED = {
    *("number", "post", "process", "aspect", "name"),
    *("likelihood", "severity", "declared", "grade"),
}
CHAIN = (
    ("本人簽名", 4.7, "signed"),
    ("部門負責人意見", 4.9, "unit_head"),
    ("單位主要領導意見", 4.9, "leader"),
    ("鎮紀委界定意見", 5.0, "commission"),
    ("黨委審定", 6.4, "party_committee"),
)
LABELS = (
    ("單位", "unit", "姓名", "name", "職務（崗位）", "post"),
    ("崗位\n職責", "duty", "填表日期", "filled_on"),
    ("對應職權", "powers"),
)
UNIT_IDENTITY = (2.6, 6.1, 2.6, 6.0, 2.6, 6.0)
UNIT_LABELS = (
    ("部門（單位）", "unit", "部門負責人", "head", "分管（責任）\n領導", "in_charge"),
    ("涉及崗位數", "posts", "填表日期", "filled_on"),
)
CONTROLS = (
    ("序號", 1.0, "number"),
    ("風險類別", 2.0, "aspect"),
    ("風險點", 2.4, "name"),
    ("表現形式", 4.6, "manifestation"),
    ("自評等級", 1.8, "declared"),
    ("審定等級", 1.8, "grade"),
    ("防控措施", 4.8, "measure"),
    ("責任人", 1.8, "owner"),
    ("完成時限", 2.9, "due"),
    ("監測指標", 2.8, "indicator"),
)
UNIT_RISKS = (
    ("序號", 1.0, "number"),
    ("崗位", 2.4, "post"),
    ("業務流程\n／環節", 2.7, "process"),
    ("風險類別", 1.9, "aspect"),
    ("風險點", 2.4, "name"),
    ("表現形式", 4.9, "manifestation"),
    ("發生\n可能性", 1.5, "likelihood"),
    ("危害程度", 2.3, "severity"),
    ("自評等級", 1.8, "grade"),
    ("防控措施", 5.0, "measure"),
)
UNIT_CONTROLS = (
    ("序號", 1.0, "number"),
    ("崗位", 2.0, "post"),
    ("業務流程\n／環節", 2.6, "process"),
    ("風險類別", 1.8, "aspect"),
    ("風險點", 2.1, "name"),
    ("表現形式", 3.6, "manifestation"),
    ("審定等級", 1.8, "grade"),
    ("防控措施", 4.1, "measure"),
    ("責任人", 1.7, "owner"),
    ("完成時限", 2.9, "due"),
    ("監測指標", 2.3, "indicator"),
)
UNIT_CHAIN = (
    ("部門負責人意見", 6.4, "unit_head"),
    ("分管（責任）領導意見", 6.4, "leader"),
    ("鎮紀委界定意見", 6.4, "commission"),
    ("黨委審定", 6.7, "party_committee"),
)
STYLES = {"TableGrid", "Footer", "FooterChar"}
UNUSED = {"thumbnail", "extended-properties", "stylesWithEffects", "customXml", "numbering"}
NOTES = (
    "說明：1.風險等級分三級：一級(高)、二級(中)、三級(低)，一級為最高；自評等級取「發生可能性」與"
    "「危害程度」中較重者，另定等級的，寫明理由。2.各風險類別逐項填寫，不得缺項；"
    "經查找沒有風險的，填「無」並寫明理由。3.簽名、意見依次辦理，尚未辦理的留空。"
)
GRADES_NOTE = "說明：1.風險等級分三級：一級(高)、二級(中)、三級(低)，一級為最高；"
CONTROL_NOTES = GRADES_NOTE + (
    "審定等級以黨委審定為準，尚未審定的寫「待審定」。2.防控措施與表現形式逐條對應，編號相同；"
    "責任人、完成時限、監測指標依同一編號。3.簽名、意見依次辦理，尚未辦理的留空。"
)
UNIT_NOTES = GRADES_NOTE + (
    "自評等級由任職的人申報，審定等級以黨委審定為準。2.本表由各崗位的申報匯總；"
    "意見欄寫明已辦的崗位數，尚未辦理的留空。3.業務流程、環節及其等級取自現行業務流程目錄；"
    "目錄列有風險而崗位申報未列的，附在表末。"
)


@dataclass(frozen=True)
class Form:
    """What sets one form apart: its columns of (header, width, key), identity, chain, notes."""

    title: str
    file: str
    foot: str
    identity: tuple[float, ...]
    labels: tuple[tuple[str, ...], ...]
    columns: tuple[tuple[str, float, str], ...]
    chain: tuple[tuple[str, float, str], ...]
    notes: str


PERSON = "{{ unit }}　{{ name }}　{{ post }}"
FORMS = (
    Form(
        "個人廉政風險查找表", "personal_search_form", PERSON, IDENTITY, LABELS, RISKS, CHAIN, NOTES
    ),
    Form(
        *("個人廉政風險識別防控表", "personal_control_form", PERSON),
        *(IDENTITY, LABELS, CONTROLS, CHAIN, CONTROL_NOTES),
    ),
    Form(
        *("部門廉政風險查找表", "unit_search_form", "{{ unit }}"),
        *(UNIT_IDENTITY, UNIT_LABELS, UNIT_RISKS, UNIT_CHAIN, UNIT_NOTES),
    ),
    Form(
        *("部門廉政風險識別防控表", "unit_control_form", "{{ unit }}"),
        *(UNIT_IDENTITY, UNIT_LABELS, UNIT_CONTROLS, UNIT_CHAIN, UNIT_NOTES),
    ),
)


def build(form: Form) -> Document:
    """Build the template of a form."""
    document = docx.Document()
    set_properties(document, form.title)
    drop_what_is_unused(document)
    set_fonts(document)
    set_page(document, form.foot)
    title = "{{ town }}" + form.title
    write(document.add_paragraph(), title, TITLE_FONT, 22, ALIGN.CENTER)
    document.paragraphs[-1].paragraph_format.space_after = Pt(10)
    add_identity(document, form)
    add_gap(document)
    add_risks(document, form.columns)
    add_gap(document)
    add_chain(document, form.chain)
    note = document.add_paragraph()
    write(note, form.notes, BODY_FONT, 9)
    note.paragraph_format.space_before = Pt(6)
    return document


def set_properties(document: Document, title: str) -> None:
    """Say what the file is, and nothing of who made it or with what."""
    properties = document.core_properties
    properties.title, properties.language = title, "zh-Hant"
    properties.author = properties.comments = properties.last_modified_by = ""


def drop_what_is_unused(document: Document) -> None:
    """Keep of the library's own starting document what this form uses."""
    for relations in (document.part.package.rels, document.part.rels):
        for key in list(relations):
            if relations[key].reltype.rpartition("/")[2] in UNUSED:
                relations.pop(key)
    styles = document.styles.element
    for unused in styles.findall(qn("w:style")):
        if unused.get(qn("w:styleId")) not in STYLES and not unused.get(qn("w:default")):
            styles.remove(unused)


def set_fonts(document: Document) -> None:
    """Declare the fonts and their fallbacks, and make 仿宋 the body's."""
    for fonts in document.styles.element.iter(qn("w:rFonts")):
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-TW")
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = LATIN, Pt(10.5)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), BODY_FONT)
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    normal.paragraph_format.line_spacing = 1.0
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    declared = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/></w:font>'
        for name, others in FALLBACKS.items()
    )
    table = next(
        part
        for part in document.part.package.iter_parts()
        if part.partname == "/word/fontTable.xml"
    )
    table._blob = f'<w:fonts xmlns:w="{namespace}">{declared}</w:fonts>'.encode()


def set_page(document: Document, whose: str) -> None:
    """Lay the page: A4 landscape; its foot says whose form it is, on a page of signatures too."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = Cm(1.9)
    section.top_margin, section.bottom_margin = Cm(1.8), Cm(1.6)
    section.header_distance = section.footer_distance = Cm(0.9)
    foot = section.footer.paragraphs[0]
    foot.alignment = ALIGN.CENTER
    for text, field in (
        (f"{whose}　　第 ", "PAGE"),
        (" 頁　共 ", "NUMPAGES"),
        (" 頁", ""),
    ):
        style(foot.add_run(text), BODY_FONT, 9)
        if field:
            add_field(foot, field)


def add_field(paragraph: Paragraph, code: str) -> None:
    """Add a field that the word processor computes."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = paragraph.add_run("1")
    style(run, BODY_FONT, 9)
    field.append(run._r)
    paragraph._p.append(field)


def add_identity(document: Document, form: Form) -> None:
    """Add who fills the form in, for which post or unit; a row with few values has a wide one."""
    table = add_table(document, form.identity, rows=len(form.labels))
    for row, labels in enumerate(form.labels):
        cells = list(table.rows[row].cells)
        if len(labels) < len(cells):
            rest = len(labels) - 2
            wide = cells[1].merge(cells[len(cells) - rest - 1])
            cells = [cells[0], wide, *cells[len(cells) - rest :]]
        for place, text in enumerate(labels):
            shown = text if place % 2 == 0 else f"{{{{ {text} }}}}"
            align = ALIGN.LEFT if text in ("duty", "powers") else ALIGN.CENTER
            put(cells[place], shown, head=place % 2 == 0, align=align)
        set_height(table.rows[row], 0.95)


def add_risks(document: Document, columns: Sequence[tuple[str, float, str]]) -> None:
    """Add the table of risk points: its header comes again on every page."""
    table = add_table(document, [width for _, width, _ in columns], rows=7)
    for place, (header, _, key) in enumerate(columns):
        put(table.cell(0, place), header, head=True)
        align = ALIGN.CENTER if key in CENTRED else ALIGN.LEFT
        put(table.cell(2, place), f"{{{{ row.{key} }}}}", align=align)
    put(table.cell(1, 0), "{%tr for row in rows %}")
    put(table.cell(3, 0), "{%tr endfor %}")
    put(table.cell(4, 0), "{%tr if reasons %}")
    put(table.cell(5, 0).merge(table.cell(5, 1)), "另定等級\n的理由", head=True)
    rest = table.cell(5, 2).merge(table.cell(5, len(columns) - 1))
    put(rest, "{{ reasons }}", align=ALIGN.LEFT)
    put(table.cell(6, 0), "{%tr endif %}")
    set_height(table.rows[0], 1.1)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    set_height(table.rows[2], 0.95)
    keep_whole(table.rows[2])


def add_chain(document: Document, chain: Sequence[tuple[str, float, str]]) -> None:
    """Add the chain of signatures, which stays on one page, and the filing number."""
    table = add_table(document, [width for _, width, _ in chain], rows=4)
    for place, (title, _, key) in enumerate(chain):
        put(table.cell(0, place), title, head=True)
        text = "以上內容由本人如實填寫。" if key == "signed" else f"{{{{ {key}.text }}}}"
        put(table.cell(1, place), text, align=ALIGN.LEFT, vertical=VERTICAL.TOP)
        label = "會議（蓋章）：" if key == "party_committee" else "簽名："
        signing = table.cell(2, place)
        put(signing, f"{label}{{{{ {key}.name }}}}", align=ALIGN.LEFT, vertical=VERTICAL.BOTTOM)
        put(signing.add_paragraph(), f"{{{{ {key}.day }}}}", align=ALIGN.RIGHT)
        set_border(table.cell(1, place), "bottom")
        set_border(table.cell(2, place), "top")
    put(table.cell(3, 0), "備案編號", head=True)
    put(
        table.cell(3, 1).merge(table.cell(3, len(chain) - 1)),
        "{{ filing_number }}",
        align=ALIGN.LEFT,
    )
    for row, height in zip(table.rows, (0.85, 1.7, 1.3, 0.85), strict=True):
        set_height(row, height)
        keep_whole(row)
    for row in table.rows[:-1]:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def add_table(document: Document, widths: Sequence[float], *, rows: int) -> Table:
    """Add a ruled table with columns of given widths in cm."""
    table = document.add_table(rows, len(widths))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    margins = parse_xml(
        '<w:tblCellMar xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:top w:w="45" w:type="dxa"/><w:left w:w="70" w:type="dxa"/>'
        '<w:bottom w:w="45" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>'
    )
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)
    for place, width in enumerate(widths):
        table.columns[place].width = Cm(width)
        for cell in table.columns[place].cells:
            cell.width = Cm(width)
    return table


def add_gap(document: Document) -> None:
    """Part two tables by a hair."""
    paragraph = document.add_paragraph()
    style(paragraph.add_run(), BODY_FONT, 2)
    paragraph.paragraph_format.line_spacing = Pt(5)


def put(
    place: _Cell | Paragraph,
    text: str,
    *,
    head: bool = False,
    align: ALIGN = ALIGN.CENTER,
    vertical: VERTICAL = VERTICAL.CENTER,
) -> None:
    """Put text into a cell or paragraph of a table."""
    if isinstance(place, _Cell):
        place.vertical_alignment = vertical
        place = place.paragraphs[0]
    write(place, text, HEAD_FONT if head else BODY_FONT, 10.5, align)


def write(
    paragraph: Paragraph, text: str, font: str, size: float, align: ALIGN = ALIGN.LEFT
) -> None:
    """Write a paragraph in one font."""
    paragraph.alignment = align
    style(paragraph.add_run(text), font, size)


def style(run: docx.text.run.Run, font: str, size: float) -> None:
    """Set a run's fonts: Latin letters and figures in their own."""
    run.font.name, run.font.size = LATIN, Pt(size)
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def set_height(row: _Row, height: float) -> None:
    """Give a row at least a height in cm."""
    row.height, row.height_rule = Cm(height), WD_ROW_HEIGHT_RULE.AT_LEAST


def keep_whole(row: _Row) -> None:
    """Keep a row on one page, as far as a page can hold it."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def set_border(cell: _Cell, side: str) -> None:
    """Take away one border of a cell."""
    borders = cell._tc.get_or_add_tcPr().find(qn("w:tcBorders"))
    if borders is None:
        borders = OxmlElement("w:tcBorders")
        cell._tc.tcPr.insert_element_before(borders, "w:shd", "w:noWrap", "w:tcMar", "w:vAlign")
    border = OxmlElement(f"w:{side}")
    border.set(qn("w:val"), "nil")
    borders.append(border)


if __name__ == "__main__":
    for form in FORMS:
        template = BytesIO()
        build(form).save(template)
        (Path(sys.argv[1]) / f"{form.file}.docx").write_bytes(bind(template.getvalue()))
