"""Who may do what: every action by every role, and what each role's menu shows."""

from uuid import UUID

import pytest

from dialogs.flows import FLOWS
from dialogs.rules.access import MAY, MENU, ON_A_BUTTON, Action, Reach, Standing, may, menu, reaches
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
    Action.CASE_CONTACT: {MEMBER, SECRETARY},
    Action.BROADCAST: {MEMBER, SECRETARY},
    Action.BROADCASTS: {MEMBER, SECRETARY},
    Action.STEER_BROADCAST: {MEMBER, SECRETARY},
    Action.RECIPIENTS: {MEMBER, SECRETARY},
    Action.UNREACHED: {MEMBER, SECRETARY},
    Action.ACKNOWLEDGE: EVERYBODY,
    Action.CALL_SELF_CHECK: {MEMBER, SECRETARY},
    Action.WHO_IS_LATE: {MEMBER, SECRETARY, LEADER, COMMITTEE},
    Action.WORK: EVERYBODY - {VILLAGER, AUDITOR},
    Action.DAY: {MEMBER, SECRETARY},
    Action.SUGGEST: EVERYBODY,
    Action.NOTICES: EVERYBODY,
    Action.POINT_OUT: {MEMBER, SECRETARY, LEADER},
    Action.ASSIGN_CHECKS: {HEAD},
    Action.FILL_IN: {CLERK},
    Action.MOBILISE: {HEAD, LEADER},
    Action.OPEN_ROUND: {MEMBER, SECRETARY},
    Action.STAGES: {MEMBER, SECRETARY, COMMITTEE, HEAD, LEADER},
    Action.PUBLISH: {MEMBER, SECRETARY},
    Action.ARCHIVE: {MEMBER, SECRETARY, COMMITTEE, HEAD, LEADER},
    Action.REVISE: {CADRE},
    Action.CHECK_FOR_ANOTHER: {CADRE},
    Action.PLAN_MEASURES: {CADRE, CLERK},
    Action.REPORT_MEASURE: {CADRE, CLERK},
    Action.VERIFY_MEASURE: {HEAD, LEADER},
    Action.REVIEW: {MEMBER, SECRETARY, COMMITTEE, HEAD, LEADER},
    Action.REVIEW_UNIT: {MEMBER, SECRETARY, COMMITTEE, HEAD, LEADER},
    Action.RAISE: {MEMBER, SECRETARY},
    Action.CLOSE_NOTICE: {MEMBER, SECRETARY},
    Action.OBJECT: EVERYBODY,
    Action.VOTE: EVERYBODY,
    Action.ANSWER_OBJECTION: {MEMBER, SECRETARY},
    Action.EVIDENCE: {MEMBER, SECRETARY, COMMITTEE, HEAD, LEADER},
    Action.RECUSE: {MEMBER, SECRETARY, COMMITTEE, HEAD, LEADER},
    Action.INVITE: {CLERK},
    Action.LOOK_UP: EVERYBODY,
    Action.READ_CATALOGUE: {CADRE, HEAD, LEADER, MEMBER, SECRETARY, COMMITTEE, CLERK},
    Action.WRITE_POWER: {HEAD, CLERK},
    Action.WRITE_PROCESS: {HEAD, CLERK},
    Action.WRITE_RULE: {HEAD, CLERK},
    Action.REVIEW_ENTRIES: {HEAD, LEADER},
    Action.MISSING_ENTRIES: {HEAD, LEADER, MEMBER, SECRETARY, COMMITTEE, CLERK},
    Action.TAKE_CATALOGUE: {CLERK},
    Action.GIVE_CATALOGUE: {CLERK},
    Action.OPEN_ENTRY: EVERYBODY,
    Action.DECIDE_ENTRY: {HEAD, LEADER},
    Action.ORGANISATION: {CADRE, HEAD, LEADER, MEMBER, SECRETARY, COMMITTEE, CLERK},
    Action.POSTINGS: {CLERK},
    Action.IMPORT_ROSTER: {CLERK},
    Action.CONFIRM_ROSTER: {CLERK},
    Action.EXPORT_ROSTER: {CLERK},
    Action.QUESTIONNAIRES: {MEMBER, SECRETARY, CLERK},
    Action.ADD_QUESTIONNAIRE: {MEMBER, SECRETARY, CLERK},
    Action.PREVIEW_QUESTIONNAIRE: {MEMBER, SECRETARY, CLERK},
    Action.PUBLISH_QUESTIONNAIRE: {MEMBER, SECRETARY, CLERK},
    Action.DISCARD_QUESTIONNAIRE: {MEMBER, SECRETARY, CLERK},
    Action.WITHDRAW_QUESTIONNAIRE: {MEMBER, SECRETARY, CLERK},
    Action.EXPORT_ANSWERS: {MEMBER, SECRETARY, CLERK},
    Action.FORMS: {CADRE, HEAD, LEADER, MEMBER, SECRETARY, COMMITTEE, CLERK},
    Action.LODGE_FOR_ANOTHER: {MEMBER, SECRETARY, CLERK},
    Action.FOLLOW_CASE: EVERYBODY,
    Action.SET_KEY: {MEMBER, SECRETARY},
    Action.SHARE_CASES: {MEMBER, SECRETARY},
    Action.SWEEP: EVERYBODY,
    Action.LEDGER: {HEAD, LEADER, MEMBER, SECRETARY, COMMITTEE, CLERK},
    Action.APPROVE_ENTRIES: {HEAD, LEADER},
    Action.ASK_MATTER: EVERYBODY,
    Action.ACCEPT_MATTER: {CADRE, CLERK},
    Action.MATTERS: {CADRE, HEAD, LEADER, MEMBER, SECRETARY, CLERK},
    Action.OPEN_MATTER: {CADRE, HEAD, LEADER, MEMBER, SECRETARY, CLERK},
    Action.HANDLE_MATTER: {CADRE, CLERK},
    Action.RECORD_LAPSE: {MEMBER, SECRETARY, LEADER},
    Action.MONITORING: {HEAD, LEADER, MEMBER, SECRETARY, COMMITTEE},
    Action.AUDIT_LOG: {AUDITOR},
    Action.EXPORT_LOG: {AUDITOR},
    Action.VERIFY_LOG: {AUDITOR},
    Action.SET_RECOVERY: {SECRETARY},
    Action.TAKE_KEYS: {MEMBER, SECRETARY},
    Action.BRING_KEYS: {MEMBER, SECRETARY},
    Action.CALENDAR: {CLERK},
    Action.SNOOZE: EVERYBODY - {VILLAGER, AUDITOR},
    Action.REMINDER_HOUR: EVERYBODY - {VILLAGER, AUDITOR},
    Action.DRAFT_WARNING: {MEMBER, SECRETARY},
    Action.WARNINGS: {MEMBER, SECRETARY},
    Action.OWN_WARNINGS: {CADRE},
    Action.WARNING_LEDGER: {MEMBER, SECRETARY},
    Action.OPEN_WARNING: {MEMBER, SECRETARY, CADRE},
    Action.WARNING_EVIDENCE: {MEMBER, SECRETARY, CADRE},
    Action.HANDLE_WARNING: {MEMBER, SECRETARY},
    Action.SIGN_WARNING: {MEMBER, SECRETARY, CADRE},
    Action.ANSWER_WARNING: {MEMBER, SECRETARY, CADRE},
    Action.ASK_FOR_TIME: {MEMBER, SECRETARY, CADRE},
    Action.WARNING_PAPER: {MEMBER, SECRETARY, CADRE},
    Action.BACKTEST: {MEMBER, SECRETARY},
    Action.JOIN: EVERYBODY,
    Action.PRIVACY: EVERYBODY,
    Action.LANGUAGE: EVERYBODY,
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
def test_each_role_may_do_what_was_agreed_and_nothing_else(action: Action, role: Role) -> None:
    assert may({role}, action) == (role in AGREED[action])


# How far a permission goes where it does not go everywhere.
OWN, LED = Reach.OWN_UNIT, Reach.LED_UNITS
BY_UNIT = (
    *(Action.ASSIGN_CHECKS, Action.MOBILISE, Action.STAGES, Action.ARCHIVE),
    *(Action.VERIFY_MEASURE, Action.REVIEW, Action.REVIEW_UNIT, Action.EVIDENCE),
    *(Action.RECUSE,),
    *(Action.READ_CATALOGUE, Action.WRITE_POWER, Action.WRITE_PROCESS, Action.WRITE_RULE),
    *(Action.REVIEW_ENTRIES, Action.MISSING_ENTRIES, Action.DECIDE_ENTRY),
    *(Action.ORGANISATION, Action.FORMS, Action.LEDGER, Action.APPROVE_ENTRIES),
    *(Action.MATTERS, Action.OPEN_MATTER, Action.MONITORING),
)
OF_MATTERS = (*(Action.ACCEPT_MATTER, Action.MATTERS, Action.OPEN_MATTER, Action.HANDLE_MATTER),)
LIMITED = {
    (Action.SELF_CHECK, CADRE): OWN,
    (Action.REVISE, CADRE): OWN,
    (Action.CHECK_FOR_ANOTHER, CADRE): OWN,
    (Action.PLAN_MEASURES, CADRE): OWN,
    (Action.READ_CATALOGUE, CADRE): OWN,
    (Action.ORGANISATION, CADRE): OWN,
    (Action.FORMS, CADRE): OWN,
    (Action.POINT_OUT, LEADER): LED,
    (Action.RECORD_LAPSE, LEADER): LED,
    (Action.MATTERS, CLERK): OWN,
    **{(action, CADRE): OWN for action in OF_MATTERS},
    **{(action, HEAD): OWN for action in BY_UNIT},
    **{(action, LEADER): LED for action in BY_UNIT},
}
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
    agreed = [action for action in Action if {role, VILLAGER} & AGREED[action]]
    joins = [Action.JOIN] if role is VILLAGER else []
    assert list(menu({role, VILLAGER})) == [
        *(action for action in agreed if action not in ON_A_BUTTON),
        *joins,
    ]


def test_a_person_of_several_roles_sees_each_thing_once() -> None:
    everything = menu(Role)
    assert list(everything) == list(MENU)
    assert len(set(everything)) == len(everything)


def test_every_action_has_its_conversation() -> None:
    assert set(FLOWS) == set(Action) == set(AGREED)
