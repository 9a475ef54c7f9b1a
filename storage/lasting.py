"""How long things are kept, as the program keeps them."""

from collections.abc import Mapping
from datetime import timedelta

from dialogs.speech import Sayable
from storage import conversations, imports, inbox, people

HOUR = timedelta(hours=1)


def lasting() -> Mapping[str, Sayable]:
    """Give the hours and days that fill the sentences about privacy."""
    return {
        "inbox": inbox.KEPT // HOUR,
        "drafts": conversations.CONFIDENTIAL_LASTS // HOUR,
        "imports": imports.WAITS // HOUR,
        "invitation": people.INVITATION_LASTS.days,
    }
