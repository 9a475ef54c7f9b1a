"""Whatever is wrong with a questionnaire is said at once, with its place and what to do."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest

from dialogs.xlsform import sheets
from dialogs.xlsform.faults import MOST, Fault, FormFaults, What
from dialogs.xlsform.reading import read_form, read_markdown

from .builders import YES_NO, Cell, faults_of, q, survey, xlsx

A = q("text", "a")


def one_fault(*rows: Mapping[str, Cell]) -> tuple[str, int, str, str]:
    """Expect one fault of a questionnaire with a list of yes and no."""
    [fault] = faults_of(survey(*rows, choices=[*YES_NO, ("two words", "a b", "x")]))
    return fault


@pytest.mark.parametrize(
    ("row", "column", "what"),
    [
        (q("txet", "b"), "type", "misspelt_type"),
        (q("frobnicate", "b"), "type", "unknown_type"),
        (q("geopoint", "b"), "type", "unsupported_type"),
        (q("range", "b", parameters="start=9 end=1"), "parameters", "range"),
        (q("range", "b", parameters="step=none"), "parameters", "range"),
        (q("rank two words", "b"), "type", "blank_in_choice"),
        (q("begin loop", "b"), "type", "unsupported_type"),
        (q("select_one_from_file towns.csv", "b"), "type", "from_file"),
        (q("select_one towns.csv", "b"), "type", "from_file"),
        (q("select_one_external yes_no", "b"), "type", "from_file"),
        (q("select_one yes_no", "b", appearance="minimal search('towns')"), "appearance",
         "from_file"),
        (q("rank yes_mo", "b"), "type", "misspelt_list"),
        (q("text", "b", relevant="instance('towns')/root/item[1]/x = 1"), "relevant",
         "unknown_list"),
        (q("select_one yes_mo", "b"), "type", "misspelt_list"),
        (q("select_one nothing_like_it", "b"), "type", "unknown_list"),
        (q("select_multiple two words", "b"), "type", "blank_in_choice"),
        (q("", "b"), "type", "missing_cell"),
        (q("text", ""), "name", "missing_cell"),
        (q("text", "2b"), "name", "bad_name"),
        (q("text", "b c"), "name", "bad_name"),
        (q("text", "xlsform"), "name", "reserved_name"),
        (q("text", "a"), "name", "duplicate_name"),
        (q("text", "b", None), "label", "missing_label"),
        (q("integer", "b", read_only="yes"), "read_only", "read_only"),
        (q("integer", "b", calculation="1 + 1"), "calculation", "calculated_question"),
        (q("calculate", "b", None), "calculation", "missing_cell"),
        (q("text", "b", trigger="${a}"), "trigger", "unsupported_column"),
        (q("text", "b", **{"media::image": "a.png"}), "media::image", "media"),
        (q("integer", "b", default="many"), "default", "default"),
        (q("date", "b", default="soon"), "default", "default"),
        (q("select_one yes_no", "b", default="maybe"), "default", "default"),
        (q("select_multiple yes_no", "b", default="yes maybe"), "default", "default"),
        (q("text", "b", relevant="${a} ="), "relevant", "syntax"),
        (q("text", "b", relevant="${a} == 1"), "relevant", "syntax"),
        (q("text", "b", constraint="pulldata(1)"), "constraint", "function"),
        (q("text", "b", constraint="selected(.)"), "constraint", "arguments"),
        (q("text", "b", constraint="regex(., '(')"), "constraint", "pattern"),
        (q("text", "b", relevant="a = 1"), "relevant", "bare_name"),
        (q("text", "b", "?", relevant="${before_} = 1"), "relevant", "unknown_name"),
        (q("text", "b", relevant="${zzz} = 1"), "relevant", "unknown_name"),
        (q("text", "b", required="${zzz} = 1"), "required", "unknown_name"),
        (q("text", "b", "Why ${zzz}?"), "label", "unknown_name"),
        (q("text", "b", hint="${zzz}"), "hint", "unknown_name"),
        (q("text", "b", constraint_message="${zzz}"), "constraint_message", "unknown_name"),
        (q("text", "b", relevant="${b} = 1"), "relevant", "asked_later"),
        (q("text", "b", default="${b}"), "default", "asked_later"),
        (q("calculate", "b", None, calculation="jr:choice-name('x', '${zzz}')"), "calculation",
         "unknown_name"),
        (q("select_one yes_no", "b", choice_filter="region = ${a}"), "choice_filter",
         "unknown_filter_column"),
        (q("begin group", "b"), "type", "unclosed"),
        (q("begin repeat", "b"), "type", "unclosed"),
        (q("end group", ""), "type", "not_open"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_row_and_column(
    row: Mapping[str, Cell], column: str, what: str
) -> None:
    assert one_fault(A, row) == ("survey", 3, column, what)


def test_a_name_nearly_right_is_suggested() -> None:
    with pytest.raises(FormFaults) as raised:
        read_form(survey(q("text", "village"), q("text", "b", "${vilage}?")), "form")
    [fault] = raised.value.faults
    assert (fault.what, fault.values["meant"]) == ("misspelt_name", "village")


def test_what_is_asked_later_cannot_be_read_yet() -> None:
    later = q("integer", "late")
    assert one_fault(q("text", "b", relevant="${late} > 1"), later)[3] == "asked_later"
    assert one_fault(q("text", "b", "${late}"), later)[3] == "asked_later"
    rests = q("calculate", "sum", None, calculation="${late} + 1")
    assert one_fault(q("text", "b", constraint=". > ${sum}"), rests, later)[3] == "rests_on_later"
    inside = (q("begin group", "g", relevant="${late} > 1"), later, q("end group", ""))
    assert one_fault(*inside) == ("survey", 2, "relevant", "asked_later")


def test_calculations_in_a_circle_are_found() -> None:
    circle = [
        q("calculate", "x", None, calculation="${y} + 1"),
        q("calculate", "y", None, calculation="${z} + 1"),
        q("calculate", "z", None, calculation="${x} + 1"),
    ]
    with pytest.raises(FormFaults) as raised:
        read_form(survey(A, *circle), "form")
    [fault] = raised.value.faults
    assert (fault.row, fault.column, fault.what) == (3, "calculation", "circular")
    assert fault.values["names"] == "x → y → z → x"
    alone = q("calculate", "x", None, calculation="${x} + 1")
    assert one_fault(A, alone) == ("survey", 3, "calculation", "circular")
    by_condition = [
        q("begin group", "g", None, relevant="${x} > 1"),
        q("calculate", "x", None, calculation="1"),
        q("end group", ""),
    ]
    assert "circular" in [fault[3] for fault in faults_of(survey(A, *by_condition))]


def test_a_name_used_twice_cannot_be_read() -> None:
    rows = [
        q("begin group", "g"), A, q("end group", ""),
        q("begin group", "h"), A, q("end group", ""),
        q("text", "b", relevant="${a} = 1"),
    ]  # fmt: skip
    assert one_fault(*rows) == ("survey", 8, "relevant", "ambiguous_name")


def test_an_end_must_close_what_was_begun() -> None:
    assert one_fault(q("begin group", "g"), A, q("end repeat", "")) == (
        "survey", 4, "type", "wrong_end",
    )  # fmt: skip


def test_groups_go_only_so_deep() -> None:
    deep = [q("begin group", f"g{n}") for n in range(500)]
    assert "too_deep" in [fault[3] for fault in faults_of(survey(*deep))]


def test_all_faults_are_told_at_once_in_their_order() -> None:
    content = survey(
        q("txet", "a"),
        q("text", "b", relevant="${c} >"),
        q("select_one x", "b"),
        choices=[("yes_no", "yes", None), ("yes_no", "yes", "有"), (None, "z", "z")],
    )
    assert faults_of(content) == [
        ("survey", 2, "type", "misspelt_type"),
        ("survey", 3, "relevant", "syntax"),
        ("survey", 4, "name", "duplicate_name"),
        ("survey", 4, "type", "unknown_list"),
        ("choices", 2, "label", "missing_label"),
        ("choices", 3, "name", "duplicate_choice"),
        ("choices", 4, "list_name", "missing_cell"),
    ]


def test_after_many_faults_the_search_is_given_up() -> None:
    with pytest.raises(FormFaults) as raised:
        read_form(survey(*(q("text", f"q {n}") for n in range(MOST + 1))), "form")
    assert len(raised.value.faults) == MOST
    assert raised.value.more
    with pytest.raises(FormFaults) as raised:
        read_form(survey(q("text", "q 1")), "form")
    assert not raised.value.more


def test_a_fault_names_the_heading_as_it_was_written() -> None:
    content = xlsx({"survey": [("Type", "Name", "Label", "Relevance"), ("text", "a", "A", "1 +")]})
    assert faults_of(content) == [("survey", 2, "Relevance", "syntax")]


@pytest.mark.parametrize(
    ("headings", "column", "what"),
    [
        (("type", "name", "label", "relevent"), "relevent", "misspelt_column"),
        (("type", "name", "label", "constraint mesage"), "constraint mesage", "misspelt_column"),
        (("type", "name", "label", "Label"), "Label", "duplicate_column"),
        (("kind", "name", "label"), "type", "missing_column"),
    ],
)
def test_headings_are_looked_at(headings: tuple[str, ...], column: str, what: str) -> None:
    assert ("survey", 1, column, what) in faults_of(
        xlsx({"survey": [headings, ("text", "a", "A", None)]})
    )


def test_a_formula_without_its_result_is_not_taken_for_a_blank() -> None:
    rows = [("type", "name", "label", "relevant"), ("text", "a", "A"), ("text", "b", "B", "=D9")]
    assert faults_of(xlsx({"survey": rows, "notes": [("=A1",)]})) == [
        ("survey", 3, "relevant", "formula")
    ]


def test_a_heading_twice_is_told() -> None:
    content = xlsx({"survey": [("type", "name", "name", "label"), ("text", "a", "b", "A")]})
    assert faults_of(content) == [("survey", 1, "name", "duplicate_heading")]


def test_what_stands_below_many_blank_rows_is_not_passed_over() -> None:
    rows = [("type", "name", "label"), ("text", "a", "A"), *[("",)] * 60, ("text", "b", "B")]
    assert faults_of(xlsx({"survey": rows})) == [("survey", 63, "", "blank_rows")]
    del rows[2]
    assert [*read_form(xlsx({"survey": rows}), "f").questions] == ["a", "b"]


@pytest.mark.parametrize("source", ["/data/a/wrong = 1", "../wrong = 1", "count(${g}/wrong) > 1"])
def test_a_path_to_what_is_not_there_is_refused(source: str) -> None:
    group = [q("begin group", "g"), q("text", "c"), q("end group", "", None)]
    assert one_fault(A, *group, q("text", "b", relevant=source))[2:] == ("relevant", "unknown_name")


def test_a_path_to_what_is_there_is_read() -> None:
    group = [q("begin group", "g"), q("text", "c"), q("end group", "", None)]
    source = "/data/g/c = 1 or ../a = 2 or instance('yes_no')/root/item[name = 'yes']/label = 'x'"
    content = survey(A, *group, q("text", "b", relevant=source), choices=YES_NO)
    assert "b" in read_form(content, "f").questions


def test_a_choices_sheet_needs_its_columns() -> None:
    content = xlsx({"survey": [("type", "name", "label"), ("text", "a", "A")],
                    "choices": [("list", "name", "label"), ("x", "y", "z")]})  # fmt: skip
    assert ("choices", 1, "list_name", "missing_column") in faults_of(content)


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04 broken", b"\x00" * 1000])
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    assert faults_of(content) == [("", 0, "", "not_xlsx")]


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Pack some files."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return file.getvalue()


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    assert faults_of(zipped({"readme.txt": b"hello"})) == [("", 0, "", "not_xlsx")]


def test_a_broken_workbook_is_refused() -> None:
    good = zipfile.ZipFile(io.BytesIO(survey(A)))
    parts = {name: good.read(name) for name in good.namelist()}
    for name in ("[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"):
        assert faults_of(zipped({**parts, name: b"<broken"})) == [("", 0, "", "not_xlsx")]


def test_entities_that_multiply_are_refused() -> None:
    good = zipfile.ZipFile(io.BytesIO(survey(A)))
    parts = {name: good.read(name) for name in good.namelist()}
    lines = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    bomb = f'<!DOCTYPE x [<!ENTITY l0 "lol">{lines}]>'.encode()
    sheet = parts["xl/worksheets/sheet1.xml"].replace(b"<v>0</v>", b"<v>&l9;</v>", 1)
    for name, content in (
        ("xl/worksheets/sheet1.xml", bomb + sheet),
        ("xl/workbook.xml", bomb + parts["xl/workbook.xml"].replace(b"survey", b"&l9;")),
    ):
        assert faults_of(zipped({**parts, name: content})) == [("", 0, "", "not_xlsx")]


def test_a_file_too_large_is_not_even_opened() -> None:
    assert faults_of(b"\x00" * (sheets.LARGEST + 1)) == [("", 0, "", "too_large")]


def test_a_file_that_swells_is_not_unpacked() -> None:
    bomb = zipped({"xl/worksheets/sheet1.xml": b" " * (sheets.UNPACKED + 1)})
    assert len(bomb) < 100_000
    assert faults_of(bomb) == [("", 0, "", "too_large")]


def test_too_many_rows_are_refused() -> None:
    content = survey(*(q("text", f"q{n}") for n in range(sheets.MOST_ROWS["survey"] + 1)))
    assert faults_of(content) == [("survey", 1002, "", "too_many_rows")]


def test_a_workbook_without_its_sheet_is_refused() -> None:
    assert faults_of(xlsx({"questions": [("a",)], "more": [("b",)]})) == [
        ("", 0, "", "missing_sheet")
    ]


def test_a_form_that_asks_nothing_is_refused() -> None:
    assert faults_of(xlsx({"survey": [("type", "name", "label")]})) == [("survey", 0, "", "empty")]


def test_a_form_that_wants_encryption_is_refused() -> None:
    assert faults_of(survey(A, public_key="MIIB")) == [("settings", 2, "public_key", "encrypted")]


@pytest.mark.parametrize("text", ["", "no tables", "| survey |", "| survey |\n| | type |"])
def test_what_is_no_markdown_form_is_refused(text: str) -> None:
    with pytest.raises(FormFaults):
        read_markdown(text, "form")


def test_a_fault_says_its_place_as_far_as_it_has_one() -> None:
    assert Fault("", 0, "", What.NOT_XLSX).phrase.key == "xlsform.fault.not_xlsx"
    assert Fault("survey", 0, "", What.EMPTY).phrase.key == "xlsform.fault.in_sheet"
    assert Fault("survey", 9, "", What.TOO_MANY_ROWS).phrase.key == "xlsform.fault.in_row"
    assert Fault("survey", 2, "type", What.METADATA).phrase.key == "xlsform.fault.in_cell"
