"""廉政風險台賬: every risk point of some units as a workbook, counted on its first sheet."""

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import Enum

from dialogs.documents import wording
from dialogs.documents.forms import NONE_FOUND, NOT_DECLARED, UNSETTLED, WITHHELD
from dialogs.documents.on_file import Guarded, PointOnFile, PostOnFile, UnitOnFile
from dialogs.documents.workbook import Page, Percent, Value, write_sheets
from dialogs.messages import plain_words
from dialogs.vocabulary import Grade, Language

SUMMARY = (
    ("單位", 18), ("崗位數", 9), ("已申報", 9), ("已備案", 9), ("申報率", 10), ("風險點", 9),
    *((wording.grade(grade), 10) for grade in Grade),
    ("有措施未落實的風險點", 22), ("無措施的風險點", 16), ("因迴避不列", 12),
)  # fmt: skip
COLUMNS = (
    ("單位", 11), ("崗位", 13), ("任職人員", 9), ("風險類別", 9), ("風險點", 14),
    ("表現形式", 24), ("來源", 8), ("自評等級", 9), ("審定等級", 9), ("申報狀態", 9),
    ("防控措施", 24), ("責任人", 9), ("完成時限", 11), ("監測指標", 13), ("措施狀態", 9),
    ("備案編號", 11), ("複評期限", 11),
)  # fmt: skip


WAY_CELLS = 12  # of a row, what `way_cells` writes


def ledger(units: Sequence[UnitOnFile]) -> bytes:
    """Write the ledger: a row for each way in which a risk shows, so that it can be filtered."""
    totals = [counted(unit.unit, [unit]) for unit in units]
    if len(units) > 1:
        totals.append(counted("合計", units))
    rows = [row for unit in units for post in unit.posts for row in post_rows(post)]
    return write_sheets([Page("匯總", SUMMARY, totals), Page("台賬", COLUMNS, rows)])


def counted(name: str, units: Sequence[UnitOnFile]) -> Sequence[Value]:
    """Count units: posts and how many are declared and filed, points by grade and without care."""
    files = [post for unit in units for post in unit.posts]
    posts = sum(unit.count for unit in units)
    declared = len({(post.unit, post.post) for post in files if post.state})
    hidden = sum(post.withheld for post in files)
    seen = posts - hidden
    filed = len({(post.unit, post.post) for post in files if post.filing_number})
    points = [point for post in files for point in post.points]
    grades = Counter(point.settled or point.declared for point in points)
    bare = sum(not any(way.measure for way in point.ways) for point in points)
    unplanned = sum(any(way.due is None for way in point.ways) for point in points)
    return (
        *(name, posts, declared, filed, Percent(declared * 100 // seen) if seen > 0 else "—"),
        *(len(points), *(grades[grade] for grade in Grade), unplanned, bare),
        hidden,
    )


def post_rows(post: PostOnFile) -> Iterator[Sequence[Value]]:
    """Write the rows of a post; one without points says why it has none."""
    filed = (post.filing_number, post.review_due_on)
    for point in post.points:
        for way in point.ways:
            yield (post.unit, post.post, post.holder, *way_cells(post, point, way), *filed)
    if not post.points:
        why = NONE_FOUND if post.state else NOT_DECLARED
        state = said(post.state) if post.state else ""
        cells = [""] * WAY_CELLS
        cells[1], cells[6] = WITHHELD if post.withheld else why, state
        yield (post.unit, post.post, post.holder, *cells, *filed)


def way_cells(post: PostOnFile, point: PointOnFile, way: Guarded) -> Sequence[Value]:
    """Write a way in which a risk shows and what is done about it."""
    return (
        wording.ASPECTS[point.aspect],
        point.name,
        way.manifestation,
        "、".join(said(one) for one in point.sources),
        wording.grade(point.declared),
        wording.grade(point.settled) if point.settled else UNSETTLED,
        said(post.state) if post.state else "",
        *(way.measure, way.owner, way.due, way.indicator, said(way.state)),
    )


def said(word: Enum) -> str:
    """Say a word of the trade as papers have it."""
    return plain_words(word, Language.ZH_HANT)
