"""What may be told of a vote: never so few voices that one could be somebody's."""

from collections import Counter
from collections.abc import Mapping, Sequence

from dialogs.facts import TallyTold
from dialogs.vocabulary import Opinion, Role


def tally(counted: Mapping[tuple[Role, Opinion], int], *, small: int) -> Sequence[TallyTold]:
    """Tell the counts of each group that has spoken; those below `small` only that they are few.

    Of a group that has hardly spoken nothing is told, not even which opinion nobody holds; of
    others an opinion nobody holds is told as 0. No sums are told, from which a small count could
    be worked out.
    """
    spoken = Counter[Role]()
    for (voters, _), count in counted.items():
        spoken[voters] += count
    return [
        TallyTold(voters, opinion, None if hidden else count)
        for voters in sorted(spoken)
        for opinion in Opinion
        for count in (counted.get((voters, opinion), 0),)
        for hidden in (spoken[voters] < small or 0 < count < small,)
    ]
