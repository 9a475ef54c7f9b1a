"""Days, and times of day, in the ways people write them."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeAlias

Match: TypeAlias = "re.Match[str]"

RELATIVE = {
    "大前天": -3,
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
    "大後天": 3,
    "大后天": 3,
}
TIME = re.compile(
    r"(?P<half>上午|早上|凌晨|中午|下午|晚上|am|pm)?\s*"
    r"(?P<hour>\d{1,2})\s*(?:[:.時时點点]\s*(?P<minute>\d{2}|半)?\s*分?)(?::\d{2}(?:\.\d+)?)?"
    r"\s*(?P<after>am|pm)?",
    re.IGNORECASE,
)
LATE = frozenset({"下午", "晚上", "pm"})
REST = r"\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日號号]?"
COMMON = re.compile(r"([1-9]\d{3})" + REST)
REPUBLIC = re.compile(r"(?:(?:民國|民国)\s*(?=\d{1,3}\D)|(?=\d{3}\D))(\d+)" + REST)
SHORT = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日號号]?")
PACKED = re.compile(r"([1-9]\d{3})(\d{2})(\d{2})")
NAMED_YEAR = re.compile(r"(去|今|本|明|後|后)年\s*(?=\d)")
YEARS = {"去": -1, "今": 0, "本": 0, "明": 1, "後": 2, "后": 2}
THIS, NEXT = r"本|這個|这个|這|这|", r"下個|下个|下"
OF_MONTH = re.compile(rf"({NEXT}|本|這個|这个|這|这)月\s*(\d{{1,2}})\s*[日號号]?")
MONTH_END = re.compile(rf"({NEXT}|(?:[1-9]\d{{3}}年\s*)?\d{{1,2}}|{THIS})\s*月\s*[底末]")
YEAR_END = re.compile(r"(今|本|明)?年[底末]")
OF_WEEK = re.compile(r"(上|本|這|这|下下|下|)(?:個|个)?\s*(?:週|周|星期|禮拜|礼拜)\s*([1-6日天])")
AWAY = re.compile(
    r"(\d{1,3})\s*(?:(天)|(日)|((?:個|个)?(?:週|周|星期|禮拜|礼拜))|((?:個|个)月))"
    r"\s*(?:之|以)?(後|后|內|内|前)"
)
WEEKS = {"上": -1, "本": 0, "這": 0, "这": 0, "下": 1, "下下": 2}
WEEKDAYS = "123456日"

DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
ENGLISH = re.compile(
    rf"in (?:(\d{{1,3}}) (day|week|month)s?)|(this|next|) ?({'|'.join(DAYS)})"
    r"|end of (?:the |this )?month|(end of next month)"
)
UNITS = {"day": "天", "week": "週", "month": "個月"}

DIGITS = {sign: number for number, sign in enumerate("零一二三四五六七八九")} | {"〇": 0}
WRITTEN = re.compile(r"[〇零一二兩两三四五六七八九十廿卅百]+")
COUNTED = re.compile(
    r"(?:([一二三四五六七八九])百零?)?(?:([一二三四五六七八九])?(十)|([廿卅]))?"
    r"([一二兩两三四五六七八九])?"
)
PAIR = str.maketrans("兩两", "二二")

HALF_A_YEAR = 182  # days
SLIP = 62  # days; who writes a day so little too early meant another, not the next year
BEFORE_THE_REPUBLIC = 1911  # 民國 year 1 is 1912


def read_day(text: str, *, today: date, earliest: date | None = None) -> date | None:
    """Read a day: 2026/5/4, 明年十二月十八日, 115年5月4日, 明天, 三天後, 下週五, 月底; or None.

    English: tomorrow, in 3 days, next Friday, end of month.

    A day without a year is the one at most half a year away, past or to come; where that is long
    before the `earliest` that is asked for, the next to come. A year after 民國, or of three
    digits, is counted from the founding of the Republic. One of two digits alone is none: people
    mean either by it. A day of the week alone is the next to come.
    """
    text = NAMED_YEAR.sub(
        lambda named: f"{today.year + YEARS[named[1]]}年",
        in_digits(from_english(text.strip().lower())),
    )
    if text in RELATIVE:
        return today + timedelta(days=RELATIVE[text])
    for pattern, before in ((COMMON, 0), (PACKED, 0), (REPUBLIC, BEFORE_THE_REPUBLIC)):
        if match := pattern.fullmatch(text):
            year, month, day = (int(part) for part in match.groups())
            return on_calendar(year + before, month, day)
    if match := SHORT.fullmatch(text):
        month, day = (int(part) for part in match.groups())
        return nearest(lambda year: on_calendar(year, month, day), today, earliest)
    if match := MONTH_END.fullmatch(text):
        return month_end(match[1], today, earliest)
    for told, read in TOLD_FROM_TODAY.items():
        if match := told.fullmatch(text):
            return read(match, today)
    return None


def nearest(
    of_year: Callable[[int], date | None], today: date, earliest: date | None
) -> date | None:
    """Find the year that is meant by a day without one."""
    days = [day for shift in (-1, 0, 1) if (day := of_year(today.year + shift))]
    near = next((day for day in days if (today - day).days <= HALF_A_YEAR), None)
    if near and earliest and (earliest - near).days > SLIP:
        return next((day for day in days if day >= earliest), near)
    return near


def of_month(match: Match, today: date) -> date | None:
    """Read a day of this month or the next."""
    first = month_from(today, 1 if match[1].startswith("下") else 0)
    return on_calendar(first.year, first.month, int(match[2]))


def month_end(which: str, today: date, earliest: date | None) -> date | None:
    """Read the last day of a month: this one, the next, or one by its number."""
    *year, month = re.findall(r"\d+", which) or [""]
    if not month:
        return last_of(month_from(today, 1 if which.startswith("下") else 0))
    if not 1 <= int(month) <= 12:
        return None

    def of_year(year: int) -> date:
        return last_of(date(year, int(month), 1))

    return of_year(int(year[0])) if year else nearest(of_year, today, earliest)


def year_end(match: Match, today: date) -> date | None:
    """Read the last day of this year, or the next."""
    return date(today.year + (match[1] == "明"), 12, 31)


def of_week(match: Match, today: date) -> date | None:
    """Read a day of the week, which begins on Monday."""
    place = WEEKDAYS.index(match[2].replace("天", "日"))
    day = today + timedelta(days=place - today.weekday())
    if not match[1]:
        return day if day >= today else day + timedelta(weeks=1)
    return day + timedelta(weeks=WEEKS[match[1]])


def away(match: Match, today: date) -> date | None:
    """Read so many days, weeks or months from today; 5日前 may mean either, and is none."""
    count, _, of_date, weeks, months, side = match.groups()
    if side == "前":
        if of_date:
            return None
        count = f"-{count}"
    if months:
        first = month_from(today, int(count))
        return min(last_of(first), first + timedelta(days=today.day - 1))
    return today + timedelta(**{"weeks" if weeks else "days": int(count)})


TOLD_FROM_TODAY: dict[re.Pattern[str], Callable[[Match, date], date | None]] = {
    OF_MONTH: of_month,
    YEAR_END: year_end,
    OF_WEEK: of_week,
    AWAY: away,
}


def month_from(today: date, months: int) -> date:
    """Give the first day of a month so many away."""
    years, month = divmod(today.month - 1 + months, 12)
    return date(today.year + years, month + 1, 1)


def last_of(first: date) -> date:
    """Give the last day of a month."""
    return first.replace(day=monthrange(first.year, first.month)[1])


def from_english(text: str) -> str:
    """Say in Chinese what English says in words: in 3 days, next Friday, end of month."""
    match = ENGLISH.fullmatch(text)
    if match is None:
        return text
    count, unit, which, weekday, of_next = match.groups()
    if count:
        return f"{count}{UNITS[unit]}後"
    if weekday:
        week = {"this": "本", "next": "下", "": ""}[which]
        return f"{week}週{WEEKDAYS[DAYS.index(weekday)]}"
    return "下月底" if of_next else "月底"


def in_digits(text: str) -> str:
    """Write the numbers of a text in digits: 十二 as 12, 二〇二六 as 2026."""
    return WRITTEN.sub(lambda found: number(found[0]), text)


def number(written: str) -> str:
    """Write one number in digits; what is none is left as it is."""
    if match := COUNTED.fullmatch(written):
        hundreds, tens, ten, twenty, ones = match.groups()
        count = 100 * DIGITS[hundreds] if hundreds else 0
        count += 10 * DIGITS[tens or "一"] if ten else 0
        count += {"廿": 20, "卅": 30, None: 0}[twenty]
        return str(count + (DIGITS[ones.translate(PAIR)] if ones else 0))
    spelt = written.translate(PAIR)
    return "".join(str(DIGITS[one]) for one in spelt) if set(spelt) <= DIGITS.keys() else written


def on_calendar(year: int, month: int, day: int) -> date | None:
    """Give the day if the calendar has it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


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
