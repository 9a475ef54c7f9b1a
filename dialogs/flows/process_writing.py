"""業務流程目錄: a process is written down step by step, each with post, limit and risk."""

from collections.abc import Collection, Sequence

from dialogs.asking import choose, confirm, count, pick, review, write, write_or_skip
from dialogs.engine import Dialogue
from dialogs.errors import Refused
from dialogs.events import EntryWritten, UnitChosen
from dialogs.facts import PostInCharge, ProcessEntry, RiskNamed, StepEntry, UnitCatalogue
from dialogs.flows.catalogue_writing import new_code, offered, was, which_unit
from dialogs.prompts import Option
from dialogs.rules.access import Action
from dialogs.rules.entries import (
    MOST_CLAUSE,
    MOST_DAYS,
    MOST_LINE,
    MOST_NAME,
    MOST_STEP,
    MOST_STEPS,
    MOST_TEXT,
)
from dialogs.speech import Phrase
from dialogs.vocabulary import Grade

OTHER, OWN, NONE = "other", "own", "none"


def write_process(at_hand: UnitCatalogue) -> Dialogue[EntryWritten | UnitChosen]:
    """Ask for a process: the powers it serves, its conditions, its steps, and the safeguards."""
    if at_hand.unit is None:
        return (yield from which_unit(Action.WRITE_PROCESS, at_hand))
    if not at_hand.powers:
        raise Refused("unit_without_powers", unit=at_hand.unit.name)
    former: ProcessEntry | None = None
    if at_hand.processes:
        former = yield from choose(
            "process.which", offered(at_hand.processes), unit=at_hand.unit.name
        )
    name = yield from write(
        "process.name", at_most=MOST_NAME, proposed=was(former, "name"), one_line=True
    )
    powers = yield from pick(
        "process.powers",
        [Option(power.code.lower(), power.name, power.code) for power in at_hand.powers],
        at_least=1,
        proposed=[code.lower() for code in former.powers] if former else None,
    )
    conditions = yield from write(
        "process.conditions", at_most=MOST_TEXT, proposed=was(former, "conditions")
    )
    steps = yield from ask_steps(at_hand.posts, former.steps if former else ())
    supervision = yield from write_or_skip(
        "process.supervision", at_most=MOST_CLAUSE, proposed=was(former, "supervision")
    )
    rights = yield from write_or_skip(
        "process.rights", at_most=MOST_CLAUSE, proposed=was(former, "rights")
    )
    complaint = yield from write_or_skip(
        "process.complaint", at_most=MOST_CLAUSE, proposed=was(former, "complaint")
    )
    yield from review("process.review", unit=at_hand.unit.name)
    entry = ProcessEntry(
        unit=at_hand.code,
        code=former.code if former else new_code(at_hand, "L"),
        name=name,
        powers=powers,
        conditions=conditions,
        supervision=supervision or "",
        rights=rights or "",
        complaint=complaint or "",
        steps=steps,
    )
    return EntryWritten(entry)


def ask_steps(
    posts: Sequence[PostInCharge], former: Sequence[StepEntry]
) -> Dialogue[tuple[StepEntry, ...]]:
    """Ask for step after step until there are no more."""
    steps: list[StepEntry] = []
    for number in range(1, MOST_STEPS + 1):
        before = former[number - 1] if number <= len(former) else None
        steps.append((yield from ask_step(number, posts, before)))
        if number == MOST_STEPS or not (
            yield from confirm(f"process.another@{number}", count=number)
        ):
            break
    return tuple(steps)


def ask_step(
    number: int, posts: Sequence[PostInCharge], former: StepEntry | None
) -> Dialogue[StepEntry]:
    """Ask for a step: the post in charge, the time limit, what is done, what may go wrong."""
    name = yield from write(
        f"process.step@{number}", at_most=MOST_STEP, number=number, proposed=was(former, "name")
    )
    post = yield from ask_post(number, name, posts, former)
    days = yield from count(
        f"process.days@{number}",
        low=0,
        high=MOST_DAYS,
        name=name,
        proposed=former.days if former else None,
    )
    deed = yield from write(
        f"process.deed@{number}", at_most=MOST_CLAUSE, name=name, proposed=was(former, "deed")
    )
    watched = yield from write_or_skip(
        f"process.watched@{number}",
        at_most=MOST_LINE,
        name=name,
        proposed=was(former, "supervision"),
    )
    held = next((one for one in posts if one.code == post), None)
    risk, grade = yield from ask_risk(number, name, held, former)
    return StepEntry(name, post, days, deed, watched or "", risk, grade)


def ask_post(
    number: int, name: str, posts: Sequence[PostInCharge], former: StepEntry | None
) -> Dialogue[str]:
    """Ask for the post in charge; one of another unit is named by its title or code."""
    options = [Option(post.code.lower(), post.title, post.code) for post in posts]
    other = Option(OTHER, Phrase("process.other_post"), None)
    ours = {post.code for post in posts}
    proposed = (former.post.lower() if former.post in ours else OTHER) if former else None
    post = yield from choose(
        f"process.post@{number}", [*options, other], name=name, proposed=proposed
    )
    if post is None:
        elsewhere = former.post if former and former.post not in ours else None
        post = yield from write(
            f"process.post_named@{number}", at_most=MOST_NAME, name=name, proposed=elsewhere
        )
    return str(post)


def ask_risk(
    number: int, name: str, post: PostInCharge | None, former: StepEntry | None
) -> Dialogue[tuple[str, Grade | None]]:
    """Ask what may go wrong: a risk point of the post in charge, another, or nothing."""
    points = {point.name: point for point in post.risks} if post else {}
    options = [
        *(offered_risk(at, point) for at, point in enumerate(points.values(), 1)),
        Option(OWN, Phrase("process.risk_own"), OWN),
        Option(NONE, Phrase("process.risk_none"), NONE),
    ]
    chosen = yield from choose(
        f"process.risk@{number}", options, name=name, proposed=former_risk(former, points)
    )
    if chosen == NONE:
        return "", None
    if chosen != OWN:
        return chosen.name, chosen.grade
    risk = yield from write(
        f"process.risk_named@{number}", at_most=MOST_LINE, name=name, proposed=was(former, "risk")
    )
    grade = yield from choose(
        f"process.grade@{number}",
        Grade,
        name=name,
        proposed=former.grade.name.lower() if former and former.grade else None,
    )
    return risk, grade


def offered_risk(at: int, point: RiskNamed) -> Option:
    """Offer a risk point of the post in charge."""
    said = Phrase("process.risk_offered", {"name": point.name, "grade": point.grade})
    return Option(f"r{at}", said, point)


def former_risk(former: StepEntry | None, points: Collection[str]) -> str | None:
    """Say which option stands for what a step had before."""
    if former is None:
        return None
    if not former.risk:
        return NONE
    named = list(points)
    return f"r{named.index(former.risk) + 1}" if former.risk in named else OWN
