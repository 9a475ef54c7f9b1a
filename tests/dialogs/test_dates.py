"""What people write for a day, and which day it is."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.dates import read_day
from dialogs.errors import Refused
from dialogs.prompts import Day, Wrote

TODAY = date(2026, 5, 1)
FOURTH = date(2026, 5, 4)


def heard(text: str, *, today: date = TODAY) -> date:
    """Read a day the way a person's message is read."""
    day = Day(key="day")
    return day.value(day.read(Wrote(text), today=today))


@pytest.mark.parametrize(
    "text",
    [
        "2026/5/4",
        "2026-5-4",
        "2026.5.4",
        "2026-05-04",
        "2026年5月4日",
        "2026年5月4號",
        "2026年5月4号",
        "2026 年 5 月 4 日",
        "２０２６／５／４",
        "２０２６年５月４日",
        "20260504",
        "115年5月4日",
        "民國115年5月4日",
        "民国115年5月4日",
        "民國 115 年 5 月 4 日",
        "民國115/5/4",
        "115/5/4",
        "115.05.04",
        "5月4日",
        "5月4號",
        "５月４日",
        "5/4",
        "05/04",
        "5-4",
        "5.4",
        "\u200b5/4\u200b\n",
        "五月四日",
        "五月四號",
        "二〇二六年五月四日",
        "二零二六年五月四日",
        "一百一十五年五月四日",
        "民國一一五年五月四日",
        "下週一",
        "下周一",
        "下星期一",
        "下個星期一",
        "下禮拜一",
        "週一",
        "三天後",
        "3天后",
        "三日內",
        "下週 一",
    ],
)
def test_these_all_mean_the_fourth_of_may_2026(text: str) -> None:
    assert heard(text) == FOURTH


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("前天", -2),
        ("昨天", -1),
        ("今天", 0),
        ("今日", 0),
        ("Today", 0),
        ("明天", 1),
        (" 明日 ", 1),
        ("TOMORROW", 1),
        ("後天", 2),
        ("后天", 2),
        ("大後天", 3),
        ("十天之後", 10),
        ("兩週後", 14),
        ("兩個星期內", 14),
        ("三天前", -3),
    ],
)
def test_a_day_can_be_told_from_today(text: str, days: int) -> None:
    assert heard(text) == TODAY + timedelta(days=days)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2026",
        "5",
        "2月30日",
        "2026/2/29",
        "2026/13/1",
        "2026/0/4",
        "5/32",
        "20261301",
        "2026050",
        "1150504",
        "4/5/2026",
        "0/0",
        "0000/1/1",
        "0026/5/4",
        "12026/5/4",
        "民國2026年5月4日",
        "民國0115/5/4",
        "2026/5/4/1",
        "2026/5/4 to 2026/5/6",
        "-2026/5/4",
        "十三月一日",
        "二月三十日",
        "十十",
        "13月底",
        "五日前",
        "週八",
        "下下下週五",
        "三十二號",
        "下月三十二日",
        "5/4" * 1000,
        "9" * 5000,
    ],
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="day_wanted"):
        heard(text)


@pytest.mark.parametrize("text", ["26/5/4", "26年5月4日", "99.5.4", "04/05/26", "1/2/3"])
def test_a_year_of_two_digits_is_refused_because_it_could_mean_two_years(text: str) -> None:
    with pytest.raises(Refused, match="day_wanted"):
        heard(text)


def test_a_year_of_two_digits_after_minguo_is_of_the_republic() -> None:
    assert heard("民國39年10月25日") == date(1950, 10, 25)


def test_a_year_of_three_digits_is_of_the_republic() -> None:
    assert heard("100/1/1") == date(2011, 1, 1)


@pytest.mark.parametrize(
    ("today", "text", "meant"),
    [
        (date(2026, 1, 5), "12月30日", date(2025, 12, 30)),
        (date(2026, 12, 30), "1月5日", date(2027, 1, 5)),
        (date(2026, 5, 1), "4/30", date(2026, 4, 30)),
        (date(2026, 10, 31), "5/2", date(2026, 5, 2)),
        (date(2026, 10, 31), "4/30", date(2027, 4, 30)),
        (date(2024, 1, 10), "2/29", date(2024, 2, 29)),
    ],
)
def test_a_day_without_a_year_is_the_one_within_half_a_year(
    today: date, text: str, meant: date
) -> None:
    assert heard(text, today=today) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("6月30日", date(2027, 6, 30)),
        ("六月底", date(2027, 6, 30)),
        ("11/28", date(2026, 11, 28)),
        ("12月1日", date(2026, 12, 1)),
    ],
)
def test_where_long_past_does_not_fit_a_day_without_a_year_is_to_come(
    text: str, meant: date
) -> None:
    today = date(2026, 11, 28)
    day = Day(key="day", earliest=today)
    assert day.value(day.read(Wrote(text), today=today)) == meant


@pytest.mark.parametrize(
    ("earliest", "text"), [(date(2026, 11, 28), "11月27日"), (date(2027, 4, 30), "3月1日")]
)
def test_a_day_without_a_year_a_little_too_early_is_not_of_the_next(
    earliest: date, text: str
) -> None:
    with pytest.raises(Refused, match="day_too_early"):
        Day(key="day", earliest=earliest).read(Wrote(text), today=date(2026, 11, 28))


def test_the_leap_day_without_a_year_is_refused_when_none_is_near() -> None:
    with pytest.raises(Refused, match="day_wanted"):
        heard("2/29", today=date(2026, 3, 1))


FRIDAY = date(2026, 12, 18)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("本週三", date(2026, 12, 16)),
        ("這周三", date(2026, 12, 16)),
        ("本周日", date(2026, 12, 20)),
        ("這個星期天", date(2026, 12, 20)),
        ("週五", FRIDAY),
        ("週四", date(2026, 12, 24)),
        ("下週五", date(2026, 12, 25)),
        ("下下週五", date(2027, 1, 1)),
        ("上週五", date(2026, 12, 11)),
        ("月底", date(2026, 12, 31)),
        ("這個月底", date(2026, 12, 31)),
        ("下月底", date(2027, 1, 31)),
        ("下個月底", date(2027, 1, 31)),
        ("二月底", date(2027, 2, 28)),
        ("11月末", date(2026, 11, 30)),
        ("年底", date(2026, 12, 31)),
        ("明年底", date(2027, 12, 31)),
        ("明年2月26日", date(2027, 2, 26)),
        ("後年一月一日", date(2028, 1, 1)),
        ("去年12月18號", date(2025, 12, 18)),
        ("明年六月底", date(2027, 6, 30)),
        ("2028年2月底", date(2028, 2, 29)),
        ("本月廿五日", date(2026, 12, 25)),
        ("下個月五號", date(2027, 1, 5)),
        ("兩個月後", date(2027, 2, 18)),
        ("十二月十八日", FRIDAY),
        ("一月三十一日", date(2027, 1, 31)),
        ("next Friday", date(2026, 12, 25)),
        ("this wednesday", date(2026, 12, 16)),
        ("Thursday", date(2026, 12, 24)),
        ("in 3 days", date(2026, 12, 21)),
        ("in 1 month", date(2027, 1, 18)),
        ("end of month", date(2026, 12, 31)),
        ("end of next month", date(2027, 1, 31)),
    ],
)
def test_a_day_can_be_told_from_its_week_or_month(text: str, meant: date) -> None:
    assert heard(text, today=FRIDAY) == meant


def test_a_month_that_is_shorter_ends_earlier() -> None:
    assert heard("一個月後", today=date(2026, 1, 31)) == date(2026, 2, 28)


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.integers(0, 6))
def test_a_day_of_next_week_is_in_the_week_that_begins_on_monday(today: date, place: int) -> None:
    day = read_day(f"下週{'一二三四五六日'[place]}", today=today)
    assert day == today - timedelta(days=today.weekday()) + timedelta(days=7 + place)


@given(st.dates(date(1912, 1, 1), date(2100, 12, 31)), st.dates(date(2020, 1, 1)))
def test_a_whole_date_means_the_same_on_every_day(day: date, today: date) -> None:
    assert read_day(f"{day.year}/{day.month}/{day.day}", today=today) == day
    assert read_day(f"{day:%Y%m%d}", today=today) == day
    assert read_day(f"民國{day.year - 1911}年{day.month}月{day.day}日", today=today) == day


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.integers(-182, 182))
def test_a_day_within_half_a_year_can_be_written_without_its_year(today: date, away: int) -> None:
    day = today + timedelta(days=away)
    assert read_day(f"{day.month}月{day.day}日", today=today) == day


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading(text: str) -> None:
    day = read_day(text, today=TODAY)
    assert day is None or isinstance(day, date)


def test_a_day_too_early_or_too_late_is_refused_with_the_bound() -> None:
    day = Day(key="day", earliest=date(2026, 5, 1), latest=date(2026, 5, 31))
    assert day.read(Wrote("5/1"), today=TODAY) == "2026-05-01"
    with pytest.raises(Refused) as early:
        day.read(Wrote("4/30"), today=TODAY)
    with pytest.raises(Refused) as late:
        day.read(Wrote("9999/12/31"), today=TODAY)
    assert early.value.values == {"earliest": date(2026, 5, 1)}
    assert late.value.values == {"latest": date(2026, 5, 31)}
