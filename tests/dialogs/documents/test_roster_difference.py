"""What a workbook would change is said line by line, and nothing else is."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from dialogs.documents.roster import (
    Roster,
    RosterAppointment,
    RosterKinship,
    RosterPerson,
    RosterPost,
    RosterSeat,
    RosterUnit,
)
from dialogs.documents.roster_difference import Difference, compare
from dialogs.messages import plain_words
from dialogs.vocabulary import Language, Role, Seat, UnitKind
from tests.builders.rosters import rosters

BEFORE = Roster(
    (RosterUnit("U1", "財政所", UnitKind.OFFICE, ""),),
    (RosterPost("P1", "U1", "會計", "記賬"), RosterPost("P2", "U1", "出納")),
    (
        RosterPerson("R1", "許春燕", frozenset({Role.CADRE, Role.UNIT_HEAD}), "8001"),
        RosterPerson("R2", "呂思穎", frozenset({Role.CADRE})),
    ),
    (
        RosterAppointment("R1", "P1", date(2020, 1, 1)),
        RosterAppointment("R2", "P2", date(2021, 1, 1)),
    ),
    (RosterSeat("R1", Seat.MEMBER),),
)


def said(difference: Difference, part: str = "") -> list[str]:
    lines = getattr(difference, part) if part else difference.changes
    return [plain_words(line, Language.ZH_HANT) for line in lines]


def test_the_same_changes_nothing() -> None:
    assert compare(BEFORE, BEFORE) == Difference()
    assert compare(BEFORE, replace(BEFORE, group=None)).changes == []


def test_what_a_workbook_does_not_say_is_left() -> None:
    led = replace(BEFORE, units=(replace(BEFORE.units[0], leader="R1"),))
    assert compare(led, replace(led, units=(replace(led.units[0], leader=None),))).changes == []
    assert said(compare(led, BEFORE)) == ["財政所（U1） 分管領導：許春燕（R1） → （空）"]


def test_what_is_new_is_named_by_code() -> None:
    newcomer = RosterPerson("R3", "丁曉峰", frozenset({Role.OFFICE_CLERK, Role.CADRE}))
    post = RosterPost("P3", "U1", "票據員")
    after = replace(BEFORE, posts=(*BEFORE.posts, post), people=(*BEFORE.people, newcomer))
    assert said(compare(BEFORE, after)) == [
        "崗位 票據員（P3）",
        "人員 丁曉峰（R3）：在崗人員、辦公室經辦",
    ]


def test_a_changed_field_is_said_from_what_to_what() -> None:
    after = replace(
        BEFORE,
        units=(RosterUnit("U1", "財政辦", UnitKind.VILLAGE, "R2"),),
        posts=(replace(BEFORE.posts[0], duty="記賬、決算"), BEFORE.posts[1]),
        people=(replace(BEFORE.people[0], phone=""), BEFORE.people[1]),
    )
    assert said(compare(BEFORE, after), "changed") == [
        "財政辦（U1） 名稱：財政所 → 財政辦",
        "財政辦（U1） 類別：站所辦 → 村",
        "財政辦（U1） 分管領導：（空） → 呂思穎（R2）",
        "會計（P1） 職責：記賬 → 記賬、決算",
        "許春燕（R1） 電話：8001 → （空）",
    ]


def test_a_change_beyond_what_a_line_shows_is_a_change() -> None:
    long = "職" * 500
    after = replace(BEFORE, posts=(replace(BEFORE.posts[0], duty=long), BEFORE.posts[1]))
    other = replace(BEFORE, posts=(replace(BEFORE.posts[0], duty=long + "責"), BEFORE.posts[1]))
    assert compare(after, other).changes
    assert compare(BEFORE, after).mark != compare(BEFORE, other).mark


def test_a_rotation_is_an_end_and_a_beginning() -> None:
    after = replace(
        BEFORE,
        appointments=(
            RosterAppointment("R1", "P1", date(2020, 1, 1), date(2026, 2, 28)),
            RosterAppointment("R1", "P2", date(2026, 3, 1)),
        ),
    )
    assert said(compare(BEFORE, after)) == [
        "許春燕（R1） 會計（P1）（2020年1月1日 起）任期止：至今 → 2026年2月28日",
        "許春燕（R1） 任 出納（P2）：2026年3月1日 起",
        "呂思穎（R2） 在 出納（P2） 的任職（2021年1月1日 起）名冊裡沒有了，將撤銷",
    ]


def test_roles_and_seats_are_given_and_taken() -> None:
    head, other = BEFORE.people
    after = replace(
        BEFORE,
        people=(
            replace(head, roles=frozenset({Role.CADRE})),
            replace(other, roles=frozenset({Role.CADRE, Role.UNIT_HEAD})),
        ),
        group=(RosterSeat("R2", Seat.MEMBER),),
    )
    assert said(compare(BEFORE, after)) == [
        "許春燕（R1） 取消：站所辦負責人",
        "呂思穎（R2） 增加：站所辦負責人",
        "呂思穎（R2） 任成員",
        "許春燕（R1） 不再任成員",
    ]


def test_relatives_are_recorded_changed_and_deleted() -> None:
    clerk = RosterPerson("R3", "丁曉峰", frozenset({Role.CADRE}))
    more = replace(BEFORE, people=(*BEFORE.people, clerk))
    before = replace(more, kin=(RosterKinship("R1", "R2", "表姐"), RosterKinship("R2", "R3")))
    after = replace(more, kin=(RosterKinship("R2", "R1", "表妹"), RosterKinship("R1", "R3")))
    assert said(compare(before, after)) == [
        "更改：呂思穎（R2） 是 許春燕（R1） 的表姐 → 許春燕（R1） 是 呂思穎（R2） 的表妹",
        "登記：丁曉峰（R3） 是 許春燕（R1） 的親屬",
        "刪去：丁曉峰（R3） 是 呂思穎（R2） 的親屬",
    ]
    assert compare(before, replace(after, kin=None)).changes == []


def test_who_is_not_in_the_workbook_is_only_named() -> None:
    after = replace(
        BEFORE, people=BEFORE.people[:1], appointments=BEFORE.appointments[:1], posts=()
    )
    after = replace(after, appointments=(), people=())
    difference = compare(BEFORE, replace(after, group=None))
    assert difference.changes == []
    assert said(difference, "missing") == [
        "崗位 會計（P1）",
        "崗位 出納（P2）",
        "人員 許春燕（R1）",
        "人員 呂思穎（R2）",
    ]


@pytest.mark.parametrize("language", Language)
def test_every_line_has_its_words(language: Language) -> None:
    for before, after in ((Roster(), BEFORE), (BEFORE, replace(BEFORE, people=BEFORE.people[:1]))):
        assert all(plain_words(line, language) for line in compare(before, after).lines)


@settings(max_examples=50)
@given(rosters(), rosters())
def test_any_two_rosters_can_be_compared(before: Roster, after: Roster) -> None:
    difference = compare(before, after)
    assert all(plain_words(line, Language.EN) for line in difference.lines)
    assert difference.mark == compare(before, after).mark
