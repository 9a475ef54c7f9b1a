"""A part of the audit log fits on a button, whatever it is, and is read back to the same."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from dialogs.errors import Refused
from dialogs.facts import LogSlice
from dialogs.rules.access import Action
from dialogs.rules.log_slices import read_slice, write_slice
from dialogs.speech import Go
from dialogs.tokens import write_token
from dialogs.vocabulary import Verdict

DAYS = some.none() | some.dates(date(2000, 1, 1), date(2060, 12, 31))
WHOSE = some.none() | some.uuids()


@given(
    since=DAYS,
    until=DAYS,
    verdict=some.none() | some.sampled_from(Verdict),
    person=WHOSE,
    unit=some.uuids(),
    of_person=some.booleans(),
    before=some.none() | some.integers(1, 99_999_999),
)
def test_what_a_button_carries_is_read_back(
    since: date | None,
    until: date | None,
    verdict: Verdict | None,
    person: object,
    unit: object,
    of_person: bool,
    before: int | None,
) -> None:
    whose = {"person": person} if of_person else {"unit": unit}
    chosen = LogSlice(since=since, until=until, verdict=verdict, before=before, **whose)  # type: ignore[arg-type]
    subject = write_slice(chosen)
    assert read_slice(subject) == chosen
    for action in (Action.AUDIT_LOG, Action.EXPORT_LOG):
        write_token(Go(action, subject), talk="", prompt="")


@pytest.mark.parametrize(
    "text", ["x", ".....", "999999....", "..9..", "...pxx.", "....x", "...\u00e9."]
)
def test_what_no_button_of_ours_carried_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="unknown_action"):
        read_slice(text)
