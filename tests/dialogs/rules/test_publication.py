"""What is told of a vote never lets a single voice be made out."""

from hypothesis import given
from hypothesis import strategies as st

from dialogs.rules.publication import tally
from dialogs.vocabulary import Opinion, Role

COUNTS = st.dictionaries(
    st.tuples(st.sampled_from([Role.CADRE, Role.VILLAGER]), st.sampled_from(Opinion)),
    st.integers(0, 9),
)


@given(COUNTS)
def test_small_counts_and_groups_that_hardly_spoke_are_never_told(
    counted: dict[tuple[Role, Opinion], int],
) -> None:
    told = tally(counted, small=3)
    for one in told:
        count = counted.get((one.voters, one.opinion), 0)
        spoken = sum(of for (voters, _), of in counted.items() if voters is one.voters)
        assert one.count == (None if spoken < 3 or 0 < count < 3 else count)


def test_a_group_that_has_not_spoken_is_not_told() -> None:
    told = tally({(Role.CADRE, Opinion.FITTING): 5}, small=3)
    assert {one.voters for one in told} == {Role.CADRE}
