"""A process as a picture: its steps in order, each with post, time limit and graded risk."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from itertools import pairwise

from PIL import Image, ImageDraw

from dialogs.documents import wording
from dialogs.documents.lettering import printable
from dialogs.documents.typesetting import Style, measure, typeset, wrap
from dialogs.vocabulary import Grade

NARROW, WIDE = 2, 3  # nodes side by side
MOST_IN_NARROW = 8  # steps
MOST_ON_PICTURE = 12
NODE, GAP, EDGE, PAD = 480, 56, 48, 20
TITLE = Style(46, bold=True)
LEAD, SMALL = Style(28), Style(26)
NAME, POST, RISK = Style(33, bold=True), Style(28), Style(27)
INK, SOFT, PAPER, FRAME = "#1F2933", "#52606D", "#FFFFFF", "#7B8794"
START, ARROW = "#E4ECF7", "#3E4C59"
FILL = {Grade.HIGH: "#FBD5D5", Grade.MEDIUM: "#FDE9C4", Grade.LOW: "#D6EFD8", None: "#F1F4F8"}
STRIPE = {Grade.HIGH: "#C81E1E", Grade.MEDIUM: "#C77700", Grade.LOW: "#2F855A", None: "#9AA5B1"}
NO_RISK = "未列風險點"
LONGEST_RISK, LONGEST_NAME, LONGEST_LEAD = 4, 3, 5  # lines


@dataclass(frozen=True)
class Node:
    """A step as it is drawn."""

    name: str
    post: str
    days: int
    risk: str = ""
    grade: Grade | None = None


@dataclass(frozen=True)
class Chart:
    """A process as it is drawn; `days` are working days in all."""

    title: str
    unit: str
    nodes: tuple[Node, ...]
    conditions: str = ""
    complaint: str = ""

    @property
    def days(self) -> int:
        """How many working days the steps take in all."""
        return sum(node.days for node in self.nodes)


@lru_cache(maxsize=64)
def draw(chart: Chart) -> tuple[bytes, ...]:
    """Draw a process as PNG pictures, as many steps on each as can be read on a phone."""
    starts = range(0, len(chart.nodes), MOST_ON_PICTURE)
    return tuple(sheet(chart, start, number, len(starts)) for number, start in enumerate(starts, 1))


def sheet(chart: Chart, start: int, number: int, sheets: int) -> bytes:
    """Draw one picture: heading, start, steps in rows that turn like an ox ploughing, end."""
    nodes = chart.nodes[start : start + MOST_ON_PICTURE]
    columns = NARROW if len(nodes) <= MOST_IN_NARROW else WIDE
    width = 2 * EDGE + columns * NODE + (columns - 1) * GAP
    rows = [nodes[at : at + columns] for at in range(0, len(nodes), columns)]
    heights = [max(height_of(node) for node in row) for row in rows]
    head = heading(chart, number, sheets, width)
    foot = footing(chart, last=number == sheets, width=width)
    tops = [head.height + sum(heights[:row]) + row * GAP for row in range(len(rows))]
    picture = Image.new("RGB", (width, tops[-1] + heights[-1] + foot.height), PAPER)
    picture.paste(head, (0, 0))
    picture.paste(foot, (0, picture.height - foot.height))
    pen = ImageDraw.Draw(picture)
    places = [
        (left_of(row, column, columns), tops[row], heights[row])
        for row, several in enumerate(rows)
        for column in range(len(several))
    ]
    for at, (node, place) in enumerate(zip(nodes, places, strict=True)):
        draw_node(pen, node, start + at + 1, place)
    for one, other in pairwise(places):
        connect(pen, one, other)
    arrow(pen, (places[0][0] + NODE // 2, head.height - GAP), down(places[0]))
    last = places[-1]
    below = (last[0] + NODE // 2, last[1] + last[2])
    arrow(pen, below, (below[0], below[1] + GAP))
    if number == sheets:
        end(pen, below[0], below[1] + GAP)
    written = BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def left_of(row: int, column: int, columns: int) -> int:
    """Place a node: even rows run to the right, odd ones back to the left."""
    place = columns - 1 - column if row % 2 else column
    return EDGE + place * (NODE + GAP)


def down(place: tuple[int, int, int]) -> tuple[int, int]:
    """Give the middle of a node's upper edge."""
    left, top, _ = place
    return left + NODE // 2, top


@cache
def lines_of(node: Node) -> tuple[Sequence[str], Sequence[str], Sequence[str], Sequence[str]]:
    """Break what a node says into lines: name, post, time limit, risk."""
    room = NODE - 2 * PAD
    limit = f"{node.days} 個工作日" if node.days else "即時辦理"
    risk = node.risk or NO_RISK
    return (
        wrap(printable(node.name), NAME, room - 62, most=LONGEST_NAME),
        wrap(f"崗位：{printable(node.post)}", POST, room, most=2),
        wrap(f"時限：{limit}", POST, room, most=1),
        wrap(f"風險：{printable(risk)}", RISK, room, most=LONGEST_RISK),
    )


def height_of(node: Node) -> int:
    """Measure how high a node is drawn."""
    name, post, limit, risk = lines_of(node)
    text = len(name) * NAME.leading + (len(post) + len(limit)) * POST.leading
    return text + len(risk) * RISK.leading + 3 * PAD + (RISK.leading + 6 if node.grade else 0)


def draw_node(
    pen: ImageDraw.ImageDraw, node: Node, number: int, place: tuple[int, int, int]
) -> None:
    """Draw a step in the colour of its grade."""
    left, top, height = place
    box = (left, top, left + NODE, top + height)
    pen.rounded_rectangle(box, 18, fill=FILL[node.grade], outline=STRIPE[node.grade], width=4)
    pen.ellipse((left + 16, top + 18, left + 64, top + 66), fill=STRIPE[node.grade])
    digits = str(number)
    at = (left + 40 - measure(digits, LEAD) // 2, top + 24)
    typeset(pen, [digits], LEAD, at, PAPER)
    name, post, limit, risk = lines_of(node)
    below = typeset(pen, name, NAME, (left + PAD + 58, top + PAD), INK)
    below = typeset(pen, [*post, *limit], POST, (left + PAD, below + 8), INK)
    below = typeset(pen, risk, RISK, (left + PAD, below + 6), INK if node.risk else SOFT)
    if node.grade:
        badge = wording.grade(node.grade)
        wide = measure(badge, RISK) + 28
        spot = (left + PAD, below + 8, left + PAD + wide, below + 12 + RISK.leading)
        pen.rounded_rectangle(spot, 10, fill=STRIPE[node.grade])
        typeset(pen, [badge], RISK, (left + PAD + 14, below + 8), PAPER)


def connect(
    pen: ImageDraw.ImageDraw, one: tuple[int, int, int], other: tuple[int, int, int]
) -> None:
    """Draw the arrow from a step to the next: sideways in a row, downwards between rows."""
    if one[1] == other[1]:
        middle = one[1] + one[2] // 2
        rightwards = other[0] > one[0]
        begin = one[0] + NODE if rightwards else one[0]
        arrow(pen, (begin, middle), (other[0] if rightwards else other[0] + NODE, middle))
    else:
        arrow(pen, (one[0] + NODE // 2, one[1] + one[2]), down(other))


def arrow(pen: ImageDraw.ImageDraw, tail: tuple[int, int], tip: tuple[int, int]) -> None:
    """Draw an arrow, upright or level."""
    pen.line((*tail, *tip), fill=ARROW, width=5)
    x, y = tip
    if tail[0] == x:
        pen.polygon([(x - 12, y - 20), (x + 12, y - 20), (x, y)], fill=ARROW)
    else:
        back = x - 20 if x > tail[0] else x + 20
        pen.polygon([(back, y - 12), (back, y + 12), (x, y)], fill=ARROW)


def end(pen: ImageDraw.ImageDraw, middle: int, top: int) -> None:
    """Draw the end of a process."""
    wide = measure("辦結", LEAD) + 72
    box = (middle - wide // 2, top, middle + wide // 2, top + 56)
    pen.rounded_rectangle(box, 28, fill=START, outline=FRAME, width=3)
    typeset(pen, ["辦結"], LEAD, (middle - measure("辦結", LEAD) // 2, top + 8), INK)


def heading(chart: Chart, number: int, sheets: int, width: int) -> Image.Image:
    """Draw the heading: title, unit, legend, and what must be there to begin."""
    room = width - 2 * EDGE
    count = f"（{number}/{sheets}）" if sheets > 1 else ""
    title = wrap(printable(chart.title) + count, TITLE, room, most=3)
    facts = f"{printable(chart.unit)}　共 {len(chart.nodes)} 個環節，{chart.days} 個工作日"
    lead = wrap(facts, LEAD, room, most=2)
    says = f"辦理條件：{printable(chart.conditions) or '未列'}" if number == 1 else "接上圖"
    start = wrap(says, SMALL, room - 2 * PAD, most=LONGEST_LEAD)
    boxed = len(start) * SMALL.leading + 2 * PAD
    legend = EDGE + len(title) * TITLE.leading + len(lead) * LEAD.leading + 14
    top = legend + SMALL.leading + 30
    picture = Image.new("RGB", (width, top + boxed + GAP), PAPER)
    pen = ImageDraw.Draw(picture)
    below = typeset(pen, title, TITLE, (EDGE, EDGE - 16), INK)
    typeset(pen, lead, LEAD, (EDGE, below + 6), SOFT)
    draw_legend(pen, EDGE, legend)
    box = (EDGE, top, width - EDGE, top + boxed)
    pen.rounded_rectangle(box, 26, fill=START, outline=FRAME, width=3)
    typeset(pen, start, SMALL, (EDGE + PAD, top + PAD - 2), INK)
    return picture


def draw_legend(pen: ImageDraw.ImageDraw, left: int, top: int) -> None:
    """Say what the colours mean."""
    typeset(pen, ["風險等級："], SMALL, (left, top), INK)
    left += measure("風險等級：", SMALL)
    for grade in Grade:
        box = (left, top + 4, left + 34, top + 32)
        pen.rounded_rectangle(box, 6, fill=FILL[grade], outline=STRIPE[grade], width=4)
        typeset(pen, [wording.grade(grade)], SMALL, (left + 44, top), INK)
        left += 44 + measure(wording.grade(grade), SMALL) + 30


def footing(chart: Chart, *, last: bool, width: int) -> Image.Image:
    """Draw the foot: room for the end, and where to complain."""
    says = f"投訴舉報：{printable(chart.complaint) or '未列'}" if last else "接下圖"
    lines = wrap(says, SMALL, width - 2 * EDGE, most=LONGEST_LEAD)
    top = GAP + (86 if last else 20)
    picture = Image.new("RGB", (width, top + len(lines) * SMALL.leading + EDGE // 2), PAPER)
    typeset(ImageDraw.Draw(picture), lines, SMALL, (EDGE, top), SOFT)
    return picture
