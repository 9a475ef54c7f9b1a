"""The workbook of catalogues: read cell by cell, written back the same."""

from dataclasses import replace
from importlib.resources import files
from io import BytesIO

import openpyxl
import pytest

from dialogs.documents.catalogues import Catalogues, read_catalogues, write_catalogues
from dialogs.documents.faults import CatalogueFaults
from dialogs.facts import CodesKnown
from dialogs.messages import plain_words
from dialogs.vocabulary import Language
from tests.builders.catalogues import example_catalogues
from tests.builders.township import example_township

TOWN = example_township()
KNOWN = CodesKnown(
    frozenset(unit.code for unit in TOWN.units),
    frozenset(post.code for post in TOWN.posts),
    frozenset(),
)
RIGHT = write_catalogues(example_catalogues())


def with_cell(sheet: str, place: str, value: object) -> bytes:
    """Write a right workbook but for one cell."""
    book = openpyxl.load_workbook(BytesIO(RIGHT))
    book[sheet][place].value = value  # type: ignore[union-attr]
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def faults_of(content: bytes) -> list[tuple[str, int, str, str]]:
    with pytest.raises(CatalogueFaults) as caught:
        read_catalogues(content, KNOWN)
    return [
        (fault.sheet, fault.row, fault.column, fault.key.removeprefix("roster.fault."))
        for fault in caught.value.faults
    ]


def test_what_is_written_reads_back_the_same() -> None:
    assert read_catalogues(RIGHT, KNOWN) == example_catalogues()


def test_the_empty_catalogues_are_a_workbook_too() -> None:
    assert read_catalogues(write_catalogues(Catalogues()), KNOWN) == Catalogues()


@pytest.mark.parametrize(
    ("sheet", "place", "value", "fault"),
    [
        ("職權", "A2", "Z99", "code_unknown"),
        ("職權", "B3", "Z05-Q01", "code_twice"),
        ("職權", "C2", None, "empty"),
        ("職權", "D2", "行政命令", "word_unknown"),
        ("職權", "E2", "Z05-01、Z05-99", "code_unknown"),
        ("職權", "J2", "也許", "word_unknown"),
        ("職權", "K3", None, "ground_missing"),
        ("職權", "F2", "長" * 801, "too_long"),
        ("流程", "D2", "Z05-Q09", "code_unknown"),
        ("流程", "D2", "、", "code_unknown"),
        ("流程環節", "A2", "Z05-L09", "code_unknown"),
        ("流程環節", "B3", "1", "step_twice"),
        ("流程環節", "B2", "第一", "number_unreadable"),
        ("流程環節", "D2", "財政所", "code_unknown"),
        ("流程環節", "E2", "366", "number_unreadable"),
        ("流程環節", "H2", None, "risk_and_grade"),
        ("流程環節", "I2", None, "risk_and_grade"),
        ("流程環節", "I2", "一", "word_unknown"),
        ("制度", "B2", "值班制", "word_unknown"),
        ("制度", "B3", "崗位責任制", "rule_twice"),
        ("制度", "E2", "明天", "day_unreadable"),
    ],
)
def test_every_mistake_is_named_by_sheet_row_and_column(
    sheet: str, place: str, value: object, fault: str
) -> None:
    at = (sheet, int(place[1:]), place[0], fault)
    # a process or power that cannot be read takes what refers to it along
    assert at in faults_of(with_cell(sheet, place, value))


def test_a_grade_without_a_risk_is_said_at_the_risk() -> None:
    assert ("流程環節", 2, "H", "risk_and_grade") in faults_of(with_cell("流程環節", "H2", None))


def test_a_missing_sheet_is_named() -> None:
    book = openpyxl.load_workbook(BytesIO(RIGHT))
    del book["制度"]
    content = BytesIO()
    book.save(content)
    assert faults_of(content.getvalue()) == [("制度", 0, "", "sheet_missing")]


def test_what_is_no_workbook_is_said() -> None:
    assert faults_of(b"not a workbook") == [("", 0, "", "not_a_workbook")]


@pytest.mark.parametrize("language", Language)
def test_every_mistake_can_be_said(language: Language) -> None:
    for content in (with_cell("職權", "D2", "?"), with_cell("流程環節", "E2", "x"), b""):
        with pytest.raises(CatalogueFaults) as caught:
            read_catalogues(content, KNOWN)
        assert plain_words(caught.value.phrase, language)


def test_a_power_that_is_known_already_may_be_referred_to() -> None:
    catalogues = replace(example_catalogues(), powers=())
    content = write_catalogues(catalogues)
    assert ("流程", 2, "D", "code_unknown") in faults_of(content)
    codes = frozenset(power.code for power in example_catalogues().powers)
    assert read_catalogues(content, replace(KNOWN, powers=codes)) == catalogues


def test_steps_stand_in_the_order_of_their_numbers() -> None:
    read = read_catalogues(with_cell("流程環節", "B2", "9"), KNOWN)
    names = [step.name for step in read.processes[0].steps]
    assert names == ["公示", "審核", "撥付到卡", "收集名單"]


def test_the_shipped_workbook_is_what_its_builder_writes() -> None:
    shipped = files("dialogs.catalogue").joinpath("catalogues.xlsx").read_bytes()
    assert read_catalogues(shipped, KNOWN) == example_catalogues()
