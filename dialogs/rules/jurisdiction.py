"""Whose matter it is: what the township's commission must not write down."""

from dialogs.vocabulary import Accused, Role, UnitKind

# Matters about who holds one of these belong to the county.
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


def speaks_of(accused: Accused, kind: UnitKind) -> bool:
    """Say whether a matter about these people can be about a unit of a kind."""
    match accused:
        case Accused.VILLAGE_CADRE:
            return kind is UnitKind.VILLAGE
        case Accused.TOWN_STAFF:
            return kind is UnitKind.OFFICE
        case _:
            return True
