"""What somebody sees of a declaration before they decide about it."""

from dataclasses import replace
from typing import Any

from dialogs.facts import DeclarationToReview, DeclinedTold, PointTold, Way
from dialogs.rules.access import Action
from dialogs.rules.changes import changes
from dialogs.vocabulary import Aspect, FindingMethod, Grade, Likelihood, Move, Severity
from tests.builders.conversation import Conversation
from tests.dialogs.told import some_id

POINT = PointTold(
    point=some_id(81),
    lineage=some_id(82),
    aspect=Aspect.DUTY,
    name="白條入賬",
    ways=(Way("沒有票據也記賬", "逐筆審票"),),
    likelihood=Likelihood.MEDIUM,
    severity=Severity.DISCIPLINE,
    declared=Grade.LOW,
    grade=Grade.LOW,
    reason="票據全部掃描留底",
)
DECLARED = DeclarationToReview(
    some_id(80), 1, Move.ENDORSE, True, "財政所會計", "財政所", "許春燕", [POINT]
)


def shown(**changed: Any) -> str:
    return Conversation(Action.REVIEW, replace(DECLARED, **changed)).shown().text


def test_a_grade_other_than_the_suggested_one_is_shown_with_its_reason() -> None:
    assert "與建議的 二級(中) 不同，理由：票據全部掃描留底" in shown()


def test_a_grade_as_suggested_is_shown_without_a_reason() -> None:
    assert "與建議的" not in shown(points=[replace(POINT, grade=Grade.MEDIUM)])


def test_a_grade_changed_in_review_is_shown_with_the_declared_one() -> None:
    said = shown(points=[replace(POINT, grade=Grade.HIGH, reason="近三年發生過案件")])
    assert "自報 三級(低)，審核時改定，理由：近三年發生過案件" in said


def test_what_the_holder_did_not_take_up_is_shown_with_the_reason() -> None:
    declined = DeclinedTold("申請不登記", FindingMethod.PUBLIC, None, "每份申請都當場登記")
    said = shown(declined=[declined])
    assert "本人未採納：申請不登記（群眾提）。理由：每份申請都當場登記" in said


def test_a_change_says_the_name_of_its_point_once() -> None:
    said = shown(changes=changes([], [POINT]))
    assert "➕ 白條入賬：沒有票據也記賬 → 逐筆審票" in said
