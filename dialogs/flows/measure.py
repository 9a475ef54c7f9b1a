"""措施: who does what by when, how far it is, and that somebody has looked."""

from collections.abc import Sequence

from dialogs.asking import choose, confirm, day, hand_in, review, tell, write
from dialogs.engine import Dialogue
from dialogs.errors import Refused
from dialogs.events import MeasurePlanned, MeasureReported, MeasuresPlanned, MeasureVerified
from dialogs.facts import Colleague, MeasureAtHand, MeasuresToPlan, MeasureTold
from dialogs.prompts import Option
from dialogs.speech import Listing, Phrase, Sayable


def plan_measures(told: MeasuresToPlan) -> Dialogue[MeasuresPlanned]:
    """Ask for each measure who does it, by when, and by what one can tell."""
    if not told.measures:
        raise Refused("nothing_to_plan")
    yield from tell("measure.plan", post=told.post, count=len(told.measures))
    planned = []
    for measure in told.measures:
        planned.append((yield from plan_one(measure, told)))
    yield from review("measure.review")
    return MeasuresPlanned(tuple(planned))


def plan_one(measure: MeasureTold, told: MeasuresToPlan) -> Dialogue[MeasurePlanned]:
    """Plan one measure."""
    place = measure.measure.hex[:8]
    yield from tell("measure.one", **shown(measure))
    owners = [Option(one.person.hex[:8], one.name, one) for one in told.people]
    owner: Colleague = yield from choose(
        f"measure.owner@{place}", owners, columns=2, point=measure.point
    )
    due = yield from day(
        f"measure.due@{place}", earliest=told.today, latest=told.latest, point=measure.point
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
    if not (yield from confirm("measure.verify", point=told.measure.point)):
        return None
    return MeasureVerified(told.measure.measure, passed, text)


def standing(measure: MeasureTold) -> dict[str, Sayable]:
    """Lay out what a measure is, and how far."""
    reports: Sequence[Sayable] = measure.reports or [Phrase("measure.no_reports")]
    return {
        **shown(measure),
        "post": measure.post,
        "owner": measure.owner,
        "indicator": measure.indicator,
        "due": measure.due or Phrase("measure.no_day"),
        "state": measure.state,
        "reports": Listing(reports),
    }
