"""Wrong numbers are counted in memory, a chat at a time, so that nobody comes upon a right one."""

from collections import OrderedDict
from datetime import datetime, timedelta

MOST_WRONG = 5  # wrong numbers a chat may try
WITHIN = timedelta(minutes=15)
MOST_CHATS = 10_000  # remembered at once; the one that tried longest ago is forgotten first


class Guesses:
    """Which chats tried wrong numbers lately; nothing of it is written down, or left at the end."""

    def __init__(self) -> None:
        self.wrong: OrderedDict[str, list[datetime]] = OrderedDict()

    def minutes_to_wait(self, chat: str, *, now: datetime) -> int:
        """Say how many minutes a chat must wait; 0 if it may try."""
        lately = [moment for moment in self.wrong.get(chat, ()) if moment > now - WITHIN]
        if len(lately) < MOST_WRONG:
            return 0
        return -(-(lately[0] + WITHIN - now) // timedelta(minutes=1))

    def miss(self, chat: str, *, now: datetime) -> None:
        """Note a wrong number."""
        lately = [moment for moment in self.wrong.pop(chat, ()) if moment > now - WITHIN]
        self.wrong[chat] = [*lately, now][-MOST_WRONG:]
        while len(self.wrong) > MOST_CHATS:
            self.wrong.popitem(last=False)
