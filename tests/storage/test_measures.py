"""What was done about a measure is told in the days of the township."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from dialogs.events import AspectChecked, FoundPoint, MeasurePlanned, MeasureReported
from dialogs.facts import Way
from dialogs.vocabulary import Aspect, Grade, Likelihood, Severity
from storage import declarations, measures, papers
from storage.database import Database
from storage.recorder.archive import history
from storage.sealing import Keyring
from tests.builders.people import TODAY, a_person, a_post, a_unit, appoint

SHANGHAI = ZoneInfo("Asia/Shanghai")
EARLY = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)  # half past six of the third in the township
POINT = FoundPoint(
    name="票據外流",
    ways=(Way("空白票據無人登記", "每月盤點"),),
    likelihood=Likelihood.MEDIUM,
    severity=Severity.DISCIPLINE,
    grade=Grade.MEDIUM,
)


def test_what_is_written_early_in_the_morning_is_of_that_day(
    database: Database, keys: Keyring
) -> None:
    with database.writing() as session:
        post = a_post(session, a_unit(session, "Z1", "財政所"), "Z1-1", "會計")
        holder = a_person(session, "許春燕", keys=keys)
        appoint(session, holder, post)
        declared = declarations.declare(
            *(session, holder.id, post.id, [AspectChecked(Aspect.DUTY, (POINT,))]),
            round_id=None,
            now=EARLY,
            today=TODAY,
        )
        session.flush()
        (measure,) = measures.unplanned(session, holder.id)
        planned = MeasurePlanned(measure.id, holder.id, TODAY, "每月登記")
        measures.plan(session, planned, post=post.id)
        done = MeasureReported(measure.id, "已建登記簿。", True, None)
        measures.report(session, done, person=holder.id, now=EARLY)
    with database.reading() as session:
        (told,) = measures.told(session, [measure.id], zone=SHANGHAI)
        (step,) = history(session, declared, zone=SHANGHAI)
        filed = papers.of_post(session, post, reader=holder.id, today=TODAY, zone=SHANGHAI)
    assert told.reports == ["2026-03-03 許春燕：已建登記簿。"]
    assert [one.chain.signed.day for one in filed if one.chain.signed] == [date(2026, 3, 3)]
    assert "datetime.date(2026, 3, 3)" in repr(step)
