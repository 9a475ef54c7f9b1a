"""Times are understood as people write them."""

from datetime import date

import pytest

from dialogs.xlsform.kinds import Kind
from dialogs.xlsform.moments import read_moment

from .builders import q, talk

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("14:30", "14:30"),
        ("９：０５", "09:05"),
        ("8.15", "08:15"),
        ("下午2點半", "14:30"),
        ("上午 9点", "09:00"),
        ("3時20分", "03:20"),
        ("2:30 pm", "14:30"),
        ("12:10 am", "00:10"),
        ("14:30:05.000", "14:30"),
        ("25:00", ""),
        ("12:60", ""),
        ("noon", ""),
    ],
)
def test_a_time_is_read(written: str, meant: str) -> None:
    assert read_moment(written, Kind.TIME) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-03-02 14:30", "2026-03-02T14:30"),
        ("2026-03-02T14:30", "2026-03-02T14:30"),
        ("3月5日 下午 2點", "2026-03-05T14:00"),
        ("明天 8:00", "2026-03-03T08:00"),
        ("2026-03-02", ""),
        ("14:30", ""),
        ("2026-02-30 10:00", ""),
    ],
)
def test_a_day_with_a_time_is_read(written: str, meant: str) -> None:
    assert read_moment(written, Kind.MOMENT, TODAY) == meant


def test_times_compare_by_size_and_a_wrong_one_is_refused() -> None:
    going = talk(
        q("time", "came", required="yes"),
        q("dateTime", "gone", constraint=". > '2026-05-01T08:00'"),
        q("text", "late", relevant="${came} > '08:30'"),
    )
    assert going.say("soon").refusal == "refused.time_wanted"
    going.say("9:00")
    assert going.say("tomorrow").refusal == "refused.moment_wanted"
    assert going.say("2026-05-01 07:59").refusal == "refused.xlsform.constraint"
    going.say("2026-05-01 08:01")
    assert going.key == "late"


def test_a_range_of_many_steps_is_written_and_held_to_its_steps() -> None:
    going = talk(q("range", "a", parameters="start=0 end=100 step=2"))
    assert going.say("7").refusal == ("refused.not_on_scale", "0", "100", "2")
    assert going.say("36").send() == {"a": 36}
