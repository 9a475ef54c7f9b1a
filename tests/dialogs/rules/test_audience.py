from dialogs.facts import Addressed, Listener
from dialogs.rules.audience import within
from dialogs.vocabulary import DeadlineKind, Grade, Role
from tests.dialogs.told import some_id

HERE, THERE = some_id(1), some_id(2)
CADRE = Listener(
    units=frozenset({HERE}),
    roles=frozenset({Role.VILLAGER, Role.CADRE}),
    grades=frozenset({Grade.HIGH}),
    owed=frozenset({DeadlineKind.MEASURE}),
)
AUDITOR = Listener(roles=frozenset({Role.VILLAGER, Role.AUDITOR}))


def test_naming_nobody_means_everybody() -> None:
    assert within(CADRE, Addressed())
    assert within(AUDITOR, Addressed())


def test_one_of_the_roles_is_enough() -> None:
    assert within(CADRE, Addressed(roles=[Role.LEADER, Role.CADRE]))
    assert not within(CADRE, Addressed(roles=[Role.LEADER]))


def test_all_that_is_named_must_fit() -> None:
    assert within(CADRE, Addressed(roles=[Role.CADRE], units=[HERE, THERE]))
    assert not within(CADRE, Addressed(roles=[Role.CADRE], units=[THERE]))
    assert not within(CADRE, Addressed(roles=[Role.AUDITOR], units=[HERE]))
    assert within(CADRE, Addressed(grades=[Grade.HIGH], owed=[DeadlineKind.MEASURE]))
    assert not within(CADRE, Addressed(grades=[Grade.HIGH], owed=[DeadlineKind.REGRADE]))


def test_who_has_nothing_of_a_kind_is_not_meant_when_it_is_named() -> None:
    assert not within(AUDITOR, Addressed(units=[HERE]))
    assert not within(AUDITOR, Addressed(grades=list(Grade)))
