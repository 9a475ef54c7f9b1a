"""Who is meant when an audience is named by role and unit."""

from collections.abc import Collection
from uuid import UUID

from dialogs.facts import Listener
from dialogs.vocabulary import Role


def within(listener: Listener, *, roles: Collection[Role], units: Collection[UUID]) -> bool:
    """Say whether somebody is meant; naming no role means every role, no unit every unit."""
    return (not roles or not listener.roles.isdisjoint(roles)) and (
        not units or not listener.units.isdisjoint(units)
    )
