"""Which findings are shown beside a risk point they may be the same as."""

from uuid import UUID

from dialogs.facts import FindingTold, PointTold, Way
from dialogs.rules.likeness import alike, saying_the_same
from dialogs.vocabulary import Aspect, FindingMethod, Grade, Likelihood, Severity


def a_point(name: str, *shows: str) -> PointTold:
    return PointTold(
        point=UUID(int=1),
        lineage=UUID(int=len(name)),
        aspect=Aspect.DUTY,
        name=name,
        ways=tuple(Way(text, "") for text in shows),
        likelihood=Likelihood.LOW,
        severity=Severity.HARM,
        declared=Grade.LOW,
        grade=Grade.LOW,
    )


def a_finding(name: str, shows: str, *, number: int = 9) -> FindingTold:
    return FindingTold(UUID(int=number), FindingMethod.PUBLIC, None, Aspect.DUTY, name, shows)


SEAL = a_point("公章使用失控", "空白蓋章、外借、代蓋不登記")
GIFTS = a_point("收取供應商好處", "收回扣、購物卡或低價購物")


def test_the_same_said_in_other_words_is_shown_beside_it() -> None:
    assert alike(a_finding("亂蓋公章", "公章外借，空白紙也蓋章"), [SEAL, GIFTS]) == [SEAL]


def test_something_else_is_not() -> None:
    assert alike(a_finding("公車私用", "週末開公車辦私事"), [SEAL, GIFTS]) == []


def test_texts_of_a_letter_are_no_reason_to_suspect() -> None:
    assert alike(a_finding("收", "收"), [GIFTS]) == []


def test_two_findings_that_say_the_same_are_shown_side_by_side() -> None:
    one = a_finding("亂蓋公章", "公章外借，空白紙也蓋章")
    other = a_finding("公章亂用", "把公章外借給親友", number=8)
    another = a_finding("公車私用", "週末開公車辦私事", number=7)
    assert saying_the_same(one, [another, other]) == [other]
