"""Who is meant when an audience is named by role and unit."""

from collections.abc import Collection
from uuid import UUID

from dialogs.facts import Listener
from dialogs.rules.access import Standing
from dialogs.vocabulary import Role


def within(listener: Listener, *, roles: Collection[Role], units: Collection[UUID]) -> bool:
    """Say whether somebody is meant; naming no role means every role, no unit every unit."""
    return (not roles or not listener.roles.isdisjoint(roles)) and (
        not units or not listener.units.isdisjoint(units)
    )


def addressed(standing: Standing, *, roles: Collection[Role], units: Collection[UUID]) -> bool:
    """Say whether a questionnaire is meant for somebody; naming nothing means everybody.

    Villagers are those who have no other capacity; they belong to no unit, so that naming units
    leaves them out only where they are not named themselves.
    """
    capacities = standing.roles - {Role.VILLAGER}
    if not capacities:
        return Role.VILLAGER in roles or not (roles or units)
    meant = not roles or not capacities.isdisjoint(roles)
    return meant and (not units or not standing.units.isdisjoint(units))
