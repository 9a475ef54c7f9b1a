import pytest

from dialogs.rules.access import COMMISSION, MAY, MENU, ON_A_BUTTON, Action, may, menu
from dialogs.vocabulary import Role

STRANGER = frozenset({Role.VILLAGER})


def test_every_action_is_in_the_table() -> None:
    assert set(MAY) == set(Action)
    assert set(MENU) | ON_A_BUTTON == set(Action)


def test_a_stranger_may_speak_ask_after_answer_join_and_nothing_else_of_the_menu() -> None:
    assert menu(STRANGER) == (
        Action.LODGE,
        Action.ASK_AFTER,
        Action.QUESTIONNAIRE,
        Action.SUGGEST,
        Action.NOTICES,
        Action.LOOK_UP,
        Action.ASK_MATTER,
        Action.PRIVACY,
        Action.LANGUAGE,
        Action.JOIN,
    )


def test_somebody_who_has_joined_is_not_offered_to_join() -> None:
    assert Action.JOIN not in menu({Role.VILLAGER, Role.AUDITOR})


@pytest.mark.parametrize("role", Role)
def test_only_the_commission_reads_and_answers_cases(role: Role) -> None:
    for action in (Action.CASES, Action.ANSWER_CASE):
        assert may({role}, action) is (role in COMMISSION)


@pytest.mark.parametrize("role", Role)
def test_whoever_it_is_may_bring_a_matter(role: Role) -> None:
    assert may({role}, Action.LODGE)
    assert may({role}, Action.ASK_AFTER)


@pytest.mark.parametrize("role", Role)
def test_a_role_sees_in_its_menu_exactly_what_it_may(role: Role) -> None:
    shown = set(menu({Role.VILLAGER, role}))
    allowed = {action for action in MENU if may({Role.VILLAGER, role}, action)}
    assert shown - {Action.JOIN} == allowed


def test_roles_add_up() -> None:
    both = {Role.VILLAGER, Role.CADRE, Role.OFFICE_CLERK}
    assert {Action.SELF_CHECK, Action.INVITE} <= set(menu(both))


def test_nobody_without_a_role_may_do_anything() -> None:
    assert not any(may((), action) for action in Action)
