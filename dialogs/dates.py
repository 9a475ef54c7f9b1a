"""Days in the ways people write them."""

import re
from datetime import date, timedelta

RELATIVE = {
    "前天": -2,
    "昨天": -1,
    "昨日": -1,
    "yesterday": -1,
    "今天": 0,
    "今日": 0,
    "today": 0,
    "明天": 1,
    "明日": 1,
    "tomorrow": 1,
    "後天": 2,
    "后天": 2,
}
REST = r"\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日號号]?"
COMMON = re.compile(r"([1-9]\d{3})" + REST)
REPUBLIC = re.compile(r"(?:(?:民國|民国)\s*(?=\d{1,3}\D)|(?=\d{3}\D))(\d+)" + REST)
SHORT = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日號号]?")
PACKED = re.compile(r"([1-9]\d{3})(\d{2})(\d{2})")
HALF_A_YEAR = 182  # days
BEFORE_THE_REPUBLIC = 1911  # 民國 year 1 is 1912


def read_day(text: str, *, today: date) -> date | None:
    """Read a day: 2026/5/4, 5月4日, 115年5月4日, 20260504, 明天; None if it is none.

    A day without a year is the one at most half a year away, past or to come. A year after 民國,
    or of three digits, is counted from the founding of the Republic. One of two digits alone is
    none: people mean either by it.
    """
    text = text.strip().lower()
    if text in RELATIVE:
        return today + timedelta(days=RELATIVE[text])
    for pattern, before in ((COMMON, 0), (PACKED, 0), (REPUBLIC, BEFORE_THE_REPUBLIC)):
        if match := pattern.fullmatch(text):
            year, month, day = (int(part) for part in match.groups())
            return on_calendar(year + before, month, day)
    if match := SHORT.fullmatch(text):
        month, day = (int(part) for part in match.groups())
        near = (on_calendar(today.year + shift, month, day) for shift in (-1, 0, 1))
        return next((d for d in near if d and (today - d).days <= HALF_A_YEAR), None)
    return None


def on_calendar(year: int, month: int, day: int) -> date | None:
    """Give the day if the calendar has it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
