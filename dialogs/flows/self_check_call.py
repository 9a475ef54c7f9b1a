"""The commission calls for the self-check: every post, by one day."""

from datetime import timedelta

from dialogs.asking import confirm, day, tell
from dialogs.engine import Dialogue
from dialogs.events import SelfCheckCalled
from dialogs.facts import Holders

LONGEST = timedelta(days=365)  # beyond it a day is most likely a slip


def call_self_check(holders: Holders) -> Dialogue[SelfCheckCalled | None]:
    """Ask by which day, say which call is running already, and first whom it concerns."""
    if holders.running:
        yield from tell("self_check_call.running", due=holders.running)
    latest = holders.today + LONGEST
    due = yield from day("self_check_call.due", earliest=holders.today, latest=latest)
    if due in holders.free:
        yield from tell("self_check_call.free_day", due=due)
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
