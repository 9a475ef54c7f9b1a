"""Waiting for something to be so, and no longer than is reasonable."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def until(look: Callable[[], T], wanted: str, *, seconds: float = 60.0) -> T:
    """Look until there is something, and give it; fail with what was wanted."""
    end = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < end, f"{wanted}: not within {seconds:.0f} s"
        time.sleep(0.02)
    return found
