"""Who may do what: every action by every role, and what each role's menu shows."""

from uuid import UUID

import pytest

from dialogs.flows import FLOWS
from dialogs.rules.access import MAY, MENU, Action, Reach, Standing, may, menu, reaches
from dialogs.vocabulary import Role

VILLAGER, CADRE, HEAD, LEADER = Role.VILLAGER, Role.CADRE, Role.UNIT_HEAD, Role.LEADER
MEMBER, SECRETARY = Role.COMMISSION_MEMBER, Role.COMMISSION_SECRETARY
COMMITTEE, CLERK, AUDITOR = Role.PARTY_COMMITTEE, Role.OFFICE_CLERK, Role.AUDITOR

# The agreed table, written out once more so that no change of the rules goes unseen.
EVERYBODY = set(Role)
AGREED = {
    Action.LODGE: EVERYBODY,
    Action.ASK_AFTER: EVERYBODY,
    Action.QUESTIONNAIRE: EVERYBODY,
    Action.SELF_CHECK: {CADRE},
    Action.CASES: {MEMBER, SECRETARY},
    Action.ANSWER_CASE: {MEMBER, SECRETARY},
    Action.BROADCAST: {MEMBER, SECRETARY},
    Action.UNREACHED: {MEMBER, SECRETARY},
    Action.ACKNOWLEDGE: EVERYBODY,
    Action.CALL_SELF_CHECK: {MEMBER, SECRETARY},
    Action.WHO_IS_LATE: {MEMBER, SECRETARY, LEADER, COMMITTEE},
    Action.INVITE: {CLERK},
    Action.QUESTIONNAIRES: {MEMBER, SECRETARY, CLERK},
    Action.ADD_QUESTIONNAIRE: {MEMBER, SECRETARY, CLERK},
    Action.PREVIEW_QUESTIONNAIRE: {MEMBER, SECRETARY, CLERK},
    Action.PUBLISH_QUESTIONNAIRE: {MEMBER, SECRETARY, CLERK},
    Action.DISCARD_QUESTIONNAIRE: {MEMBER, SECRETARY, CLERK},
    Action.WITHDRAW_QUESTIONNAIRE: {MEMBER, SECRETARY, CLERK},
    Action.EXPORT_ANSWERS: {MEMBER, SECRETARY, CLERK},
    Action.JOIN: EVERYBODY,
    Action.LANGUAGE: EVERYBODY,
}
ON_EVERY_MENU = [Action.LODGE, Action.ASK_AFTER, Action.QUESTIONNAIRE]
QUESTIONNAIRES = [Action.QUESTIONNAIRES, Action.ADD_QUESTIONNAIRE]
MENUS = {
    VILLAGER: [*ON_EVERY_MENU, Action.LANGUAGE, Action.JOIN],
    CADRE: [*ON_EVERY_MENU, Action.SELF_CHECK, Action.LANGUAGE],
    HEAD: [*ON_EVERY_MENU, Action.LANGUAGE],
    LEADER: [*ON_EVERY_MENU, Action.WHO_IS_LATE, Action.LANGUAGE],
    MEMBER: [
        *ON_EVERY_MENU,
        Action.CASES,
        Action.BROADCAST,
        Action.CALL_SELF_CHECK,
        Action.WHO_IS_LATE,
        *QUESTIONNAIRES,
        Action.LANGUAGE,
    ],
    COMMITTEE: [*ON_EVERY_MENU, Action.WHO_IS_LATE, Action.LANGUAGE],
    CLERK: [*ON_EVERY_MENU, Action.INVITE, *QUESTIONNAIRES, Action.LANGUAGE],
    AUDITOR: [*ON_EVERY_MENU, Action.LANGUAGE],
}
MENUS[SECRETARY] = MENUS[MEMBER]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
def test_each_role_may_do_what_was_agreed_and_nothing_else(action: Action, role: Role) -> None:
    assert may({role}, action) == (role in AGREED[action])


# How far a permission goes where it does not go everywhere.
OWN, LED = Reach.OWN_UNIT, Reach.LED_UNITS
LIMITED = {(Action.SELF_CHECK, CADRE): OWN}
HERE, ELSEWHERE = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
def test_each_permission_goes_as_far_as_was_agreed(action: Action, role: Role) -> None:
    agreed = LIMITED.get((action, role), Reach.ANYWHERE)
    assert MAY[action].get(role, agreed) is agreed
    holds = Standing(frozenset({role}), units=frozenset({HERE}))
    leads = Standing(frozenset({role}), led=frozenset({HERE}))
    allowed = role in AGREED[action]
    assert reaches(holds, action, HERE) is (allowed and agreed is not LED)
    assert reaches(leads, action, HERE) is (allowed and agreed is not OWN)
    for standing in (holds, leads):
        assert reaches(standing, action, ELSEWHERE) is (allowed and agreed is Reach.ANYWHERE)


@pytest.mark.parametrize("role", Role)
def test_each_menu_shows_what_its_role_may_do(role: Role) -> None:
    assert list(menu({role, VILLAGER})) == MENUS[role]
    assert all(may({role, VILLAGER}, action) for action in menu({role, VILLAGER}))


def test_a_person_of_several_roles_sees_each_thing_once() -> None:
    everything = menu(Role)
    assert list(everything) == list(MENU)
    assert len(set(everything)) == len(everything)


def test_every_action_has_its_conversation() -> None:
    assert set(FLOWS) == set(Action) == set(AGREED)
