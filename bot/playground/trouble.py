"""What goes wrong on the way: answers that come late, never, or as an error of the server's."""

from collections import deque
from enum import StrEnum


class Trouble(StrEnum):
    """A trouble ordered by a test; a lost answer has had its effect, an error has none."""

    LOST = "lost"
    ERROR = "error"


class AnswerLost(Exception):  # noqa: N818 - what happens to the answer, not an error of ours
    """The connection breaks after the deed is done."""


class Troubles:
    """Troubles to come, by method, and the seconds every answer takes."""

    def __init__(self, latency: float) -> None:
        self.latency = latency
        self._ordered: dict[str, deque[Trouble]] = {}

    def order(self, method: str, trouble: Trouble, *, times: int) -> None:
        """Let the next calls of a method go wrong."""
        self._ordered.setdefault(method, deque()).extend([trouble] * times)

    def next(self, method: str) -> Trouble | None:
        """Take the trouble that is due for a call, if any."""
        due = self._ordered.get(method)
        return due.popleft() if due else None
