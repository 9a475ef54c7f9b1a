from dialogs.facts import Listener
from dialogs.rules.audience import within
from dialogs.vocabulary import Role
from tests.dialogs.told import some_id

HERE, THERE = some_id(1), some_id(2)
CADRE = Listener(frozenset({HERE}), frozenset({Role.VILLAGER, Role.CADRE}), joined=True)
AUDITOR = Listener(frozenset(), frozenset({Role.VILLAGER, Role.AUDITOR}), joined=True)


def test_naming_nobody_means_everybody() -> None:
    assert within(CADRE, roles=(), units=())
    assert within(AUDITOR, roles=(), units=())


def test_one_of_the_roles_is_enough() -> None:
    assert within(CADRE, roles={Role.LEADER, Role.CADRE}, units=())
    assert not within(CADRE, roles={Role.LEADER}, units=())


def test_role_and_unit_must_both_fit() -> None:
    assert within(CADRE, roles={Role.CADRE}, units={HERE, THERE})
    assert not within(CADRE, roles={Role.CADRE}, units={THERE})
    assert not within(CADRE, roles={Role.AUDITOR}, units={HERE})


def test_who_belongs_to_no_unit_is_not_meant_when_units_are_named() -> None:
    assert not within(AUDITOR, roles=(), units={HERE})
