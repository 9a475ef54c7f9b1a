"""The acceptance number of a matter, as people copy it."""

import pytest

from dialogs.acceptance import read_number, written


@pytest.mark.parametrize(
    "text", ["ABCD-2345", "abcd2345", " ab cd 23 45 ", "ＡＢＣＤ－２３４５", "受理號：ABCD-2345"]
)
def test_a_number_is_understood_however_it_was_copied(text: str) -> None:
    assert read_number(text) == "ABCD2345"


@pytest.mark.parametrize("text", ["", "ABCD", "ABCD-23456", "ABCD-2340", "我的低保怎麼樣了"])
def test_what_cannot_be_a_number_is_none(text: str) -> None:
    assert read_number(text) is None


def test_a_number_is_written_in_fours() -> None:
    assert written("ABCD2345") == "ABCD-2345"
