"""What may be told of a vote: never so few voices that one could be somebody's."""

from collections.abc import Mapping, Sequence

from dialogs.facts import TallyTold
from dialogs.vocabulary import Opinion, Role


def tally(counted: Mapping[tuple[Role, Opinion], int], *, small: int) -> Sequence[TallyTold]:
    """Tell the counts of each group that has spoken; those below `small` only that they are few.

    An opinion nobody holds is told as 0: where the others are known to be few, it gives nobody
    away. No sums are told, from which a small count could be worked out.
    """
    groups = sorted({voters for voters, _ in counted})
    return [
        TallyTold(
            voters,
            opinion,
            None
            if 0 < counted.get((voters, opinion), 0) < small
            else counted.get((voters, opinion), 0),
        )
        for voters in groups
        for opinion in Opinion
    ]
