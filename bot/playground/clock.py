"""The playground's time: real time, moved forward at will."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bot.playground.wire import Json


class Clock:
    """Real time plus an offset in seconds that only grows; told to a file when one is given."""

    def __init__(self, now: Callable[[], float], *, file: Path | None = None) -> None:
        self._now = now
        self._file = file
        self.set(0.0)

    def now(self) -> float:
        """Give the moment as a Unix time."""
        return self._now() + self.offset

    def advance(self, seconds: float) -> None:
        """Move forward; the caller has made sure that it is not backward."""
        self.set(self.offset + seconds)

    def set(self, offset: float) -> None:
        """Take over an offset and write it, whole or not at all, for the bot's process to read."""
        self.offset = offset
        if self._file is not None:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            written = self._file.with_suffix(self._file.suffix + ".new")
            written.write_text(f"{offset:.3f}", encoding="ascii")
            os.replace(written, self._file)

    def face(self) -> Json:
        """Show what the page shows."""
        moment = datetime.fromtimestamp(self.now(), UTC).astimezone()
        return {"now": moment.isoformat(timespec="seconds"), "offset": self.offset}
