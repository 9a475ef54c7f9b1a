"""Fourteen months of a township in a minute: who hears what, told once and for a reader.

The real timetable runs over a real database and its letters are taken out as delivery takes them;
the clock alone is moved. `year.txt` is the township's year, every letter that left in it;
`test_year_twice.py` and `test_year_killed.py` play it under worse conditions.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import pytest

from dialogs.rules.calendar import Calendar, days_of
from tests.builders.year import BOOK, laid_out, lines_of, township
from tests.builders.year_story import CLOSED, ZONE

CALENDAR = Calendar(free=frozenset(days_of(CLOSED.first, CLOSED.last)))
MOST = 2  # letters to one person on a day, answers left out


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Sequence[str]:
    """Play the year; give its letters, a line each."""
    with township(tmp_path_factory.mktemp("year")) as town:
        town.play()
        return lines_of(town.ledger)


def test_the_year_is_as_it_is_written_down(
    ledger: Sequence[str], golden: Callable[[Path, str], None]
) -> None:
    golden(BOOK, laid_out(ledger))


def unasked(ledger: Sequence[str]) -> Sequence[tuple[datetime, str]]:
    """List what is said by itself: when, and to whom it says what."""
    told = [line.split("\t") for line in ledger]
    return [
        (datetime.fromisoformat(moment).replace(tzinfo=ZONE), said)
        for moment, said in told
        if said.startswith("提")
    ]


def test_nobody_is_told_anything_on_a_free_day_or_out_of_hours(ledger: Sequence[str]) -> None:
    odd = [one for one in unasked(ledger) if not CALENDAR.is_open(one[0], zone=ZONE)]
    assert odd == []


def test_nobody_is_told_more_than_a_few_things_on_a_day(ledger: Sequence[str]) -> None:
    of_day = Counter((moment.date(), said[2:5]) for moment, said in unasked(ledger))
    assert max(of_day.values()) <= MOST, of_day.most_common(3)
