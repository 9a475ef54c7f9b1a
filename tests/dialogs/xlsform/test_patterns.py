"""Patterns match as Python's do, and never take long."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.xlsform.patterns import BadPattern, matches


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("^1[3-9][0-9]{9}$", "13912345678", True),
        ("^1[3-9][0-9]{9}$", "1391234567", False),
        ("[A-Z]{2,}", "ABC", True),
        ("[A-Z]{2,3}", "ABCD", False),
        (r"\d{17}[\dXx]", "11010519491231002X", True),
        (r"[^@\s]+@[^@\s]+\.[a-z]+", "a@b.org", True),
        (r"(http|https)://.+", "https://x", True),
        ("[一-龥]{2,4}", "阿梅", True),
        ("a|b|", "", True),
        ("(a|b)*c?", "abba", True),
        (r"\w+", "阿", False),
        (r"[\w.-]+", "a.b-c", True),
        ("[]x]+", "x]", True),
        ("a.c", "a\nc", False),
        ("a+?b", "aab", True),
    ],
)
def test_the_whole_text_must_follow(pattern: str, text: str, expected: bool) -> None:
    assert matches(pattern, text) is expected


@pytest.mark.parametrize(
    "pattern",
    ["(", ")", "a**", "*", "[a", "a{2,1}", "a{x}", "a{", "(?=a)", r"(a)\1", r"\p{L}", "(?i)a",
     "a{1000}", "((((a{9}){9}){9}){9}){9}", "(" * 60 + ")" * 60, "\\"],
)  # fmt: skip
def test_what_is_not_understood_is_refused(pattern: str) -> None:
    with pytest.raises(BadPattern):
        matches(pattern, "a")


parts = st.sampled_from(["a", "b", "[ab]", "[^a]", ".", r"\d", "1", "(a|b1)", "(?:ab)?", "(a*b)+"])
repeats = st.sampled_from(["", "", "*", "+", "?", "{2}", "{1,2}", "{1,}"])
patterns_ = st.lists(st.tuples(parts, repeats), min_size=1, max_size=4).map(
    lambda pairs: "".join(
        part + times for part, times in pairs if part[-1] not in "?+" or not times
    )
)


@given(patterns_, st.text("ab1", max_size=6))
def test_patterns_match_as_pythons_do(pattern: str, text: str) -> None:
    assert matches(pattern, text) == bool(re.fullmatch(pattern, text, re.ASCII))


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*b", "(a|aa)+b", "a*a*a*a*a*b"])
def test_no_pattern_takes_long(pattern: str) -> None:
    begun = time.process_time()
    assert not matches(pattern, "a" * 4000 + "!")
    assert time.process_time() - begun < 2
