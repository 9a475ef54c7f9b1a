"""Answers are laid out as ODK does: a row a response, repeats apart, choices a column each."""

from datetime import date

from dialogs.xlsform.exporting import VersionAnswered, tables, titled

from .builders import form_of, q

DAY = date(2026, 3, 2)
CHOICES = [("skills", "weld", "W"), ("skills", "drive", "D")]
FORM = form_of(
    q("deviceid", "device", None),
    q("note", "hello"),
    q("begin_group", "house"),
    q("date", "built"),
    q("begin_repeat", "member"),
    q("text", "who"),
    q("select_multiple skills", "skills"),
    q("begin_repeat", "visit"),
    q("image", "photo"),
    q("end_repeat", "e1"),
    q("end_repeat", "e2"),
    q("end_group", "e3"),
    q("rank skills", "order"),
    q("calculate", "sure", None, calculation="true()"),
    choices=CHOICES,
    form_id="f",
    version="2",
)
PICTURE = {"file": "AgAC", "name": "a.png", "kind": "photo", "size": 1}


def test_a_response_is_a_row_and_each_repetition_knows_its_parent() -> None:
    visits = [{"photo": PICTURE}, {"photo": None}]
    full = {
        "house": {
            "built": "2020-01-31",
            "member": [
                {"who": "=1+1", "skills": ["drive"], "visit": []},
                {"who": "-2", "skills": [], "visit": visits},
            ],
        },
        "order": ["drive", "weld"],
        "sure": True,
    }
    main, member, visit = tables([VersionAnswered(FORM, [(DAY, {"house": {}}), (DAY, full)])])
    assert [one.title for one in (main, member, visit)] == ["f-2", "f-2-member", "f-2-visit"]
    assert main.columns == ["_index", "_answered_on", "house/built", "order", "sure"]
    assert main.rows == [
        {"_index": 1, "_answered_on": DAY},
        {
            "_index": 2,
            "_answered_on": DAY,
            "house/built": date(2020, 1, 31),
            "order": "drive weld",
            "sure": "true",
        },
    ]
    assert member.columns[3:] == [
        *("house/member/who", "house/member/skills"),
        *("house/member/skills/weld", "house/member/skills/drive"),
    ]
    assert [list(row.values()) for row in member.rows] == [
        [1, "f-2", 2, "=1+1", "drive", 0, 1],
        [2, "f-2", 2, "-2", None, None, None],
    ]
    assert [list(row.values()) for row in visit.rows] == [
        [1, "f-2-member", 2, "a.png"],
        [2, "f-2-member", 2, None],
    ]


def test_what_the_form_does_not_foresee_is_put_at_the_end() -> None:
    old = {"gone": 3, "group": {"b": [1, 2]}, "order": []}
    (main, *_) = tables([VersionAnswered(FORM, [(DAY, old)])])
    assert main.columns[-2:] == ["gone", "group/b"]
    assert (main.rows[0]["gone"], main.rows[0]["group/b"]) == (3, "1 2")


def test_a_sheet_has_a_name_that_excel_takes_and_no_other_has() -> None:
    taken: set[str] = set()
    assert titled("a/b:c", taken) == "a_b_c"
    assert titled("A_b_c", taken) == "A_b_c~2"
    assert len(titled("x" * 40, taken)) == 31
    assert titled("x" * 40, taken) == "x" * 29 + "~2"
