"""The ladders of reminders, as the township settles them."""

import tomllib
from importlib.resources import files
from typing import Any

import pytest

from dialogs.catalogue.reminders import ladders, read_ladders
from dialogs.vocabulary import DeadlineKind, ReminderStage
from tests.house.places import read


def tables() -> dict[str, Any]:
    text = files("dialogs.catalogue").joinpath("reminders.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def test_every_kind_of_deadline_has_its_ladder_and_what_it_rests_on() -> None:
    assert ladders().keys() == set(DeadlineKind)
    for kind, ladder in ladders().items():
        assert ladder.basis
        assert isinstance(ladder.settled, bool)
        assert ladder.rungs[-1].stage is ReminderStage.VERY_LATE
        # What a warning asks is between the commission and whom it is addressed to; of what the
        # commission and the party committee decide nobody above hears.
        between_two = {DeadlineKind.WARNING_REPLY, DeadlineKind.CORRECTION}
        climbs = kind not in between_two | {DeadlineKind.GRADE_REVIEW}
        assert bool(ladder.climbs) is climbs


def test_re_grading_is_told_ninety_thirty_and_seven_days_before() -> None:
    days = [rung.days for rung in ladders()[DeadlineKind.REGRADE].rungs if not rung.working]
    assert days == [-90, -30, -7, 0]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda all_: all_.pop("measure"), r"a table for each kind of deadline.*'measure'"),
        (lambda all_: all_.update(tea={}), r"a table for each kind of deadline.*'tea'"),
        (lambda all_: all_["measure"].pop("basis"), "measure is not whole: 'basis'"),
        (lambda all_: all_["measure"]["say"].update(soon={}), "measure is not whole"),
        (lambda all_: all_["measure"]["say"]["late"].pop("days"), "late needs days"),
        (lambda all_: all_["measure"]["say"]["late"].update(count="weeks"), "late in weeks"),
        (lambda all_: all_["measure"]["say"]["late"].update(days=-9), "one after the other"),
        (lambda all_: all_["measure"]["climb"].update(mayor=9), "measure is not whole: 'mayor'"),
        (lambda all_: all_["measure"]["climb"].update(unit_head=0), "one working day late"),
    ],
)
def test_a_ladder_that_is_not_as_it_should_be_is_refused_in_a_sentence(
    change: Any, sentence: str
) -> None:
    changed = tables()
    change(changed)
    with pytest.raises(ValueError, match=sentence):
        read_ladders(changed)


def test_the_file_and_the_howto_say_how_a_ladder_is_written() -> None:
    head = read("dialogs/catalogue/reminders.toml").partition("[")[0]
    for word in ("settled = false", "at_once", "climb", "snooze", "working days"):
        assert word in head
        assert word in read("docs/howto/add-a-reminder.md")
