"""Times of day, and moments, as people write them."""

import re
from dataclasses import dataclass
from datetime import date

from dialogs import dates
from dialogs.errors import Refused
from dialogs.prompts import Heard, Json, Writing, Wrote, plain
from dialogs.xlsform.kinds import Kind

TIME = re.compile(
    r"(?P<half>上午|早上|凌晨|中午|下午|晚上|am|pm)?\s*"
    r"(?P<hour>\d{1,2})\s*(?:[:.時时點点]\s*(?P<minute>\d{2}|半)?\s*分?)(?::\d{2}(?:\.\d+)?)?"
    r"\s*(?P<after>am|pm)?",
    re.IGNORECASE,
)
LATE = frozenset({"下午", "晚上", "pm"})
BREAK = re.compile(r"(?<=\d)T(?=\d)|\s+")


@dataclass(frozen=True, kw_only=True)
class AtTime(Writing):
    """A time of day, or a day with a time, kept as 14:30 and 2026-03-02T14:30."""

    kind: Kind = Kind.TIME

    def read(self, heard: Heard, *, today: date) -> Json:
        """Read the ways people write one."""
        found = read_moment(heard.text, self.kind, today) if isinstance(heard, Wrote) else ""
        if not found:
            raise Refused("moment_wanted" if self.kind is Kind.MOMENT else "time_wanted")
        return found


def read_moment(written: str, kind: Kind, today: date | None = None) -> str:
    """Read a time, or a day and a time; "" if it is none."""
    text = plain(written)
    if kind is Kind.TIME:
        return read_time(text)
    for cut in BREAK.finditer(text):
        day = dates.read_day(text[: cut.start()], today=today or date(2000, 1, 1))
        time = read_time(text[cut.end() :])
        if day and time:
            return f"{day.isoformat()}T{time}"
    return ""


def read_time(text: str) -> str:
    """Read a time of day; "" if it is none."""
    found = TIME.fullmatch(text.strip())
    if not found:
        return ""
    half = (found["half"] or found["after"] or "").lower()
    hour = int(found["hour"])
    minute = 30 if found["minute"] == "半" else int(found["minute"] or 0)
    if half in LATE and hour < 12:
        hour += 12
    elif half in ("am", "凌晨") and hour == 12:
        hour = 0
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else ""
