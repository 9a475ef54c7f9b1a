"""Chinese type on pictures: the shipped font, measured and broken into lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import distribution

from PIL import ImageDraw, ImageFont

FONT = ("cvttf-notosanscjk-regular", "NotoSansCJKtc-Regular.otf")
NEVER_FIRST = "，。、；：！？）」』】》〉％,.;:!?)]}%"  # 避頭尾: a line does not begin with these
NEVER_LAST = "（「『【《〈([{"


@dataclass(frozen=True)
class Style:
    """A size of type, in pixels; `bold` is drawn with a heavier pen."""

    size: int
    bold: bool = False

    @property
    def leading(self) -> int:
        """How far a line is from the next."""
        return round(self.size * 1.42)


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """Open the font at a size."""
    package, name = FONT
    found = distribution(package)
    path = next(path for path in found.files or () if path.name == name and path.parts[0] != "..")
    return ImageFont.truetype(str(found.locate_file(path)), size)


@cache
def measure(text: str, style: Style) -> int:
    """Measure how wide text is drawn."""
    return round(font(style.size).getlength(text)) + (2 if style.bold else 0)


def wrap(text: str, style: Style, room: int, *, most: int) -> Sequence[str]:
    """Break text into at most so many lines of a width; what is left over shows as an ellipsis."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for piece in pieces(paragraph):
            if line and measure(line + piece, style) > room and piece not in NEVER_FIRST:
                carried = line[-1] if line[-1] in NEVER_LAST else ""
                lines.append(line[: len(line) - len(carried)])
                line = carried
            line += piece
        lines.append(line)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1][:-1]}…"]
    return lines


def pieces(text: str) -> Sequence[str]:
    """Cut text where a line may end: between Chinese signs, not inside a short Latin word."""
    cut: list[str] = []
    for sign in text:
        joined = cut and sign.isascii() and sign.isalnum() and cut[-1].isalnum()
        if joined and cut[-1].isascii() and len(cut[-1]) < 16:
            cut[-1] += sign
        else:
            cut.append(sign)
    return cut


def typeset(
    pen: ImageDraw.ImageDraw,
    lines: Sequence[str],
    style: Style,
    at: tuple[int, int],
    colour: str,
) -> int:
    """Draw lines from a point downwards; say where the next would begin."""
    x, y = at
    for line in lines:
        heavier = 1 if style.bold else 0
        pen.text((x, y), line, colour, font(style.size), stroke_width=heavier, stroke_fill=colour)
        y += style.leading
    return y
