"""The township's numbers, each with what it rests on."""

import re

import pytest

from dialogs.catalogue.policy import number, policy, tried
from dialogs.errors import Refused
from tests.house.places import modules, read


def test_every_number_says_what_it_rests_on_and_whether_it_is_settled() -> None:
    for name, one in policy().items():
        assert one.value >= 1, name
        assert one.unit, name
        assert one.basis, name
        assert isinstance(one.settled, bool), name


def test_every_number_is_used_and_every_number_used_is_there() -> None:
    used = {
        name
        for module in modules()
        for name in re.findall(r'number\("(\w+)"\)', module.read_text(encoding="utf-8"))
    }
    assert used == policy().keys()


def test_what_the_plan_and_the_law_have_settled_is_marked_so() -> None:
    assert {name for name, one in policy().items() if one.settled} == {
        "regrade_years",
        "acceptance_notice",
        "named_notice",
        "named_result",
        "handling_days",
        "extension_days",
        "hand_back_days",
        "reopen_days",
    }
    assert number("regrade_years") == 3


def test_the_file_tells_the_township_what_to_do_with_a_proposal() -> None:
    head = read("dialogs/catalogue/policy.toml").partition("[")[0]
    assert "settled = false" in head


def test_other_numbers_are_read_whole_or_in_short() -> None:
    assert tried("late_yellow = 3\n[late_orange]\nvalue = 7\nunit = 'days'\n") == {
        "late_yellow": 3,
        "late_orange": 7,
    }


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("late_yellow = = 1", "policy_unreadable"),
        ("late_pink = 3", "policy_unknown"),
        ("late_yellow = 0", "policy_number"),
        ("late_yellow = true", "policy_number"),
        ("[late_yellow]\nvalue = 'x'", "policy_number"),
    ],
)
def test_numbers_that_are_none_are_refused(text: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        tried(text)
