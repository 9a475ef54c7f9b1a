"""措施: who does what by when, how far it is, and that somebody has looked."""

from collections.abc import Sequence
from datetime import date, timedelta

from dialogs.asking import choose, confirm, day, hand_in, review, tell, write
from dialogs.engine import Dialogue
from dialogs.errors import Refused
from dialogs.events import MeasurePlanned, MeasureReported, MeasuresPlanned, MeasureVerified
from dialogs.facts import Colleague, MeasureAtHand, MeasuresToPlan, MeasureTold, ReportTold
from dialogs.prompts import Option
from dialogs.speech import Listing, Paper, Phrase, Reply, Sayable


def plan_measures(told: MeasuresToPlan) -> Dialogue[MeasuresPlanned]:
    """Ask for each measure who does it, by when, and by what one can tell."""
    if not told.measures:
        raise Refused("nothing_to_plan")
    yield from tell("measure.plan", post=told.post, count=len(told.measures))
    planned: list[MeasurePlanned] = []
    for measure in told.measures:
        planned.append((yield from plan_one(measure, told, planned[-1] if planned else None)))
    yield from review("measure.review")
    return MeasuresPlanned(tuple(planned))


def plan_one(
    measure: MeasureTold, told: MeasuresToPlan, before: MeasurePlanned | None
) -> Dialogue[MeasurePlanned]:
    """Plan one measure; who and when may be as for the one before."""
    place = measure.measure.hex[:8]
    yield from tell("measure.one", **shown(measure))
    owners = [Option(one.person.hex[:8], one.name, one) for one in told.people]
    owner: Colleague = yield from choose(
        f"measure.owner@{place}",
        owners,
        columns=2,
        point=measure.point,
        proposed=before.owner.hex[:8] if before else None,
    )
    due = yield from day(
        f"measure.due@{place}",
        earliest=told.today,
        latest=told.latest,
        proposed=before.due if before else None,
        point=measure.point,
    )
    indicator = yield from write(
        f"measure.indicator@{place}",
        at_least=2,
        at_most=300,
        proposed=measure.indicator or None,
        point=measure.point,
    )
    return MeasurePlanned(measure.measure, owner.person, due, indicator)


def shown(measure: MeasureTold) -> dict[str, Sayable]:
    """Lay out what a measure is."""
    return {
        "point": measure.point,
        "grade": measure.grade,
        "manifestation": measure.manifestation,
        "text": measure.text,
    }


def report_measure(told: MeasureAtHand) -> Dialogue[MeasureReported | None]:
    """Take how far a measure is, with what shows it where there is something on paper."""
    measure = told.measure
    yield from tell("measure.at_hand", **standing(measure))
    text = yield from write("measure.progress", at_least=4, at_most=1000)
    finished = yield from confirm("measure.finished")
    file = yield from hand_in("measure.file", kinds=("document", "photo"))
    if not (yield from confirm("measure.send", point=measure.point)):
        return None
    return MeasureReported(measure.measure, text, finished, file)


def verify_measure(told: MeasureAtHand) -> Dialogue[MeasureVerified | None]:
    """Look at a measure reported as done: it is, or it is sent back with what is missing."""
    yield from tell("measure.at_hand", **standing(told.measure))
    passed = yield from choose(
        "measure.passed",
        [
            Option("passed", Phrase("measure.pass"), True),
            Option("back", Phrase("measure.back"), False),
        ],
    )
    text = yield from write("measure.verdict", at_least=2, at_most=500)
    again = None if passed else (yield from ask_new_day(told))
    result = Phrase("measure.pass" if passed else "measure.back")
    if not (yield from confirm("measure.verify", point=told.measure.point, result=result)):
        return None
    return MeasureVerified(told.measure.measure, passed, text, again)


def ask_new_day(told: MeasureAtHand) -> Dialogue[date | None]:
    """Ask by when what is sent back is done, where its day has gone by."""
    if told.measure.due is None or told.measure.due > told.today:
        return None
    return (
        yield from day(
            "measure.again_by", earliest=told.today + timedelta(days=1), latest=told.latest
        )
    )


def evidence(told: MeasureAtHand) -> Sequence[Reply]:
    """Hand over what came with the reports, before anything is decided."""
    return [enclosed(one, told.measure.point) for one in told.measure.reports if one.file]


def enclosed(report: ReportTold, point: str) -> Reply:
    """Hand over the file that came with a report."""
    said = Phrase("measure.evidence", {"point": point, "day": report.day, "by": report.by})
    return Reply([said], paper=Paper(report.name, picture=report.picture, held=report.file))


def reported(report: ReportTold) -> Phrase:
    """Say what was reported, when and by whom; of what came with it, how it is called."""
    line = Phrase("measure.report", {"day": report.day, "by": report.by, "text": report.text})
    if not report.file:
        return line
    name = report.name or Phrase("measure.picture")
    return Phrase("measure.report_with_file", {"report": line, "file": name})


def standing(measure: MeasureTold) -> dict[str, Sayable]:
    """Lay out what a measure is, and how far."""
    reports: Sequence[Sayable] = [reported(one) for one in measure.reports]
    return {
        **shown(measure),
        "post": measure.post,
        "owner": measure.owner,
        "indicator": measure.indicator,
        "due": measure.due or Phrase("measure.no_day"),
        "state": measure.state,
        "reports": Listing(reports or [Phrase("measure.no_reports")]),
    }
