"""The four official forms of what is on file: of a person on a post, or of a whole unit."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from dialogs.documents import wording
from dialogs.documents.filling import numbered
from dialogs.documents.on_file import Chain, NodeOnFile, PointOnFile, PostOnFile, UnitOnFile
from dialogs.documents.search_form import (
    NOT_APPLICABLE,
    NoRisk,
    Opinion,
    PersonalSearchForm,
    SearchPoint,
    personal_search_form,
    print_assessment,
    print_opinion,
    print_powers,
    print_severity,
    print_signature,
)
from dialogs.documents.template import fill
from dialogs.rules import grading
from dialogs.vocabulary import Aspect

UNSETTLED = "待審定"
NOT_DECLARED = "尚未自查申報"
WITHHELD = "因迴避不列"
NONE_FOUND = "經查找未發現風險點"
UNLISTED = "業務流程目錄所列，崗位申報尚未列入"
COLUMNS = (
    *("post", "process", "aspect", "name", "likelihood", "severity", "assessed", "declared"),
    *("grade", "measure", "owner", "due", "indicator"),
)
STEPS = ("unit_head", "leader", "commission", "party_committee")


def search_form(post: PostOnFile, *, town: str, on: date) -> bytes:
    """Print 個人廉政風險查找表, with the chain as it was taken."""
    rows: list[SearchPoint | NoRisk] = [*post.none]
    rows += [
        SearchPoint(
            point.aspect,
            point.name,
            numbered([way.manifestation for way in point.ways]),
            point.likelihood,
            point.severity,
            point.declared,
            numbered([way.measure for way in point.ways]),
        )
        for point in post.points
    ]
    order = list(wording.ASPECTS)
    rows.sort(key=lambda row: order.index(row.aspect))
    return personal_search_form(
        PersonalSearchForm(
            town=town,
            unit=post.unit,
            name=post.holder,
            post=post.post,
            duty=post.duty,
            powers=post.powers,
            filled_on=post.declared_on or on,
            rows=rows,
            signed=post.chain.signed,
            unit_head=post.chain.unit_head,
            leader=post.chain.leader,
            commission=post.chain.commission,
            party_committee=post.chain.party_committee,
            filing_number=post.filing_number,
            reasons=tuple(reasons(post)),
        )
    )


def reasons(post: PostOnFile) -> Iterator[str]:
    """Say why declared grades depart from the suggested ones, a line each."""
    for point in post.points:
        suggested = grading.suggest(point.likelihood, point.severity)
        if point.reason and point.declared != suggested:
            yield (
                f"「{point.name}」按規則建議{wording.grade(suggested)}，"
                f"自評{wording.grade(point.declared)}：{point.reason}"
            )


def control_form(post: PostOnFile, *, town: str, on: date) -> bytes:
    """Print 個人廉政風險識別防控表: measures one to one with how the risks show."""
    rows = [{"aspect": wording.ASPECTS[one.aspect], **controls(one)} for one in post.points]
    if not rows:
        rows = [said_of("manifestation", NONE_FOUND)]
    return fill(
        "personal_control_form",
        {
            "town": town,
            "unit": post.unit,
            "name": post.holder,
            "post": post.post,
            "duty": post.duty,
            "powers": print_powers(post.powers),
            "filled_on": wording.day(on),
            "filing_number": post.filing_number,
            "rows": in_order(rows),
            "reasons": "",
            "signed": print_signature(post.chain.signed),
            **opinions(post.chain),
        },
    )


def controls(point: PointOnFile) -> dict[str, str]:
    """Print a point with who holds it in check; the same number is the same way it shows."""
    return {
        "name": point.name,
        "process": "\n".join(node_line(node) for node in point.nodes) or NOT_APPLICABLE,
        "manifestation": numbered([way.manifestation for way in point.ways]),
        "likelihood": wording.likelihood(point.likelihood),
        "severity": print_severity(point.severity),
        "assessed": print_assessment(point.likelihood, point.severity, point.declared),
        "declared": wording.grade(point.declared),
        "grade": wording.grade(point.settled) if point.settled else UNSETTLED,
        "measure": numbered([way.measure for way in point.ways]),
        "owner": numbered([way.owner or NOT_APPLICABLE for way in point.ways]),
        "due": numbered([wording.short_day(way.due) for way in point.ways]),
        "indicator": numbered([way.indicator or NOT_APPLICABLE for way in point.ways]),
    }


def searches(point: PointOnFile) -> dict[str, str]:
    """Print a point as it was declared."""
    return {**controls(point), "grade": wording.grade(point.declared)}


def unit_search_form(unit: UnitOnFile, *, town: str, on: date) -> bytes:
    """Print 部門廉政風險查找表: every post of the unit, with those that found nothing and why."""
    return unit_form("unit_search_form", unit, searches, town=town, on=on)


def unit_control_form(unit: UnitOnFile, *, town: str, on: date) -> bytes:
    """Print 部門廉政風險識別防控表: every point of the unit, settled grade and measures."""
    return unit_form("unit_control_form", unit, controls, town=town, on=on)


def unit_form(
    template: str,
    unit: UnitOnFile,
    printed: Callable[[PointOnFile], Mapping[str, str]],
    *,
    town: str,
    on: date,
) -> bytes:
    """Print a form of a unit, its points printed in one way."""
    rows = [row for post in unit.posts for row in unit_rows(post, printed)]
    rows += [node_row(node, declared=printed is searches) for node in unit.nodes]
    at_risk = len({post.post for post in unit.posts if post.points})
    why = [f"{post.post}{line}" for post in unit.posts for line in reasons(post)]
    numbers = [post.filing_number for post in unit.posts if post.filing_number]
    return fill(
        template,
        {
            "town": town,
            "unit": unit.unit,
            "head": unit.head,
            "in_charge": unit.leader,
            "posts": f"{at_risk}（本部門共 {unit.count} 個崗位）",
            "filled_on": wording.day(on),
            "filing_number": "、".join(numbers),
            "rows": in_order(rows),
            "reasons": "\n".join(why) if printed is searches else "",
            **{one: print_opinion(together(unit.posts, one)) for one in STEPS},
        },
    )


def unit_rows(
    post: PostOnFile, printed: Callable[[PointOnFile], Mapping[str, str]]
) -> Iterator[dict[str, str]]:
    """Print the rows of a post: its points, then the aspects without any and why."""
    who = f"{post.post}\n{post.holder}" if post.holder else post.post
    if post.withheld:
        yield {**said_of("manifestation", WITHHELD), "post": post.post}
    elif post.state is None:
        yield {**said_of("manifestation", NOT_DECLARED), "post": who}
    for point in post.points:
        yield {"post": who, "aspect": wording.ASPECTS[point.aspect], **printed(point)}
    if post.none and (printed is searches or not post.points):
        why = "\n".join(f"{wording.ASPECTS[one.aspect]}：{one.reason}" for one in post.none)
        aspects = "\n".join(wording.ASPECTS[one.aspect] for one in post.none)
        yield {**said_of("manifestation", why), "post": who, "aspect": aspects, "name": "無"}


def node_row(node: NodeOnFile, *, declared: bool) -> dict[str, str]:
    """Print a step at risk that no point answers to, with its grade where it is not settled yet."""
    grade = wording.grade(node.grade) if node.grade else NOT_APPLICABLE
    return {
        **said_of("manifestation", UNLISTED),
        "post": node.post,
        "process": node_line(node),
        "aspect": wording.ASPECTS[Aspect.PROCESS],
        "name": node.risk,
        "declared": grade,
        "grade": grade if declared else UNSETTLED,
        "measure": node.supervision or NOT_APPLICABLE,
    }


def node_line(node: NodeOnFile) -> str:
    """Print a step under its process, with its own grade."""
    grade = f"\n{wording.grade(node.grade)}" if node.grade else ""
    return f"{node.process}\n{node.number}. {node.name}{grade}"


def said_of(column: str, text: str) -> dict[str, str]:
    """Print a row that says one thing."""
    return {**dict.fromkeys(COLUMNS, NOT_APPLICABLE), column: text}


def in_order(rows: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """Put a number before each row."""
    return [{"number": str(number), **row} for number, row in enumerate(rows, 1)]


def opinions(chain: Chain) -> dict[str, dict[str, str]]:
    """Print the opinions of a chain, or room for them."""
    return {one: print_opinion(getattr(chain, one)) for one in STEPS}


def together(posts: Sequence[PostOnFile], step: str) -> Opinion | None:
    """Say for how many posts of a unit a step was taken, by whom, and when last."""
    taken = [one for post in posts if (one := getattr(post.chain, step)) is not None]
    if not taken:
        return None
    names = "、".join(dict.fromkeys(one.name for one in taken))
    text = f"已辦 {len(taken)} 份，本表共 {len(posts)} 份；各份意見見個人表。"
    return Opinion(text, names, max(one.day for one in taken))
