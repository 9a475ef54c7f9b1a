"""Who is meant when an audience is named by role, unit, and what else is known of people."""

from collections.abc import Collection
from uuid import UUID

from dialogs.facts import Addressed, Listener
from dialogs.rules.access import Standing
from dialogs.vocabulary import DeadlineKind, Role

# What people may be addressed by as not done: that somebody was warned, only some may know.
OWED_OPENLY = tuple(
    kind
    for kind in DeadlineKind
    if kind not in (DeadlineKind.WARNING_REPLY, DeadlineKind.CORRECTION)
)


def within(listener: Listener, to: Addressed) -> bool:
    """Say whether somebody is meant; naming nothing of a kind means everything of it."""
    return all(
        not meant or not has.isdisjoint(meant)
        for meant, has in (
            (to.roles, listener.roles),
            (to.units, listener.units),
            (to.posts, listener.posts),
            (to.grades, listener.grades),
            (to.stages, listener.stages),
            (to.owed, listener.owed),
        )
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
