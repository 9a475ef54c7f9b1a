"""Questionnaires as a township writes them: one about a village's roads, with its mistakes."""

from collections.abc import Sequence

from tests.dialogs.xlsform.builders import Cell, xlsx

HEADINGS = ("type", "name", "label::繁體中文 (zh-Hant)", "label::English (en)", "relevant",
            "constraint", "constraint_message::繁體中文 (zh-Hant)", "required")  # fmt: skip
WORKS: Sequence[Sequence[Cell]] = (
    ("select_one yes_no", "fixed", "村裡的路修好了嗎？", "Is the road mended?", None, None, None,
     "yes"),
    ("select_multiple wrongs", "wrongs", "哪裡不好？", "What is wrong?", "${fixed} = 'no'"),
    ("begin_repeat", "places", "壞的路段", "Bad stretches", "${fixed} = 'no'"),
    ("text", "place", "在哪裡？", "Where?", None, None, None, "yes"),
    ("integer", "metres", "大約幾米？", "How many metres?", None, ". > 0", "請填大於 0 的數。"),
    ("end_repeat",),
    ("text", "words", "還有什麼要說？", "Anything else?"),
)  # fmt: skip
CHOICES: Sequence[Sequence[Cell]] = (
    ("list_name", "name", "label::繁體中文 (zh-Hant)", "label::English (en)"),
    ("yes_no", "yes", "修好了", "Yes"),
    ("yes_no", "no", "沒有", "No"),
    ("wrongs", "holes", "坑", "Holes"),
    ("wrongs", "short", "少修了一段", "A stretch is missing"),
)


def roads(version: str = "1", *more: Sequence[Cell], title: str = "村道問卷") -> bytes:
    """Write the workbook about roads; `more` are rows of the survey at its end."""
    settings = [
        ("form_id", "form_title", "version", "default_language"),
        ("roads", title, version, "繁體中文 (zh-Hant)"),
    ]
    return xlsx({"survey": [HEADINGS, *WORKS, *more], "choices": CHOICES, "settings": settings})


def faulty_roads() -> bytes:
    """Write it with two mistakes: a misspelt type, and a question that is asked later."""
    return roads(
        "1",
        ("txet", "a", "甲", "A"),
        ("text", "b", "乙", "B", "${c} = 'yes'"),
        ("select_one yes_no", "c", "丙", "C"),
    )
