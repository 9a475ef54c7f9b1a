"""A process as a picture: readable, in the colours of its grades, however long it is."""

from io import BytesIO

import pytest
from PIL import Image, ImageColor

from dialogs.documents.flowchart import FILL, MOST_ON_PICTURE, Chart, Node, draw
from dialogs.documents.typesetting import Style, font, measure, wrap
from dialogs.vocabulary import Grade

LONG = "優親厚友，把不符合條件的親友列入低保名單，或者收受好處後放寬收入核定標準，" * 6
TYPE = Style(24)


def chart(steps: int, *, grade: Grade | None = Grade.HIGH, risk: str = "優親厚友") -> Chart:
    nodes = tuple(Node(f"第{n}個環節", "民政辦幹事", n % 5, risk, grade) for n in range(steps))
    return Chart("低保審核流程", "民政辦", nodes, "本鎮戶籍", "鎮紀委 8003")


def opened(picture: bytes) -> Image.Image:
    return Image.open(BytesIO(picture)).convert("RGB")


@pytest.mark.parametrize("steps", [1, 2, 5, 8, 9, 12, 13, 40])
@pytest.mark.parametrize("risk", ["", LONG])
def test_every_picture_is_one_that_telegram_shows(steps: int, risk: str) -> None:
    pictures = draw(chart(steps, risk=risk))
    assert len(pictures) == -(-steps // MOST_ON_PICTURE)
    for picture in pictures:
        width, height = opened(picture).size
        assert width + height <= 10_000
        assert height <= 2560  # beyond, Telegram makes it smaller
        assert len(picture) < 10_000_000


@pytest.mark.parametrize("grade", Grade)
def test_a_step_is_drawn_in_the_colour_of_its_grade(grade: Grade) -> None:
    def area(chosen: Grade | None) -> int:
        counts = opened(draw(chart(3, grade=chosen))[0]).getcolors(10**7) or []
        wanted = ImageColor.getrgb(FILL[grade])
        return sum(count for count, colour in counts if colour == wanted)

    legend = area(None)
    assert area(grade) > 100 * legend


def test_the_same_process_gives_the_same_picture() -> None:
    assert draw(chart(3)) == draw(chart(3))


def test_text_is_broken_to_its_room_and_cut_with_an_ellipsis() -> None:
    lines = wrap(LONG, TYPE, 400, most=4)
    assert len(lines) == 4
    assert lines[-1].endswith("…")
    assert all(measure(line, TYPE) <= 400 + TYPE.size for line in lines)


def test_a_line_does_not_begin_with_a_comma() -> None:
    for room in range(100, 300, 7):
        assert not [line for line in wrap(LONG, TYPE, room, most=99)[1:] if line[0] in "，。"]


def test_a_number_is_not_broken() -> None:
    lines = wrap("電話 80031234", TYPE, 100, most=9)
    assert "80031234" in lines


def test_the_type_has_every_sign_of_a_village() -> None:
    missing = font(40).getmask("\U0010ffff")
    for sign in "崗責廉鎮黨紀監督凃峯堃":
        assert bytes(font(40).getmask(sign)) != bytes(missing)
