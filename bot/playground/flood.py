"""How fast a bot may speak: 30 a second in all, one to a person, 20 a minute to a group."""

import math
from collections import deque
from collections.abc import Callable

from bot.playground.wire import Refusal

OVERALL = (30, 1.0)
"""Messages and seconds: never more than 30 within any second."""
GROUP = (20, 60.0)
"""Groups and channels: never more than 20 within any minute."""
BURST = 3
"""To a person one a second; Telegram tolerates "short bursts" of unsaid length: here three."""

REMEMBERED = 10_000


class Flood:
    """Remember when the bot spoke to whom; what is refused does not count."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._overall: deque[float] = deque()
        self._groups: dict[int, deque[float]] = {}
        self._spoken_until: dict[int, float] = {}

    def admit(self, chat_id: int, *, private: bool, messages: int = 1) -> None:
        """Let so many messages pass, or refuse with 429 and the seconds to wait."""
        now = self._monotonic()
        group = None if private else self._groups.setdefault(chat_id, deque())
        until = max(self._spoken_until.get(chat_id, now), now) + messages
        wait = _wait(self._overall, OVERALL, now=now, more=messages)
        if group is None:
            wait = max(wait, until - now - max(BURST, messages))
        else:
            wait = max(wait, _wait(group, GROUP, now=now, more=messages))
        if wait > 0:
            seconds = max(1, math.ceil(wait))
            said = f"Too Many Requests: retry after {seconds}"
            raise Refusal(said, 429, {"retry_after": seconds})
        self._overall.extend([now] * messages)
        if group is None:
            self._spoken_until[chat_id] = until
            self._forget(now)
        else:
            group.extend([now] * messages)

    def _forget(self, now: float) -> None:
        if len(self._spoken_until) > REMEMBERED:
            recent = {chat: until for chat, until in self._spoken_until.items() if until > now}
            self._spoken_until = recent


def _wait(said: deque[float], limit: tuple[int, float], *, now: float, more: int) -> float:
    count, seconds = limit
    while said and said[0] <= now - seconds:
        said.popleft()
    excess = len(said) + more - count
    if excess <= 0 or not said:
        return 0.0
    return said[min(excess, len(said)) - 1] + seconds - now
