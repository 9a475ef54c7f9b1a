"""Times of day, and moments, as people write them."""

import re
from dataclasses import dataclass
from datetime import date

from dialogs import dates
from dialogs.errors import Refused
from dialogs.prompts import Heard, Json, Writing, Wrote, plain
from dialogs.xlsform.kinds import Kind

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
        return dates.read_time(text)
    for cut in BREAK.finditer(text):
        day = dates.read_day(text[: cut.start()], today=today or date(2000, 1, 1))
        time = dates.read_time(text[cut.end() :])
        if day and time:
            return f"{day.isoformat()}T{time}"
    return ""
