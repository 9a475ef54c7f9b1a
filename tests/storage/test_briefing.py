"""Every dialogue is told what it needs before it begins."""

from dialogs.flows import FLOWS
from storage.briefing import BRIEFS


def test_every_dialogue_has_somebody_who_tells_it() -> None:
    assert set(BRIEFS) == set(FLOWS)
