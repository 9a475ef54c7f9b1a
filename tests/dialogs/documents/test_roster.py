from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.documents.faults import Fault, RosterFaults
from dialogs.documents.roster import (
    Roster,
    RosterAppointment,
    RosterKinship,
    RosterPerson,
    RosterPost,
    RosterSeat,
    RosterUnit,
    read_roster,
    write_roster,
)
from dialogs.vocabulary import Role, Seat, UnitKind
from tests.builders.rosters import rosters

HEADERS = {
    "單位": ["代碼", "名稱", "類別"],
    "崗位": ["代碼", "單位代碼", "名稱", "職責"],
    "人員": ["代碼", "姓名", "角色", "電話"],
    "任職": ["人員代碼", "崗位代碼", "起", "止"],
}
ROWS: dict[str, list[list[object]]] = {
    "單位": [["U1", "財政所", "站所辦"], ["U2", "上河村", "村"]],
    "崗位": [["P1", "U1", "財政所會計", "記賬"], ["P2", "U2", "村委會主任", None]],
    "人員": [["R1", "許春燕", "幹部、站所辦負責人", None], ["R2", "王建國", "幹部", "8001"]],
    "任職": [["R1", "P1", date(2020, 1, 1), None], ["R2", "P2", "2021年3月18日", "2026/3/17"]],
}


def workbook(headers: dict[str, list[str]] | None = None, **rows: list[list[object]]) -> bytes:
    """Write a workbook by hand, sheet by sheet; what is not given is right."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, names in (headers or HEADERS).items():
        sheet = book.create_sheet(title)
        sheet.append(names)
        for row in rows.get(title, ROWS.get(title, [])):
            sheet.append(row)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def faults_of(content: bytes) -> list[tuple[str, int, str, str]]:
    with pytest.raises(RosterFaults) as caught:
        read_roster(content)
    return [
        (fault.sheet, fault.row, fault.column, fault.key.removeprefix("roster.fault."))
        for fault in caught.value.faults
    ]


def with_cell(sheet: str, place: str, value: object) -> bytes:
    """Write a right workbook but for one cell."""
    book = openpyxl.load_workbook(BytesIO(workbook()))
    book[sheet][place].value = value
    return saved(book)


EXPECTED = Roster(
    (
        RosterUnit("U1", "財政所", UnitKind.OFFICE),
        RosterUnit("U2", "上河村", UnitKind.VILLAGE),
    ),
    (RosterPost("P1", "U1", "財政所會計", "記賬"), RosterPost("P2", "U2", "村委會主任")),
    (
        RosterPerson("R1", "許春燕", frozenset({Role.CADRE, Role.UNIT_HEAD})),
        RosterPerson("R2", "王建國", frozenset({Role.CADRE}), "8001"),
    ),
    (
        RosterAppointment("R1", "P1", date(2020, 1, 1)),
        RosterAppointment("R2", "P2", date(2021, 3, 18), date(2026, 3, 17)),
    ),
)


# What can be read


def test_a_workbook_written_by_hand_is_read() -> None:
    assert read_roster(workbook()) == EXPECTED


def test_english_and_simplified_headers_are_understood() -> None:
    english = {
        "Units": ["Code", "Name", "Kind"],
        "岗位": ["代码", "单位代码", "名称", "职责"],
        "people": ["code", "name", "roles", "phone"],
        "appointments": ["person_code", "post code", "from", "to"],
    }
    content = workbook(
        english,
        Units=[["U1", "財政所", "office"], ["U2", "上河村", "Village"]],
        岗位=ROWS["崗位"],
        people=[["R1", "許春燕", "干部，unit head", None], ["R2", "王建國", "CADRE", 8001]],
        appointments=ROWS["任職"],
    )
    assert read_roster(content) == EXPECTED


def test_columns_may_stand_in_any_order_among_others() -> None:
    headers = HEADERS | {"單位": ["備註", "類別", "名稱", "代碼"]}
    rows: list[list[object]] = [["x", "站所辦", "財政所", "U1"], [None, "村", "上河村", "U2"]]
    assert read_roster(workbook(headers, 單位=rows)) == EXPECTED


def test_blank_rows_are_skipped_and_spaces_trimmed() -> None:
    rows: list[list[object]] = [
        [None, None, None],
        [" U1\u3000", "\u200b 財政所\n", " 站所辦 "],
        ["  ", "\u3000", None],
        ["U2", "上河村", "村"],
    ]
    assert read_roster(workbook(單位=rows)) == EXPECTED


def test_numbers_and_full_width_digits_are_read_as_text() -> None:
    content = workbook(
        單位=[[101, "財政所", "站所辦"], ["１０２", "上河村", "村"]],
        崗位=[["P1", "１０１", "財政所會計", "記賬"], ["P2", 102.0, "村委會主任", None]],
    )
    roster = read_roster(content)
    assert [unit.code for unit in roster.units] == ["101", "102"]
    assert [post.unit for post in roster.posts] == ["101", "102"]


@pytest.mark.parametrize(
    "written",
    [
        datetime(2020, 1, 1),  # noqa: DTZ001 - a cell knows no time zone
        date(2020, 1, 1),
        "2020-01-01",
        "2020年1月1日",
        "2020.1.1",
        "２０２０／１／１",
        "民國109年1月1日",
        "20200101",
        " 2020-01-01 00:00:00 ",
    ],
)
def test_a_day_is_read_however_it_is_written(written: object) -> None:
    assert read_roster(with_cell("任職", "C2", written)) == EXPECTED


def test_a_day_typed_as_a_number_is_read() -> None:
    rows: list[list[object]] = [["R1", "P1", 20200101, None], ROWS["任職"][1]]
    assert read_roster(workbook(任職=rows)) == EXPECTED


def test_a_day_off_the_scale_of_days_is_an_error_as_it_is_in_excel() -> None:
    assert faults_of(with_cell("任職", "C2", 20200101)) == [("任職", 2, "C", "error_cell")]


def test_an_appointment_until_now_has_no_end() -> None:
    assert read_roster(with_cell("任職", "D2", "至今")) == EXPECTED


def test_the_same_post_may_be_held_again_after_it_was_left() -> None:
    rows: list[list[object]] = [
        ["R1", "P1", "2020-01-01", "2020-12-31"],
        ["R1", "P1", "2021-01-01", None],
    ]
    assert len(read_roster(workbook(任職=rows)).appointments) == 2


def test_a_workbook_of_headers_alone_is_an_empty_roster() -> None:
    assert read_roster(write_roster(Roster())) == Roster()


# What may be left out: who leads a unit, the leading group, and who are relatives

WHOLE = HEADERS | {
    "單位": ["代碼", "名稱", "類別", "分管領導代碼"],
    "領導小組": ["人員代碼", "職務"],
    "親屬關係": ["人員代碼", "親屬代碼", "關係"],
}


def whole(**rows: list[list[object]]) -> bytes:
    """Write a workbook with everything there can be."""
    units: list[list[object]] = [["U1", "財政所", "站所辦", "Ｒ2"], ["U2", "上河村", "村", None]]
    return workbook(WHOLE, **{"單位": units, "領導小組": [["R1", "組長"]], "親屬關係": [], **rows})


def test_leaders_in_charge_and_the_leading_group_are_read() -> None:
    roster = read_roster(whole(領導小組=[["R1", "組長"], ["R1", "办公室主任"], ["R2", "member"]]))
    assert [unit.leader for unit in roster.units] == ["R2", ""]
    assert roster.group == (
        RosterSeat("R1", Seat.HEAD),
        RosterSeat("R1", Seat.OFFICE_HEAD),
        RosterSeat("R2", Seat.MEMBER),
    )


def test_a_workbook_that_does_not_say_leaves_them_open() -> None:
    roster = read_roster(workbook())
    assert [unit.leader for unit in roster.units] == [None, None]
    assert roster.group is None
    assert roster.kin is None


def test_an_empty_sheet_is_an_empty_leading_group() -> None:
    assert read_roster(whole(領導小組=[])).group == ()


def test_what_is_wrong_with_leaders_and_the_group_is_named() -> None:
    content = whole(
        單位=[["U1", "財政所", "站所辦", "R9"], ["U2", "上河村", "村", "=A1"]],
        領導小組=[["R1", "組長"], ["R1", "組長"], ["R2", "大組長"], ["R8", None], [None, "成員"]],
    )
    assert faults_of(content) == [
        ("單位", 2, "D", "code_unknown"),
        ("單位", 3, "D", "formula"),
        ("領導小組", 3, "B", "seat_twice"),
        ("領導小組", 4, "B", "seat_unknown"),
        ("領導小組", 5, "A", "code_unknown"),
        ("領導小組", 5, "B", "empty"),
        ("領導小組", 6, "A", "empty"),
    ]


def test_who_are_relatives_is_read() -> None:
    roster = read_roster(whole(親屬關係=[["R1", "Ｒ2", " 表姐弟 "]]))
    assert roster.kin == (RosterKinship("R1", "R2", "表姐弟"),)
    assert read_roster(whole(親屬關係=[["R2", "R1", None]])).kin == (RosterKinship("R2", "R1"),)
    assert read_roster(whole()).kin == ()


def test_what_is_wrong_with_relatives_is_named() -> None:
    content = whole(
        親屬關係=[
            ["R1", "R2", "表姐弟"],
            ["R2", "R1", "表弟"],
            ["R1", "R2", "表姐弟"],
            ["R1", "R1", "本人"],
            ["R9", "R1", "叔父"],
            ["R1", None, "叔父"],
            ["R1", "R2", "=A1"],
        ]
    )
    assert faults_of(content) == [
        ("親屬關係", 3, "B", "kin_twice"),
        ("親屬關係", 4, "B", "kin_twice"),
        ("親屬關係", 5, "B", "own_relative"),
        ("親屬關係", 6, "A", "code_unknown"),
        ("親屬關係", 7, "B", "empty"),
        ("親屬關係", 8, "C", "formula"),
    ]


# What is wrong, and where


@pytest.mark.parametrize(
    ("sheet", "place", "value", "key"),
    [
        ("單位", "A3", None, "empty"),
        ("單位", "B3", "\u200b ", "empty"),
        ("單位", "C3", "街道", "kind_unknown"),
        ("單位", "B3", "長" * 101, "too_long"),
        ("單位", "B3", "=A2", "formula"),
        ("單位", "B3", "#REF!", "error_cell"),
        ("崗位", "B3", "U9", "code_unknown"),
        ("崗位", "D3", "=HYPERLINK(1)", "formula"),
        ("人員", "C3", "幹部、大王", "role_unknown"),
        ("人員", "C3", "、", "role_unknown"),
        ("人員", "D3", datetime(2026, 5, 4), "day_not_text"),  # noqa: DTZ001 - as above
        ("任職", "A3", "R9", "code_unknown"),
        ("任職", "B3", "P9", "code_unknown"),
        ("任職", "C3", None, "empty"),
        ("任職", "C3", "去年", "day_unreadable"),
        ("任職", "C3", "明天", "day_unreadable"),
        ("任職", "C3", "5月4日", "day_unreadable"),
        ("任職", "C3", "2021-02-30", "day_unreadable"),
        ("任職", "C3", "至今", "day_unreadable"),
        ("任職", "C3", 44273, "day_unreadable"),
        ("任職", "C3", "1821-03-18", "day_implausible"),
        ("任職", "D3", "=TODAY()", "formula"),
        ("任職", "D3", date(2020, 1, 1), "end_before_start"),
    ],
)
def test_a_fault_is_named_by_sheet_row_and_column(
    sheet: str, place: str, value: object, key: str
) -> None:
    faults = faults_of(with_cell(sheet, place, value))
    assert (sheet, 3, place[0], key) in faults


def test_one_fault_is_said_once() -> None:
    assert faults_of(with_cell("單位", "C3", "街道")) == [("單位", 3, "C", "kind_unknown")]


def test_every_fault_is_said_at_once_in_the_order_of_the_workbook() -> None:
    content = workbook(
        單位=[["U1", "財政所", "?"], ["U1", None, "村"]],
        崗位=[["P1", "U1", "會計", None], [None, "U7", "主任", None]],
        人員=[["R1", "許春燕", "王", None]],
        任職=[["R1", "P1", "2020-01-01", None], ["R1", "P1", "2021-01-01", None]],
    )
    assert faults_of(content) == [
        ("單位", 2, "C", "kind_unknown"),
        ("單位", 3, "A", "code_twice"),
        ("單位", 3, "B", "empty"),
        ("崗位", 3, "A", "empty"),
        ("崗位", 3, "B", "code_unknown"),
        ("人員", 2, "C", "role_unknown"),
        ("任職", 3, "C", "held_twice"),
    ]


def test_a_code_given_twice_names_the_row_that_has_it_first() -> None:
    with pytest.raises(RosterFaults) as caught:
        read_roster(with_cell("人員", "A3", "Ｒ1"))
    twice = caught.value.faults[0]
    assert twice.phrase.values == {
        "sheet": "人員", "row": 3, "column": "A", "code": "R1", "first": 2,
    }  # fmt: skip


def test_a_missing_sheet_is_one_fault() -> None:
    headers = {title: names for title, names in HEADERS.items() if title != "單位"}
    assert faults_of(workbook(headers)) == [("單位", 0, "", "sheet_missing")]


def test_a_missing_column_is_one_fault_however_many_rows() -> None:
    headers = HEADERS | {"單位": ["代號", "名稱", "類別"]}
    assert faults_of(workbook(headers)) == [("單位", 1, "", "column_missing")]


@pytest.mark.parametrize(
    ("sheet", "column", "renamed"),
    [("任職", "止", "離任日期"), ("人員", "電話", "手機"), ("崗位", "職責", "崗位說明")],
)
def test_a_renamed_column_is_not_taken_for_an_empty_one(
    sheet: str, column: str, renamed: str
) -> None:
    for other in (renamed, ""):
        named = [other if name == column else name for name in HEADERS[sheet]]
        with pytest.raises(RosterFaults) as raised:
            read_roster(workbook(HEADERS | {sheet: named}))
        (fault,) = raised.value.faults
        assert (fault.sheet, fault.row, fault.key) == (sheet, 1, "roster.fault.column_missing")
        assert fault.values == {"name": column}


def test_an_empty_sheet_is_one_fault_however_many_rows_refer_to_it() -> None:
    assert faults_of(workbook(人員=[])) == [("人員", 0, "", "sheet_empty")]
    assert faults_of(workbook(單位=[])) == [("單位", 0, "", "sheet_empty")]


def test_a_sheet_without_any_row_misses_its_columns() -> None:
    headers: dict[str, list[str]] = HEADERS | {"任職": []}
    faults = faults_of(workbook(headers, 任職=[]))
    assert faults == [("任職", 1, "", "column_missing")] * 4


def test_a_column_that_stands_twice_is_refused() -> None:
    headers = HEADERS | {"單位": ["代碼", "名稱", "類別", "代码"]}
    assert faults_of(workbook(headers)) == [("單位", 1, "D", "column_twice")]


def test_overlapping_appointments_to_one_post_are_refused_even_by_a_day() -> None:
    rows: list[list[object]] = [
        ["R1", "P1", "2020-01-01", "2020-12-31"],
        ["R1", "P1", "2020-12-31", None],
    ]
    assert faults_of(workbook(任職=rows)) == [("任職", 3, "C", "held_twice")]


# Files that are no workbook, or too much of one


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" * 99])
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    assert faults_of(content) == [("", 0, "", "not_a_workbook")]


def test_a_torn_workbook_is_refused() -> None:
    assert faults_of(workbook()[:-200]) == [("", 0, "", "not_a_workbook")]


def test_another_zip_is_refused() -> None:
    content = BytesIO()
    with ZipFile(content, "w") as parts:
        parts.writestr("hello.txt", "hello")
    assert faults_of(content.getvalue()) == [("", 0, "", "not_a_workbook")]


def tampered(part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Change one part of a right workbook."""
    content = BytesIO()
    with ZipFile(BytesIO(workbook())) as source, ZipFile(content, "w", 8) as copy:
        for name in source.namelist():
            data = source.read(name)
            copy.writestr(name, change(data) if name == part else data)
    return content.getvalue()


@settings(max_examples=30)
@given(st.data())
def test_a_damaged_sheet_is_read_or_refused_but_never_breaks(data: st.DataObject) -> None:
    def damage(sheet: bytes) -> bytes:
        place = data.draw(st.integers(0, len(sheet)))
        return sheet[:place] + data.draw(st.binary(max_size=8)) + sheet[place + 3 :]

    with suppress(RosterFaults):
        read_roster(tampered("xl/worksheets/sheet1.xml", damage))


def test_entities_are_not_expanded() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'

    def plant(sheet: bytes) -> bytes:
        return bomb + sheet[sheet.index(b"<worksheet") :]

    content = tampered("xl/worksheets/sheet1.xml", plant)
    assert faults_of(content) == [("", 0, "", "not_a_workbook")]


def test_a_file_over_five_megabytes_is_too_large() -> None:
    assert faults_of(b"x" * 5_000_001) == [("", 0, "", "too_large")]


def test_a_small_file_that_unpacks_to_very_much_is_too_large() -> None:
    content = tampered("xl/worksheets/sheet1.xml", lambda sheet: sheet + b" " * 61_000_000)
    assert len(content) < 200_000
    assert faults_of(content) == [("", 0, "", "too_large")]


def test_more_than_twenty_thousand_rows_are_too_many() -> None:
    rows: list[list[object]] = [["U1"]] * 20_001
    assert faults_of(workbook(單位=rows)) == [("", 0, "", "too_many_rows")]


def test_millions_of_blank_rows_are_not_waited_for() -> None:
    blank = b"<row/>" * 3_000_000
    content = tampered(
        "xl/worksheets/sheet1.xml",
        lambda sheet: sheet.replace(b"</sheetData>", blank + b"</sheetData>"),
    )
    assert len(content) < 200_000
    assert faults_of(content) == [("", 0, "", "too_many_rows")]


# What is written


@settings(max_examples=80)
@given(rosters())
def test_what_is_written_is_read_back_the_same(roster: Roster) -> None:
    assert read_roster(write_roster(roster)) == roster


def test_nothing_written_is_a_formula() -> None:
    tricks = ("=1+1", "+1", "-1", "@SUM(A1)", "#REF!")
    units = tuple(RosterUnit(f"={trick}", trick, UnitKind.OFFICE) for trick in tricks)
    book = openpyxl.load_workbook(BytesIO(write_roster(Roster(units))))
    cells = [cell for row in book["單位"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in book["單位"]["B"]] == ["名稱", *tricks]


def test_the_header_is_frozen_and_wide_enough() -> None:
    book = openpyxl.load_workbook(BytesIO(write_roster(EXPECTED)))
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "A2"
        assert sheet.cell(1, 1).font.bold
        assert sheet.column_dimensions["B"].width >= 12


def test_what_no_file_can_hold_does_not_break_the_writing() -> None:
    strange = replace(EXPECTED.units[0], name="財\x00政\ud800所\ufffe")
    roster = read_roster(write_roster(Roster((strange,))))
    assert roster.units[0].name == "財政\ufffd所\ufffd"


def test_the_same_roster_gives_the_same_bytes() -> None:
    assert write_roster(EXPECTED) == write_roster(EXPECTED)


def test_a_fault_says_its_place_among_its_values() -> None:
    fault = Fault("單位", 3, "C", "roster.fault.kind_unknown", {"word": "街道"})
    assert fault.phrase.key == "roster.fault.kind_unknown"
    assert fault.phrase.values == {"sheet": "單位", "row": 3, "column": "C", "word": "街道"}
