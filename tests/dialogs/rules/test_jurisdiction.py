import pytest

from dialogs.rules.jurisdiction import is_ours
from dialogs.vocabulary import Accused


@pytest.mark.parametrize("accused", Accused)
def test_the_township_takes_no_matter_about_its_leaders_or_its_commission(
    accused: Accused,
) -> None:
    assert is_ours(accused) is (accused not in {Accused.TOWN_LEADER, Accused.COMMISSION})
