"""A bell that wakes whoever waits, rung from any thread."""

import asyncio


class Bell:
    """Count its rings, so that a ring between looking and waiting is not missed."""

    def __init__(self) -> None:
        self.rings = 0
        self._waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()

    def ring(self) -> None:
        """Wake everybody who waits."""
        self.rings += 1
        for loop, woken in list(self._waiting):
            loop.call_soon_threadsafe(woken.set)

    async def wait(self, rings: int, *, at_most: float | None = None) -> None:
        """Return once it has rung more than `rings` times, or after `at_most` seconds."""
        loop, woken = asyncio.get_running_loop(), asyncio.Event()
        alarm = None if at_most is None else loop.call_later(at_most, woken.set)
        waiter = (loop, woken)
        self._waiting.add(waiter)
        try:
            if self.rings == rings:
                await woken.wait()
        finally:
            self._waiting.discard(waiter)
            if alarm is not None:
                alarm.cancel()
