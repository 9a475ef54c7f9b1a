import os
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

from dialogs.messages import SOURCE, plain_words
from dialogs.vocabulary import DeadlineKind
from scheduler.rehearsal import rehearse
from scheduler.timetable import Duty
from tests.scheduler.conftest import Town

ZONE = ZoneInfo("Asia/Shanghai")
FRIDAY = date(2026, 3, 13)


def contents(town: Town) -> dict[str, list[tuple[object, ...]]]:
    """Read every row there is."""
    with town.database.reading() as session:
        return {
            name: sorted(map(tuple, session.execute(sa.select(table))), key=repr)
            for name, table in SQLModel.metadata.tables.items()
        }


def said(town: Town, day: date) -> str:
    now = datetime(2026, 3, 2, 12, tzinfo=ZONE)
    duty = Duty(town.database, town.keys, lambda: now, ZONE)
    return "\n".join(plain_words(one, SOURCE) for one in rehearse(duty, day))


def test_a_day_is_told_person_by_person_by_which_policy_and_nothing_is_changed(
    town: Town,
) -> None:
    with town.database.writing() as session:
        town.overseen(session)
        town.owe(session, town.here, FRIDAY)
        town.owe(session, town.here, FRIDAY - timedelta(days=4), DeadlineKind.MEASURE)
    before = contents(town)
    told = said(town, FRIDAY)
    assert "2026年3月13日：2 人會收到提醒" in told
    assert "許春燕（09:00）" in told
    assert "[self_check.say.on_day]" in told
    assert "[measure.climb.unit_head]" in told
    assert "remind：outbox +2、reminder +3" in told
    assert contents(town) == before
    assert said(town, FRIDAY) == told


def test_on_a_free_day_nobody_is_reminded(town: Town) -> None:
    with town.database.writing() as session:
        town.owe(session, town.here, FRIDAY)
    assert "2026年3月14日 不上班" in said(town, FRIDAY + timedelta(days=1))


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["--on", "2026-03-14"], 2, "Add --dry-run"),
        (["--on", "2026-03-14", "--dry-run"], 0, "is no working day"),
    ],
)
def test_without_the_word_that_it_is_only_tried_it_is_refused(
    words: list[str], code: int, sentence: str, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scheduler", *words],
        env={**os.environ, "QINGFENG_DATA_DIR": "data", "LANG": "en_GB.UTF-8"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert sentence in done.stdout + done.stderr
