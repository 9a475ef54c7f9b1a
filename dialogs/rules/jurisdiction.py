"""Whose matter it is: what the township's commission must not write down."""

from dialogs.vocabulary import Accused, Role

# Matters about a unit in which one of these holds a post belong to the county as well.
ABOVE_US = frozenset({Role.LEADER, Role.COMMISSION_MEMBER, Role.COMMISSION_SECRETARY})


def is_ours(accused: Accused) -> bool:
    """Say whether the township's commission may take a matter about these people.

    Township leaders and the commission itself belong to the county (檢舉控告工作規則 §15).
    """
    match accused:
        case Accused.TOWN_LEADER | Accused.COMMISSION:
            return False
        case Accused.VILLAGE_CADRE | Accused.TOWN_STAFF | Accused.NOBODY:
            return True
