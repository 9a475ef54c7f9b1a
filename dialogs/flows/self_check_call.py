"""The commission calls for the self-check: every post, by one day."""

from dialogs.asking import confirm, day
from dialogs.engine import Dialogue
from dialogs.events import SelfCheckCalled
from dialogs.facts import Holders


def call_self_check(holders: Holders) -> Dialogue[SelfCheckCalled | None]:
    """Ask by which day, and say first whom it concerns."""
    due = yield from day("self_check_call.due", earliest=holders.today)
    if not (
        yield from confirm(
            "self_check_call.confirm",
            due=due,
            posts=holders.posts,
            people=holders.people,
            not_joined=holders.not_joined,
        )
    ):
        return None
    return SelfCheckCalled(due)
