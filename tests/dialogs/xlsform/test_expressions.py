"""Expressions mean what ODK says they mean."""

import math
import operator
from datetime import date
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.xlsform.expressions import DEEPEST, formula
from dialogs.xlsform.grammar import Wrong
from dialogs.xlsform.nodes import FRAMES, Node, Place, Plain, Survey

from .builders import TODAY

PATHS = {
    "name": ("name",),
    "age": ("age",),
    "born": ("born",),
    "fruit": ("fruit",),
    "empty": ("empty",),
    "people": ("people",),
    "who": ("people", "who"),
    "years": ("people", "years"),
    "cups": ("people", "cups"),
    "size": ("people", "cups", "size"),
}


def survey() -> Survey:
    """Fill in a small form: two people, the first with two cups and the second with one."""
    filled = Survey(today=TODAY, paths=PATHS, name_choice=lambda name, value: f"{name}:{value}")
    values: dict[str, Plain] = {
        "name": "阿梅",
        "age": 41.0,
        "born": date(1985, 2, 28),
        "fruit": "pear plum",
        "empty": "",
    }
    for name, value in values.items():
        filled.put(filled.root.add(name), value)
    for who, years, sizes in (("Li", 5.0, (1.0, 2.0)), ("Wu", 30.0, (4.0,))):
        person = filled.root.add("people")
        filled.put(person.add("who"), who)
        filled.put(person.add("years"), years)
        for size in sizes:
            filled.put(person.add("cups").add("size"), size)
    return filled


def value(source: str, at: str = "name", filled: Survey | None = None) -> Plain:
    """Work out an expression at one of the questions."""
    filled = filled or survey()
    node = filled.root
    for step in at.split("/"):
        name, _, number = step.partition("@")
        node = node.children[name][int(number or 1) - 1]
    return formula(source).at(Place(filled, node, node))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("7 div 2", 3.5),
        ("-7 mod 3", -1),
        ("7 mod -3", 1),
        ("- ${age}", -41),
        ("${age}-1", 40),
        ("${age} - ${age}", 0),
        ("1 div 0", math.inf),
        ("pow(2, 10)", 1024),
        ("pow(10, 400)", math.inf),
        ("round(2.5)", 3),
        ("round(-2.5)", -2),
        ("round(2.345, 2)", 2.35),
        ("round(1234, -2)", 1200),
        ("int(-2.7)", -2),
        ("int('12.9')", 12),
        ("floor(-2.1)", -3),
        ("ceiling(2.1)", 3),
        ("abs(-3)", 3),
        ("sqrt(16)", 4),
        ("log10(1000)", 3),
        ("number('3.5')", 3.5),
        ("number(true())", 1),
        ("sum(${years})", 35),
        ("min(${years})", 5),
        ("max(${years}, 99)", 99),
        ("sum(${size})", 7),
        ("count(${people})", 2),
        ("count(${size})", 3),
        ("count-non-empty(${who})", 2),
        ("count(${people}[years > 10])", 1),
        ("sum(${people}[who = 'Li']/cups/size)", 3),
        ("string-length('清風')", 2),
        ("string-length(${empty})", 0),
        ("count-selected(${fruit})", 2),
        ("decimal-date-time('1970-01-02')", 1),
        ("today() - date('2026-05-01')", 3),
        ("position(${people}[2])", 2),
    ],
)
def test_numbers_come_out(source: str, expected: float) -> None:
    assert value(source) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(
    "source", ["${empty} + 1", "0 div 0", "number('x')", "sqrt(-1)", "1 mod 0"]
)
def test_what_is_no_number_is_nan(source: str) -> None:
    assert math.isnan(float(value(source)))  # type: ignore[arg-type]  # a number here


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("concat('a', 1, 'b', 2.50)", "a1b2.5"),
        ("concat(${who})", "LiWu"),
        ("join('、', ${who})", "Li、Wu"),
        ("substr('abcde', 1, 3)", "bc"),
        ("substr('abcde', -2)", "de"),
        ("substring('12345', 2, 3)", "234"),
        ("substring('12345', 0)", "12345"),
        ("substring-before('a-b', '-')", "a"),
        ("substring-after('a-b', '-')", "b"),
        ("substring-after('ab', '-')", ""),
        ("normalize-space('  a   b ')", "a b"),
        ("translate('bar', 'abc', 'AB')", "BAr"),
        ("selected-at(${fruit}, 1)", "plum"),
        ("selected-at(${fruit}, 5)", ""),
        ("jr:choice-name(${fruit}, '${fruit}')", "fruit:pear plum"),
        ("coalesce(${empty}, 'none')", "none"),
        ("coalesce(${name}, 'none')", "阿梅"),
        ("if(${age} >= 18, 'grown', 'young')", "grown"),
        ("once(${name})", "阿梅"),
        ("format-date('2026-05-04', '%Y-%n-%e %a %b 100%%')", "2026-5-4 Mon May 100%"),
        ("format-date(${born}, '%d/%m/%y')", "28/02/85"),
        ("format-date('nonsense', '%Y')", ""),
        ("string(${age})", "41"),
        ("string(1 div 4)", "0.25"),
        ("'it''s'", "it's"),
        ("${people}[2]/who", "Wu"),
        ("/data/people[1]/who", "Li"),
        ("../age", "41"),
        ("indexed-repeat(${who}, ${people}, 2)", "Wu"),
        ("indexed-repeat(${size}, ${people}, 1, ${cups}, 2)", "2"),
        ("indexed-repeat(${size}, ${people}, ${age} - 40, ${cups}, 2)", "2"),
        ("concat(‘a’, “b”)", "ab"),
    ],
)
def test_texts_come_out(source: str, expected: str) -> None:
    assert value(f"string({source})" if "‘" not in source else source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("${age} = 41", True),
        ("${age} = '41'", True),
        ("${age} = '41.0'", True),
        ("'41' = '41.0'", False),
        ("${age} != ''", True),
        ("${empty} = ''", True),
        ("${empty} = 0", False),
        ("${empty} != 0", True),
        ("${empty} > 0", False),
        ("${empty} <= 0", False),
        ("not(${empty})", True),
        ("${born} < today()", True),
        ("${born} = '1985-02-28'", True),
        ("${born} = date('1985-02-28')", True),
        ("${born} > '1985-02-27'", True),
        ("(today() - ${born}) div 365.25 >= 41", True),
        ("selected(${fruit}, 'plum')", True),
        ("selected(${fruit}, 'plu')", False),
        ("selected(${empty}, '')", False),
        ("contains(${name}, '梅')", True),
        ("starts-with('abc', 'ab') and ends-with('abc', 'bc')", True),
        ("regex('13912345678', '^1[3-9][0-9]{9}$')", True),
        ("true() or ${nowhere_near} = 1", True),
        ("false() or boolean-from-string('TRUE')", True),
        ("boolean('')", False),
        ("boolean(0)", False),
        ("'a' = 'a' and not('a' = 'b')", True),
        ("1 = 1.0000000000001", True),
        ("count(${people} | ${name}) = 3", True),
    ],
)
def test_conditions_hold(source: str, expected: bool) -> None:
    filled = survey()
    filled.paths = {**PATHS, "nowhere_near": ("nowhere",)}
    assert bool(value(source, filled=filled)) is expected


def test_the_dot_is_the_present_answer() -> None:
    assert value(". > 40", at="age") is True


def test_a_name_within_a_repeat_means_the_same_repetition() -> None:
    assert value("${years}", at="people@2/who") == 30
    assert value("position(..)", at="people@2/who") == 2
    assert value("sum(${size})", at="people@1/who") == 3
    assert value("count(${people})", at="people@2/who") == 2
    assert value("current()/../years", at="people@2/who") == 30
    assert value("indexed-repeat(${who}, ${people}, position(..) - 1)", at="people@2/who") == "Li"
    assert value("indexed-repeat(${size}, ${cups}, 1)", at="people@2/who") == 4


def test_if_looks_only_at_the_branch_taken() -> None:
    filled = survey()
    calls: list[str] = []

    def counted() -> Plain:
        calls.append("read")
        return "x"

    filled.root.only("empty").formula = counted
    assert value("if(true(), 'a', ${empty})", filled=filled) == "a"
    assert calls == []


def test_a_calculation_is_worked_out_once_until_an_answer_changes() -> None:
    filled = survey()
    calls: list[str] = []

    def counted() -> Plain:
        calls.append("read")
        return "x"

    filled.root.only("empty").formula = counted
    value("concat(${empty}, ${empty}, ${empty})", filled=filled)
    assert len(calls) == 1
    filled.put(filled.root.only("age"), 3.0)
    assert value("${empty}", filled=filled) == "x"
    assert len(calls) == 2


@pytest.mark.parametrize("backwards", [False, True])
def test_a_long_chain_of_calculations_does_not_exhaust_the_stack(backwards: bool) -> None:
    length = 5 * FRAMES
    names = [f"c{n}" for n in range(length)]
    filled = Survey(
        today=TODAY, paths={n: (n,) for n in names}, name_choice=lambda name, value: value
    )
    order = reversed(names) if backwards else names
    for name in order:
        number = int(name[1:])
        node = filled.root.add(name)
        made = formula(f"${{c{number - 1}}} + 1" if number else "1")
        node.formula = partial(made.at, Place(filled, node, node))
        node.cost = 20
    assert filled.read(filled.root.only(names[-1])) == length


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("1 +", "syntax"),
        ("=1", "syntax"),
        ("(1", "syntax"),
        ("'open", "syntax"),
        ("a b", "syntax"),
        ("//x", "syntax"),
        ("@x", "syntax"),
        ("*", "syntax"),
        ("child::x", "syntax"),
        ("${}", "syntax"),
        ("pulldata('a', 'b', 'c', 'd')", "function"),
        ("random()", "function"),
        ("uuid()", "function"),
        ("document('file:///etc/passwd')", "function"),
        ("instance()", "arguments"),
        ("text()", "function"),
        ("selected(${a})", "arguments"),
        ("if(1, 2)", "arguments"),
        ("today(1)", "arguments"),
        ("regex(., '(a')", "pattern"),
        ("regex(., ${a})", "pattern"),
        ("regex(., '(?=a)b')", "pattern"),
        ("jr:choice-name(${a}, 'b')", "choice_name"),
        ("${a}[x[1]]", "nested"),
        ("1 + " * 1000 + "1", "long_expression"),
        ("(" * 900 + "1" + ")" * 900, "syntax"),
        ("-" * 500 + "1", "syntax"),
    ],
)
def test_what_cannot_be_used_is_named(source: str, what: str) -> None:
    with pytest.raises(Wrong) as wrong:
        formula(source)
    assert wrong.value.what == what


def test_names_are_told_apart_by_how_they_are_read() -> None:
    made = formula("${a} > 1 and region = ${b} and indexed-repeat(${c}, ${r}, 1) = ''")
    assert made.names == {"a", "b"}
    assert made.loose == {"c", "r"}
    assert made.bare == {"region"}


def test_a_long_sum_is_no_deep_expression() -> None:
    terms = DEEPEST - 10
    assert value(" + ".join(["1"] * terms)) == terms


numbers = st.integers(-1000, 1000)
OPERATORS = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "!=": operator.ne,
}


@given(numbers, st.sampled_from(sorted(OPERATORS)), numbers)
def test_numbers_are_joined_as_arithmetic_has_it(left: int, sign: str, right: int) -> None:
    assert value(f"{left} {sign} {right}") == OPERATORS[sign](left, right)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40))
def test_no_text_makes_an_expression_break_in_an_unforeseen_way(source: str) -> None:
    try:
        made = formula(source)
    except Wrong:
        return
    filled = survey()
    filled.paths = dict.fromkeys(made.names | made.loose, ("name",))
    value(source, filled=filled)


SIGNS = st.sampled_from(
    ["${age}", "${empty}", "${fruit}", "'a'", "1", "0", ".", "..", "(", ")", ",", "+", "-", "div",
     "and", "or", "=", "<", "[", "]", "/", "not(", "if(", "sum(", "date(", "substr(", "round("]
)  # fmt: skip


@given(st.lists(SIGNS, max_size=12))
def test_no_jumble_of_signs_breaks_in_an_unforeseen_way(signs: list[str]) -> None:
    try:
        made = formula(" ".join(signs))
    except Wrong:
        return
    node = (filled := survey()).root.only("age")
    made.at(Place(filled, node, node))


def test_a_node_that_is_alone_is_first() -> None:
    assert Node("x").position() == 1
